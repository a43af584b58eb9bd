"""The whole application: pages and API in one server, started for real, and nothing asked of any other machine."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import httpx
import pytest
from sqlalchemy import text

from app import serve
from assistant.database.engine import Database, database_url
from assistant.database.upgrading import NewerDatabaseError
from assistant.people.reach import NoAccountsError
from assistant.services import Services
from assistant.settings import Settings
from index.versions import Versions

ROOT = Path(__file__).resolve().parent.parent
ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data_dir: Path, **settings: object) -> dict[str, str]:
    """The environment of a child process that serves from `data_dir`, with nothing set that the product itself should set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MUTUALS_", "HF_", "GRADIO_", "ANONYMIZED_"))}
    return {**kept, "MUTUALS_DATA_DIR": str(data_dir), **{f"MUTUALS_{name.upper()}": str(value) for name, value in settings.items()}}


@pytest.mark.parametrize("path", ["/", "/library", "/timeline", "/glossary", "/healthz", "/readyz", "/openapi.json", "/api/v1/sources"])
def test_pages_and_api_stand_side_by_side(address: str, path: str) -> None:
    assert httpx.get(f"{address}{path}").status_code == 200


@pytest.mark.parametrize("path", ["/", "/library?passage=x", "/timeline", "/glossary"])
def test_the_pages_name_no_other_machine(address: str, path: str) -> None:
    page = httpx.get(f"{address}{path}").text
    assert "Public service mutuals: guidance assistant" in page
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["'](https?:)?//([^/"']+)""", page)
    assert [host for _, host in loaded if not host.startswith("127.0.0.1")] == []


def test_a_port_that_is_taken_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="Address already in use"):
            serve(Settings(data_dir=tmp_path, port=taken.getsockname()[1], embedding_model="not loaded"))


def test_the_database_of_a_later_release_is_told_before_anything_is_served(tmp_path: Path) -> None:
    with Database(database_url(None, tmp_path)).session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match=r"^The database was last used by a later release of this program "):
        serve(Settings(data_dir=tmp_path, port=free_port()))


def test_a_server_that_others_can_reach_is_not_started_while_nobody_has_an_account(tmp_path: Path) -> None:
    port = free_port()
    with pytest.raises(NoAccountsError, match=r"^The server was not started: on 0\.0\.0\.0 others could reach it, and there is no account yet\."):
        serve(Settings(data_dir=tmp_path, host="0.0.0.0", port=port))
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/healthz")


def test_the_serve_command_ends_in_a_server_that_answers(small_index: Versions, tmp_path: Path) -> None:
    port = free_port()
    mutuals = [sys.executable, "-c", "from assistant.cli import main; main()", "serve"]
    with subprocess.Popen(mutuals, cwd=tmp_path, env=surroundings(small_index.root.parent, port=port), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            assert server.stdout.readline() == f"Ready: http://127.0.0.1:{port}\n"
            link = server.stdout.readline()
            assert link.startswith(
                f"Nobody has an account yet. To make the first one, an administrator's, open this within 24 hours: http://127.0.0.1:{port}/set-up/"
            )
            assert httpx.get(link.rpartition(" ")[2].strip(), timeout=30).status_code == 200
            deadline = time.monotonic() + 60
            while True:
                try:
                    ready = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=30)
                    break
                except httpx.ConnectError:
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    assert (ready.status_code, ready.json()["index_version"]) == (200, small_index.live_name())


def test_the_serve_command_names_a_port_that_is_taken(small_index: Versions, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-c", "from assistant.cli import main; main()", "serve"]
        env = surroundings(small_index.root.parent, port=taken.getsockname()[1])
        ended = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=120)
    told = " ".join(ended.stderr.split())
    assert (ended.returncode, ended.stdout, told) == (1, "", "Address already in use. Check the address and port, or the folder, in the settings.")


CUT_OFF = dedent(
    """
    import json, os, sys, threading, time, urllib.request

    HERE = ("127.0.0.1", "::1", "localhost", "", None)
    tried = []

    def guard(event, arguments):
        # socket.connect stands for connect and connect_ex; the others are the ways to look up a name or send without connecting.
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            address = arguments[1]
            host = address[0] if isinstance(address, tuple) else None
        elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
            host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        else:
            return
        host = host.decode() if isinstance(host, bytes) else host
        if host not in HERE:
            tried.append([event, str(host)])
            raise OSError(f"{event} {host}: this process is cut off")

    sys.addaudithook(guard)

    def read(path, body=None):
        request = urllib.request.Request(address + path, body and json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read().decode()

    def look():
        for _ in range(600):
            time.sleep(0.1)
            try:
                read("/healthz")
                break
            except OSError:
                pass
        try:
            found = {"pages": [read(path)[0] for path in ("/", "/library", "/timeline", "/glossary")], "config": read("/config")[0], "theme": read("/theme.css")[0]}
            answers = [json.loads(read("/api/v1/ask", {"question": question})[1]) for question in json.loads(sys.argv[1])]
            found["outcomes"] = [answer["outcome"] for answer in answers]
            found["searched"] = len(json.loads(read("/api/v1/search?q=escalation")[1])["results"])
            time.sleep(3)  # whatever starts in the background has begun by now
        except BaseException as error:
            found = {"error": repr(error)}
        print(json.dumps({**found, "tried": tried}), flush=True)
        os._exit(0)

    from assistant.settings import Settings

    address = f"http://127.0.0.1:{Settings().port}"
    threading.Thread(target=look, daemon=True).start()

    from app import serve

    serve(Settings())
    """
)


def test_the_whole_application_runs_with_outside_sockets_blocked(services: Services, tmp_path: Path) -> None:
    env = {**surroundings(services.settings.data_dir, port=free_port()), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    questions = json.dumps([ESCALATION, "asdf qwer"])
    ended = subprocess.run([sys.executable, "-c", CUT_OFF, questions], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1]) == {
        "pages": [200, 200, 200, 200],
        "config": 200,
        "theme": 200,
        "outcomes": ["answered", "out_of_scope"],
        "searched": 8,
        "tried": [],
    }, ended.stderr


def test_the_guard_of_that_test_catches_what_goes_outside(tmp_path: Path) -> None:
    guard = CUT_OFF.split("def read(")[0]
    tries = """
import socket
for attempt in (
    lambda: socket.create_connection(("192.0.2.1", 80), 1),
    lambda: socket.getaddrinfo("example.org", 443),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
):
    try:
        attempt()
    except OSError:
        pass
print(json.dumps(tried))
"""
    ended = subprocess.run([sys.executable, "-c", guard + tries], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout) == [["socket.getaddrinfo", "192.0.2.1"], ["socket.getaddrinfo", "example.org"], ["socket.sendto", "192.0.2.1"]]
