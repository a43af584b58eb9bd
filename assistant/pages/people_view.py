"""The people page's tables as HTML, every value escaped."""

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

from assistant.pages.signed_in import RIGHT_WORDS, ROLE_WORDS
from assistant.people.views import KeyView, Person


def state_of(person: Person) -> str:
    """How an account stands, in a word or two."""
    return "disabled" if person.is_disabled else "invited, no password yet" if person.is_invited else "active"


def people_html(people: Sequence[Person]) -> str:
    """All accounts."""
    rows = [[person.name, person.email, ROLE_WORDS[person.role], state_of(person), _day(person.created_at)] for person in people]
    return _table("People", ("Name", "Email address", "Role", "State", "Since"), rows)


def keys_html(keys: Sequence[KeyView], name_of: Callable[[str], str]) -> str:
    """All keys, those that were revoked too."""
    if not keys:
        return "<p>There is no key yet.</p>"
    rows = [
        [
            key.name,
            f"{key.start}…",
            ", ".join(RIGHT_WORDS[right] for right in key.rights),
            name_of(key.created_by),
            _day(key.used_at) if key.used_at else "never",
            f"revoked on {_day(key.revoked_at)}" if key.revoked_at else "works",
        ]
        for key in keys
    ]
    return _table("Keys", ("Name", "Begins with", "May", "Made by", "Last used", "State"), rows)


def secret_html(secret: str) -> str:
    """A link or a key to be copied, this once."""
    label = "Link to copy" if "/" in secret else "Key to copy"
    return (
        f'<p class="secret"><label for="secret">{label}</label><input id="secret" readonly value="{escape(secret)}" spellcheck="false"> '
        '<button type="button" class="copy">Copy</button></p>'
    )


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _table(caption: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>" for row in rows)
    return (
        f'<div class="wide" role="region" aria-label="{escape(caption)}" tabindex="0"><table><caption class="unseen">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
