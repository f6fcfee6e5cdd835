"""The words of an archived body, as the readers of the monitor have them; PDF and office files are opened in their child."""

import warnings

from monitor.document import Block, BlockKind
from monitor.errors import SourceError
from monitor.evidence.verify import said_in
from monitor.source.body import Body
from monitor.source.page import Page

CHARSETS = ("utf-8", "gb18030", "big5hkscs", "euc_jp", "shift_jis", "euc_kr", "cp1252", "utf-16")
PACKED = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # PDF, office files: their words stand in no bytes as they are


def words_of(body: bytes, content_type: str = "") -> str | None:
    """All words of a page or file, a line a block, the cells of a row with tabs between; None where it can't be read as words."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that what is read as HTML is XML: its words are all that is wanted
            return _words(Page("", Body(body), content_type=content_type))
    except SourceError:
        return None


def _words(page: Page) -> str:
    return "\n".join(map(_line, page.document().blocks)) + "\n"


def charset_of(body: bytes, quotes: list[str]) -> str | None:
    """By which charset anybody finds these quotes in the bytes themselves with nothing of ours: most of them, at least one."""
    best, most = None, 0
    for charset in _charsets(body) if quotes else ():
        if (count := len(said_in(body, charset, quotes))) > most:
            best, most = charset, count
        if most == len({*quotes}):
            break
    return best


def _charsets(body: bytes) -> tuple[str, ...]:
    """Those worth trying: each takes as long as all quotes are looked for, and longest where they are not found."""
    if body.startswith(PACKED):
        return ()
    try:
        body.decode()
    except UnicodeDecodeError:
        return CHARSETS
    return CHARSETS if b"\0" in body else CHARSETS[:1]


def _line(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return " ".join(block.text.split())
