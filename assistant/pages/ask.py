"""The ask page: chat on one side, what stands behind the answer on the other."""

from typing import Any

import gradio as gr

from assistant.answers import Answer, Scope
from assistant.errors import BadInputError
from assistant.pages.evidence import EMPTY, evidence_html
from assistant.pages.parts import NO_INDEX, alert, navigation
from assistant.rendering import escape_markdown
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
    "<p>Ask about leaving the public sector as an employee-led organisation. Each sentence of an answer is quoted from a library of notes on "
    "official sources, and cited to an exact place.</p>"
    "<p><strong>What it is not:</strong> it is not legal, tax or pensions advice, not a government service, and it does not know your case. "
    "Where the guidance does not cover a question, it says so.</p></header>"
)
SUGGESTIONS = 3

Turn = dict[str, str]


def ask_page(services: Services) -> gr.Blocks:
    """The page over one set of services."""
    with gr.Blocks(title="Public service mutuals: guidance assistant", analytics_enabled=False) as page:
        navigation()
        gr.HTML(INTRO)
        status = gr.HTML("", elem_classes="status")
        conversation = gr.State("")
        panels = gr.State([])
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
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Type a question and press Enter",
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    submit_btn="Ask",
                    autofocus=True,
                )
                with gr.Accordion("Ask for the position on another day", open=False):
                    day = gr.Textbox(
                        label="Day, month or year", placeholder="For example: 2012-07-01", info="Leave it empty for today.", lines=1, elem_id="as-of"
                    )
                with gr.Column(elem_classes="suggestions"):
                    suggestions = [gr.Button(visible=False, size="sm") for _ in range(SUGGESTIONS)]
                again = gr.Button("Start again", size="sm", variant="secondary", visible=False)
                with gr.Column(elem_classes="examples") as offered:
                    gr.HTML("<p>Or try one of these:</p>")
                    examples = [gr.Button(example, size="sm") for example in EXAMPLES]
            with gr.Column(scale=2, min_width=320):
                panel = gr.HTML(EMPTY)

        outputs = [chat, box, panel, status, conversation, panels, again, offered, *suggestions]

        def ask(question: str, turns: list[Turn], held: str, seen: list[str], given: str | None) -> list[Any]:
            as_of = (given or "").strip()
            try:
                answer = services.ask.ask(question or "", held or None, _scope(as_of))
                shown = evidence_html(answer, services.browse.address_of)
            except BadInputError as error:
                return _failed(turns, question, seen, held, f"The {error.field} {error.message}")
            except NoIndexError:
                return _failed(turns, question, seen, held, NO_INDEX)
            asked = escape_markdown(answer.standalone_question) + (f" (as of {PartialDate(as_of).spoken()})" if as_of else "")
            turns = [*turns, {"role": "user", "content": asked}, {"role": "assistant", "content": _told(answer)}]
            begun = [gr.Button(visible=True), gr.Column(visible=False)]
            return [turns, "", shown, "", answer.conversation_id, [*seen, shown], *begun, *_buttons(answer.suggestions)]

        def show(seen: list[str], event: gr.SelectData) -> str:
            position = event.index[0] if isinstance(event.index, (list, tuple)) else event.index
            number = int(position) // 2
            return seen[number] if number < len(seen) else EMPTY

        def start_again() -> list[Any]:
            return [[], "", EMPTY, "", "", [], gr.Button(visible=False), gr.Column(visible=True), *_buttons([])]

        def ready() -> str:
            try:
                services.live.current()
            except NoIndexError:
                return alert(NO_INDEX)
            return ""

        inputs = [chat, conversation, panels, day]
        box.submit(ask, [box, *inputs], outputs, api_visibility="private", show_progress="minimal")
        for button in (*examples, *suggestions):
            button.click(ask, [button, *inputs], outputs, api_visibility="private", show_progress="minimal")
        chat.select(show, [panels], [panel], api_visibility="private")
        for trigger in (again.click, chat.clear):
            trigger(start_again, None, outputs, api_visibility="private")
        page.load(ready, None, status, api_visibility="private")
    return page


def _scope(as_of: str) -> Scope:
    """The scope set on the page. Raises BadInputError for a day that is none."""
    try:
        return Scope(as_of=PartialDate(as_of) if as_of else None)
    except ValueError as error:
        raise BadInputError("day", f"{error}. Leave it empty for today.") from error


def _told(answer: Answer) -> str:
    """The answer with its notices beneath; a non-answer says which guidance comes nearest in the panel."""
    notes = "".join(f"\n- {escape_markdown(notice.text)}" for notice in answer.notices)
    return answer.text + (f"\n\n**Please note**\n{notes}" if notes else "")


def _failed(turns: list[Turn], question: str, seen: list[str], held: str, message: str) -> list[Any]:
    return [turns, question, gr.skip(), alert(message), held, seen, *[gr.skip()] * (2 + SUGGESTIONS)]


def _buttons(suggestions: list[str]) -> list[Any]:
    shown = [gr.Button(value=suggestion, visible=True) for suggestion in suggestions[:SUGGESTIONS]]
    return shown + [gr.Button(visible=False)] * (SUGGESTIONS - len(shown))
