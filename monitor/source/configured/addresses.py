"""Addresses without what names only a visit: session ids, marks of campaigns, moments. Pure."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[\w.!~-]*", re.IGNORECASE)
OF_A_VISIT = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|_ga|jsessionid|phpsessid|aspsessionid\w*|session_?id|cftoken|cfid|csrf\w*|nonce", re.IGNORECASE
)
MAYBE = re.compile(r"sid|s|sess|session|token|_|t|ts|timestamp|time|rand|rnd|r|v|cb|cachebuster", re.IGNORECASE)
MOMENT = re.compile(r"1\d{9}(?:\d{3})?|0\.\d{6,20}")  # a Unix time in seconds or milliseconds, or a number by chance
BY_CHANCE = re.compile(r"(?=\w{0,63}\d)(?=\w{0,63}[a-fA-F])[0-9a-fA-F]{24,64}")


def canonical(url: str) -> str:
    """The address by which a page is known again."""
    parts = urlsplit(url)
    path = IN_PATH.sub("", parts.path)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not _of_a_visit(name, value)]
    if path == parts.path and len(kept) == len(query):
        return urlunsplit(parts._replace(fragment=""))
    return urlunsplit(parts._replace(path=path, query=urlencode(kept), fragment=""))


def _of_a_visit(name: str, value: str) -> bool:
    if OF_A_VISIT.fullmatch(name):
        return True
    return bool(MAYBE.fullmatch(name) and (MOMENT.fullmatch(value) or BY_CHANCE.fullmatch(value)))
