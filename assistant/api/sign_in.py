"""The pages by which people sign in and out and choose a password: plain HTML forms, which work without scripts."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.api.bearer import is_cross_site
from assistant.api.guard import SIGN_IN, SIGN_OUT
from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError
from assistant.pages.plain import document, headers
from assistant.pages.sign_in import error_page, link_page, sign_in_page, sign_out_page
from assistant.people.links import SET_UP, LinkGoneError
from assistant.people.lockout import LockedOutError
from assistant.people.service import WrongPasswordError
from assistant.people.sessions import SESSION_COOKIE
from assistant.people.views import LinkView
from assistant.services import Services

Text = Annotated[str, Form()]
GONE = "Signing in is not possible at the moment, as the database cannot be reached. Try again in a minute."
ELSEWHERE = "This came from a page of another site, so nothing was done. Open the page here and try again."


def sign_in_pages(services: Services) -> APIRouter:
    """The pages over one set of services."""
    router = APIRouter(include_in_schema=False)
    people = services.people

    @router.get(SIGN_IN)
    def sign_in_form(next: str = "/") -> Response:  # noqa: A002
        """The form."""
        return _page("Sign in", sign_in_page(local(next)))

    @router.post(SIGN_IN)
    def sign_in(request: Request, email: Text = "", password: Text = "", next: Text = "/") -> Response:  # noqa: A002
        """Sign in, and go on to where one came from."""
        where = local(next)
        if is_cross_site(request):
            return _page("Sign in", sign_in_page(where, "", [("email", ELSEWHERE)]), 403)
        given = (("email", "email address", email.strip()), ("password", "password", password))
        missing = [(field, f"Enter your {words}.") for field, words, text in given if not text]
        if missing:
            return _page("Error: sign in", sign_in_page(where, email, missing), 422)
        try:
            token = people.sign_in(email, password)
        except WrongPasswordError as error:
            return _page("Error: sign in", sign_in_page(where, email, [("email", str(error))]), 401)
        except LockedOutError as error:
            return _page("Error: sign in", sign_in_page(where, email, [("email", str(error))]), 429, {"Retry-After": str(error.seconds)})
        except DatabaseUnavailableError:
            return _page("Error: sign in", sign_in_page(where, email, [("email", GONE)]), 503, {"Retry-After": "30"})
        return _signed_in(services, request, token, where)

    _signing_out(router, services)
    _links(router, services)
    return router


def _signing_out(router: APIRouter, services: Services) -> None:
    people = services.people

    @router.get(SIGN_OUT)
    def sign_out_form() -> Response:
        """The button: going to an address signs nobody out."""
        return _page("Sign out", sign_out_page())

    @router.post(SIGN_OUT)
    def sign_out(request: Request) -> Response:
        """Sign out, and go to the sign-in page."""
        if is_cross_site(request):
            return _page("Sign out", error_page("You are still signed in", ELSEWHERE), 403)
        token = request.cookies.get(SESSION_COOKIE, "")
        try:
            if token:
                people.sign_out(token)
        except DatabaseUnavailableError:
            return _page(
                "Sign out", error_page("You are still signed in", "The database cannot be reached. Try again in a minute."), 503, {"Retry-After": "30"}
            )
        answer = RedirectResponse(SIGN_IN, 303, {"Cache-Control": "no-store", "Clear-Site-Data": '"cache"'})
        answer.delete_cookie(SESSION_COOKIE, path="/", secure=_is_secure(request), httponly=True, samesite="lax")
        return answer


def _links(router: APIRouter, services: Services) -> None:
    @router.get(SET_UP + "/{token}")
    def link_form(token: str) -> Response:
        """The form that a one-time link leads to. Opening it uses nothing up."""
        return _of_link(services, token)

    @router.post(SET_UP + "/{token}")
    def use_link(request: Request, token: str, password: Text = "", again: Text = "", email: Text = "", name: Text = "") -> Response:
        """Choose a password, and be signed in."""
        if is_cross_site(request):
            return _page("Choose a password", error_page("Nothing was changed", ELSEWHERE), 403)
        if password != again:
            return _of_link(services, token, email, name, ("again", "The two passwords are not the same. Enter the same one twice."))
        try:
            session = services.people.use_link(token, password, email, name)
        except BadInputError as error:
            return _of_link(services, token, email, name, (error.field, f"The {error.field} {error.message}"))
        except (LinkGoneError, DatabaseUnavailableError):
            return _of_link(services, token, email, name)
        return _signed_in(services, request, session, "/")


def local(address: str) -> str:
    """An address on this site, or the first page for any other: a link must not lead elsewhere after signing in."""
    is_here = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() and "\\" not in address
    return address if is_here and len(address) <= 2000 else "/"


def _of_link(services: Services, token: str, email: str = "", name: str = "", fault: tuple[str, str] | None = None) -> Response:
    try:
        view = services.people.link(token)
    except LinkGoneError as error:
        return _page("This link does not work", error_page("This link does not work any more", str(error)), 404)
    except DatabaseUnavailableError:
        return _page("Try again", error_page("Try again in a minute", "The database cannot be reached. The link still works."), 503, {"Retry-After": "30"})
    shown = LinkView(is_first=True, email=email, name=name) if view.is_first else view
    title = "Make the first account" if view.is_first else "Choose a password"
    return _page(f"Error: {title}" if fault else title, link_page(token, shown, [fault] if fault else []), 422 if fault else 200)


def _signed_in(services: Services, request: Request, token: str, where: str) -> Response:
    answer = RedirectResponse(where, 303, {"Cache-Control": "no-store"})
    age = round(services.people.whole.total_seconds())
    answer.set_cookie(SESSION_COOKIE, token, max_age=age, path="/", secure=_is_secure(request), httponly=True, samesite="lax")
    return answer


def _is_secure(request: Request) -> bool:
    """Whether the browser came over https, as the server, or what stands before it on this machine, says."""
    return request.url.scheme == "https"


def _page(title: str, body: str, status: int = 200, more: dict[str, str] | None = None) -> Response:
    return HTMLResponse(document(f"{title} – Public service mutuals", body), status, {**headers(), **(more or {})})
