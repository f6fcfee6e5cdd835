"""The child's side of `sandbox`: set limits, read one file from standard input, say the outcome on standard output."""

import resource
import sys

import msgspec

from monitor.document import convert, office, pdf, sheets
from monitor.document.filetype import Kind
from monitor.document.model import Document, Outcome
from monitor.errors import Unreadable

MEGABYTE = 1024 * 1024
MEMORY = 300 * MEGABYTE
# An office suite maps far more than it uses; it is limited by time and by what it may write.
CONVERTER_MEMORY = 8192 * MEGABYTE
CPU_SECONDS = 25
WRITTEN = 64 * MEGABYTE


def main() -> None:
    """Read the file that stands on standard input as the kind named on the command line."""
    kind, every_row = Kind[sys.argv[1]], bool(sys.argv[2:3] and sys.argv[2])
    _limit(kind)
    try:
        outcome = Outcome(document=_read(kind, sys.stdin.buffer.read(), every_row=every_row))
    except Unreadable as error:
        outcome = Outcome(failure=str(error))
    except MemoryError:
        outcome = Outcome(failure=f"needs more than {MEMORY // MEGABYTE} MB to read")
    except RecursionError:
        outcome = Outcome(failure="is nested too deeply to read")
    except Exception as error:  # noqa: BLE001 -- the border where a parser's failure over hostile bytes becomes a value
        outcome = Outcome(failure=f"is broken: {type(error).__name__}: {str(error)[:200]}")
    sys.stdout.buffer.write(msgspec.msgpack.encode(outcome))


def _limit(kind: Kind) -> None:
    memory = CONVERTER_MEMORY if kind is Kind.DOC else MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(kind: Kind, body: bytes, *, every_row: bool) -> Document:
    # Each parser is imported where its kind is met: a child waits for one of them only, and the parent for none.
    if kind is Kind.PDF:
        return pdf.from_pdf(body)
    if kind is Kind.SHEET:
        return sheets.from_sheets(body, every_row=every_row)
    if kind is Kind.DOCX:
        return office.from_docx(body)
    return convert.from_doc(body)


if __name__ == "__main__":
    main()
