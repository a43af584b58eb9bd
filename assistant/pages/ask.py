"""The ask page: chat on one side, what stands behind the answer on the other. The browser keeps which conversation it is in."""

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.answers import Answer, Engine, Scope
from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError, NotFoundError
from assistant.pages import talk
from assistant.pages.ask_feedback import feedback_form
from assistant.pages.coming import coming
from assistant.pages.evidence import EMPTY, evidence_html
from assistant.pages.parts import NO_INDEX, alert, navigation
from assistant.pages.talk import Message
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services
from corpus.dates import PartialDate
from index.versions import NoIndexError

EXAMPLES = (
    "Who can I go to if my employer won't engage with our spin-out proposal?",
    "Do we have to become a community interest company?",
    "What does section 33 of the Procurement Act allow, and for how long?",
    "Will staff transfer on their existing terms?",
)
INTRO = (
    '<header class="intro"><h1>Public service mutuals: guidance assistant</h1>'
    "<p>Ask about leaving the public sector as an employee-led organisation. Each sentence of an answer is {quoted} a library of notes on "
    "official sources, and cited to an exact place.</p>"
    "<p><strong>What it is not:</strong> it is not legal, tax or pensions advice, not a government service, and it does not know your case. "
    "Where the guidance does not cover a question, it says so.</p></header>"
)
GONE = "That conversation is no longer kept. Choose “Start again” to begin a new one; your question is still in the box."
NOT_KEPT = "Earlier questions cannot be read at the moment. Try again shortly, or choose “Start again”; your question is still in the box."
REWORDED = "Let the language model put the answer together"
REWORDED_INFO = "It may take some seconds. Sentences that do not say what their source says are left out."
UNDER_WAY = '<p role="status">The answer is being put together. Each sentence appears once it has been checked against its source.</p>'
BUTTONS = 5
"""As many as a question back has choices at most."""
SET = ("sector", "nation", "stage")


def ask_page(services: Services) -> gr.Blocks:
    """The page over one set of services."""
    with gr.Blocks(title="Public service mutuals: guidance assistant", analytics_enabled=False) as page:
        navigation()
        gr.HTML(INTRO.format(quoted="quoted from or checked against" if services.model else "quoted from"))
        status = gr.HTML("", elem_classes="status")
        # Kept in the browser, so that a reload goes on; the secret only makes it readable after the server was started anew.
        conversation = gr.BrowserState("", storage_key="mutuals-conversation", secret="conversation")  # noqa: S106
        panels = gr.State([])
        answered_for = gr.State({})
        with gr.Row():
            with gr.Column(scale=3, min_width=320):
                chat = gr.Chatbot(
                    label="Conversation",
                    elem_classes="chat",
                    height=None,
                    min_height=130,
                    buttons=["copy"],
                    feedback_options=None,
                    layout="panel",
                    allow_tags=False,
                    latex_delimiters=[],
                    placeholder="Your questions and the answers appear here.",
                )
                understood = gr.Textbox(
                    label="Understood as (change it if that is not what you meant)", lines=1, max_lines=4, visible=False, submit_btn="Ask this instead"
                )
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Type a question and press Enter",
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    submit_btn="Ask",
                    autofocus=True,
                )
                reworded = gr.Checkbox(
                    services.settings.engine == "llm", label=REWORDED, info=REWORDED_INFO, visible=services.model is not None, elem_id="reworded"
                )
                with gr.Accordion("Your service, nation and stage, or another day", open=False) as scope_set:
                    with gr.Row():
                        sector = gr.Dropdown(talk.sector_choices(), value="", label="Service", min_width=140)
                        nation = gr.Dropdown(talk.nation_choices(), value="", label="Nation", min_width=140)
                        stage = gr.Dropdown(talk.stage_choices(), value="", label="Stage", min_width=140)
                    day = gr.Textbox(
                        label="Day, month or year", placeholder="For example: 2012-07-01", info="Leave it empty for today.", lines=1, elem_id="as-of"
                    )
                with gr.Column(elem_classes="suggestions"):
                    suggestions = [gr.Button(visible=False, size="sm") for _ in range(BUTTONS)]
                keep = gr.HTML("")
                again = gr.Button("Start again", size="sm", variant="secondary", visible=False)
                feedback_form(services, conversation)
                with gr.Column(elem_classes="examples") as offered:
                    gr.HTML("<p>Or try one of these:</p>")
                    examples = [gr.Button(example, size="sm") for example in EXAMPLES]
            with gr.Column(scale=2, min_width=320):
                panel = gr.HTML(EMPTY)

        shown = [chat, panel, conversation, panels, answered_for, understood, sector, nation, stage, keep, again, offered, *suggestions]
        does = _Does(services, len(shown))
        inputs = [chat, conversation, panels, answered_for, reworded, sector, nation, stage, day]
        outputs = [box, status, *shown]
        box.submit(does.put, [box, *inputs], outputs, api_visibility="private", show_progress="minimal")
        understood.submit(does.put_instead, [understood, *inputs], outputs, api_visibility="private", show_progress="minimal")
        for button in (*examples, *suggestions):
            button.click(does.put, [button, *inputs], outputs, api_visibility="private", show_progress="minimal")
        chat.select(does.show, [panels], [panel], api_visibility="private")
        for trigger in (again.click, chat.clear):
            trigger(does.start_again, [conversation], outputs, api_visibility="private")
        page.load(does.arrive, [conversation], [box, status, scope_set, *shown], api_visibility="private")

    return page


class _Does:
    """What the page does. `shown` is how many parts of it an answer changes."""

    def __init__(self, services: Services, shown: int):
        self._services = services
        self._shown = shown

    def put(self, question: str, *rest: Any) -> Iterator[list[Any]]:
        """Ask the next question of the conversation."""
        yield from self._asked(question, None, *rest)

    def put_instead(self, question: str, *rest: Any) -> Iterator[list[Any]]:
        """Ask a question just as the reader put it right."""
        yield from self._asked(question, question, *rest)

    def _asked(
        self,
        question: str,
        standalone: str | None,
        turns: list[Message],
        held: str,
        seen: list[str],
        before: dict[str, str],
        reworded: bool,
        *chosen: str | None,
    ) -> Iterator[list[Any]]:
        """The page as the answer comes: at once, or, where the model words it, sentence by sentence."""
        engine: Engine = "llm" if reworded and self._services.model else "extractive"
        try:
            scope = _scope(chosen, before)
            if engine == "llm":
                yield [gr.skip(), UNDER_WAY, *[gr.skip()] * self._shown]
            for told in coming(
                lambda said: self._services.converse.ask(question or "", held or None, scope, standalone=standalone, channel="chat", engine=engine, said=said)
            ):
                if isinstance(told, Answer):
                    evidence = evidence_html(told, self._services.browse.address_of)
                    yield ["", "", *_after([*turns, *talk.messages(told)], told, [*seen, evidence])]
                else:
                    yield [gr.skip(), UNDER_WAY, [*turns, *talk.messages_so_far(question, told)], *[gr.skip()] * (self._shown - 1)]
        except BadInputError as error:
            yield self._failed(question, f"The {error.field} {error.message}")
        except NoIndexError:
            yield self._failed(question, NO_INDEX)
        except NotFoundError:
            yield self._failed(question, GONE)
        except DatabaseUnavailableError:
            yield self._failed(question, NOT_KEPT)

    def show(self, seen: list[str], event: gr.SelectData) -> str:
        """The evidence of the turn that was chosen in the chat."""
        position = event.index[0] if isinstance(event.index, (list, tuple)) else event.index
        number = int(position) // 2
        return seen[number] if number < len(seen) else EMPTY

    def start_again(self, held: str) -> list[Any]:
        """A new conversation. What was said is gone from the server too: others may use this computer."""
        message = ""
        try:
            if held:
                self._services.conversations.delete(held)
        except NotFoundError:
            pass
        except DatabaseUnavailableError:
            message = alert("The old conversation could not be deleted now; it will be once it has not been used for a time.")
        return ["", message, *_after([], None, [])]

    def arrive(self, held: str, request: gr.Request) -> list[Any]:
        """The page as it was left, and the question and service that a link brought."""
        query = request.query_params
        brought = query.get("ask", "")[: self._services.settings.question_limit]
        asked_for = query.get("sector", "")
        service = asked_for if asked_for in SECTOR_WORDS and asked_for != "all" else ""
        box = brought or gr.skip()  # the reader may have begun to type
        opened = gr.Accordion(open=bool(service))
        try:
            self._services.live.current()
            answers = [turn.answer for turn in self._services.conversations.turns(held)] if held else []
        except NoIndexError:
            return [box, alert(NO_INDEX), opened, *_after([], None, [], service)]
        except DatabaseUnavailableError:
            return [box, alert("The earlier conversation cannot be read at the moment."), opened, *[gr.skip()] * self._shown]
        except NotFoundError:
            answers = []
        if not (answers or held or service):
            return [box, gr.skip(), gr.skip(), *[gr.skip()] * self._shown]
        seen = [evidence_html(answer, self._services.browse.address_of) for answer in answers]
        told = [message for answer in answers for message in talk.messages(answer)]
        return [box, "", opened, *_after(told, answers[-1] if answers else None, seen, service)]

    def _failed(self, question: str, message: str) -> list[Any]:
        return [question, alert(message), *[gr.skip()] * self._shown]


def _after(turns: list[Message], answer: Answer | None, seen: list[str], service: str = "") -> list[Any]:
    """The page with these turns, of which `answer` is the last; `service` was brought by a link."""
    identifier = answer.conversation_id if answer else ""
    now = {name: getattr(answer.scope, name) or "" if answer else "" for name in SET}
    offered = talk.suggested(answer)
    buttons = [gr.Button(value=text, visible=True) for text in offered] + [gr.Button(visible=False)] * (BUTTONS - len(offered))
    reworded = answer is not None and talk.is_reworded(answer)
    return [
        turns,
        seen[-1] if seen else EMPTY,
        identifier,
        seen,
        now,
        gr.Textbox(value=answer.standalone_question if answer and reworded else "", visible=reworded),
        service or now["sector"],
        now["nation"],
        now["stage"],
        talk.keep_links(identifier),
        gr.Button(visible=bool(turns)),
        gr.Column(visible=not turns),
        *buttons,
    ]


def _scope(chosen: Sequence[str | None], before: dict[str, str]) -> Scope:
    """What the reader set: of service, nation and stage what is not as the last answer left it, so that a question may still tell of another.

    Raises BadInputError for a day that is none.
    """
    *choices, day = chosen
    given: dict[str, Any] = {name: value or None for name, value in zip(SET, choices, strict=True) if (value or "") != before.get(name, "")}
    as_of = (day or "").strip()
    try:
        if as_of:
            given["as_of"] = PartialDate(as_of)
        return Scope(**given)
    except ValueError as error:
        raise BadInputError("day", f"{error}. Leave it empty for today.") from error
