"""A case as HTML, every value escaped: the enquiry with its questions marked, cases like it, its drafts, and what was done."""

from collections.abc import Sequence
from html import escape

from assistant.audit import AuditEntry
from assistant.desk.case_views import Case, SimilarCase
from assistant.desk.drafts import Draft, FoundQuestion
from assistant.desk.labels import CHANNEL_WORDS, STATUS_WORDS
from assistant.pages.desk_inbox_view import case_line, due_html
from assistant.pages.desk_parts import DESK, Names, draft_address, moment_words
from assistant.pages.parts import link

STATE_WORDS = {
    "draft": "Being written",
    "submitted": "Waiting for approval",
    "returned": "Returned with a reason",
    "approved": "Approved",
    "sent": "Sent",
}
_DONE = {
    "case.opened": "opened the case",
    "case.changed": "changed the case",
    "subject.exported": "exported the case’s data",
    "subject.erased": "erased the case’s data",
    "draft.created": "had a reply drafted",
    "draft.saved": "saved the draft",
    "draft.attached": "attached a passage",
    "draft.submitted": "submitted the draft for approval",
    "draft.approved": "approved the draft",
    "draft.returned": "returned the draft",
    "draft.reopened": "opened the approved draft again",
    "draft.sent": "marked the reply as sent",
    "draft.exported": "exported the draft",
}


def case_head(case: Case, names: Names) -> str:
    """What stands at the top of a case: its number, where it stands, when it is due and whose it is."""
    facts = [
        ("Status", STATUS_WORDS[case.status]),
        ("Reply due", due_html(case)),
        ("Assigned to", escape(names.of(case.assigned_to)) or "Nobody"),
        ("Received", f"{moment_words(case.received_at)}, {CHANNEL_WORDS[case.channel].lower()}"),
    ]
    told = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    erased = '<p class="note">The personal data of this case has been erased.</p>' if case.erased_at else ""
    return f"<p>{link(DESK, 'All cases')}</p><h1>Case {escape(case.reference)}</h1><dl>{told}</dl>{erased}"


def enquiry_html(text: str, questions: Sequence[FoundQuestion]) -> str:
    """The enquiry as it came, each found question marked where it stands; a question inside another is not marked a second time."""
    parts, at = [], 0
    for number, question in enumerate(questions, start=1):
        start, end = question.span
        if start >= at and end > start:
            parts.append(f'{escape(text[at:start])}<mark><span class="unseen">Question {number}: </span>{escape(text[start:end])}</mark>')
            at = end
    parts.append(escape(text[at:]))
    told = "1 question found, marked below." if len(questions) == 1 else f"{len(questions)} questions found, marked below." if questions else ""
    return f'<section aria-label="Enquiry"><h2>Enquiry</h2><p class="source">{told}</p><div class="enquiry" tabindex="0">{"".join(parts)}</div></section>'


def drafts_html(drafts: Sequence[Draft]) -> str:
    """The drafts of a case, the newest first, with the way to each."""
    if not drafts:
        return "<h2>Reply</h2><p>No reply has been drafted yet.</p>"
    rows = "".join(
        f'<li><a href="{escape(draft_address(draft.draft_id))}">Draft of {moment_words(draft.created_at)}</a>: '
        f"{STATE_WORDS[draft.state].lower()}, version {draft.version}</li>"
        for draft in drafts
    )
    return f"<h2>Reply</h2><ul>{rows}</ul>"


def beside_html(similar: Sequence[SimilarCase], history: Sequence[AuditEntry], names: Names) -> str:
    """Cases like this one, with the reason, and what was done, newest first."""
    like = "".join(f'<li>{case_line(each.case)} <span class="source">{escape(each.why)}</span></li>' for each in similar)
    done = "".join(
        f"<li>{moment_words(entry.at)}: {escape(names.of(entry.actor))} {escape(_DONE.get(entry.action, entry.action.replace('.', ' ')))}</li>"
        for entry in history
    )
    return (
        f"<section><h2>Similar cases</h2>{f'<ul>{like}</ul>' if like else '<p>None yet.</p>'}</section>"
        f"<section><details><summary><h2>History</h2></summary><ol>{done}</ol></details></section>"
    )
