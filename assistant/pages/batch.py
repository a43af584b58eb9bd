"""The batch page: send a file of questions or enquiries, watch it being answered, take the answers away."""

from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answers import Scope
from assistant.database.engine import DatabaseUnavailableError
from assistant.desk.batch_files import LINE_LIMIT, SCOPE_COLUMNS
from assistant.desk.batches import BatchView
from assistant.errors import BadInputError, NotFoundError
from assistant.pages import talk
from assistant.pages.parts import alert, header, navigation
from assistant.pages.signed_in import actor_of, here, may_not_html, sign_in_html, strip_html
from assistant.people.person import ForbiddenError
from assistant.services import Services

BATCH = "/batch"
TITLE = header("Batch", "Many questions or enquiries at once: send a file, and take the answers away with their citations.")
HOW = (
    "<p>The file is a CSV, as any spreadsheet saves it. Its first line names the columns: <strong>question</strong> or <strong>enquiry</strong>, and "
    f"where you want them <strong>reference</strong>, {', '.join(f'<strong>{name}</strong>' for name in SCOPE_COLUMNS)} and <strong>as_of</strong>. Other "
    f"columns are passed over. One file may have {LINE_LIMIT:,} lines. Answering goes on when this page is closed.</p>"
)
GONE = "The database cannot be reached at the moment. Nothing was changed; try again shortly."
STATE_WORDS = {"waiting": "Waiting", "running": "Being answered", "stopped": "Stopped", "done": "Done"}
ASK_FIRST = "(batch) => batch && confirm('Remove this batch with all its answers for good?') ? batch : null"
"""For the event's `js`: without a yes no batch is named, and none is removed."""
EVERY_SECONDS = 2.0
"""How often the page looks how far the batches are."""


def batch_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    gr.HTML(TITLE)
    who = gr.HTML("", elem_classes="library")
    with gr.Column(visible=False) as desk:
        gr.HTML(HOW, elem_classes="library")
        with gr.Row(elem_classes="filters"):
            sector = gr.Dropdown(talk.sector_choices(), value="", label="Service of lines that name none", min_width=160)
            nation = gr.Dropdown(talk.nation_choices(), value="", label="Nation of lines that name none", min_width=160)
        send = gr.UploadButton("Choose a CSV file and send it", file_types=[".csv", ".txt"], type="filepath", elem_id="send-batch")
        told = gr.HTML("", elem_classes="library")
        listed = gr.HTML("", elem_classes="library batches")
        with gr.Row(elem_classes="filters"):
            which = gr.Dropdown([], label="Batch", min_width=240, allow_custom_value=False)
            stop = gr.Button("Stop", min_width=100)
            resume = gr.Button("Go on", min_width=100)
            remove = gr.Button("Remove", min_width=100)
    timer = gr.Timer(EVERY_SECONDS, active=False)
    does = _Does(services)
    outputs = [who, desk, told, listed, which, timer]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    send.upload(does.send, [send, sector, nation, which], outputs, **quiet)
    for button, act, sure in ((stop, does.stop, None), (resume, does.resume, None), (remove, does.remove, ASK_FIRST)):
        button.click(act, [which], outputs, js=sure, **quiet)
    timer.tick(does.look, [which], outputs, queue=False, **quiet)
    page.load(does.look, [which], outputs, queue=False, **quiet)


class _Does:
    """What the page does. Each gives the whole page anew: who is signed in, whether the desk is shown, a message, the list, the choice, the timer."""

    def __init__(self, services: Services):
        self._services = services

    def look(self, chosen: str | None, request: gr.Request) -> list[Any]:
        """How far the batches are; a message that stands there stays."""
        return self._shown(chosen, request, gr.skip())

    def send(self, path: str, sector: str | None, nation: str | None, chosen: str | None, request: gr.Request) -> list[Any]:
        """Begin a batch with a file; the copy that the upload left behind is removed."""
        file = Path(path)
        try:
            actor = actor_of(self._services, request)
            if actor is None:
                return self._shown(chosen, request, "")
            scope = Scope.model_validate({"sector": sector or None, "nation": nation or None})
            made = self._services.batches.create(actor, file.name, file.read_bytes(), scope)
        except BadInputError as error:
            return self._shown(chosen, request, alert(f"The {error.field} {error.message}"))
        except ForbiddenError as error:
            return self._shown(chosen, request, alert(str(error)))
        except DatabaseUnavailableError:
            return self._shown(chosen, request, alert(GONE))
        finally:
            file.unlink(missing_ok=True)
        return self._shown(
            made.batch_id,
            request,
            f'<p role="status">{escape(made.name)}: {made.total} {"line was" if made.total == 1 else "lines were"} taken in and will be answered in turn.</p>',
        )

    def stop(self, chosen: str | None, request: gr.Request) -> list[Any]:
        """Stop the batch that is chosen."""
        return self._turned("stop", chosen, request)

    def resume(self, chosen: str | None, request: gr.Request) -> list[Any]:
        """Go on with it."""
        return self._turned("resume", chosen, request)

    def remove(self, chosen: str | None, request: gr.Request) -> list[Any]:
        """Remove it."""
        return self._turned("remove", chosen, request)

    def _turned(self, what: str, chosen: str | None, request: gr.Request) -> list[Any]:
        try:
            actor = actor_of(self._services, request)
            if actor is not None and chosen:
                getattr(self._services.batches, what)(actor, chosen)
        except NotFoundError:
            return self._shown(None, request, alert("That batch is no longer there."))
        except ForbiddenError as error:
            return self._shown(chosen, request, alert(str(error)))
        except DatabaseUnavailableError:
            return self._shown(chosen, request, alert(GONE))
        return self._shown(chosen, request, "")

    def _shown(self, chosen: str | None, request: gr.Request, message: Any) -> list[Any]:
        closed = [gr.Column(visible=False), "", "", gr.skip(), gr.Timer(active=False)]
        try:
            actor = actor_of(self._services, request)
            if actor is None:
                return [sign_in_html(here(request, BATCH)), *closed]
            batches = self._services.batches.batches(actor)
        except ForbiddenError:
            return [may_not_html("read"), *closed]
        except DatabaseUnavailableError:
            return [gr.skip(), gr.skip(), alert(GONE), gr.skip(), gr.skip(), gr.skip()]
        ids = [each.batch_id for each in batches]
        kept = chosen if chosen in ids else (ids[0] if ids else None)
        busy = any(each.state in ("waiting", "running") for each in batches)
        choices = [(f"{each.name}, {each.created_at:%d/%m/%Y %H:%M}", each.batch_id) for each in batches]
        list_html = batches_html(batches)
        return [strip_html(actor), gr.Column(visible=True), message, list_html, gr.Dropdown(choices, value=kept), gr.Timer(active=busy)]


def batches_html(batches: list[BatchView]) -> str:
    """The batches as a table, each with its progress and the way to its answers."""
    if not batches:
        return "<p>No batch yet.</p>"
    columns = ("File", "Sent (UTC)", "State", "Answered", "Answers")
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    rows = "".join(_row(each) for each in batches)
    return (
        f'<div class="scrolls" tabindex="0" role="group" aria-label="Batches, table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(batch: BatchView) -> str:
    base = f"/api/v1/batches/{escape(batch.batch_id)}/result?format="
    ways = " · ".join(
        f'<a href="{base}{kind}" download>{words}<span class="unseen"> of {escape(batch.name)}</span></a>'
        for kind, words in (("xlsx", "Excel"), ("csv", "CSV"))
    )
    reason = f'<br><span class="source">{escape(batch.reason)}</span>' if batch.reason else ""
    return (
        f'<tr><th scope="row">{escape(batch.name)}</th><td>{batch.created_at:%d/%m/%Y %H:%M}</td><td>{STATE_WORDS[batch.state]}{reason}</td>'
        f'<td class="number">{batch.answered} of {batch.total}</td><td>{ways}</td></tr>'
    )
