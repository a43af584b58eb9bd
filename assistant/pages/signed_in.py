"""Who is signed in at a page, and what a page shows at its top: the name with the way out, or the way in."""

from html import escape
from urllib.parse import quote

import gradio as gr

from assistant.people.person import Actor, Right
from assistant.people.sessions import SESSION_COOKIE
from assistant.services import Services

ROLE_WORDS = {"adviser": "adviser", "approver": "approver", "admin": "administrator"}
RIGHT_WORDS: dict[Right, str] = {
    "ask": "ask questions",
    "check": "check claims",
    "read": "read cases, drafts and figures",
    "draft": "make and change cases and drafts",
    "approve": "approve drafts",
    "administer": "administer people, keys and removal of data",
}


def actor_of(services: Services, request: gr.Request) -> Actor | None:
    """Who is signed in where this request comes from, or nobody. Raises DatabaseUnavailableError."""
    cookies = request.cookies  # Gradio makes an object of them, whose own methods cookies of their names would hide
    return services.people.actor_of_session(str(cookies[SESSION_COOKIE])) if SESSION_COOKIE in cookies else None


def here(request: gr.Request, path: str) -> str:
    """The address of a page with what was asked of it, to come back to after signing in."""
    query = str(request.query_params)
    return f"{path}?{query}" if query else path


def base_of(request: gr.Request) -> str:
    """The server's address as the one who asks knows it."""
    return f"{request.url.scheme}://{request.url.netloc}"


def sign_in_html(here: str, sentence: str = "This page is for the helpline’s staff.") -> str:
    """What a page shows to nobody in particular: why, and the way in, which leads back to `here`."""
    return f'<div class="signed-out" role="status"><p>{escape(sentence)} <a href="{escape(sign_in_address(here))}">Sign in</a> to go on.</p></div>'


def sign_in_address(here: str) -> str:
    """The sign-in page's address, that leads back to `here`."""
    return f"/sign-in?next={quote(here, safe='/')}"


def strip_html(actor: Actor) -> str:
    """“Signed in as …” with a button that signs out, for the top of a page."""
    role = f" ({ROLE_WORDS[actor.role]})" if actor.role else ""
    return (
        f'<form class="signed-in" method="post" action="/sign-out"><span>Signed in as {escape(actor.name)}{role}</span> '
        '<button type="submit">Sign out</button></form>'
    )


def may_not_html(right: Right) -> str:
    """What a page shows to somebody who lacks the right to it."""
    return f'<div role="status"><p>Your account may not {escape(RIGHT_WORDS[right])}. An administrator can change that.</p></div>'
