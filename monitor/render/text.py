"""What foreign text may do in a message: nothing but be read."""

import re
import unicodedata
from typing import Any
from urllib.parse import quote, urlsplit

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u2060\u061c\ufeff"  # zero width and direction marks
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # interlinear notes and tags
    "\ud800-\udfff]"  # halves of surrogate pairs: no UTF-8 can carry them
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def clean(text: str) -> str:
    """The text on one line, without control, direction and invisible characters."""
    return " ".join(_INVISIBLE.sub("", _CONTROL.sub(" ", text)).split())


def cleaned(value: Any) -> Any:
    """Lists and dicts of JSON with every string clean, keys too: an id's kind is a publisher's word."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(part) for part in value]
    return value


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where some are missing, no accent torn from its letter."""
    if len(text) <= limit:
        return text
    end = max(limit - 1, 0)
    while end and (unicodedata.combining(text[end]) or "\u200d" in text[end - 1 : end + 1]):
        end -= 1
    return text[:end].rstrip() + "…"


def escaped(text: str, limit: int) -> str:
    """Text for Slack's `text` field: `&<>` escaped, addresses disarmed, at most `limit` characters and no half of an escape."""
    disarmed = text.replace("://", ":\u200a//")  # a hair space: Slack links bare addresses in `text` by itself
    pieces: list[str] = []
    room = limit - 1
    for character in disarmed:
        piece = _ESCAPES.get(character, character)
        room -= len(piece)
        if room < 0:
            return "".join(pieces) + "…"
        pieces.append(piece)
    return "".join(pieces)


def unbracketed(text: str) -> str:
    """Text for a plain field that knows no escapes: angle brackets become the quotes that look like them."""
    return text.replace("<", "‹").replace(">", "›")


def web_address(url: str, limit: int = 2_900) -> str:
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


def listed(parts: list[str] | tuple[str, ...], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """The text with a capital first letter, the others left alone."""
    return text[:1].upper() + text[1:]
