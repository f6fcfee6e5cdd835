"""What of a page's words is no word of its publisher: counters of visitors, clocks, marks of a visit. By structure. Pure.

A figure is noise only beside a word that says what it counts, and in a part that says nothing else; a day only where it says when
the page was made. What no structure shows (banners that rotate) is learnt from how the page behaves: see `noise`.
"""

import re
from datetime import date, datetime, timedelta

from monitor.days import GERMAN, NUMBERS

COUNTED = (
    r"(?:page ?)?visit(?:or)?s?|visited|(?:page ?)?views?|viewed|hits|(?:users?|people|guests?) online|online users?"
    r"|downloads?|downloaded|likes?|clicks?"
    r"|besucher|aufrufe|zugriffe|visites|visiteurs|vues|visitas|visitantes|просмотров|просмотры|посетителей|посещений"
)
COUNTED_EAST = (
    r"访问(?:量|次数|人数)|浏览(?:量|次数|数)|阅读(?:量|次数|数)|点击(?:量|率|次数|数)|人次|在线人数|下载(?:量|次数)|点赞数|访客"
    r"|您是第|位访客|瀏覽(?:次數|量|人次)|點擊(?:率|次數)|閲覧(?:数|回数)"
    r"|アクセス(?:数|カウンター)|訪問者数|조회(?:수)?|방문자(?: 수)?"
)
MADE = (
    r"(?:last )?(?:updated|modified|refreshed|generated|rendered|retrieved)(?: (?:on|at))?"
    r"|last update|(?:current|local|server|system) (?:date|time)(?: and time)?|today(?: is|'s date)?|time now|date and time"
    r"|stand|letzte aktualisierung|aktualisiert(?: am)?|(?:dernière )?mise? à jour(?: le)?"
    r"|última actualización|actualizado(?: el)?|(?:последнее )?обновлени[ея]|обновлено"
)
MADE_EAST = (
    r"(?:最后|最近|页面|本页)?更新(?:时间|日期|于)|当前(?:时间|日期)|现在时间|北京时间|系统时间|今天是|今日|最終更新日?(?:時)?"
    r"|最后修改(?:时间)?|現在時刻|최종 ?(?:업데이트|수정일?)|마지막 업데이트"
)
VISIT = r"(?:request|session|trace|incident|ray|correlation|support) (?:id|token)|your ip(?: address)?|csrf(?: token)?|nonce"
VISIT_EAST = r"您的ip(?:地址)?|请求(?:id|编号)|事件id"
FILLING = frozenset(
    """this page pages site website web the our has have had been was is are were you times time today total totally since so far
    now of number on at in by date last""".split()  # noqa: SIM905 -- in rows
)
MONTH_NUMBERS = NUMBERS | {name.lower(): month for name, month in GERMAN.items()}
MONTHS = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
WEEKDAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|星期[一二三四五六日天]|周[一二三四五六日]|[月火水木金土日]曜日"
)
DAY_OR_TIME = re.compile(
    r"\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?(?:t(?=\d))?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .-]{{1,2}}(?:{MONTHS})[ ,.-]{{1,2}}\d{{4}}|(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
    r"|\d{1,2}[:时時]\d{2}(?:[:分]\d{2}(?:\.\d{1,6})?秒?)?(?: ?[ap]\.?m\b\.?)?"
    rf"|\b(?:{WEEKDAYS})\b|星期[一二三四五六日天]|\b(?:utc|gmt|cet|cest|est|edt|pst|pdt|jst|kst|cst|z|bst)\b(?:[+-]\d{{1,2}}(?::?\d{{2}})?)?"
    r"|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)
FIGURE = r"\d{1,3}(?:[,. ]\d{3})+|\d+"
COUNTER = re.compile(rf"(?<!\w)(?:{COUNTED})(?!\w)|{COUNTED_EAST}", re.IGNORECASE)
NUMBER = re.compile(FIGURE)
LABEL_MADE = re.compile(rf"(?<!\w)(?:{MADE})(?!\w)|{MADE_EAST}", re.IGNORECASE)
LABEL_VISIT = re.compile(rf"(?<!\w)(?:{VISIT})(?!\w)|{VISIT_EAST}", re.IGNORECASE)
TOKEN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[a-z])[\w-]{8,128}|\d{1,3}(?:\.\d{1,3}){3}",
    re.IGNORECASE,
)
YEARS = re.compile(r"((?:©|\(c\)|copyright)[\s©()c]{0,6})(?:\d{4} ?[-–] ?)?\d{4}", re.IGNORECASE)
SECONDS = re.compile(r"\d{1,2}:\d{2}:\d{2}")
WORD = re.compile(r"[^\W\d_]+")
SHORT = 160  # characters of a part that says little else
NEAR = 4  # characters, none of a word, between a figure and the word that says what it counts
CLOSE = timedelta(days=1)  # between a page's day and ours, in whatever zone


def quiet(text: str) -> str:
    """The words without what is noise by its structure; two parts that are the same so differ in noise alone."""
    if len(text) > SHORT:
        return YEARS.sub(r"\1#", text)
    return _without_marks(_without_counts(_without_making(YEARS.sub(r"\1#", text))))


def reason(before: str, after: str, was: datetime | None, now: datetime) -> str:
    """Why what differs between two wordings is noise; "" where it is not, as far as structure shows."""
    if quiet(before) == quiet(after):
        return _named(before, after)
    if was and _is_clock(before, was.date()) and _is_clock(after, now.date()):
        return "a clock"
    return ""


def _named(before: str, after: str) -> str:
    """Which of the noises it is."""
    for why, without in (("a counter", _without_counts), ("when the page was made", _without_making)):
        if without(before) == without(after):
            return why
    return "the mark of a visit" if _without_marks(before) == _without_marks(after) else "counters, clocks or marks of a visit"


def _says_more(text: str) -> bool:
    """Whether there are words in it that are no mere filling."""
    return any(word.casefold() not in FILLING for word in WORD.findall(text))


def _without_counts(text: str) -> str:
    """Figures beside a word for visits become a mark, where nothing else is said."""
    labels = [match.span() for match in COUNTER.finditer(text)]
    if not labels or _says_more(COUNTER.sub(" ", text)):
        return text

    def masked(figure: re.Match[str]) -> str:
        between = [text[end : figure.start()] for _, end in labels if end <= figure.start()]
        between += [text[figure.end() : start] for start, _ in labels if figure.end() <= start]
        return "#" if any(len(gap) <= NEAR and not WORD.search(gap) for gap in between) else figure[0]

    return NUMBER.sub(masked, text)


def _without_making(text: str) -> str:
    """Days and times become a mark where the part says only when the page was made."""
    label = LABEL_MADE.search(text)
    if label is None:
        return text
    beside = f"{text[: label.start()]} {DAY_OR_TIME.sub(' ', text[label.end() :])}"
    if _says_more(beside) or NUMBER.search(beside):
        return text
    return text[: label.end()] + re.sub(r"#(?:[\s,|]*#)+", "#", DAY_OR_TIME.sub("#", text[label.end() :]))


def _without_marks(text: str) -> str:
    """What names a visit becomes a mark where a word says that it does."""
    label = LABEL_VISIT.search(text)
    if label is None or _says_more(TOKEN.sub(" ", text[label.end() :], count=1)):
        return text
    return text[: label.end()] + TOKEN.sub("#", text[label.end() :], count=1)


def _is_clock(text: str, today: date) -> bool:
    """Whether it says nothing but a day, which is that on which we read it, or a time to the second."""
    rest = DAY_OR_TIME.sub(" ", text)
    if WORD.search(rest) or NUMBER.search(rest):
        return False
    days = [day for day in map(_day, DAY_OR_TIME.findall(text)) if day]
    return all(abs(day - today) <= CLOSE for day in days) if days else SECONDS.search(text) is not None


def _day(text: str) -> date | None:
    figures = re.findall(r"\d+", text)
    month = re.search(MONTHS, text, re.IGNORECASE)
    try:
        if month and len(figures) == 2:
            day, year = sorted(map(int, figures))
            return date(year, MONTH_NUMBERS.get(month[0].lower(), 0), day)
        if len(figures) >= 3 and len(figures[0]) == 4:
            return date(*map(int, figures[:3]))
    except ValueError:
        return None
    return None
