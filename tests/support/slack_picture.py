"""How Slack shows a message, drawn from its Block Kit as SVG: on a desktop, or a phone, where a
table is wider than the screen.

It is a likeness: the fonts are the reader's own, and a line is as wide as is reckoned from the
usual widths of letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

Block = dict
Span = tuple[str, str]  # words, and how they look: "", bold, italic, link or mention

FONTS = "Lato,'Helvetica Neue',Arial,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
INK, QUIET, LINE, LINK, CALL = "#1d1c1d", "#616061", "#dddddd", "#1264a3", "#f2c74480"
LOOKS = {
    "": "",
    "bold": 'font-weight="700"',
    "italic": 'font-style="italic"',
    "link": f'fill="{LINK}"',
    "mention": f'fill="{LINK}" font-weight="700"',
}
BOLD = ("bold", "mention")
BAR, AVATAR, MARGIN, GAP = 48, 36, 16, 8  # pixels, as all sizes here
HEADER, TEXT, SMALL = 18, 15, 13
PADDING, BROADEST = 10, 250  # of a cell of a table
FADE = 90
SCALE = 0.72  # so that both widths stand side by side in a document
NARROW, BROAD = frozenset("iljtfrI.,:;'|!()[]- "), frozenset("mwMWGOQ@%—…")
PIECES = re.compile(r"\s+|[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+")


@dataclass
class Drawing:
    """What is drawn so far, and how far down: `left` to `left + width` is where a message
    stands.
    """

    left: int
    width: int
    y: float
    wide: bool
    parts: list[str] = field(default_factory=list)

    def add(self, part: str) -> None:
        self.parts.append(part)


def picture(
    blocks: Sequence[Block], *, width: int, height: int, app: str, channel: str, at: str
) -> str:
    """The message in its channel; where it is longer than `height` it fades, as below the edge
    of a screen.
    """
    drawing = Drawing(
        MARGIN + AVATAR + GAP, width - 2 * MARGIN - AVATAR - GAP, BAR + 14, wide=width > 500
    )
    _name(drawing, app, at)
    for block in blocks:
        DRAWN[block["type"]](drawing, block)
        drawing.y += GAP
    return _framed(drawing, width, min(height, round(drawing.y + MARGIN)), channel)


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is."""
    units = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            units += 1.0
        else:
            units += (
                0.3
                if letter in NARROW
                else 0.86
                if letter in BROAD
                else 0.66
                if letter.isupper()
                else 0.54
            )
    return units * size * (1.07 if bold else 1.0)


def wrapped(spans: Sequence[Span], width: float, size: float) -> list[list[Span]]:
    """The words in lines; Chinese is broken between any two characters."""
    lines: list[list[Span]] = [[]]
    used = 0.0
    for text, look in spans:
        for piece in PIECES.findall(text):
            wide = breadth(piece, size, bold=look in BOLD)
            if used + wide > width and used and not piece.isspace():
                lines.append([])
                used = 0.0
            if used or not piece.isspace():
                lines[-1].append((piece, look))
                used += wide
    return lines


def _framed(drawing: Drawing, width: int, height: int, channel: str) -> str:
    fades = drawing.y + MARGIN > height
    fade = (
        f'<rect y="{height - FADE}" width="{width}" height="{FADE}" fill="url(#fade)"/>'
        if fades
        else ""
    )
    frame = f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="10"'
    size = f'viewBox="0 0 {width} {height}" width="{width * SCALE:g}" height="{height * SCALE:g}"'
    pale = '<stop stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#fff"/>'
    lines = (
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}"'
            f' font-size="{TEXT}" fill="{INK}">'
        ),
        f'<defs><clipPath id="frame">{frame}/></clipPath>',
        f'<linearGradient id="fade" x2="0" y2="1">{pale}</linearGradient></defs>',
        f'{frame} fill="#fff"/>',
        '<g clip-path="url(#frame)">',
        f'<text x="{MARGIN}" y="30" font-weight="700" font-size="17"># {escape(channel)}</text>',
        f'<path d="M0 {BAR}.5H{width}" stroke="{LINE}"/>',
        *drawing.parts,
        *([fade] if fade else []),
        "</g>",
        f'{frame} fill="none" stroke="{LINE}"/>',
        "</svg>\n",
    )
    return "\n".join(lines)


def _name(drawing: Drawing, app: str, at: str) -> None:
    top, left = drawing.y, drawing.left
    drawing.add(
        f'<rect x="{MARGIN}" y="{top}" width="{AVATAR}" height="{AVATAR}" rx="6" fill="#2b4a6f"/>'
    )
    middle = MARGIN + AVATAR / 2
    drawing.add(
        f'<text x="{middle}" y="{top + 25}" text-anchor="middle" font-size="20" font-weight="700"'
        ' fill="#fff">§</text>'
    )
    badge = left + breadth(app, TEXT, bold=True) + 8
    drawing.add(_line([(app, "bold")], left, top + 13, TEXT, INK))
    drawing.add(f'<rect x="{badge}" y="{top + 2}" width="29" height="14" rx="2" fill="#ececec"/>')
    drawing.add(
        f'<text x="{badge + 4}" y="{top + 12.5}" font-size="9.5" font-weight="700"'
        f' fill="{QUIET}">APP</text>'
    )
    drawing.add(f'<text x="{badge + 36}" y="{top + 13}" font-size="12" fill="{QUIET}">{at}</text>')
    drawing.y += 22


def _header(drawing: Drawing, block: Block) -> None:
    _write(drawing, [(block["text"]["text"], "bold")], size=HEADER, high=25)


def _rich(drawing: Drawing, block: Block) -> None:
    for element in block["elements"]:
        _element(drawing, element)


def _element(drawing: Drawing, element: Block) -> None:
    if element["type"] == "rich_text_list":
        for row in element["elements"]:
            drawing.add(f'<circle cx="{drawing.left + 9}" cy="{drawing.y + 11}" r="2.5"/>')
            _write(drawing, list(_spans(row)), indent=22)
    elif element["type"] == "rich_text_quote":
        top = drawing.y
        _write(drawing, list(_spans(element)), indent=16)
        drawing.add(
            f'<rect x="{drawing.left}" y="{top}" width="4" height="{drawing.y - top}" rx="2"'
            f' fill="{LINE}"/>'
        )
    else:
        _write(drawing, list(_spans(element)))


def _spans(element: Block) -> Iterator[Span]:
    for part in element["elements"]:
        if part["type"] in ("broadcast", "user", "usergroup"):
            yield (
                f"@{part.get('range') or part.get('user_id') or part.get('usergroup_id')}",
                "mention",
            )
        else:
            yield (
                part["text"],
                "link" if part["type"] == "link" else next(iter(part.get("style", {})), ""),
            )


def _context(drawing: Drawing, block: Block) -> None:
    for element in block["elements"]:
        _write(drawing, [(element["text"], "")], size=SMALL, high=18, colour=QUIET)


def _actions(drawing: Drawing, block: Block) -> None:
    left = float(drawing.left)
    for button in block["elements"]:
        label = button["text"]["text"]
        wide = breadth(label, TEXT, bold=True) + 26
        drawing.add(
            f'<rect x="{left + 0.5}" y="{drawing.y + 0.5}" width="{wide}" height="34" rx="7"'
            ' fill="#fff" stroke="#bbbabb"/>'
        )
        middle = left + wide / 2
        drawing.add(
            f'<text x="{middle}" y="{drawing.y + 23}" text-anchor="middle"'
            f' font-weight="700">{escape(label)}</text>'
        )
        left += wide + GAP
    drawing.y += 36


def _table(drawing: Drawing, block: Block) -> None:
    """A grid whose first row are the headings. It is never narrower than its words: a phone
    shows its left part.
    """
    rows = [[cell["text"] for cell in row] for row in block["rows"]]
    widths = _columns(rows, drawing.width if drawing.wide else None)
    top, whole = drawing.y, sum(widths)
    for place, row in enumerate(rows):
        cells = [
            wrapped([(cell, "" if place else "bold")], wide - 2 * PADDING, TEXT)
            for cell, wide in zip(row, widths, strict=True)
        ]
        high = max(map(len, cells)) * 21 + 12
        if not place:
            drawing.add(
                f'<rect x="{drawing.left}" y="{drawing.y}" width="{whole}" height="{high}"'
                ' fill="#f8f8f8"/>'
            )
        for column, lines in enumerate(cells):
            left = drawing.left + sum(widths[:column]) + PADDING
            for line, words in enumerate(lines):
                drawing.add(_line(words, left, drawing.y + 21 + 21 * line, TEXT, INK))
        drawing.y += high
        drawing.add(f'<path d="M{drawing.left} {drawing.y}h{whole}" stroke="{LINE}"/>')
    edges = [drawing.left + sum(widths[:column]) for column in range(1, len(widths))]
    drawing.add(
        f'<path d="{" ".join(f"M{edge} {top}V{drawing.y}" for edge in edges)}" stroke="{LINE}"/>'
    )
    drawing.add(
        f'<rect x="{drawing.left}" y="{top}" width="{whole}" height="{drawing.y - top}" rx="4"'
        f' fill="none" stroke="{LINE}"/>'
    )


def _columns(rows: Sequence[Sequence[str]], room: float | None) -> list[float]:
    natural = [
        max(breadth(cell, TEXT, bold=True) for cell in column) + 2 * PADDING
        for column in zip(*rows, strict=True)
    ]
    widths = [min(wide, BROADEST) for wide in natural]
    if room and sum(widths) > room:
        widths = [wide * room / sum(widths) for wide in widths]
    return [round(wide, 1) for wide in widths]


def _write(
    drawing: Drawing,
    spans: Sequence[Span],
    *,
    size: int = TEXT,
    high: int = 22,
    indent: int = 0,
    colour: str = INK,
) -> None:
    for words in wrapped(spans, drawing.width - indent, size):
        drawing.add(_line(words, drawing.left + indent, drawing.y + high * 0.73, size, colour))
        drawing.y += high


def _line(words: Sequence[Span], left: float, base: float, size: int, colour: str) -> str:
    """One line of text; neighbouring words of one look are one piece."""
    pieces: list[list[str]] = []
    for text, look in words[:-1] if words[-1:] and words[-1][0].isspace() else words:
        if pieces and pieces[-1][1] == look:
            pieces[-1][0] += text
        else:
            pieces.append([text, look])
    drawn = []
    for text, look in pieces:
        wide = breadth(text, size, bold=look in BOLD)
        place = f'x="{left:g}" y="{base:g}" {_as_wide_as(wide)}'
        looks = LOOKS[look] if "fill" in LOOKS[look] else f'fill="{colour}" {LOOKS[look]}'.strip()
        drawn.append(
            f'<text xml:space="preserve" {place} font-size="{size}" {looks}>{escape(text)}</text>'
        )
        left += wide
    return "".join(drawn)


def _as_wide_as(wide: float) -> str:
    """Let a text be as wide as was reckoned, whatever the reader's font."""
    return f'textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"'


DRAWN = {
    "header": _header,
    "rich_text": _rich,
    "table": _table,
    "context": _context,
    "actions": _actions,
}
