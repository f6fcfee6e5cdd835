"""Files that may be bombs → `Document`, read in a limited process; the only module that starts
one.
"""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import IO

import msgspec

from monitor.document.model import Document, Outcome
from monitor.errors import Unreadable

# Bytes → the type of file; the bytes decide, because publishers call a PDF `.doc` and a page
# `.xls`.

EARLY = 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = {
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"II*\x00": "an image",
    b"BM": "an image",
    b"\x1f\x8b": "a gzip file",
    b"Rar!": "a RAR file",
    b"7z\xbc\xaf": "a 7-Zip file",
}


class Kind(StrEnum):
    """The kinds of file that are read in a process of their own."""

    PDF = "PDF"
    DOCX = "DOCX"
    SHEET = "spreadsheet"
    DOC = "DOC"


def sniff_kind(body: bytes) -> Kind | str:
    """Return the type of a file that is not text; of an unsupported one its name ("an image"), of a
    text "".
    """
    head = body[:EARLY]
    if b"%PDF-" in head and b"<" not in head.partition(b"%PDF-")[0]:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(body)
    if head.startswith(OLD_OFFICE):
        return _sniff_old_office(body)
    if head.startswith(b"{\\rtf"):
        return Kind.DOC
    is_text = head.isascii() and b"\x00" not in head
    return next(
        (name for magic, name in OTHERS.items() if head.startswith(magic) and not is_text), ""
    )


def _sniff_zip(body: bytes) -> Kind | str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(body)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return "a broken or truncated ZIP or office file"
    if "word/document.xml" in names:
        return Kind.DOCX
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or b"opendocument.spreadsheet" in body[:100]:
        return Kind.SHEET
    return "an OFD file" if "OFD.xml" in names else "a ZIP file"


def _sniff_old_office(body: bytes) -> Kind | str:
    if "EncryptedPackage".encode("utf-16-le") in body:
        return "an encrypted office file"
    if "WordDocument".encode("utf-16-le") in body:
        return Kind.DOC
    if any(f"{name}\0".encode("utf-16-le") in body for name in ("Workbook", "Book")):
        return Kind.SHEET
    return "an old office file"


# The unpacked size of a ZIP, checked against limits before anything in it is opened.

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE
SMALL = MEGABYTE
RATIO = 100
MOST_FILES = 10_000
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
ENCRYPTED = 0x1


def check(body: bytes) -> None:
    """Refuse a ZIP that is too large once unpacked, or has names that lead out of it.

    Raises:
        Unreadable: it is broken, encrypted, a bomb, or has such names.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(body)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable(f"a broken or truncated ZIP file: {error}") from error
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Unreadable("the ZIP file is encrypted")
    if stray := next(
        (member.filename for member in members if OUTSIDE.search(member.filename)), None
    ):
        raise Unreadable(f"the ZIP file has a name that leads out of it: {stray[:80]!r}")
    whole, packed = sum(member.file_size for member in members), len(body)
    if len(members) > MOST_FILES:
        raise Unreadable(f"a ZIP file of {len(members)} files, more than {MOST_FILES}")
    if whole > LARGEST:
        raise Unreadable(
            f"a ZIP file that unpacks to {whole // MEGABYTE} MB, more than {LARGEST // MEGABYTE}"
        )
    # The packed size is the file's own length: a member may lie about its share, and many may share
    # the same bytes.
    if whole > SMALL and whole > RATIO * packed:
        raise Unreadable(
            f"a ZIP file that unpacks to {whole // packed} times its size, more than {RATIO}"
        )


SECONDS = 30
EVERY_ROW = "every-row"
HOME = str(Path(__file__).resolve().parents[2])


def read_binary(
    body: bytes, *, seconds: float = SECONDS, every_row: bool = False
) -> Document | None:
    """Read the words of a PDF, DOCX, spreadsheet or old DOC; None if the bytes may be text.
    `every_row`: of a spreadsheet each row, empty ones too, under its sheet's name, and hidden
    sheets by their name alone.

    Raises:
        Unreadable: it is scanned, encrypted, broken, a bomb, too slow, or of an unsupported type.
    """
    kind = sniff_kind(body)
    if not isinstance(kind, Kind):
        if kind:
            raise Unreadable(f"not text: the body is {kind}")
        return None
    if body.startswith(b"PK"):
        check(body)
    with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as told:
        sent.write(body)
        sent.seek(0)
        status = _run_child(kind, sent, told, seconds, EVERY_ROW if every_row else "")
        told.seek(0)
        answer = told.read()
    try:
        outcome = msgspec.msgpack.decode(answer, type=Outcome)
    except msgspec.DecodeError:  # it died without a reason
        cause = signal.Signals(-status).name if status < 0 else f"status {status}"
        raise Unreadable(f"the {kind} could not be read within its limits ({cause})") from None
    if outcome.document is None:
        raise Unreadable(f"the {kind} {outcome.failure}")
    return outcome.document


def _run_child(kind: Kind, sent: IO[bytes], told: IO[bytes], seconds: float, manner: str) -> int:
    """Run the child to its end; its exit status."""
    child = subprocess.Popen(  # noqa: S603 -- our own module in our own interpreter
        [sys.executable, "-P", "-m", "monitor.document.sandbox_child", kind.name, manner],
        stdin=sent,
        stdout=told,
        stderr=subprocess.DEVNULL,
        # only what a parser needs: tokens are none of its business
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": HOME,
            "PYTHONUTF8": "1",
            "MALLOC_ARENA_MAX": "2",
        },
        start_new_session=True,
    )
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"the {kind} took longer than {seconds:g} seconds to read") from None
    finally:
        # with its whole session: a converter that it started must not outlive it
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
