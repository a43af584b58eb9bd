"""Routes to the drafts of replies: made, edited with their evidence, approved, exported. All need an account or a key."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import Citation, Scope
from assistant.api.bearer import Signed
from assistant.api.problems import SIGNED_RESPONSES
from assistant.desk.drafts import Draft
from assistant.desk.exporting import ExportFormat
from assistant.desk.versions import Comparison, DraftVersion
from assistant.desk.words import Channel, DraftState
from assistant.services import Services

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EnquirySent(_Sent):
    """An enquiry to draft a reply to; with `case_id`, one more draft for that case."""

    enquiry: str
    scope: Scope | None = None
    channel: Channel = "email"
    case_id: str | None = Field(default=None, max_length=32)
    contact: str = Field(default="", max_length=254, description="Where the reply goes, as an email address. Else the one that the enquirer signs with.")


class TextSent(_Sent):
    """A text with the version that it was made from."""

    version: Version = Field(strict=True)
    body: str


class PassageSent(_Sent):
    """A sentence of a passage, counted from 0."""

    passage_id: str = Field(max_length=300)
    sentence: int = Field(default=0, ge=0, le=2**31 - 1, strict=True)


class SubmissionSent(_Sent):
    """Which version is submitted. `confirm` where sentences are contradicted or lack a source."""

    version: Version = Field(strict=True)
    confirm: bool = Field(default=False, strict=True)


class DecisionSent(_Sent):
    """Which version was read and decided on."""

    version: Version = Field(strict=True)


class ReturnSent(DecisionSent):
    """The same, with what has to change."""

    reason: str


class VersionQuery(_Sent):
    """Which version; the latest unless one is named."""

    version: Version | None = None


class DraftsQuery(_Sent):
    """Which drafts."""

    state: DraftState | None = None
    case_id: str | None = Field(default=None, max_length=32)


class CompareQuery(_Sent):
    """Which two versions."""

    before: Version = Field(alias="from")
    after: Version = Field(alias="to")


class ExportQuery(_Sent):
    """Which format; `rich` is a piece of HTML for the clipboard."""

    format: ExportFormat


class Drafts(BaseModel):
    """Drafts; those that wait for approval the longest waiting first, others the newest first."""

    drafts: list[Draft]


class Versions(BaseModel):
    """The versions of a draft, the first one first."""

    versions: list[DraftVersion]


def draft_routes(services: Services) -> APIRouter:
    """The routes over one set of services."""
    router = APIRouter(prefix="/api/v1/drafts", tags=["drafts"], responses=SIGNED_RESPONSES)
    _reading(router, services)
    _writing(router, services)
    _deciding(router, services)
    return router


def _reading(router: APIRouter, services: Services) -> None:
    service = services.drafts

    @router.get("")
    def drafts(actor: Signed, query: Annotated[DraftsQuery, Query()], response: Response) -> Drafts:
        """Drafts in a state, of a case, or the latest 200."""
        _private(response)
        return Drafts(drafts=service.drafts(actor, query.state, query.case_id))

    @router.get("/{draft_id}")
    def draft(actor: Signed, draft_id: str, query: Annotated[VersionQuery, Query()], response: Response) -> Draft:
        """One draft, with its latest text or that of another version."""
        _private(response)
        return service.draft(actor, draft_id, query.version)

    @router.get("/{draft_id}/versions")
    def versions(actor: Signed, draft_id: str, response: Response) -> Versions:
        """Who saved which version when."""
        _private(response)
        return Versions(versions=service.versions(actor, draft_id))

    @router.get("/{draft_id}/compare")
    def compare(actor: Signed, draft_id: str, query: Annotated[CompareQuery, Query()], response: Response) -> Comparison:
        """What changed from one version to another, word by word."""
        _private(response)
        return service.compare(actor, draft_id, query.before, query.after)

    @router.get("/{draft_id}/export", response_class=Response)
    def export(actor: Signed, draft_id: str, query: Annotated[ExportQuery, Query()]) -> Response:
        """The latest text as a file."""
        file = service.export(actor, draft_id, query.format)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        }
        return Response(file.content, media_type=file.media_type, headers=headers)


def _writing(router: APIRouter, services: Services) -> None:
    service = services.drafts

    @router.post("")
    def create(actor: Signed, sent: EnquirySent) -> Draft:
        """Draft a reply to an enquiry and keep it with its case."""
        return service.create(actor, sent.enquiry, sent.scope, sent.channel, sent.case_id, sent.contact)

    @router.put("/{draft_id}")
    def save(actor: Signed, draft_id: str, sent: TextSent) -> Draft:
        """Keep a text as the next version; what changed in it is checked against the guidance."""
        return service.save(actor, draft_id, sent.version, sent.body)

    @router.post("/{draft_id}/attach")
    def attach(actor: Signed, draft_id: str, sent: PassageSent) -> Citation:
        """Put a passage among the draft's numbered sources; its number can then stand in the text."""
        return service.attach(actor, draft_id, sent.passage_id, sent.sentence)


def _deciding(router: APIRouter, services: Services) -> None:
    service = services.drafts

    @router.post("/{draft_id}/submit")
    def submit(actor: Signed, draft_id: str, sent: SubmissionSent) -> Draft:
        """Hand it to another person for approval."""
        return service.submit(actor, draft_id, sent.version, sent.confirm)

    @router.post("/{draft_id}/approve")
    def approve(actor: Signed, draft_id: str, sent: DecisionSent) -> Draft:
        """Approve what another person has written and submitted. No key can."""
        return service.approve(actor, draft_id, sent.version)

    @router.post("/{draft_id}/return")
    def send_back(actor: Signed, draft_id: str, sent: ReturnSent) -> Draft:
        """Return it with a reason."""
        return service.send_back(actor, draft_id, sent.reason, sent.version)

    @router.post("/{draft_id}/sent")
    def mark_sent(actor: Signed, draft_id: str) -> Draft:
        """Say that the approved reply has gone out."""
        return service.mark_sent(actor, draft_id)


def _private(response: Response) -> None:
    """What a reply says is not for a cache that others read from."""
    response.headers["Cache-Control"] = "no-store"
