"""What the desk's pages share: who is signed in, faults in words, names of people, addresses, and a way to another page."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any
from urllib.parse import quote

import gradio as gr

from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError, ConflictError, NotFoundError
from assistant.pages.parts import NO_INDEX, alert
from assistant.pages.signed_in import actor_of, sign_in_address
from assistant.people.person import Actor, ForbiddenError
from assistant.services import Services
from index.versions import NoIndexError

DESK = "/desk"
APPROVALS = "/approvals"
GONE = "The database cannot be reached at the moment, so nothing was changed. What you typed is still here: try again shortly."
CHANGED = "Somebody else has changed this meanwhile, so nothing was changed. Load the page anew to see how it stands."
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
"""For events that answer at once."""
GO = """
watch('value', () => {
  const way = element.querySelector('a[data-go]');
  if (way) location.assign(way.href);
});
"""
"""For `gr.HTML(js_on_load=…)`: goes where a link with `data-go` leads, as soon as one is shown."""


class SignedOutError(Exception):
    """Nobody is signed in, or the session has ended."""


FAULTS = (SignedOutError, BadInputError, ForbiddenError, NotFoundError, ConflictError, DatabaseUnavailableError, NoIndexError)
"""What can go wrong when a page does something; `fault_html` says each in words."""


def signed(services: Services, request: gr.Request) -> Actor:
    """Who is signed in. Raises SignedOutError, DatabaseUnavailableError."""
    actor = actor_of(services, request)
    if actor is None:
        raise SignedOutError
    return actor


def fault_html(error: Exception) -> str:
    """What went wrong and what to do, told to screen readers at once."""
    if isinstance(error, SignedOutError):
        way = f'<a href="{escape(sign_in_address(DESK))}" target="_blank">Sign in in another tab</a>'
        return f'<p role="alert">You are no longer signed in. What you typed is still here. {way}, come back to this one and try again.</p>'
    if isinstance(error, BadInputError):
        return alert(f"The {error.field.replace('_', ' ')} {error.message}")
    if isinstance(error, NotFoundError):
        return alert(f"There is no {error.what} with the id “{error.identifier[:100]}”. {error.advice}".strip())
    if isinstance(error, ForbiddenError):
        return alert(str(error))
    if isinstance(error, ConflictError):
        return alert(CHANGED)
    return alert(NO_INDEX if isinstance(error, NoIndexError) else GONE)


def go_html(address: str, words: str) -> str:
    """A link that is followed by itself where scripts run."""
    return f'<p role="status"><a data-go href="{escape(address)}">{escape(words)}</a></p>'


def case_address(case_id: str) -> str:
    """Where a case is shown."""
    return f"{DESK}?case={quote(case_id, safe='')}"


def draft_address(draft_id: str, page: str = DESK) -> str:
    """Where a draft is edited, or on the approvals page read."""
    return f"{page}?draft={quote(draft_id, safe='')}"


def day_words(day: date | datetime) -> str:
    """A day as it is read out: `3 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """A moment in the clock of this machine: `3 December 2026, 14:05`."""
    here = moment.astimezone()
    return f"{day_words(here)}, {here:%H:%M}"


def choices(words: Mapping[Any, str], nothing: str) -> list[tuple[str, str]]:
    """What a list offers, with `nothing` first for an empty value."""
    return [(nothing, ""), *((said, str(value)) for value, said in words.items() if value != "all")]


class Names:
    """The names of who did something, each looked up once."""

    def __init__(self, services: Services):
        self._services = services
        self._known: dict[str, str] = {}

    def of(self, actor_id: str | None) -> str:
        """The name to show; nothing for nobody."""
        if not actor_id:
            return ""
        if actor_id not in self._known:
            self._known[actor_id] = self._services.people.name_of(actor_id)
        return self._known[actor_id]
