"""A page's words in reading order, and what a child says of the file it was given."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec


class BlockKind(StrEnum):
    """What a block was on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of thought: a heading, a paragraph, a list item, or a table with its `rows` of cell texts."""

    kind: BlockKind
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page's words in reading order.

    `title` and `published` (ISO date) are what the page says of itself and may be missing; links are (title, absolute URL).
    """

    title: str
    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str], ...] = ()
    published: str | None = None

    @property
    def text(self) -> str:
        """All words, a line a block."""
        return "\n".join(block.text for block in self.blocks)


class Outcome(msgspec.Struct, frozen=True):
    """The document, or why there is none."""

    document: Document | None = None
    failure: str = ""
