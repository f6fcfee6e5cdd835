"""Files that may be bombs → `Document`, read in a process of their own with limits; the only module that starts one."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import msgspec

from monitor.document import filetype
from monitor.document.filetype import Kind, sniff
from monitor.document.model import Document, Outcome
from monitor.errors import Unreadable

SECONDS = 30
EVERY_ROW = "every-row"
HOME = str(Path(__file__).resolve().parents[2])


def from_binary(body: bytes, *, seconds: float = SECONDS, every_row: bool = False) -> Document | None:
    """The words of a PDF, DOCX, spreadsheet or old DOC; nothing where the bytes are none of these but perhaps text.

    `every_row`: of a spreadsheet each row, empty ones too, under its sheet's name, and hidden sheets by their name alone.

    Raises:
        Unreadable: it is scanned, encrypted, broken, a bomb, too slow, or of a kind that nobody here reads.
    """
    kind = sniff(body)
    if isinstance(kind, Kind):
        return _read(body, kind, seconds, every_row=every_row)
    if kind:
        raise Unreadable(f"not text: the body is {kind}")
    return None


def _read(body: bytes, kind: Kind, seconds: float, *, every_row: bool) -> Document:
    if body.startswith(b"PK"):
        filetype.check(body)
    with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as told:
        sent.write(body)
        sent.seek(0)
        status = _run(kind, sent, told, seconds, EVERY_ROW if every_row else "")
        told.seek(0)
        answer = told.read()
    try:
        outcome = msgspec.msgpack.decode(answer, type=Outcome)
    except msgspec.DecodeError:  # it died before it could say why
        raise Unreadable(f"the {kind} could not be read within its limits ({_cause(status)})") from None
    if outcome.document is None:
        raise Unreadable(f"the {kind} {outcome.failure}")
    return outcome.document


def _run(kind: Kind, sent: IO[bytes], told: IO[bytes], seconds: float, manner: str) -> int:
    """Run the child to its end; its exit status."""
    child = subprocess.Popen(  # noqa: S603 -- our own module in our own interpreter
        [sys.executable, "-P", "-m", "monitor.document.sandbox_child", kind.name, manner],
        stdin=sent,
        stdout=told,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"the {kind} took longer than {seconds:g} seconds to read") from None
    finally:
        _end(child)


def _environment() -> dict[str, str]:
    """Only what a parser needs; tokens are none of its business."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": HOME, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"}


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child's whole session: a converter that it started must not outlive it."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _cause(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"
