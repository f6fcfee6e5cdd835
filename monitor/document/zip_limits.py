"""What a ZIP says it will become, held against limits before anything in it is opened."""

import io
import re
import zipfile

from monitor.errors import Unreadable

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE
SMALL = MEGABYTE
RATIO = 100
MOST_FILES = 10_000
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
ENCRYPTED = 0x1


def check(body: bytes) -> None:
    """Refuse a ZIP that is too much once unpacked, or whose names lead out of it.

    Raises:
        Unreadable: it is broken, encrypted, a bomb, or has such names.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(body)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable(f"a broken or truncated ZIP file: {error}") from error
    _refuse_names(members)
    _refuse_size(members, len(body))


def _refuse_names(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Unreadable("the ZIP file is encrypted")
    if stray := next((member.filename for member in members if OUTSIDE.search(member.filename)), None):
        raise Unreadable(f"the ZIP file has a name that leads out of it: {stray[:80]!r}")


def _refuse_size(members: list[zipfile.ZipInfo], packed: int) -> None:
    whole = sum(member.file_size for member in members)
    if len(members) > MOST_FILES:
        raise Unreadable(f"a ZIP file of {len(members)} files, more than {MOST_FILES}")
    if whole > LARGEST:
        raise Unreadable(f"a ZIP file that unpacks to {whole // MEGABYTE} MB, more than {LARGEST // MEGABYTE}")
    # What is packed counts by the file's own length: a member may lie about its share, and many may share the same bytes.
    if whole > SMALL and whole > RATIO * packed:
        raise Unreadable(f"a ZIP file that unpacks to {whole // packed} times its size, more than {RATIO}")
