"""The check pages: `/check` for claims, `/check/text` for a whole text, and what can be downloaded from each. They work without scripts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from assistant.answers import Scope
from assistant.api.conversations import WORD
from assistant.checking.briefing import briefing
from assistant.checking.text_export import as_word
from assistant.checking.verdicts import Check
from assistant.checking.whole_text import MOST_CLAIMS, claims_in
from assistant.checking.wording import VERDICT_WORDS
from assistant.errors import BadInputError
from assistant.pages.check import CHECK, WHOLE_TEXT, claims_page, whole_text_page
from assistant.pages.parts import NO_INDEX
from assistant.pages.plain import document, headers
from assistant.services import Services
from corpus.dates import PartialDate
from index.versions import NoIndexError

SCRIPT = "check.js"
Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form()]


def check_pages(services: Services) -> APIRouter:
    """The pages over one set of services."""
    router = APIRouter(include_in_schema=False)
    checks, texts, address_of = services.checks, services.text_checks, services.browse.address_of

    @router.get(CHECK)
    def claims(claim: str = "") -> HTMLResponse:
        """The empty page, or with a claim that a link brought, not yet checked."""
        return _page("Check a claim", claims_page(claim[: services.settings.question_limit]), CHECK)

    @router.post(CHECK)
    def check_claims(claim: Text = "", earlier: Texts = [], sector: Text = "", nation: Text = "", as_of: Text = "") -> HTMLResponse:  # noqa: B006
        """The verdicts. What was checked before in this visit comes with the form and is checked again: nothing is kept here."""
        scope, error, status = Scope(), "", 200
        found: list[Check] = []
        try:
            scope = _scope(sector, nation, as_of)
            found = [checks.check(each, scope) for each in claims_in(claim)]
        except BadInputError as wrong:
            error, status = _told(wrong), 422
        except NoIndexError:
            error, status = NO_INDEX, 503
        before = _checked_again(earlier, [each.claim for each in found], scope, services) if status != 503 else []
        body = claims_page(claim if error else "", found, before, scope, error, address_of)
        title = f"{VERDICT_WORDS[found[0].verdict]}: check a claim" if len(found) == 1 else "Check a claim"  # the first thing that is read out
        return _page(title, body, CHECK, status)

    @router.post(f"{CHECK}/briefing")
    def download(claim: Texts = [], sector: Text = "", nation: Text = "", as_of: Text = "") -> Response:  # noqa: B006
        """What was checked, as a PDF."""
        try:
            scope = _scope(sector, nation, as_of)
            found = [checks.check(each, scope) for each in claim[:MOST_CLAIMS]]
        except BadInputError as wrong:
            return _page("Check a claim", claims_page(error=_told(wrong)), CHECK, 422)
        except NoIndexError:
            return _page("Check a claim", claims_page(error=NO_INDEX), CHECK, 503)
        return _file(briefing(found, date.today()), "application/pdf", "claims-checked.pdf")

    @router.get(WHOLE_TEXT)
    def whole_text() -> HTMLResponse:
        """The empty page."""
        return _page("Check a whole text", whole_text_page(), WHOLE_TEXT)

    @router.post(WHOLE_TEXT)
    def check_text(text: Text = "", sector: Text = "", nation: Text = "", as_of: Text = "") -> HTMLResponse:
        """The text with its sentences marked."""
        scope, error, status, checked = Scope(), "", 200, None
        try:
            scope = _scope(sector, nation, as_of)
            checked = texts.check(_as_typed(text), scope)
        except BadInputError as wrong:
            error, status = _told(wrong), 422
        except NoIndexError:
            error, status = NO_INDEX, 503
        return _page("Check a whole text", whole_text_page(text if error else "", checked, scope, error, address_of), WHOLE_TEXT, status)

    @router.post(f"{WHOLE_TEXT}/download")
    def download_text(text: Text = "", sector: Text = "", nation: Text = "", as_of: Text = "") -> Response:
        """The marked text as a Word document."""
        try:
            checked = texts.check(_as_typed(text), _scope(sector, nation, as_of))
        except BadInputError as wrong:
            return _page("Check a whole text", whole_text_page(text, error=_told(wrong)), WHOLE_TEXT, 422)
        except NoIndexError:
            return _page("Check a whole text", whole_text_page(text, error=NO_INDEX), WHOLE_TEXT, 503)
        return _file(as_word(checked, datetime.now(UTC)), WORD, "text-checked.docx")

    return router


def _checked_again(earlier: Sequence[str], now: Sequence[str], scope: Scope, services: Services) -> list[Check]:
    """The verdicts on what was checked before, newest first, without what was asked again; what can no longer be checked is left out."""
    found = []
    for claim in dict.fromkeys(earlier[:MOST_CLAIMS]):
        if claim not in now:
            try:
                found.append(services.checks.check(claim, scope))
            except BadInputError:
                continue
    return found


def _scope(sector: str, nation: str, as_of: str) -> Scope:
    """Raises BadInputError for a day that is none, or a service or nation that is not in the list."""
    given: dict[str, Any] = {"sector": sector or None, "nation": nation or None}
    try:
        if as_of.strip():
            given["as_of"] = PartialDate(as_of.strip())
    except ValueError as error:
        raise BadInputError("day", f"{error}. Leave it empty for today.") from error
    try:
        return Scope(**given)
    except ValueError as error:
        raise BadInputError("service or nation", "is not one of those in the list. Choose it from the list.") from error


def _as_typed(text: str) -> str:
    """Forms send each new line as two characters."""
    return text.replace("\r\n", "\n")


def _told(error: BadInputError) -> str:
    return f"The {error.field} {error.message}"


def _page(title: str, body: str, here: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(document(f"{title} · Public service mutuals", body, here, SCRIPT), status, headers(SCRIPT))


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'})
