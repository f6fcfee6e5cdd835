"""Foreign text in a message: cut, escaped, its addresses disarmed."""

import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

NAME = 120  # characters of a name: longer ones are sentences
LONGEST_WORD = 24  # characters; a text without a space in the last of them is cut where it must be
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def cut(text: str, limit: int) -> str:
    """Cut a text to `limit` characters with an ellipsis, between words and never before
    an accent.
    """
    if len(text) <= limit:
        return text
    end = max(limit - 1, 0)
    if (space := text.rfind(" ", 0, end + 1)) > end - LONGEST_WORD:
        end = max(space, 0) or end
    while end and (unicodedata.combining(text[end]) or "\u200d" in text[end - 1 : end + 1]):
        end -= 1
    return text[:end].rstrip() + "…"


def escape_text(text: str, limit: int) -> str:
    """Text for Slack's `text` field: `&<>` escaped, addresses disarmed, at most `limit`
    characters and no half of an escape.
    """
    # a hair space: Slack links bare addresses in `text` by itself
    disarmed = text.replace("://", ":\u200a//")
    pieces: list[str] = []
    room = limit - 1
    for character in disarmed:
        piece = _ESCAPES.get(character, character)
        room -= len(piece)
        if room < 0:
            return "".join(pieces) + "…"
        pieces.append(piece)
    return "".join(pieces)


def replace_brackets(text: str) -> str:
    """Text for a plain field that knows no escapes: angle brackets become the quotes that look
    like them.
    """
    return text.replace("<", "‹").replace(">", "›")


def keep_web_url(url: str, limit: int = 2_900) -> str:
    """The address if it is a whole http(s) one that can stand in a link, else nothing."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:  # "http://[half" is not an address
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    safe = quote(parts.geturl(), safe="%/:=&?~#+!$,;'@()*[]-._", encoding="utf-8", errors="replace")
    return safe if len(safe) <= limit else ""


def join_words(parts: list[str] | tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def join_first_names(names: Sequence[str], most: int) -> str:
    """The first of the names, and how many more there are: `a, b and 3 more`."""
    more = [f"{len(names) - most:,} more"] if len(names) > most else []
    return join_words([*names[:most], *more])


def lower_first(text: str) -> str:
    """The text as the middle of a sentence: `BIS` and `US` keep their capitals."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def capitalize_first(text: str) -> str:
    """The text with a capital first letter, the others left alone."""
    return text[:1].upper() + text[1:]


def join_alike(lines: Sequence[str]) -> Iterator[str]:
    """Lines that begin alike as one: `applications are refused for: military users, terrorism`."""
    uses: dict[str, list[str]] = {}
    for line in lines:
        begin, _, of = line.partition(": ")
        uses.setdefault(begin, []).append(of)
    for begin, each in uses.items():
        named = list(dict.fromkeys(use for joined in each for use in joined.split(", ") if use))
        yield f"{begin}: {', '.join(named)}" if named else begin


def word_value(value: str | Sequence[str]) -> str:
    """A field of a record, of several values or none: `a, b`, `nothing`."""
    return (value if isinstance(value, str) else ", ".join(value)) or "nothing"
