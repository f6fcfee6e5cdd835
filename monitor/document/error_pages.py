"""Recognize, by their words, pages that a server, a cache or a guard sends in place of the right
one.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from monitor.document.xml import parse_root
from monitor.errors import ErrorKind, NotThePage

EARLY = 3_000
# Only a short page can be nothing but an error; a long one about errors is an article.
SHORT = 2_000
FEW = SHORT // 8
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
        raise NotThePage("a pointer to a file in Git LFS, not the file", ErrorKind.LFS_POINTER)
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
        raise NotThePage(f"an error in JSON: {_shorten_words(head)}", ErrorKind.ERROR_PAGE)


def _refuse_xml(text: str, head: str) -> None:
    if store := STORE.search(head):
        raise NotThePage(
            f"the store that should hold the file says {store[1]}", ErrorKind.ERROR_PAGE
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
    few = len(message) < FEW
    if few and MOVED.search(head):
        raise NotThePage(f"not the page: {_shorten_words(message)}", ErrorKind.MAINTENANCE)
    for kind, told, words in COMPILED:
        if told.search(title) or (few and words.search(message)):
            raise NotThePage(f"not the page: {_shorten_words(title or message)}", kind)


def _extract_words(text: str) -> str:
    """The words of a page, without its scripts and tags."""
    first, *others = SCRIPT.split(text)
    pieces = [first, *(SCRIPT_END.split(piece, maxsplit=1)[-1] for piece in others)]
    return " ".join(TAG.sub(" ", " ".join(pieces)).split())


def _shorten_words(words: str) -> str:
    return words if len(words) <= 120 else words[:119] + "…"


# A page that asks who we are, in place of the one that was asked for. The form is the page: a sign-in
# box beside the news is none.

PASSWORD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
# the first of two steps asks for the name alone
NAMES_ONESELF = re.compile(
    r"<input\b[^<>]*\b(?:autocomplete\s*=\s*[\"']?(?:username|current-password)|name\s*=\s*[\"']?(?:user(?:name|id)?|login\w{0,9}|identifier)\b)",
    re.IGNORECASE,
)
PAGE_TITLE = re.compile(r"<title\b[^<>]*>([^<]{1,200})", re.IGNORECASE)
HEADING = re.compile(r"<h1\b[^<>]*>(.{0,300}?)</h1", re.IGNORECASE | re.DOTALL)
FORM_END = re.compile(r"</form\b", re.IGNORECASE)
FORM = re.compile(r"<form\b", re.IGNORECASE)
# what stands between a page's name and its site's
BETWEEN = re.compile(r"\s[-/]\s|[|｜–—·»:：_]|(?<=[^\x00-\x7f])-|-(?=[^\x00-\x7f])")
SIGN_IN = re.compile(
    r"(?:please )?(?:sign|log)[ -]?[io]n(?: (?:page|form|required|here))?"
    r"(?: to (?:continue|\S{1,40}|(?:your|the|my) (?:\S{1,40} )?(?:account|portal|site)))?"
    r"|[\w-]{1,20} (?:log|sign)[ -]?in|single sign[ -]?on"
    r"|authentication(?: required)?|(?:bitte )?(?:anmelden|einloggen)|anmeldung"
    r"|(?:se )?connecter|connexion|(?:s['’])?identifi(?:er|cation)|authentification"
    r"|iniciar sesi[oó]n|inicio de sesi[oó]n|acceso|acceder|iniciar sess[aã]o|entrar|acesso"
    r"|accedi|accesso|autenticazione|inloggen|aanmelden|logga in|log ind|logg inn"
    r"|zaloguj(?: się)?|logowanie|přihlášení|přihlásit se|вход(?: в систему)?|войти"
    r"|авториза(?:ция|ція)|вхід|увійти|giriş(?: yap)?|oturum aç(?:ma)?|đăng nhập|log masuk|masuk"
    r"|تسجيل الدخول|ورود(?: به سیستم)?|התחברות|เข้าสู่ระบบ|로그인|ログイン(?:画面|ページ)?|サインイン"
    r"|.{0,40}(?:登录|登錄|登陆|登入)(?:页面?|頁面?|系统|系統|平台)?"
    r"|统一身份认证|身份(?:认证|验证)",
    re.IGNORECASE,
)
SIGN_IN_PATH = re.compile(
    r"/(?:log[-_]?[io]n|sign[-_]?[io]n|auth|sso|saml2?|oauth2?|authorize|authenticate|anmelden|connexion)(?:\.\w{2,5})?(?=/|;|$)",
    re.IGNORECASE,
)
# not `sso.`: a country's statutes stand under it
SIGN_IN_HOSTS = frozenset({"login", "signin", "auth", "idp", "accounts", "passport"})


def refuse_sign_in(text: str, *, asked: str = "", came: str = "") -> None:
    """Pass a page, unless all that it does is ask who we are. Redirects led from `asked` to
    `came`.

    Raises:
        NotThePage: it is such a form, or stands where one signs in.
    """
    title = PAGE_TITLE.search(text)
    told = title[1] if title else ""
    is_led = _is_sign_in_address(came) and not _is_sign_in_address(asked)
    if _asks_to_sign_in(text, is_led=is_led, is_named=_names_sign_in(told)):
        words = _shorten_words(" ".join(unescape(told).split()) or came)
        raise NotThePage(f"a page that asks to sign in: {words}", ErrorKind.SIGN_IN)


def _asks_to_sign_in(text: str, *, is_led: bool, is_named: bool) -> bool:
    field = PASSWORD.search(text)
    if not (field or is_led or is_named):
        return False
    if field and (is_led or is_named):
        return True
    words = _extract_words(text)
    if len(words) > SHORT:
        return False
    if field is None:
        is_first_step = len(words) < FEW or NAMES_ONESELF.search(text) is not None
        return is_led or is_first_step
    headings = HEADING.findall(text)
    is_headed = len(headings) == 1 and _names_sign_in(_extract_words(headings[0]))
    return is_headed or _is_mostly_form(text, field.start(), len(words))


def _is_mostly_form(text: str, inside: int, most: int) -> bool:
    """Return whether the form around this place has about as many words as the rest, and few."""
    starts = [form.start() for form in FORM.finditer(text, 0, inside)]
    ends = FORM_END.search(text, inside)
    if not starts or not ends:
        return False
    count = len(_extract_words(text[starts[-1] : ends.start()]))
    return count < FEW and most - count <= 2 * count


def _names_sign_in(title: str) -> bool:
    names = BETWEEN.split(unescape(title))
    return any(SIGN_IN.fullmatch(" ".join(name.split())) for name in names)


def _is_sign_in_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        first = (parts.hostname or "").partition(".")[0]
    except ValueError:
        return False
    return first in SIGN_IN_HOSTS or SIGN_IN_PATH.search(parts.path) is not None
