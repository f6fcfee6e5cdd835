"""The words of an archived body, as the readers of the monitor have them; PDF and office files are opened in their child."""

from monitor.document import Block, BlockKind
from monitor.errors import SourceError
from monitor.evidence.verify import said_in
from monitor.source.body import Body
from monitor.source.page import Page

CHARSETS = ("utf-8", "gb18030", "big5hkscs", "euc_jp", "shift_jis", "euc_kr", "cp1252", "utf-16")


def words_of(body: bytes, content_type: str = "") -> str | None:
    """All words of a page or file, a line a block, the cells of a row with tabs between; None where it can't be read as words."""
    try:
        return "\n".join(map(_line, Page("", Body(body), content_type=content_type).document().blocks)) + "\n"
    except SourceError:
        return None


def charset_of(body: bytes, quotes: list[str]) -> str | None:
    """By which charset anybody finds these quotes in the bytes themselves with nothing of ours: most of them, at least one."""
    counted = {charset: len(said_in(body, charset, quotes)) for charset in CHARSETS} if quotes else {}
    best = max(counted, key=lambda charset: counted[charset], default="")
    return best if best and counted[best] else None


def _line(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return " ".join(block.text.split())
