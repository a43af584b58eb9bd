"""The pages of signing in and out as HTML, every value escaped. A fault is told at the top, linked to its field, and again beside the field."""

from collections.abc import Sequence
from html import escape

from assistant.people.passwords import SHORTEST
from assistant.people.views import LinkView

Fault = tuple[str, str]
"""A field and what is wrong with it."""


def sign_in_page(where: str, email: str = "", faults: Sequence[Fault] = ()) -> str:
    """The form of signing in; `where` it leads to afterwards."""
    fields = (
        f'<input type="hidden" name="next" value="{escape(where)}">'
        + _field("email", "Email address", "email", "username", email, faults)
        + _field("password", "Password", "password", "current-password", "", faults)
    )
    return (
        f"{_summary(faults)}<h1>Sign in</h1><p>For the helpline’s staff.</p>"
        f'<form method="post" action="/sign-in" novalidate>{fields}<button>Sign in</button></form>'
        '<p class="hint">Forgotten your password? An administrator can give you a link to choose a new one.</p>'
    )


def sign_out_page() -> str:
    """The button that signs out."""
    return '<h1>Sign out</h1><form method="post" action="/sign-out"><button>Sign out</button></form>'


def link_page(token: str, view: LinkView, faults: Sequence[Fault] = ()) -> str:
    """The form that a one-time link leads to: for the first account with name and email."""
    if view.is_first:
        title, lead = "Make the first account", "It will be an administrator’s: it can invite everybody else."
        who = _field("name", "Your name", "text", "name", view.name, faults) + _field("email", "Email address", "email", "username", view.email, faults)
    else:
        title, lead = "Choose a password", f"For the account of {view.name}."
        who = (
            f'<p>Email address: <strong>{escape(view.email)}</strong></p><input type="text" class="unseen" name="username" autocomplete="username" '
            f'value="{escape(view.email)}" readonly tabindex="-1" aria-hidden="true">'  # so that a password manager knows whose it is
        )
    hint = f"At least {SHORTEST} characters. Three or four words that have nothing to do with each other do well."
    return (
        f'{_summary(faults)}<h1>{escape(title)}</h1><p>{escape(lead)}</p><form method="post" action="/set-up/{escape(token)}" novalidate>{who}'
        f"{_field('password', 'Password', 'password', 'new-password', '', faults, hint)}"
        f"{_field('again', 'The same password again', 'password', 'new-password', '', faults)}<button>Save and sign in</button></form>"
    )


def error_page(title: str, message: str) -> str:
    """What went wrong, where there is no form to go on with."""
    return f'<h1>{escape(title)}</h1><p role="alert">{escape(message)}</p><p><a href="/sign-in">Go to the sign-in page</a></p>'


def _summary(faults: Sequence[Fault]) -> str:
    if not faults:
        return ""
    told = "".join(f'<li><a href="#{escape(field)}">{escape(message)}</a></li>' for field, message in faults)
    return f'<div class="error" role="alert"><h2>There is a problem</h2><ul>{told}</ul></div>'


def _field(name: str, label: str, kind: str, fill: str, value: str, faults: Sequence[Fault], hint: str = "") -> str:
    wrong = next((message for field, message in faults if field == name), "")
    described = " ".join(f"{name}-{part}" for part, text in (("hint", hint), ("error", wrong)) if text)
    return (
        f'<label for="{name}">{escape(label)}</label>'
        + (f'<p class="hint" id="{name}-hint">{escape(hint)}</p>' if hint else "")
        + (f'<p class="wrong" id="{name}-error">{escape(wrong)}</p>' if wrong else "")
        + f'<input type="{kind}" id="{name}" name="{name}" autocomplete="{fill}" value="{escape(value)}" required'
        + (f' aria-describedby="{described}"' if described else "")
        + (' aria-invalid="true"' if wrong else "")
        + (' spellcheck="false" autocapitalize="none"' if kind != "text" else "")
        + ">"
    )
