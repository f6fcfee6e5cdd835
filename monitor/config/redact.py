"""Remove known secrets, and texts with a secret's shape, from all output.

A secret is the value of an environment variable: Slack's own, and those that config.toml names
under [destinations], [life], [console], [second_reader], as a proxy or as headers of a [[page]]. A
value there that can't be a variable's name is a secret in the wrong place, until its channel
declares it harmless.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

MARK = "[redacted]"
SLACK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_WEBHOOK_URL")
# of a destination: the keys that every way out has, none of them for a secret
COMMON = ("quiet", "fallback", "zone")
SHORTEST = 4  # characters; shorter values are in many ordinary words
PIECE = 8  # characters from which on a part of an address may be its key
SHAPES = re.compile(
    r"(?P<token>\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]+)"
    r"|(?<=hooks\.slack\.com)(?P<hook>/[^\s\"'<>\\]+)"
    r"|(?<=/services/)(?P<path>[TE]\w*/B\w*/[^\s\"'<>\\]+)"
    r"|(?<=://)(?P<user>[^\s/@\"'<>\\]+)(?=@)",  # a name and a password before the host
    re.IGNORECASE,
)
# each shape has one of these parts, or is an address with an @
SIGNS = ("xox", "xapp", "hooks.slack.com", "/services/")
VARIABLE = re.compile(r"[A-Z_]+|[a-z_]+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
LONGEST_VARIABLE = 64

_variables: set[str] = set(SLACK)
_written: set[str] = set()


def know(table: object) -> None:
    """Learn where secrets are from the table of a config.toml, which need not be a right one."""
    for value in _list_named(table):
        (_variables if _is_variable(value) else _written).add(value)


def mark_harmless(text: str) -> None:
    """Declare a supposed secret harmless: a setting of a channel, such as a channel's id."""
    _written.discard(text)


def redacted(text: str) -> str:
    """The text with a mark in the place of every secret."""
    # at once: another thread may add to them meanwhile
    variables, written = tuple(_variables), tuple(_written)
    known = _compile_known(*[os.environ.get(name, "") for name in variables], *written)
    text = known.sub(MARK, text) if known else text
    return SHAPES.sub(MARK, text) if _may_have_secret(text) else text


def _may_have_secret(text: str) -> bool:
    """Return whether a text has a fixed part of any shape. This is quick on a hundred megabytes;
    the shapes take seconds.
    """
    low = text.casefold()
    return any(sign in low for sign in SIGNS) or ("://" in low and "@" in low)


def _list_named(table: object) -> Iterator[str]:
    for destination in _select_at(table, "destinations", "*"):
        for key, value in destination.items() if isinstance(destination, Mapping) else ():
            if key not in COMMON:
                yield from _list_texts(value)
    for path in ("life ping", "console token", "second_reader key", "page * headers *"):
        for value in _select_at(table, *path.split()):
            yield from _list_texts(value)
    # the variables with proxies' addresses, and addresses with a password in the file itself
    for path in ("fetch proxy", "page * proxy", "sources * proxy"):
        for proxy in _select_at(table, *path.split()):
            if isinstance(proxy, str) and ("@" in proxy or _is_variable(proxy)):
                yield proxy


def _select_at(value: object, *path: str) -> Iterator[object]:
    """Return the values at a path of keys, `*` for each part of a table or list; the table may
    be wrong.
    """
    if not path:
        yield value
    elif isinstance(value, Mapping):
        for part in (
            value.values() if path[0] == "*" else [value[path[0]]] if path[0] in value else ()
        ):
            yield from _select_at(part, *path[1:])
    elif isinstance(value, list) and path[0] == "*":
        for part in value:
            yield from _select_at(part, *path[1:])


def _list_texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list):
        yield from (text for part in value for text in _list_texts(part))


def _is_variable(text: str) -> bool:
    """Return whether it looks like a person's word: keys mix digits or capitals with letters."""
    return len(text) <= LONGEST_VARIABLE and VARIABLE.fullmatch(text) is not None


@lru_cache(maxsize=8)
def _compile_known(*values: str) -> re.Pattern[str] | None:
    secrets = [value for value in values if len(value) >= SHORTEST]
    forms = {form for secret in secrets for form in _list_forms(secret) if len(form) >= SHORTEST}
    return (
        re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)))
        if forms
        else None
    )


def _list_forms(secret: str) -> Iterator[str]:
    """List a secret's notations: plain, in an address, in JSON, in Python; of an address also
    its parts.
    """
    for part in (secret, *_list_pieces(secret)):
        yield from (
            part,
            clean(part),
            quote(part),
            quote(part, safe=""),
            unquote(part),
            json.dumps(part)[1:-1],
            repr(part)[1:-1],
        )


def _list_pieces(secret: str) -> Iterable[str]:
    scheme, there, rest = secret.partition("://")
    if not there:
        return ()
    host, _, path = rest.partition("/")
    # apprise puts keys in the place of a host; a web host is no secret, and people need it
    parts = path if scheme.lower() in {"http", "https"} and "@" not in host else rest
    keys = [part for part in re.split(r"[/?&=:@,#;]", parts) if _is_key(part)]
    return (path, *keys) if keys or "?" in path else ()  # `/alerts` is a word that others need


def _is_key(part: str) -> bool:
    return len(part) >= PIECE and "." not in part and (not part.isalpha() or not part.islower())


# A page that repeats its request's secrets: they are removed before it is saved, in any notation.

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", " ": "+"}


def redact_bytes(body: bytes, secrets: Iterable[str]) -> bytes:
    """Replace these secrets and their parts by a mark, in HTML, JSON and address notation."""
    written = _write_forms(*secrets)
    return re.sub(written.encode(), MARK.encode(), body) if written else body


def redact_secrets(text: str, secrets: Iterable[str]) -> str:
    """Replace these secrets and their parts in a text by a mark."""
    written = _write_forms(*secrets)
    return re.sub(written, MARK, text) if written else text


@lru_cache(maxsize=8)
def _write_forms(*secrets: str) -> str:
    parts = {secret for secret in secrets if len(secret) >= SHORTEST}
    for secret in secrets:
        words = re.split(r"[\s;=,]+", secret)  # the value after `Bearer`, or in a cookie
        parts |= {
            part for part in words if len(part) >= PIECE and not (part.isalpha() and part.islower())
        }
    return "|".join(map(_write_form, sorted(parts, key=len, reverse=True)))


def _write_form(secret: str) -> str:
    """Build an expression for all its notations; a short one only matches as a whole word."""
    letters = "".join(
        letter if letter.isascii() and letter.isalnum() else _write_letter(letter)
        for letter in secret
    )
    return letters if len(secret) >= PIECE else rf"(?<![\w]){letters}(?![\w])"


def _write_letter(letter: str) -> str:
    code, named = f"{ord(letter):x}", ENTITIES.get(letter, letter)
    of_address = "".join(f"%{byte:02x}" for byte in letter.encode())
    forms = (re.escape(letter), rf"\\{re.escape(letter)}", re.escape(named), f"&#0*{ord(letter)};")
    return rf"(?:{'|'.join(forms)}|(?i:{of_address}|&#x0*{code};|\\u{ord(letter):04x}|\\x{ord(letter):02x}))"


# Make foreign text harmless on a terminal, in a log line, in a message. No I/O.

_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u2060\u061c\ufeff"  # zero width and direction marks
    # bidi embeddings, overrides, isolates, and the older ones that nobody should use
    "\u202a-\u202e\u2066-\u206f"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # interlinear notes and tags
)
# C0 and C1: ESC, BEL and whatever breaks a line
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# of a surrogate pair: no UTF-8 can carry it; Python's sign for an undecodable byte
_HALF = re.compile("[\ud800-\udfff]")


def make_one_line(text: str) -> str:
    """The text on one line, without control, direction and invisible characters; its spaces stay
    as they are.
    """
    if text.isprintable():  # nothing of what is looked for below is; hardly any text needs the look
        return text
    return _HALF.sub("?", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))


def has_surrogates(text: str) -> bool:
    """Return whether a text has characters that UTF-8 can't encode."""
    return _HALF.search(text) is not None


def clean(text: str) -> str:
    """Clean a text as `make_one_line` does, with single spaces between words and none
    around them.
    """
    return " ".join(make_one_line(text).split())


def clean_json(value: Any) -> Any:
    """Lists and dicts of JSON with every string clean, keys too: an id's kind is a publisher's
    word.
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): clean_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(part) for part in value]
    return value
