"""A body read whole or refused: counted while it is unpacked, and proven to have ended."""

import asyncio
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, _TemporaryFileWrapper

import httpx

from monitor.errors import ErrorKind, FetchError, NotThePage
from monitor.fetch.answer import clean, translate_errors
from monitor.fetch.connect import Wire
from monitor.source.page import Body

STEP = 1024 * 1024  # the most that is unpacked before it is counted
IN_MEMORY = 8 * STEP  # what is larger is a register, which is read from a file as a stream
PACKED = {"gzip", "x-gzip", "deflate"}
OTHER_CODINGS = {"br", "zstd", "compress"}
TAIL = 1024
MARKED = (b"<", b"{", b"[", b"%PDF", b"PK\3\4")  # forms that end by a mark


class Packed:
    """A gzip or zlib body unpacked in steps; members may follow each other (RFC 1952, 2.2)."""

    def __init__(self) -> None:
        self._member = self._new()

    @staticmethod
    def _new() -> "zlib._Decompress":
        # 32: detect gzip or zlib by the header
        return zlib.decompressobj(wbits=zlib.MAX_WBITS + 32)

    @property
    def proven(self) -> bool:
        """Return whether the last member ended, with its checksum."""
        return self._member.eof

    def unpack(self, received: bytes) -> Iterator[bytes]:
        """The bytes that came, unpacked, never more than STEP at once."""
        rest = received
        while rest:
            if self._member.eof:
                rest = rest.lstrip(b"\0")  # padding
                if not rest:
                    return
                self._member = self._new()
            yield self._member.decompress(rest, STEP)
            rest = self._member.unconsumed_tail or self._member.unused_data


class Spool:
    """A body as it comes in: in memory while it is small, in a temporary file once it is large."""

    def __init__(self) -> None:
        self._small = bytearray()
        self._large: _TemporaryFileWrapper[bytes] | None = None
        self.size = 0
        self.is_blank = True  # nothing but white space came
        self._digest = sha256()

    def write(self, piece: bytes) -> None:
        """Take the next piece."""
        self.size += len(piece)
        self._digest.update(piece)
        self.is_blank = self.is_blank and not piece.strip()
        if self._large is None and self.size > IN_MEMORY:
            self._large = NamedTemporaryFile(prefix="monitor-body-")  # noqa: SIM115 - it lives as long as the page does
            self._large.write(self._small)
            self._small.clear()
        if self._large is None:
            self._small += piece
        else:
            self._large.write(piece)

    @property
    def body(self) -> Body:
        """The bytes so far; their digest is computed on arrival, so that an unchanged body is never
        read again.
        """
        digest = self._digest.hexdigest()
        if self._large is None:
            return Body(bytes(self._small), digest=digest)
        self._large.flush()
        return Body(Path(self._large.name), digest=digest, holder=self._large)


async def read_body(answer: httpx.Response, *, limit: int, endless: set[str] | None = None) -> Body:
    """Read the whole body, unpacked.

    A body with neither Content-Length nor chunks ends with its connection, and so does a truncated
    one (httpx accepts it silently). It passes only with other proof of its end: gzip's checksum,
    `</html>` in the last 1 KB, JSON that parses, the end tag of an XML root, the end mark of a PDF
    or a ZIP. Lines, such as CSV, have no end of their own: they pass if the same came before, by
    their digest in `endless`, where they are noted.

    Raises:
        FetchError: "too-large", "truncated", "encoding", "reset".
        NotThePage: it is empty.
    """
    host = answer.request.url.host
    coding = _find_coding(answer)
    if (_get_declared(answer) or 0) > limit:
        raise _make_too_large(host, limit)
    spool = Spool()
    last = await _fill_spool(spool, answer, coding, limit)
    body = spool.body
    # in a thread: to parse a register of a hundred megabytes would stop all other polls
    await asyncio.to_thread(
        _refuse_cut, answer, coding, body, last, set() if endless is None else endless
    )
    if spool.is_blank:
        raise NotThePage(f"{host}: the page is empty")
    return body


async def _fill_spool(
    spool: Spool, answer: httpx.Response, coding: Packed | None, limit: int
) -> bytes:
    """Unpack the body into `spool`; return its last piece as it came."""
    host, last = answer.request.url.host, b""
    try:
        with translate_errors(host, truncated=True):
            async for last in _get_stream(answer):
                for piece in coding.unpack(last) if coding else (last,):
                    spool.write(piece)
                    if spool.size > limit:
                        raise _make_too_large(host, limit, unpacked=coding is not None)
    except zlib.error as error:
        raise FetchError(
            f"{host}: the body is not the {_get_coding_name(answer)} it claims to be",
            ErrorKind.ENCODING,
        ) from error
    return last


async def read_nothing(answer: httpx.Response) -> None:
    """Read to the end of an answer without a body (304), so that its connection serves the next
    request as well.
    """
    with translate_errors(answer.request.url.host):
        async for _ in _get_stream(answer):
            pass


def _get_stream(answer: httpx.Response) -> httpx.AsyncByteStream:
    # not aiter_raw(), which takes no answer made from ready bytes, as a replay's transport may give
    assert isinstance(answer.stream, httpx.AsyncByteStream)
    return answer.stream


def _refuse_cut(
    answer: httpx.Response, coding: Packed | None, body: Body, last: bytes, endless: set[str]
) -> None:
    host, declared = answer.request.url.host, _get_declared(answer)
    wire = answer.extensions.get("network_stream")
    if coding and not coding.proven:
        raise FetchError(f"{host}: the {_get_coding_name(answer)} body is cut", ErrorKind.TRUNCATED)
    if declared is not None and isinstance(wire, Wire) and not wire.ended_with(last):
        raise FetchError(f"{host}: the body is longer than its Content-Length", ErrorKind.TRUNCATED)
    if declared is None and not _is_chunked(answer) and not (coding or has_end(body.whole)):
        if body.sha256 in endless:
            return
        if are_lines(body.whole):
            endless.add(body.sha256)
        raise FetchError(
            f"{host}: the body has no length and nothing in it shows that it is whole",
            ErrorKind.TRUNCATED,
        )


def _get_coding_name(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-encoding", "")).strip().lower()


def _find_coding(answer: httpx.Response) -> Packed | None:
    name = _get_coding_name(answer)
    if name in PACKED:
        return Packed()
    # an unknown coding name ("utf-8", "none") is a server's error; browsers take the body as it is
    if OTHER_CODINGS & set(re.findall(r"[a-z]+", name)) or "," in name:
        raise FetchError(
            f"{answer.request.url.host}: packed as {clean(name)}, a coding that the request"
            " excludes",
            ErrorKind.ENCODING,
        )
    return None


def _get_declared(answer: httpx.Response) -> int | None:
    length = answer.headers.get("content-length", "")
    return int(length) if re.fullmatch("[0-9]{1,18}", length) and not _is_chunked(answer) else None


def _is_chunked(answer: httpx.Response) -> bool:
    return "chunked" in answer.headers.get("transfer-encoding", "").lower()


def _make_too_large(host: str, limit: int, *, unpacked: bool = False) -> FetchError:
    body = "what was packed in the body" if unpacked else "the body"
    return FetchError(f"{host}: {body} is larger than {limit:,} bytes", ErrorKind.TOO_LARGE)


def are_lines(body: bytes) -> bool:
    """Return whether a body is whole lines of a form that has no end of its own."""
    marked = body[:TAIL].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MARKED)
    return body.endswith(b"\n") and not marked


def has_end(body: bytes | bytearray) -> bool:
    """Return whether a body proves its own end."""
    tail = bytes(body[-TAIL:]).rstrip()
    if b"</html>" in tail.lower() or (body.startswith(b"%PDF") and tail.endswith(b"%%EOF")):
        return True
    if body.startswith(b"PK\3\4"):
        return b"PK\5\6" in tail
    if body[:TAIL].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        with suppress(ValueError, RecursionError):
            json.loads(body)
            return True
    head = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", bytes(body[: 4 * TAIL]), flags=re.DOTALL)
    root = re.search(rb"<([A-Za-z_][\w:.-]*)", head)
    return root is not None and tail.endswith(b"</" + root[1] + b">")
