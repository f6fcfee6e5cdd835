"""An evidence pack for whoever looks from a browser: no larger than is made while others wait. Writes a temporary file."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from monitor.console.desk import ConsoleDesk
from monitor.errors import MonitorError
from monitor.evidence.contents import Contents
from monitor.evidence.pack import into
from monitor.pipeline import stories

MOST = 16 * 1024 * 1024  # bytes, as they lie in the archive
PIECE = 256 * 1024


@dataclass(frozen=True)
class Pack:
    """A pack in a file that goes with it: what it is called, how large it is, and its SHA-256 in Base64."""

    file: IO[bytes]
    name: str
    size: int
    digest: str

    def pieces(self) -> Iterator[bytes]:
        """All of it, once."""
        with self.file:
            self.file.seek(0)
            yield from iter(lambda: self.file.read(PIECE), b"")


def packed(desk: ConsoleDesk, about: str) -> Pack:
    """The evidence of what somebody names.

    Raises:
        MonitorError: nothing on record is called so, or it is more than is packed here.
    """
    dossier = stories.of_stories(desk.history, [(about, desk.story(about, most=None))])
    if sum(map(desk.archive.takes, dossier.bodies)) > MOST:
        raise MonitorError(
            f"the pages are more than is packed here; on the machine itself: monitor evidence '{about}' --out FILE"
        )
    file = TemporaryFile()  # noqa: SIM115 - it is closed once it was sent
    made = into(Contents((about,), dossier, desk.archive), file)
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", about).strip("-.") or "evidence"
    return Pack(file, f"{name}.zip", file.seek(0, 2), b64encode(bytes.fromhex(made.sha256)).decode())
