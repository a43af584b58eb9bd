"""Pages that need no scripts: one small HTML document each, for a slow line and for signing in."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_WAYS = (("Ask", "/"), ("Check", "/check"), ("Pathway", "/pathway"), ("Library", "/library"), ("Timeline", "/timeline"), ("Glossary", "/glossary"))


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def document(title: str, body: str, here: str = "", script: str = "") -> str:
    """A whole page. `body` is HTML whose every value is escaped already; `here` is the page's own address; `script` the name of a file beside this one."""
    ways = "".join(f'<a href="{address}"{_current(address, here)}>{escape(name)}</a>' for name, address in _WAYS)
    run = f"<script>{_text(script)}</script>" if script else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_text('plain.css')}</style></head>"
        f'<body><a class="skip" href="#main">Skip to the content</a><nav aria-label="Pages">{ways}</nav><main id="main">{body}</main>{run}</body></html>'
    )


def headers(script: str = "") -> dict[str, str]:
    """The headers of such a page: nothing from elsewhere, nothing kept by others, no framing."""
    scripts = f"'sha256-{_digest(_text(script))}'" if script else "'none'"
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(_text('plain.css'))}'; script-src {scripts}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}


def _current(address: str, here: str) -> str:
    return ' aria-current="page"' if address == here else ""
