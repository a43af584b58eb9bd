"""Fetching, from a real server on this machine that answers as publishers do: well, slowly, in part, and not at all."""

import gzip
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.fetching import Fetched, Manners, fetch
from corpus.originals import Kept, Shelf
from corpus.sources import Source

QUICK = Manners(delay=0.0, timeout=10.0, longest=60.0, attempts=3, back_off=0.01)
TEXT = ("SUMMARY\n\n" + "".join(f"The plan covers service {number} of the whole list.\n\n" for number in range(400))).encode()
OTHER = TEXT.replace(b"plan", b"new plan")
HALF = len(TEXT) // 2
MODIFIED = "Wed, 21 Oct 2015 07:28:00 GMT"

Answer = Callable[["Handler"], None]


@dataclass
class Heard:
    """One request, as it came to the server."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Publisher:
    """A server: each address has answers for its requests in turn, the last of them for all further ones."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def answer(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    def ranges(self) -> list[tuple[str | None, str | None]]:
        """What each request asked for: Range and If-Range."""
        return [(heard.headers.get("range"), heard.headers.get("if-range")) for heard in self.heard]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def do_GET(self) -> None:
        self.publisher.heard.append(Heard(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic()))
        answers = self.publisher.answers[self.path]
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, *_: object) -> None:
        """A client that goes away in the middle is part of these tests."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Publisher]]:
    """Opens servers."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    running: list[tuple[Server, threading.Thread, Publisher]] = []

    def open_one() -> Publisher:
        publisher = Publisher()
        server = Server(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"publisher": publisher}))
        publisher.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        running.append((server, thread, publisher))
        return publisher

    yield open_one
    for server, thread, publisher in running:
        publisher.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def publisher(opened: Callable[[], Publisher]) -> Publisher:
    return opened()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "originals")


def source(name: str, url: str | None) -> Source:
    return Source.model_validate(
        {
            "id": name,
            "title": "The Report of 2012",
            "publisher": "The Taskforce",
            "published": "2012-06",
            "kind": "report",
            "authority": "independent_report",
            "extent": "England",
            "url": url,
            "standing": "historic",
            "checked_on": "2026-11-22",
            "sectors": ["all"],
            "audiences": ["staff"],
            "topics": ["recommendations"],
        }
    )


def sends(body: bytes, kind: str | None = "text/plain", status: int = 200, **headers: str) -> Answer:
    """An answer with this body."""

    def answer(handler: Handler) -> None:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.begin(status, {"Content-Length": str(len(body)), **({"Content-Type": kind} if kind else {}), **said})
        handler.wfile.write(body)

    return answer


def breaks_off(body: bytes, sent: int, status: int = 200, **headers: str) -> Answer:
    """An answer that promises the whole body and breaks off after some bytes of it."""

    def answer(handler: Handler) -> None:
        sends(body[:sent], status=status, Content_Length=str(len(body)), **headers)(handler)
        handler.close_connection = True

    return answer


def sends_until_it_closes(handler: Handler) -> None:
    """An answer that does not say how long it is."""
    handler.begin(200, {"Content-Type": "text/plain", "Connection": "close"})
    handler.wfile.write(TEXT)
    handler.close_connection = True


def goes_on(body: bytes, **headers: str) -> Answer:
    """An answer with the part of the body that is asked for, as long as the file is the same, else the whole."""

    def answer(handler: Handler) -> None:
        start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
        if start and handler.headers["If-Range"] in headers.values():
            sends(body[start:], status=206, Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}", **headers)(handler)
        else:
            sends(body, **headers)(handler)

    return answer


def never_answers(handler: Handler) -> None:
    handler.publisher.closing.wait(20)
    handler.close_connection = True


def left(shelf: Shelf) -> list[str]:
    """What is left of files that were fetched in part."""
    return sorted(path.name for path in (shelf.root / ".partial").iterdir())


def fetched(publisher: Publisher, shelf: Shelf, path: str = "/report.txt", manners: Manners = QUICK) -> str:
    """Fetch the one source at a path: what stands on the shelf afterwards as its text, or why it could not be fetched."""
    [result] = fetch([source("report-2012", publisher.address + path)], shelf, manners)
    assert result.source_id == "report-2012"
    if result.kept:
        assert (result.reason, shelf.kept(), list(shelf.damage())) == ("", [result.kept], [])
        return shelf.path(result.kept).read_text(encoding="utf-8")
    return result.reason


def pdf() -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.drawString(60, 700, "The plan covers every service.")
    canvas.save()
    return data.getvalue()


def word() -> bytes:
    data = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The plan covers every service.")
    document.save(data)
    return data.getvalue()


PAGE = b"<!DOCTYPE html><title>The Plan</title><h1>Summary</h1><p>The plan covers every service.</p>"


@pytest.mark.parametrize(
    ("path", "kind", "body", "file"),
    [
        ("/report.pdf", "application/pdf", pdf(), "report.pdf"),
        ("/report", "Application/PDF; charset=binary", pdf(), "report.pdf"),
        ("/report.pdf?version=2", "application/octet-stream", pdf(), "report.pdf"),
        ("/REPORT.PDF", "binary/octet-stream", pdf(), "REPORT.pdf"),
        ("/report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word(), "report.docx"),
        ("/guidance/mutuals", "text/html; charset=utf-8", PAGE, "mutuals.html"),
        ("/", "text/html", PAGE, "original.html"),
        ("/page.aspx", "application/xhtml+xml", PAGE, "page.html"),
        ("/report.txt", "text/plain", TEXT, "report.txt"),
        ("/report.md", "text/markdown", TEXT, "report.md"),
        ("/report.txt", None, TEXT, "report.txt"),
        ("/my%20report%3F.txt", "text/plain", TEXT, "my-20report-3F.txt"),
    ],
)
def test_every_kind_of_file_is_kept(publisher: Publisher, shelf: Shelf, path: str, kind: str | None, body: bytes, file: str) -> None:
    publisher.answer(path, sends(body, kind))
    wanted = source("report-2012", publisher.address + path)
    [result] = fetch([wanted], shelf, QUICK)
    [kept] = shelf.kept()
    assert result == Fetched("report-2012", kept)
    assert kept == Kept(
        source_id="report-2012", file=f"{kept.sha256[:12]}-{file}", size=len(body), sha256=kept.sha256, added_at=kept.added_at, url=str(wanted.url)
    )
    assert (shelf.path(kept).read_bytes(), list(shelf.damage()), left(shelf), len(shelf.sections({wanted.id: wanted}, pytest.fail))) == (body, [], [], 1)


def test_a_request_says_who_asks_and_wants_the_file_as_it_is(publisher: Publisher, shelf: Shelf) -> None:
    publisher.answer("/report.txt", sends(TEXT))
    fetched(publisher, shelf)
    [heard] = publisher.heard
    assert {name: heard.headers.get(name) for name in ("user-agent", "accept-encoding", "range", "cookie", "authorization")} == {
        "user-agent": "mutuals-guidance-assistant (fetches a single document at an operator's request)",
        "accept-encoding": "identity",
        "range": None,
        "cookie": None,
        "authorization": None,
    }


def test_nothing_to_fetch(shelf: Shelf) -> None:
    assert fetch([], shelf) == []


def test_a_source_without_an_address(shelf: Shelf) -> None:
    assert fetch([source("ours", None)], shelf, QUICK) == [Fetched("ours", reason="the catalogue gives no address for it; add the file by hand")]


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        (
            "/a.png",
            sends(TEXT, "image/png"),
            "the server sends image/png, which cannot be read; add the document by hand as one of .pdf, .docx, .html, .htm, .txt, .md",
        ),
        (
            "/a.doc",
            sends(TEXT, "application/octet-stream"),
            "the server sends application/octet-stream, which cannot be read; add the document by hand as one of .pdf, .docx, .html, .htm, .txt, .md",
        ),
        (
            "/a",
            sends(TEXT, None),
            "the server sends a file of no stated kind, which cannot be read; add the document by hand as one of .pdf, .docx, .html, .htm, .txt, .md",
        ),
        ("/a.txt", sends(b"", status=404), "the server answers 404 Not Found; check the address in the catalogue, or add the file by hand"),
        ("/a.txt", sends(b"", status=403), "the server answers 403 Forbidden; check the address in the catalogue, or add the file by hand"),
        ("/a.txt", sends(b"", status=204), "the server answers 204 No Content; check the address in the catalogue, or add the file by hand"),
        ("/a.txt", sends(b"", status=999), "the server answers 999; check the address in the catalogue, or add the file by hand"),
        ("/a.txt", sends(b"", status=302), "the server answers 302 Found; check the address in the catalogue, or add the file by hand"),
        ("/a.txt", sends(b""), "what the server sent is empty; check that the document was saved with its words"),
        ("/a.pdf", sends(PAGE, "application/pdf"), "what the server sent is not a PDF file, whatever its name says; download it again from the publisher"),
        ("/a.pdf", sends(pdf()[:-900], "application/pdf"), "what the server sent is cut short: its end is missing; download it again from the publisher"),
        ("/a", sends(pdf(), "text/html"), "what the server sent is not an HTML page, whatever its name says; download it again from the publisher"),
        (
            "/a.docx",
            sends(PAGE, "application/octet-stream"),
            "what the server sent is not a whole Word file (.docx), whatever its name says; download it again from the publisher",
        ),
    ],
)
def test_what_fails_for_good_is_asked_for_once_and_leaves_the_old_original(publisher: Publisher, shelf: Shelf, path: str, answer: Answer, reason: str) -> None:
    publisher.answer("/old.txt", sends(OTHER))
    assert fetched(publisher, shelf, "/old.txt") == OTHER.decode()
    before = shelf.kept()
    publisher.answer(path, answer)
    assert fetched(publisher, shelf, path) == reason
    assert (shelf.kept(), list(shelf.damage()), left(shelf)) == (before, [], [])
    assert [heard.path for heard in publisher.heard] == ["/old.txt", path]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_fails_for_now_is_asked_for_again(publisher: Publisher, shelf: Shelf, status: int) -> None:
    publisher.answer("/report.txt", sends(b"", status=status), sends(b"", status=status), sends(TEXT))
    assert fetched(publisher, shelf) == TEXT.decode()
    assert (publisher.ranges(), left(shelf)) == ([(None, None)] * 3, [])


def test_what_always_fails_is_given_up(publisher: Publisher, shelf: Shelf) -> None:
    publisher.answer("/report.txt", sends(b"", status=503))
    assert fetched(publisher, shelf) == "the server answers 503 Service Unavailable (3 attempts); try again later"
    assert (len(publisher.heard), shelf.kept(), left(shelf)) == (3, [], [])


@pytest.mark.parametrize(("said", "back_off"), [("0", 50.0), ("soon", 0.01), ("²", 0.01), (MODIFIED, 0.01), ("-1", 0.01)])
def test_a_server_may_say_when_to_come_back(publisher: Publisher, shelf: Shelf, said: str, back_off: float) -> None:
    publisher.answer("/report.txt", sends(b"", status=429, Retry_After=said), sends(TEXT))
    begun = time.monotonic()
    assert fetched(publisher, shelf, manners=replace(QUICK, back_off=back_off)) == TEXT.decode()
    assert time.monotonic() - begun < 25


@pytest.mark.parametrize("said", ["3600", "9" * 400])
def test_a_server_that_asks_for_long_is_left_alone(publisher: Publisher, shelf: Shelf, said: str) -> None:
    publisher.answer("/report.txt", sends(b"", status=429, Retry_After=said), sends(TEXT))
    reason = f"the server answers 429 Too Many Requests and asks to be left alone for {float(said):g} seconds; try again after that"
    assert (fetched(publisher, shelf), len(publisher.heard)) == (reason, 1)


def test_a_server_that_never_answers(publisher: Publisher, shelf: Shelf) -> None:
    publisher.answer("/report.txt", never_answers)
    reason = "the server did not answer within 0.3 seconds (2 attempts); try again later"
    assert fetched(publisher, shelf, manners=replace(QUICK, timeout=0.3, attempts=2)) == reason
    assert (len(publisher.heard), shelf.kept(), left(shelf)) == (2, [], [])


def test_a_server_that_is_not_there(shelf: Shelf, publisher: Publisher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        publisher.address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        assert fetched(publisher, shelf) == "the connection failed (All connection attempts failed) (3 attempts); try again later"


def test_a_server_that_speaks_another_language(publisher: Publisher, shelf: Shelf) -> None:
    def talks(handler: Handler) -> None:
        handler.wfile.write(b"220 mail.example.org ready\r\n\r\n")
        handler.close_connection = True

    publisher.answer("/report.txt", talks)
    assert fetched(publisher, shelf).startswith("the connection failed (")
    assert (len(publisher.heard), shelf.kept()) == (3, [])


def test_a_file_that_drips_is_given_up_in_time_and_gone_on_with_later(publisher: Publisher, shelf: Shelf) -> None:
    def drips(handler: Handler) -> None:
        handler.begin(200, {"Content-Type": "text/plain", "Content-Length": str(len(TEXT)), "ETag": '"one"'})
        for at in range(0, HALF, 100):
            handler.wfile.write(TEXT[at : at + 100])
            if handler.publisher.closing.wait(0.02):
                break
        handler.close_connection = True

    publisher.answer("/report.txt", drips, goes_on(TEXT, ETag='"one"'))
    reason = "the file did not arrive within 0.5 seconds; try again, it goes on from there"
    assert fetched(publisher, shelf, manners=replace(QUICK, longest=0.5)) == reason
    assert (shelf.kept(), left(shelf)) == ([], ["report-2012.json", "report-2012.part"])
    size = (shelf.root / ".partial" / "report-2012.part").stat().st_size
    assert 0 < size < HALF
    assert fetched(publisher, shelf) == TEXT.decode()
    assert (publisher.ranges(), left(shelf)) == ([(None, None), (f"bytes={size}-", '"one"')], [])


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"ETag": '"one"'}, '"one"'),
        ({"ETag": '"one"', "Last_Modified": MODIFIED}, '"one"'),
        ({"Last_Modified": MODIFIED}, MODIFIED),
        ({"ETag": 'W/"one"', "Last_Modified": MODIFIED}, MODIFIED),
    ],
)
def test_a_file_that_breaks_off_is_gone_on_with(publisher: Publisher, shelf: Shelf, headers: dict[str, str], asked: str) -> None:
    publisher.answer("/report.txt", breaks_off(TEXT, HALF, **headers), sends(b"", status=500), goes_on(TEXT, **headers))
    assert fetched(publisher, shelf) == TEXT.decode()
    assert publisher.ranges() == [(None, None), (f"bytes={HALF}-", asked), (f"bytes={HALF}-", asked)]
    assert left(shelf) == []


def test_a_file_that_breaks_off_twice_is_gone_on_with_twice(publisher: Publisher, shelf: Shelf) -> None:
    place = f"bytes {HALF}-{len(TEXT) - 1}/{len(TEXT)}"
    again = breaks_off(TEXT[HALF:], 1000, status=206, ETag='"one"', Content_Range=place)
    publisher.answer("/report.txt", breaks_off(TEXT, HALF, ETag='"one"'), again, goes_on(TEXT, ETag='"one"'))
    assert fetched(publisher, shelf) == TEXT.decode()
    assert publisher.ranges() == [(None, None), (f"bytes={HALF}-", '"one"'), (f"bytes={HALF + 1000}-", '"one"')]


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"one"'}])
def test_a_file_that_cannot_be_known_again_is_begun_anew(publisher: Publisher, shelf: Shelf, headers: dict[str, str]) -> None:
    publisher.answer("/report.txt", breaks_off(TEXT, HALF, **headers), sends(OTHER, **headers))
    assert fetched(publisher, shelf) == OTHER.decode()
    assert publisher.ranges() == [(None, None)] * 2


@pytest.mark.parametrize(
    "second",
    [
        goes_on(OTHER, ETag='"two"'),
        sends(OTHER, ETag='"two"'),
        sends(OTHER, ETag='"one"'),
        sends(OTHER[HALF:], status=206, ETag='"two"', Content_Range=f"bytes {HALF}-{len(OTHER) - 1}/{len(OTHER)}"),
        sends(OTHER[9:], status=206, ETag='"one"', Content_Range=f"bytes 9-{len(OTHER) - 1}/{len(OTHER)}"),
        sends(OTHER[HALF:], status=206, ETag='"one"'),
        sends(b"", status=416),
    ],
)
def test_a_file_that_has_changed_since_it_broke_off_is_begun_anew(publisher: Publisher, shelf: Shelf, second: Answer) -> None:
    publisher.answer("/report.txt", breaks_off(TEXT, HALF, ETag='"one"'), second, goes_on(OTHER, ETag='"two"'))
    assert fetched(publisher, shelf) == OTHER.decode()
    assert publisher.ranges()[:2] == [(None, None), (f"bytes={HALF}-", '"one"')]
    assert publisher.ranges()[2:] in ([], [(None, None)])
    assert left(shelf) == []


@pytest.mark.parametrize("note", ["", "{", '{"url": "http://example.org/other", "validator": "x"}', '{"url": "", "validator": ""}'])
def test_a_part_of_which_nothing_is_known_is_begun_anew(publisher: Publisher, shelf: Shelf, note: str) -> None:
    (shelf.root / ".partial").mkdir(parents=True)
    (shelf.root / ".partial" / "report-2012.part").write_bytes(OTHER)
    (shelf.root / ".partial" / "report-2012.json").write_text(note)
    publisher.answer("/report.txt", goes_on(TEXT, ETag="x"))
    assert (fetched(publisher, shelf), publisher.ranges(), left(shelf)) == (TEXT.decode(), [(None, None)], [])


def test_a_file_that_says_it_is_too_large_is_not_fetched(publisher: Publisher, shelf: Shelf) -> None:
    publisher.answer("/report.txt", breaks_off(bytes(3_000_000), 100))
    reason = "the file has 3 MB; the most is 2 MB. Add a smaller copy by hand"
    assert fetched(publisher, shelf, manners=replace(QUICK, most_bytes=2_000_000)) == reason
    assert (len(publisher.heard), shelf.kept(), left(shelf)) == (1, [], [])


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_that_turns_out_too_large_is_given_up(publisher: Publisher, shelf: Shelf, chunked: bool) -> None:
    sent = 0

    def sends_without_end(handler: Handler) -> None:
        nonlocal sent
        handler.begin(200, {"Content-Type": "text/plain", **({"Transfer-Encoding": "chunked"} if chunked else {"Connection": "close"})})
        handler.close_connection = True
        while not handler.publisher.closing.is_set():
            handler.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n" if chunked else bytes(65536))
            sent += 65536

    publisher.answer("/report.txt", sends_without_end)
    reason = "the file has more than 2 MB, the most allowed. Add a smaller copy by hand"
    assert fetched(publisher, shelf, manners=replace(QUICK, most_bytes=2_000_000)) == reason
    assert (len(publisher.heard), shelf.kept(), left(shelf)) == (1, [], [])
    assert sent < 100_000_000


@pytest.mark.parametrize("answer", [sends(TEXT), sends_until_it_closes])
def test_a_file_of_just_the_most_is_kept(publisher: Publisher, shelf: Shelf, answer: Answer) -> None:
    publisher.answer("/report.txt", answer)
    assert fetched(publisher, shelf, manners=replace(QUICK, most_bytes=len(TEXT))) == TEXT.decode()


def test_a_file_that_is_packed_all_the_same_is_unpacked(publisher: Publisher, shelf: Shelf) -> None:
    packed = gzip.compress(TEXT)
    headers = {"Content_Encoding": "gzip", "ETag": '"one"'}
    publisher.answer("/report.txt", breaks_off(packed, len(packed) // 2, **headers), sends(packed, **headers))
    assert fetched(publisher, shelf) == TEXT.decode()
    assert (publisher.ranges(), left(shelf)) == ([(None, None)] * 2, [])


def test_a_file_that_cannot_be_unpacked_fails_alone(publisher: Publisher, shelf: Shelf) -> None:
    publisher.answer("/report.txt", sends(TEXT, Content_Encoding="gzip"))
    assert fetched(publisher, shelf).startswith("the connection failed (Error -3 while decompressing data")
    assert shelf.kept() == []


def test_a_file_that_has_moved_is_followed(publisher: Publisher, opened: Callable[[], Publisher], shelf: Shelf) -> None:
    other = opened()
    publisher.answer("/report.txt", sends(b"", status=301, Location="/here"))
    publisher.answer("/here", sends(b"", status=302, Location=f"{other.address}/there.md"))
    other.answer("/there.md", sends(TEXT, "application/octet-stream"))
    assert fetched(publisher, shelf) == TEXT.decode()
    [kept] = shelf.kept()
    assert (kept.url, kept.file) == (f"{publisher.address}/report.txt", f"{kept.sha256[:12]}-report.md")


@pytest.mark.parametrize("where", ["/report.txt", "file:///etc/passwd", "ftp://example.org/report.txt"])
def test_a_file_that_has_moved_nowhere(publisher: Publisher, shelf: Shelf, where: str) -> None:
    publisher.answer("/report.txt", sends(b"", status=302, Location=where))
    reason = fetched(publisher, shelf)
    assert reason.startswith(f"the address {publisher.address}/report.txt leads nowhere (")
    assert reason.endswith("); check it in the catalogue")
    assert (len(publisher.heard) in (1, 6), shelf.kept(), left(shelf)) == (True, [], [])


def test_a_file_that_has_not_changed_is_not_kept_twice(publisher: Publisher, shelf: Shelf) -> None:
    publisher.answer("/report.txt", sends(TEXT), sends(TEXT), sends(OTHER))
    assert fetched(publisher, shelf) == TEXT.decode()
    assert fetched(publisher, shelf) == "report-2012.txt is already on the shelf for this source; nothing was changed"
    assert left(shelf) == []
    assert fetched(publisher, shelf) == OTHER.decode()


def several(publisher: Publisher, count: int) -> list[Source]:
    """Sources with a file of its own each."""
    for number in range(count):
        publisher.answer(f"/{number}.txt", sends(TEXT + b"%d" % number))
    return [source(f"source-{number}", f"{publisher.address}/{number}.txt") for number in range(count)]


def test_several_are_fetched_and_told_in_the_order_given(publisher: Publisher, shelf: Shelf) -> None:
    sources = several(publisher, 6)[::-1]
    results = fetch(sources, shelf, QUICK)
    assert results == [Fetched(kept.source_id, kept) for kept in shelf.kept()][::-1]
    assert [result.source_id for result in results] == [each.id for each in sources]
    assert ([shelf.path(kept).read_bytes() for kept in shelf.kept()], left(shelf)) == ([TEXT + b"%d" % number for number in range(6)], [])


def test_one_that_fails_leaves_the_others_alone(publisher: Publisher, shelf: Shelf) -> None:
    sources = several(publisher, 4)
    publisher.answer("/1.txt", sends(PAGE, "application/pdf"))
    publisher.answer("/2.txt", sends(b"", status=404))
    results = fetch([*sources, source("ours", None)], shelf, QUICK)
    assert [(result.source_id, bool(result.kept), result.reason.partition(";")[0]) for result in results] == [
        ("source-0", True, ""),
        ("source-1", False, "what the server sent is not a PDF file, whatever its name says"),
        ("source-2", False, "the server answers 404 Not Found"),
        ("source-3", True, ""),
        ("ours", False, "the catalogue gives no address for it"),
    ]
    assert ([kept.source_id for kept in shelf.kept()], left(shelf)) == (["source-0", "source-3"], [])


def test_a_source_named_twice_is_fetched_once(publisher: Publisher, shelf: Shelf) -> None:
    [one] = several(publisher, 1)
    assert [result.kept for result in fetch([one, one], shelf, QUICK)] == shelf.kept()
    assert len(publisher.heard) == 1


def test_a_server_is_left_alone_between_requests(publisher: Publisher, shelf: Shelf) -> None:
    sources = several(publisher, 4)
    publisher.answer("/1.txt", sends(b"", status=503), sends(TEXT))
    results = fetch(sources, shelf, replace(QUICK, delay=0.2))
    arrivals = [heard.at for heard in publisher.heard]
    assert [bool(result.kept) for result in results] == [True] * 4
    assert (len(arrivals), min(after - before for before, after in pairwise(arrivals)) > 0.1, arrivals[-1] - arrivals[0] > 0.7) == (5, True, True)


def test_one_server_does_not_wait_for_another(publisher: Publisher, opened: Callable[[], Publisher], shelf: Shelf) -> None:
    other = opened()
    publisher.answer("/a.txt", sends(TEXT))
    other.answer("/b.txt", sends(OTHER))
    begun = time.monotonic()
    results = fetch([source("a", f"{publisher.address}/a.txt"), source("b", f"{other.address}/b.txt")], shelf, replace(QUICK, delay=50.0))
    assert [bool(result.kept) for result in results] == [True, True]
    assert time.monotonic() - begun < 25


def test_no_more_are_fetched_at_once_than_allowed(publisher: Publisher, shelf: Shelf) -> None:
    pair, there, most = threading.Barrier(2), threading.Semaphore(2), []

    def together(handler: Handler) -> None:
        most.append(there.acquire(blocking=False))
        pair.wait(10)
        there.release()
        sends(TEXT + handler.path.encode())(handler)

    sources = several(publisher, 6)
    publisher.answers = {path: [together] for path in publisher.answers}
    assert [bool(result.kept) for result in fetch(sources, shelf, replace(QUICK, at_once=2))] == [True] * 6
    assert most == [True] * 6


def test_progress_is_told(publisher: Publisher, shelf: Shelf) -> None:
    told: list[tuple[str, int, int | None]] = []
    publisher.answer("/report.txt", breaks_off(TEXT, HALF, ETag='"one"'), goes_on(TEXT, ETag='"one"'))
    fetch([source("report-2012", f"{publisher.address}/report.txt")], shelf, QUICK, lambda *said: told.append(said))
    assert told == sorted(told)
    assert {(name, total) for name, _, total in told} == {("report-2012", len(TEXT))}
    assert HALF in [size for _, size, _ in told]
    assert told[-1] == ("report-2012", len(TEXT), len(TEXT))


def test_progress_is_told_without_a_whole_where_the_server_names_none(publisher: Publisher, shelf: Shelf) -> None:
    told: list[tuple[str, int, int | None]] = []
    publisher.answer("/report.txt", sends_until_it_closes)
    fetch([source("report-2012", f"{publisher.address}/report.txt")], shelf, QUICK, lambda *said: told.append(said))
    assert told[-1] == ("report-2012", len(TEXT), None)


def test_a_second_fetch_does_not_get_in_the_way_of_the_first(publisher: Publisher, shelf: Shelf) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def waits(handler: Handler) -> None:
        asked.set()
        go_on.wait(10)
        sends(TEXT)(handler)

    publisher.answer("/report.txt", waits)
    wanted = [source("report-2012", f"{publisher.address}/report.txt")]
    first: list[Fetched] = []
    thread = threading.Thread(target=lambda: first.extend(fetch(wanted, shelf, QUICK)))
    thread.start()
    assert asked.wait(10)
    assert fetch(wanted, shelf, QUICK) == [Fetched("report-2012", reason="another fetch is going on; try again when it is done")]
    go_on.set()
    thread.join(10)
    assert (first, len(publisher.heard), left(shelf)) == ([Fetched("report-2012", shelf.kept()[0])], 1, [])
