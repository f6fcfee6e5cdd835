"""The bytes of a page: in memory, or in a file where they are too many to be held. Registers read them as a stream."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import cast
from zipfile import ZipFile


@dataclass(frozen=True)
class Body:
    """What came of a page: bytes, or the file in which they lie; of a ZIP one `member`, unpacked as it is read.

    `digest` is the SHA-256 in hex where that was taken on the way in; `holder` keeps a temporary file from being deleted
    while the body is in use.
    """

    content: bytes | Path
    member: str | None = None
    digest: str | None = None
    holder: object = field(default=None, compare=False, repr=False)

    @property
    def whole(self) -> bytes:
        """All of it."""
        if isinstance(self.content, bytes) and self.member is None:
            return self.content
        with self.stream() as body:
            return body.read()

    def stream(self) -> BufferedIOBase:
        """All of it from its start, never held at once where it lies in a file."""
        if self.member is not None:
            packed = self.content if isinstance(self.content, Path) else BytesIO(self.content)
            return cast("BufferedIOBase", ZipFile(packed).open(self.member))  # the archive closes with its last member
        return self.content.open("rb") if isinstance(self.content, Path) else BytesIO(self.content)

    @property
    def size(self) -> int:
        """How many bytes came; of a ZIP those that are packed."""
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)

    @cached_property
    def sha256(self) -> str:
        """Its name in the archive."""
        if self.digest:
            return self.digest
        with self.stream() as body:
            return hashlib.file_digest(body, "sha256").hexdigest()
