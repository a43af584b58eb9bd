"""A conversation as the ask page shows it: what was asked, how it was understood, what was answered, and what can be asked next."""

from collections.abc import Sequence
from html import escape

from assistant.answers import Answer, AnswerSentence, Scope
from assistant.nations import NATION_WORDS
from assistant.rendering import REWORDED, escape_markdown
from assistant.sectors import SECTOR_WORDS, within_a_sentence
from assistant.stages import STAGE_WORDS

MOST_SUGGESTED = 3
"""Questions suggested next; of choices to a question back, all are shown."""

Message = dict[str, str]


def messages(answer: Answer) -> list[Message]:
    """One turn: the question as typed and the answer, with how the question was understood and whom and which day the answer is for."""
    return [{"role": "user", "content": escape_markdown(answer.question)}, {"role": "assistant", "content": _told(answer)}]


def messages_so_far(question: str, sentences: Sequence[AnswerSentence]) -> list[Message]:
    """One turn while its answer is still being put together: the sentences that have passed, without numbers, which the whole answer gives them."""
    told = " ".join(escape_markdown(sentence.text) for sentence in sentences)
    return [{"role": "user", "content": escape_markdown(question)}, {"role": "assistant", "content": f"{told} …"}]


def is_reworded(answer: Answer) -> bool:
    """Whether the question was answered in other words than it was typed in."""
    return " ".join(answer.question.split()) != answer.standalone_question


def scope_line(scope: Scope) -> str:
    """Whom and which day an answer is for: `Answered for: libraries, Wales, as of 1 March 2016`; empty where that is everyone, today."""
    told = []
    if scope.sector and scope.sector != "all":
        told.append(within_a_sentence(scope.sector))
    if scope.nation:
        told.append(NATION_WORDS[scope.nation])
    if scope.stage:
        told.append(f"stage: {STAGE_WORDS[scope.stage].lower()}")
    if scope.as_of:
        told.append(f"as of {scope.as_of.spoken()}")
    return f"Answered for: {', '.join(told)}" if told else ""


def suggested(answer: Answer | None) -> list[str]:
    """What the buttons under the conversation offer: the choices of a question back, else what to ask next."""
    if answer is None:
        return []
    return [choice.label for choice in answer.clarify.choices] if answer.clarify else answer.suggestions[:MOST_SUGGESTED]


def keep_links(conversation_id: str) -> str:
    """Links that download the conversation with its sources; nothing before there is one."""
    if not conversation_id:
        return ""
    address = f"/api/v1/conversations/{escape(conversation_id)}/export"
    ways = " · ".join(f'<a href="{address}?format={kind}" download>{words}</a>' for kind, words in (("docx", "Word"), ("md", "Markdown")))
    return f'<p class="keep">Download this conversation with its sources: {ways}</p>'


def sector_choices() -> list[tuple[str, str]]:
    """Services to choose from, `Not set` first."""
    return [("Not set", ""), *((words, value) for value, words in SECTOR_WORDS.items() if value != "all")]


def nation_choices() -> list[tuple[str, str]]:
    """Nations to choose from, `Not set` first."""
    return [("Not set", ""), *((words, value) for value, words in NATION_WORDS.items())]


def stage_choices() -> list[tuple[str, str]]:
    """Stages to choose from, `Not set` first."""
    return [("Not set", ""), *((words, value) for value, words in STAGE_WORDS.items())]


def _told(answer: Answer) -> str:
    """The answer with what stands before and after it; a non-answer says which guidance comes nearest in the panel."""
    before = [f"**Understood as:** {escape_markdown(answer.standalone_question)}"] if is_reworded(answer) else []
    line = scope_line(answer.scope)
    before += [f"*{escape_markdown(line)}*"] if line else []
    after = [f"*{REWORDED}*"] if answer.engine == "llm" else []
    notes = "".join(f"\n- {escape_markdown(notice.text)}" for notice in answer.notices)
    return "\n\n".join([*before, answer.text, *after]) + (f"\n\n**Please note**\n{notes}" if notes else "")
