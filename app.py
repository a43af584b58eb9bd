"""Entry point: the FastAPI app with the Gradio pages mounted, and a server for it."""

import os
import socket
import warnings
from contextlib import suppress
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ.setdefault("MPLBACKEND", "agg")

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.api.application import build_api
from assistant.commands import told_plainly
from assistant.database.engine import DatabaseUnavailableError
from assistant.masked_logs import mask_logs
from assistant.pages.site import site
from assistant.people.reach import first_link, is_loopback
from assistant.services import Services, build_services
from assistant.settings import Settings

STYLE = Path(__file__).resolve().parent / "assistant" / "pages" / "style.css"


def build_app(services: Services) -> FastAPI:
    """The whole application: API under `/api/v1`, health, and the pages at `/`."""
    font = ["Arial", "Helvetica", "sans-serif"]
    theme = gr.themes.Default(font=font, font_mono=["monospace"])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="SSR mode is not supported")  # said of every multipage application, also where it is off
        app: FastAPI = gr.mount_gradio_app(
            build_api(services), site(services), path="/", theme=theme, css_paths=[STYLE], footer_links=[], show_error=False, ssr_mode=False, run_history=False
        )
    return app


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Raises OSError where the address cannot be listened on, NewerDatabaseError for the database of a later release,
    NoAccountsError where others could reach it and nobody has an account.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.host, settings.port))
    os.environ.setdefault("MPLCONFIGDIR", str(settings.data_dir / "matplotlib"))
    services = build_services(settings)
    with suppress(DatabaseUnavailableError):  # questions are answered all the same
        services.conversations.open()
    link = _first_link(services)
    app = build_app(services)
    _Server(uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning"), link).run()


def _first_link(services: Services) -> str | None:
    """The link to make the first account. Without the database there is none, and a server that others can reach does not start."""
    host, port = services.settings.host, services.settings.port
    try:
        return first_link(services.people, host, f"http://{host}:{port}")
    except DatabaseUnavailableError:
        if not is_loopback(host):
            raise
        return None


class _Server(uvicorn.Server):
    """Says where it listens, once it does, and how to make the first account."""

    def __init__(self, config: uvicorn.Config, link: str | None):
        super().__init__(config)
        self._link = link

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(f"Ready: http://{self.config.host}:{self.config.port}", flush=True)  # noqa: T201
        if self._link:
            print(f"Nobody has an account yet. To make the first one, an administrator's, open this within 24 hours: {self._link}", flush=True)  # noqa: T201


def serve_command() -> None:
    """Serve the pages and the API. Address and port are the settings MUTUALS_HOST and MUTUALS_PORT."""
    mask_logs()
    with told_plainly():
        serve(Settings())


if __name__ == "__main__":
    serve_command()
