"""Old DOC, RTF and WPS → `Document` by a converter that is installed, else a plain refusal. Runs in the child only."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from monitor.document.model import Document
from monitor.document.office import from_docx
from monitor.document.text import from_text
from monitor.errors import Unreadable

SECONDS = 25


def from_doc(body: bytes) -> Document:
    """The words of an old office text.

    Raises:
        Unreadable: no converter is installed, or none could read it.
    """
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder, "saved.doc")
        saved.write_bytes(body)
        if office := shutil.which("soffice"):
            return from_docx(_by_office(office, saved))
        antiword = shutil.which("antiword")
        if antiword and not body.startswith(b"{"):
            return from_text(_run([antiword, "-m", "UTF-8.txt", "-w", "0", str(saved)], saved).decode("utf-8", errors="replace"))
    raise Unreadable("can't be read here: neither soffice nor antiword is installed")


def _by_office(office: str, saved: Path) -> bytes:
    profile = f"-env:UserInstallation={(saved.parent / 'profile').as_uri()}"
    _run([office, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(saved.parent), str(saved)], saved)
    made = saved.with_suffix(".docx")
    if not made.exists():
        raise Unreadable("could not be converted")
    return made.read_bytes()


def _run(command: list[str], saved: Path) -> bytes:
    home = {"HOME": str(saved.parent), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=home, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 -- found on the PATH
    except (subprocess.SubprocessError, OSError) as error:
        raise Unreadable(f"could not be converted: {type(error).__name__}") from error
    return done.stdout
