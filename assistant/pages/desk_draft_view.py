"""What stands around the letter on the page of a draft, as HTML, every value escaped."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from assistant.desk.case_views import Case
from assistant.desk.drafts import Draft
from assistant.desk.versions import DraftVersion, differences, differences_html
from assistant.pages.desk_case_view import STATE_WORDS
from assistant.pages.desk_inbox_view import due_html
from assistant.pages.desk_parts import Names, case_address, moment_words
from assistant.pages.parts import link

KEYS = "Keys: Alt+S saves, Alt+Enter submits, Alt+1 to Alt+9 attach what a search found to the sentence you are in. [1] names source 1."
KINDS = {"docx": "Word", "html": "Web page", "txt": "Plain text", "eml": "Email"}


def draft_head(draft: Draft, case: Case, names: Names) -> str:
    """What the draft answers, where it stands, and why it was returned where it was."""
    who = f" – {escape(case.name)}" if case.name else ""
    reason = (
        f'<p class="returned"><strong>Returned by {escape(names.of(draft.decided_by))}:</strong> {escape(draft.reason)}</p>'
        if draft.state == "returned"
        else ""
    )
    again = "<p>It is approved and frozen: saving a change makes it a draft again, to be approved anew.</p>" if draft.state == "approved" else ""
    return (
        f"<p>{link(case_address(case.case_id), f'Case {case.reference}')}{who}</p><h1>Reply to {escape(case.reference)}</h1>"
        f"<p><strong>{STATE_WORDS[draft.state]}</strong>. Version {draft.version}, saved by {escape(names.of(draft.saved_by))} "
        f"on {moment_words(draft.saved_at)}. Reply due {due_html(case)}.</p>{reason}{again}"
    )


def state_html(message: str, stored: str, arrived: bool = False, at: int | None = None, grave: bool = False) -> str:
    """A message, and for the page's script which text is stored, whether the page has just been opened, and where the cursor goes."""
    role = "alert" if grave else "status"
    told = f'<p role="{role}">{escape(message)}</p>' if message else ""
    more = (" data-arrived" if arrived else "") + (f' data-at="{at}"' if at is not None else "")
    return f'{told}<div hidden data-stored="{escape(stored)}"{more}></div>'


def ways_html(draft: Draft) -> str:
    """The reply as files, and to the clipboard with its formatting. What is not saved is not in them."""
    base = f"/api/v1/drafts/{quote(draft.draft_id, safe='')}/export?format="
    ways = " · ".join(f'<a href="{base}{kind}" download>{words}</a>' for kind, words in KINDS.items())
    mark = "" if draft.state in ("approved", "sent") else " Until it is approved, each says that it is a draft."
    return (
        f'<p class="keep">Download as saved: {ways} <button type="button" class="button" data-rich="{base}rich">Copy with formatting</button></p>'
        f'<p class="source">{mark.strip()}</p>'
    )


def theirs_html(theirs: Draft, mine: str, names: Names) -> str:
    """The text that somebody else has saved, and how one's own differs from it."""
    who = escape(names.of(theirs.saved_by))
    return (
        f'<section aria-label="Theirs"><h2>Theirs: version {theirs.version}, saved by {who}</h2><div class="enquiry" tabindex="0">{escape(theirs.body)}</div>'
        f"<h2>How yours differs</h2>{changes_html(theirs.body, mine)}</section>"
    )


def version_choices(versions: Sequence[DraftVersion], names: Names) -> list[tuple[str, int]]:
    """What the lists of versions offer: number, who saved it, and when."""
    return [(f"{each.version}: {names.of(each.saved_by)}, {moment_words(each.saved_at)}", each.version) for each in versions]


def changes_html(before: str, after: str) -> str:
    """What changed from one text to another, word by word."""
    return f'<div class="enquiry changes" tabindex="0">{differences_html(differences(before, after))}</div>'
