"""The child process of `sandbox`: set limits, read one file from standard input, write the result
to standard output.
"""

import ctypes
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from monitor.document.model import Document, Outcome
from monitor.document.sandbox import Kind
from monitor.document.text import read_text
from monitor.errors import Unreadable

MEGABYTE = 1024 * 1024
MEMORY = 300 * MEGABYTE
# An office suite maps far more than it uses; it is limited by time and by what it may write.
CONVERTER_MEMORY = 8192 * MEGABYTE
CPU_SECONDS = 25
WRITTEN = 64 * MEGABYTE
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000  # flags of the kernel's `unshare`


def main() -> None:
    """Read the file on standard input as the type on the command line."""
    kind, every_row = Kind[sys.argv[1]], bool(sys.argv[2:3] and sys.argv[2])
    memory = CONVERTER_MEMORY if kind is Kind.DOC else MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if kind is Kind.DOC:
        _leave_network()
    outcome = read_outcome(kind, sys.stdin.buffer.read(), every_row=every_row)
    sys.stdout.buffer.write(msgspec.msgpack.encode(outcome))


def _leave_network() -> None:
    """Enter a network without a device, where the kernel lets us: a converter may load links."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare and unshare(NEW_NETWORK):  # else only with rights in a namespace of users
        unshare(NEW_USER | NEW_NETWORK)


def read_outcome(kind: Kind, body: bytes, *, every_row: bool) -> Outcome:
    """Read one file, or say why it can't be read."""
    try:
        return Outcome(document=_read_file(kind, body, every_row=every_row))
    except Unreadable as error:
        return Outcome(failure=str(error))
    except MemoryError:
        return Outcome(failure=f"needs more than {MEMORY // MEGABYTE} MB to read")
    except RecursionError:
        return Outcome(failure="is nested too deeply to read")
    except Exception as error:  # noqa: BLE001 -- the border where a parser's failure over hostile bytes becomes a value
        return Outcome(failure=f"is broken: {type(error).__name__}: {str(error)[:200]}")


def _read_file(kind: Kind, body: bytes, *, every_row: bool) -> Document:
    if kind is Kind.SHEET:
        from monitor.document.sheets import read_sheets  # noqa: PLC0415 - each file takes the one parser that it needs

        return read_sheets(body, every_row=every_row)
    if kind is Kind.PDF:
        from monitor.document.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(body)
    return read_docx(body) if kind is Kind.DOCX else read_doc(body)


def read_docx(body: bytes) -> Document:
    """The words of a DOCX."""
    from monitor.document import office  # noqa: PLC0415

    return office.read_docx(body)


# Old DOC, RTF and WPS → `Document` by a converter that is installed, else a plain refusal. Runs in
# the child only.

SECONDS = 25
# What an office suite must not do with a publisher's file, whatever else it is set to.
SAFE_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read_doc(body: bytes) -> Document:
    """The words of an old office text.

    Raises:
        Unreadable: no converter is installed, or none could read it.
    """
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder, "saved.doc")
        saved.write_bytes(body)
        if office := shutil.which("soffice"):
            return read_docx(_convert_by_office(office, saved))
        antiword = shutil.which("antiword")
        if antiword and not body.startswith(b"{"):
            return read_text(
                _run_converter([antiword, "-m", "UTF-8.txt", "-w", "0", str(saved)], saved).decode(
                    "utf-8", errors="replace"
                )
            )
    raise Unreadable("can't be read here: neither soffice nor antiword is installed")


def _convert_by_office(office: str, saved: Path) -> bytes:
    profile = saved.parent / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SAFE_SETTINGS, encoding="utf-8")
    _run_converter(
        [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(saved.parent),
            str(saved),
        ],
        saved,
    )
    made = saved.with_suffix(".docx")
    if not made.exists():
        raise Unreadable("could not be converted")
    return made.read_bytes()


def _run_converter(command: list[str], saved: Path) -> bytes:
    home = {"HOME": str(saved.parent), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    try:
        done = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            timeout=SECONDS,
            env=home,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise Unreadable(f"could not be converted: {type(error).__name__}") from error
    return done.stdout


if __name__ == "__main__":
    main()
