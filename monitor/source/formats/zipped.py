"""Treat a ZIP with one file as a page with that file; only the packed bytes are in memory."""

import zipfile
import zlib
from dataclasses import replace

from monitor.document import sandbox
from monitor.errors import NotThePage, Unreadable
from monitor.source.page import Body, Page

MAGIC = b"PK\x03\x04"


def unpacked(page: Page) -> Page:
    """The only file in a page that is a ZIP; any other page as it is.

    Raises:
        Unreadable: the ZIP is cut, damaged, encrypted or a bomb.
        NotThePage: it has another number of files.
    """
    with page.body.stream() as body:
        if body.read(len(MAGIC)) != MAGIC:
            return page
    sandbox.check(page.body.whole)
    with page.body.stream() as body, zipfile.ZipFile(body) as packed:
        names = [member.filename for member in packed.infolist() if not member.is_dir()]
        if len(names) != 1:
            raise NotThePage(f"{page.url}: a ZIP of {len(names)} files where one is expected")
        # Unpacked once for its checksum: a parser in mid-file could not name the damage.
        try:
            damaged = packed.testzip()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Unreadable(f"{page.url}: a ZIP that can't be unpacked: {error}") from error
        if damaged:
            raise Unreadable(f"{page.url}: a ZIP whose {damaged} is not what was packed")
    return replace(page, body=Body(page.body.content, member=names[0], holder=page.body.holder))
