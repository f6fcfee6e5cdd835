"""Recognize, by their words, pages that a server, a cache or a guard sends in place of the right
one.
"""

import re

from monitor.document.xml import parse_root
from monitor.errors import ErrorKind, NotThePage

EARLY = 3_000
# Only a short page can be nothing but an error; a long one about errors is an article.
SHORT = 2_000
MOST = 64_000
TITLE = re.compile(r"<title[^>]*>\s*([^<]{1,200})|<h[12][^>]*>\s*([^<]{1,200})", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
SCRIPT = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
SCRIPT_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
MOVED = re.compile(r"<a\b[^<>]*href=[\"']?https?://maintenance\.", re.IGNORECASE)
XML = re.compile(
    r"\s*<(?:\?xml\b|(?!!|html\b|head\b|body\b)[A-Za-z_][\w.-]*(?:\s+xmlns|\s*>))", re.IGNORECASE
)
JSON_ERROR = re.compile(
    r'"(?:error|errors|errorCode|error_code|exception|fault)"\s*:\s*(?!null|""|\[\]|0\b|false)',
    re.IGNORECASE,
)
JSON_STATUS = re.compile(r'"(?:status|code|statusCode)"\s*:\s*"?([45]\d\d)\b')
STORE = re.compile(r"<Error>\s*<Code>(\w+)</Code>")

KINDS = (  # (kind, its title or heading, the whole of a very short page)
    (
        ErrorKind.BOT_WALL,
        (
            r"just a moment|attention required|access denied|are you a robot|security"
            r" check|(?:安全|人机|访问)验证"
        ),
        r"captcha|cf-chl|请完成.{0,6}验证|滑动.{0,8}验证|enable javascript and cookies",
    ),
    (
        ErrorKind.MAINTENANCE,
        r"maintenance|(?:系统|网站|正在|升级)维护|temporarily unavailable",
        (
            r"under(?:going)? maintenance|down for"
            r" maintenance|(?:系统|网站|正在|升级).{0,6}维护|temporarily (?:unavailable|down)"
        ),
    ),
    (
        ErrorKind.ERROR_PAGE,
        (
            r"^(?:error\W*+)?(?:http\s*+(?:error|status)?\W*+)?[45]\d\d\b|页面不存在|找不到.{0,6}页面|服务器错误|^[\W\d]*(?:forbidden|unauthorized"
            r"|(?:page )?not found|bad request|bad gateway|internal server error|service"
            r" unavailable|gateway time-?out)"
        ),
        (
            r"internal server error|您访问的页面(?:不存在|已删除)|无法访问此页|page you requested"
            r" (?:was not|could not be) found"
        ),
    ),
)
COMPILED = tuple(
    (kind, re.compile(title, re.IGNORECASE), re.compile(words, re.IGNORECASE))
    for kind, title, words in KINDS
)


def refuse(text: str) -> None:
    """Pass a text that may be the right one.

    Raises:
        NotThePage: it is an error, a maintenance page, a robot check, a pointer to a file.
        Unreadable: it is incomplete XML.
    """
    head = text[:EARLY].lstrip()
    if head.startswith("version https://git-lfs.github.com/spec/"):
        raise NotThePage("a pointer to a file in Git LFS, not the file", kind=ErrorKind.LFS_POINTER)
    if head.startswith(("{", "[")):
        _refuse_json(head)
    elif XML.match(head):
        _refuse_xml(text, head)
    _refuse_words(text, head)


def _refuse_json(head: str) -> None:
    if len(head) >= EARLY:
        return
    status = JSON_STATUS.search(head)
    if status or JSON_ERROR.search(head):
        raise NotThePage(f"an error in JSON: {_shorten_words(head)}", kind=ErrorKind.ERROR_PAGE)


def _refuse_xml(text: str, head: str) -> None:
    if store := STORE.search(head):
        raise NotThePage(
            f"the store that should hold the file says {store[1]}", kind=ErrorKind.ERROR_PAGE
        )
    if (
        head.startswith("<?xml") or " xmlns" in head.partition(">")[0]
    ) and "<html" not in head.lower():
        parse_root(re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode())


def _refuse_words(text: str, head: str) -> None:
    message = _extract_words(text) if len(text) < MOST else ""
    if not message or len(message) > SHORT:
        return
    match = TITLE.search(head)
    title = (match[1] or match[2] or "").strip() if match else ""
    few = len(message) < SHORT / 8
    if few and MOVED.search(head):
        raise NotThePage(f"not the page: {_shorten_words(message)}", kind=ErrorKind.MAINTENANCE)
    for kind, told, words in COMPILED:
        if told.search(title) or (few and words.search(message)):
            raise NotThePage(f"not the page: {_shorten_words(title or message)}", kind=kind)


def _extract_words(text: str) -> str:
    """The words of a page, without its scripts and tags."""
    first, *others = SCRIPT.split(text)
    pieces = [first, *(SCRIPT_END.split(piece, maxsplit=1)[-1] for piece in others)]
    return " ".join(TAG.sub(" ", " ".join(pieces)).split())


def _shorten_words(words: str) -> str:
    return words if len(words) <= 120 else words[:119] + "…"
