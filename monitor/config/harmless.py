"""What foreign text may do on a terminal, in a log line, in a message: nothing but be read. Pure."""

import re
from typing import Any

_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u2060\u061c\ufeff"  # zero width and direction marks
    "\u202a-\u202e\u2066-\u206f"  # bidi embeddings, overrides, isolates, and the older ones that nobody should use
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # interlinear notes and tags
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # C0 and C1: ESC, BEL and whatever breaks a line
_HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair: no UTF-8 can carry it; Python's sign for an undecodable byte


def line(text: str) -> str:
    """The text on one line, without control, direction and invisible characters; its spaces stay as they are."""
    if text.isprintable():  # nothing of what is looked for below is; hardly any text needs the look
        return text
    return _HALF.sub("?", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))


def halved(text: str) -> bool:
    """Whether it holds what no UTF-8 can carry."""
    return _HALF.search(text) is not None


def clean(text: str) -> str:
    """As `line`, with single spaces between its words and none around them."""
    return " ".join(line(text).split())


def cleaned(value: Any) -> Any:
    """Lists and dicts of JSON with every string clean, keys too: an id's kind is a publisher's word."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(part) for part in value]
    return value
