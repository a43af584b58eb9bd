"""Fetching originals from publishers' own addresses: several at once, politely, and never unless asked."""

import asyncio
import fcntl
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from corpus.originals import Kept, Shelf, ShelfError
from corpus.readers.originals import ACCEPTED, MOST_BYTES
from corpus.readers.unreadable import UnreadableOriginalError
from corpus.sources import Source

_KINDS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
_SAYS_NOTHING = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0

Tell = Callable[[str, int, int | None], None]
"""Told a source id, the bytes fetched so far, and of how many where the server says."""


@dataclass(frozen=True)
class Manners:
    """How fetching behaves. Times are in seconds."""

    at_once: int = 4
    delay: float = 1.0
    """Between two requests to one server."""
    timeout: float = 30.0
    """Without a byte from the server."""
    longest: float = 600.0
    """For one file in all."""
    attempts: int = 4
    back_off: float = 2.0
    """Before the second attempt; doubled before each further one."""
    most_bytes: int = MOST_BYTES
    agent: str = "mutuals-guidance-assistant (fetches a single document at an operator's request)"


@dataclass(frozen=True)
class Fetched:
    """What came of one source: what is kept, or why nothing is."""

    source_id: str
    kept: Kept | None = None
    reason: str = ""


class _FetchError(Exception):
    """Fetching one file failed for good; the message says why and what to do."""


class _PassingError(_FetchError):
    """It failed for now; `wait` is how long the server asks to be left alone, if it does."""

    def __init__(self, message: str, wait: float | None = None):
        self.wait = wait
        super().__init__(message)


def fetch(sources: Iterable[Source], shelf: Shelf, manners: Manners | None = None, tell: Tell | None = None) -> list[Fetched]:
    """Fetch the originals of these sources on to the shelf, and say what came of each, in the order given.

    One that fails leaves the others alone and the shelf as it was; what was fetched of it is kept apart, so that the next try goes on from there.
    Only one fetch goes on at a time, so that no two write to one file and the polite delay holds.
    """
    wanted = list({source.id: source for source in sources}.values())
    shelf.root.mkdir(parents=True, exist_ok=True)
    with (shelf.root / ".fetching").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return [Fetched(source.id, reason="another fetch is going on; try again when it is done") for source in wanted]
        return asyncio.run(_Fetcher(shelf, manners or Manners(), tell or (lambda *_: None)).fetch(wanted))


class _Fetcher:
    def __init__(self, shelf: Shelf, manners: Manners, tell: Tell):
        self.shelf = shelf
        self.manners = manners
        self.tell = tell
        self.partial = shelf.root / ".partial"
        self.places = asyncio.Semaphore(manners.at_once)
        self.hosts: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.last: dict[str, float] = {}

    async def fetch(self, sources: list[Source]) -> list[Fetched]:
        timeout = httpx.Timeout(self.manners.timeout)
        headers = {"User-Agent": self.manners.agent, "Accept-Encoding": "identity"}
        async with httpx.AsyncClient(timeout=timeout, headers=headers, follow_redirects=True, max_redirects=5) as client:
            return list(await asyncio.gather(*(self._one(client, source) for source in sources)))

    async def _one(self, client: httpx.AsyncClient, source: Source) -> Fetched:
        async with self.places:
            try:
                if source.url is None:
                    raise _FetchError("the catalogue gives no address for it; add the file by hand")
                async with asyncio.timeout(self.manners.longest):
                    path, name = await self._with_attempts(client, source.id, str(source.url))
                kept = await asyncio.to_thread(self.shelf.add, path, source, str(source.url), name)
                path.unlink()
                return Fetched(source.id, kept)
            except TimeoutError:
                return Fetched(source.id, reason=f"the file did not arrive within {self.manners.longest:g} seconds; try again, it goes on from there")
            except UnreadableOriginalError as error:
                error.path.unlink(missing_ok=True)
                return Fetched(source.id, reason=f"what the server sent {error.reason}")
            except ShelfError as error:
                path.unlink(missing_ok=True)
                return Fetched(source.id, reason=str(error))
            except (_FetchError, OSError) as error:
                return Fetched(source.id, reason=str(error))

    async def _with_attempts(self, client: httpx.AsyncClient, source_id: str, url: str) -> tuple[Path, str]:
        for attempt in range(1, self.manners.attempts + 1):
            try:
                await self._take_turn(url)
                return await self._attempt(client, source_id, url)
            except _PassingError as error:
                if attempt == self.manners.attempts:
                    raise _FetchError(f"{error} ({attempt} attempts); try again later") from error
                if error.wait and error.wait > _LONGEST_WAIT:
                    raise _FetchError(f"{error} and asks to be left alone for {error.wait:g} seconds; try again after that") from error
                await asyncio.sleep(min(self.manners.back_off * 2 ** (attempt - 1) if error.wait is None else error.wait, _LONGEST_WAIT))
        raise AssertionError("the last attempt returns or raises")

    async def _take_turn(self, url: str) -> None:
        """Wait until the server of an address has been left alone for the polite delay."""
        host = urlsplit(url).netloc
        async with self.hosts[host]:
            rest = self.last.get(host, -self.manners.delay) + self.manners.delay - time.monotonic()
            if rest > 0:
                await asyncio.sleep(rest)
            self.last[host] = time.monotonic()

    async def _attempt(self, client: httpx.AsyncClient, source_id: str, url: str) -> tuple[Path, str]:
        part = _Part(self.partial, source_id, url)
        try:
            async with client.stream("GET", url, headers=part.resume_headers()) as response:
                self._check(response, part)
                kind = _kind(response)
                part.begin(response)
                total = _length(response, part.size)
                if total is not None and total > self.manners.most_bytes:
                    raise _FetchError(f"the file has {total / 1e6:,.0f} MB; the most is {self.manners.most_bytes / 1e6:,.0f} MB. Add a smaller copy by hand")
                with part.path.open("ab") as file:
                    async for piece in response.aiter_bytes():
                        file.write(piece)
                        part.size += len(piece)
                        self.tell(source_id, part.size, total)
                        if part.size > self.manners.most_bytes:
                            raise _FetchError(f"the file has more than {self.manners.most_bytes / 1e6:,.0f} MB, the most allowed. Add a smaller copy by hand")
        except httpx.TimeoutException as error:
            raise _PassingError(f"the server did not answer within {self.manners.timeout:g} seconds") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects) as error:
            raise _FetchError(f"the address {url} leads nowhere ({error}); check it in the catalogue") from error
        except httpx.HTTPError as error:
            raise _PassingError(f"the connection failed ({error or type(error).__name__})") from error
        except _FetchError as error:
            if not isinstance(error, _PassingError):
                part.forget()
            raise
        return part.finished(kind), _name(url, kind)

    def _check(self, response: httpx.Response, part: "_Part") -> None:
        status = response.status_code
        if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            return
        said = f"the server answers {status} {response.reason_phrase}".rstrip()
        if status in _TRY_AGAIN:
            raise _PassingError(said, _retry_after(response))
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.forget()
            raise _PassingError(f"{said} to a request to go on where an earlier try ended")
        raise _FetchError(f"{said}; check the address in the catalogue, or add the file by hand")


class _Part:
    """What has been fetched of one file so far, kept between tries with what is needed to go on."""

    def __init__(self, folder: Path, source_id: str, url: str):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{source_id}.part"
        self.note = folder / f"{source_id}.json"
        self.url = url
        self.validator = ""
        self.size = self.path.stat().st_size if self.path.exists() else 0

    def resume_headers(self) -> dict[str, str]:
        """Ask for the rest alone, where the file is known to be still the same one."""
        try:
            known = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if self.size == 0 or known.get("url") != self.url or not known.get("validator"):
            return {}
        self.validator = known["validator"]
        return {"Range": f"bytes={self.size}-", "If-Range": self.validator}

    def begin(self, response: httpx.Response) -> None:
        """Go on with the part where the server does, else begin anew; note by what the file will be known again."""
        validator = _validator(response)
        if response.status_code != HTTPStatus.PARTIAL_CONTENT:
            self.path.write_bytes(b"")
            self.size = 0
            self.validator = validator
        elif not response.headers.get("Content-Range", "").startswith(f"bytes {self.size}-") or (validator and validator != self.validator):
            self.forget()
            raise _PassingError("the server sends another part of the file than the one asked for")
        self.note.write_text(json.dumps({"url": self.url, "validator": self.validator}), encoding="utf-8")

    def finished(self, kind: str) -> Path:
        """The whole file, under a name that says its kind."""
        whole = self.path.with_suffix(kind)
        self.path.replace(whole)
        self.note.unlink(missing_ok=True)
        return whole

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def _kind(response: httpx.Response) -> str:
    """The suffix for what the server says it sends; where it says nothing, the address may."""
    said = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if said in _KINDS:
        return _KINDS[said]
    suffix = Path(urlsplit(str(response.url)).path).suffix.lower()
    if said in _SAYS_NOTHING and suffix in ACCEPTED:
        return suffix
    raise _FetchError(f"the server sends {said or 'a file of no stated kind'}, which cannot be read; add the document by hand as one of {', '.join(ACCEPTED)}")


def _length(response: httpx.Response, already: int) -> int | None:
    said = response.headers.get("Content-Length", "")
    return already + int(said) if said.isdecimal() and "Content-Encoding" not in response.headers else None


def _validator(response: httpx.Response) -> str:
    """By what a file is known to be the same one; empty where nothing says so, or the bytes are not those of the file itself."""
    if "Content-Encoding" in response.headers:
        return ""
    etag = str(response.headers.get("ETag", ""))
    return etag if etag and not etag.startswith("W/") else str(response.headers.get("Last-Modified", ""))


def _retry_after(response: httpx.Response) -> float | None:
    said = response.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else None


def _name(url: str, kind: str) -> str:
    return f"{Path(urlsplit(url).path).stem or 'original'}{kind}"
