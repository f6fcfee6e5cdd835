"""A page that is a ZIP with one file in it, as the page that this file is; only what is packed is held in memory."""

import zipfile
import zlib
from functools import cached_property
from io import BufferedIOBase, BytesIO
from typing import cast

from monitor.document import packing
from monitor.errors import NotThePage, Unreadable
from monitor.page import Page

MAGIC = b"PK\x03\x04"


class Member(Page):
    """A file within a ZIP: unpacked as a stream by what is made for large registers, whole by all else."""

    def __init__(self, page: Page, name: str) -> None:
        super().__init__(page.url, b"", fetched_at=page.fetched_at, charset=page.charset)
        del self.__dict__["body"]  # so that it is unpacked when it is asked for
        self.__dict__.update(_packed=page, _name=name)

    @cached_property
    def body(self) -> bytes:
        with self.stream() as body:
            return body.read()

    def stream(self) -> BufferedIOBase:
        packed, name = self.__dict__["_packed"], self.__dict__["_name"]
        return cast("BufferedIOBase", zipfile.ZipFile(BytesIO(packed.body)).open(name))


def unpacked(page: Page) -> Page:
    """The only file in a page that is a ZIP; any other page as it is.

    Raises:
        Unreadable: the ZIP is cut, damaged, encrypted or a bomb.
        NotThePage: it has another number of files.
    """
    with page.stream() as body:
        if body.read(len(MAGIC)) != MAGIC:
            return page
    packing.check(page.body)
    with zipfile.ZipFile(BytesIO(page.body)) as found:
        names = [each.filename for each in found.infolist() if not each.is_dir()]
        if len(names) != 1:
            raise NotThePage(f"{page.url}: a ZIP of {len(names)} files where one is expected")
        _refuse_damaged(page.url, found)
    return Member(page, names[0])


def _refuse_damaged(url: str, found: zipfile.ZipFile) -> None:
    """Unpack it once for its checksum: a parser that meets the damage half-way could not say what it was."""
    try:
        damaged = found.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Unreadable(f"{url}: a ZIP that can't be unpacked: {error}") from error
    if damaged:
        raise Unreadable(f"{url}: a ZIP whose {damaged} is not what was packed")
