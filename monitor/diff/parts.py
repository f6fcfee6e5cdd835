"""Compare two readings of a watched page: added, removed and reworded parts; order does not
count. No I/O.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter

from rapidfuzz import fuzz, process

from monitor.days import GERMAN, NUMBERS
from monitor.model import Excerpt, Part, frozen

ALIKE = 55  # of 100: the least similarity of a rewording and the removed part
MOST_FIGURES = 6  # of a part, each of which may be a counter
FIGURES = re.compile(r"\d+(?:[.,:]\d+)*")
MOST_COMPARED = 40_000  # pairs of parts; where more moved at once, it is another page
Name = tuple[str, int]  # what it is known by, and the how many-th it is that is known so
Named = dict[Name, Part]


@frozen
class Move:
    """A part before and after: None if it is not there. `place` is the part above it, or its own
    id. `name` is its name on the page now, or before if it is gone.
    """

    before: Part | None
    after: Part | None
    place: str
    name: Name

    @property
    def texts(self) -> tuple[str, str]:
        """The words before and after; "" where there are none."""
        return (self.before.text if self.before else "", self.after.text if self.after else "")

    @property
    def transition(self) -> str:
        """Return its identity."""
        return hash_text("\n→\n".join(self.texts))

    @property
    def is_exchange(self) -> bool:
        """Return whether another text took the place of one, more than a rewording."""
        return all(self.texts) and fuzz.ratio(*self.texts) < ALIKE


def hash_text(text: str) -> str:
    """A text by what it is remembered."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def diff_parts(before: Excerpt, after: Excerpt) -> list[Move]:
    """List the differences, in the order of the present page; removed parts come last."""
    old, new = group_by_name(before.parts), group_by_name(after.parts)
    stays = old.keys() & new.keys()
    gone = {name: part for name, part in old.items() if name not in new}
    came = {name: part for name, part in new.items() if name not in old}
    partners = _find_partners(gone, came)
    same = {
        name
        for pair in partners.items()
        if letters(came[pair[0]].text) == letters(gone[pair[1]].text)
        for name in pair
    }
    places = _find_places(before.parts, stays, same) | _find_places(after.parts, stays, same)
    partners |= _pair_equal(
        _list_unpaired(came, partners),
        _list_unpaired(gone, partners.values()),
        lambda name, _: places[name],
    )
    moves = [
        Move(old[partners[name]] if name in partners else None, part, places[name], name)
        for name, part in came.items()
    ]
    stayed = (name for name in new if name in stays and old[name].text != new[name].text)
    reworded = [Move(old[name], new[name], places[name], name) for name in stayed]
    left = () if after.window else (name for name in gone if name not in partners.values())
    return [*moves, *reworded, *(Move(old[name], None, places[name], name) for name in left)]


def letters(text: str) -> str:
    """The words with a mark in the place of every figure."""
    return FIGURES.sub("#", text)


def figures_moved(before: str, after: str) -> tuple[int, ...]:
    """List the changed figures, if nothing else changed."""
    if letters(before) != letters(after):
        return ()
    sides = zip(FIGURES.findall(before), FIGURES.findall(after), strict=True)
    return tuple(at for at, (one, other) in enumerate(sides) if one != other)


def group_by_name(parts: Sequence[Part]) -> Named:
    """The parts of a page by their names, in its order."""
    seen: Counter[str] = Counter()
    by_name: Named = {}
    for part in parts:
        known_by = f"#{part.id}" if part.id else part.text
        by_name[known_by, seen[known_by]] = part
        seen[known_by] += 1
    return by_name


def _find_places(parts: Sequence[Part], stays: set[Name], same: set[Name]) -> dict[Name, str]:
    """Return each part's place: below a part that is there before and after, even with other
    figures; one with an id by itself.
    """
    places: dict[Name, str] = {}
    above = ""
    for name, part in group_by_name(parts).items():
        places[name] = f"#{part.id}" if part.id else hash_text(above)
        above = part.text if name in stays else letters(part.text) if name in same else above
    return places


def _find_partners(gone: Named, came: Named) -> dict[Name, Name]:
    """Find for each new part the removed one that it rewords.

    The two differ only in noise or figures, or are similar.
    """
    partners = _pair_equal(
        _list_unpaired(came), _list_unpaired(gone), lambda _, part: strip_noise(part.text)
    )
    for likeness in (_pair_by_figures, _pair_by_letters, _pair_alike):
        partners |= likeness(
            _list_unpaired(came, partners), _list_unpaired(gone, partners.values())
        )
    return partners


def _list_unpaired(parts: Named, taken: Collection[Name] = ()) -> Named:
    """List the parts without a partner; a part with an id needs none."""
    return {name: part for name, part in parts.items() if not part.id and name not in taken}


def _pair_equal(
    wanting: Named, free: Named, of: Callable[[Name, Part], Hashable]
) -> dict[Name, Name]:
    """Pair the parts of both sides that have an equal key, in their order."""
    by: dict[Hashable, list[Name]] = {}
    for old, part in free.items():
        by.setdefault(of(old, part), []).append(old)
    keys = {name: of(name, part) for name, part in wanting.items()}
    return {name: by[key].pop(0) for name, key in keys.items() if by.get(key)}


def _pair_by_figures(wanting: Named, free: Named) -> dict[Name, Name]:
    """Pair parts that differ in one figure: first in the one where most of them do, as in a column
    of counters.
    """
    partners: dict[Name, Name] = {}
    columns = [
        _pair_equal(wanting, free, partial(_mask_one_figure, at)) for at in range(MOST_FIGURES)
    ]
    for at in sorted(range(MOST_FIGURES), key=lambda at: -len(columns[at])):
        left, others = _list_unpaired(wanting, partners), _list_unpaired(free, partners.values())
        partners |= _pair_equal(left, others, partial(_mask_one_figure, at))
    return partners


def _mask_one_figure(at: int, _name: Name, part: Part) -> Hashable:
    """The words without one figure; a part without that figure has nothing in common."""
    figures = FIGURES.findall(part.text)
    return (
        (letters(part.text), *figures[:at], *figures[at + 1 :]) if at < len(figures) else object()
    )


def _pair_by_letters(wanting: Named, free: Named) -> dict[Name, Name]:
    """Pair parts with unique words, figures aside."""
    counts = [Counter(letters(part.text) for part in side.values()) for side in (wanting, free)]
    alone = {text for text in counts[0] if counts[0][text] == counts[1][text] == 1}
    only = {name: part for name, part in wanting.items() if letters(part.text) in alone}
    return _pair_equal(only, free, lambda _, part: letters(part.text))


def _pair_alike(wanting: Named, free: Named) -> dict[Name, Name]:
    """Pair similar parts, the nearest first; none if too much of the page moved."""
    if len(wanting) * len(free) > MOST_COMPARED:
        return {}
    texts = {old: part.text for old, part in free.items()}
    near = (
        (-score, name, old)
        for name, part in wanting.items()
        for _, score, old in process.extract_iter(
            part.text, texts, scorer=fuzz.ratio, score_cutoff=ALIKE
        )
    )
    partners: dict[Name, Name] = {}
    taken: set[Name] = set()
    for _, name, old in sorted(near, key=itemgetter(0)):
        if name not in partners and old not in taken:
            partners[name] = old
            taken.add(old)
    return partners


# Words of a page that are not its publisher's: visitor counters, clocks, marks of a visit. By
# structure. No I/O. A figure is noise only beside a word for what it counts, in a part without
# other content; a day only as the date of the page's making. Noise without structure (rotating
# banners) is learnt from behaviour: see `noise`.

COUNTED = (
    r"(?:page ?)?visit(?:or)?s?|visited|(?:page ?)?views?|viewed|hits|(?:users?|people|guests?)"
    r" online|online users?"
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
    r"|last update|(?:current|local|server|system) (?:date|time)(?: and time)?|today(?: is|'s"
    r" date)?|time now|date and time"
    r"|stand|letzte aktualisierung|aktualisiert(?: am)?|(?:dernière )?mise? à jour(?: le)?"
    r"|última actualización|actualizado(?: el)?|(?:последнее )?обновлени[ея]|обновлено"
)
MADE_EAST = (
    r"(?:最后|最近|页面|本页)?更新(?:时间|日期|于)|当前(?:时间|日期)|现在时间|北京时间|系统时间|今天是|今日|最終更新日?(?:時)?"
    r"|最后修改(?:时间)?|現在時刻|최종 ?(?:업데이트|수정일?)|마지막 업데이트"
)
VISIT = (
    r"(?:request|session|trace|incident|ray|correlation|support) (?:id|token)|your ip(?:"
    r" address)?|csrf(?: token)?|nonce"
)
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
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .-]{{1,2}}(?:{MONTHS})[ ,.-]{{1,2}}\d{{4}}|(?:{MONTHS})\.?"
    r" \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
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
SHORT = 160  # characters of a part without other content
NEAR = 4  # characters, none of a word, between a figure and its word
CLOSE = timedelta(days=1)  # between a page's day and ours, in any zone


def strip_noise(text: str) -> str:
    """The words without what is noise by its structure; two parts that are the same so differ in
    noise alone.
    """
    if len(text) > SHORT:
        return YEARS.sub(r"\1#", text)
    return _mask_marks(_mask_counts(_mask_dates(YEARS.sub(r"\1#", text))))


def explain_noise(before: str, after: str, was: datetime | None, now: datetime) -> str:
    """Explain why the difference of two wordings is noise; "" if structure does not show it."""
    if strip_noise(before) == strip_noise(after):
        return next(
            (why for why, without in NOISES if without(before) == without(after)),
            "counters, clocks or marks of a visit",
        )
    if was and _is_clock(before, was.date()) and _is_clock(after, now.date()):
        return "a clock"
    return ""


def _has_content(text: str) -> bool:
    """Return whether it has words other than filler."""
    return any(word.casefold() not in FILLING for word in WORD.findall(text))


def _mask_counts(text: str) -> str:
    """Replace figures beside a word for visits by a mark, if there is no other content."""
    labels = [match.span() for match in COUNTER.finditer(text)]
    if not labels or _has_content(COUNTER.sub(" ", text)):
        return text

    def masked(figure: re.Match[str]) -> str:
        between = [text[end : figure.start()] for _, end in labels if end <= figure.start()]
        between += [text[figure.end() : start] for start, _ in labels if figure.end() <= start]
        return (
            "#" if any(len(gap) <= NEAR and not WORD.search(gap) for gap in between) else figure[0]
        )

    return NUMBER.sub(masked, text)


def _mask_dates(text: str) -> str:
    """Replace days and times by a mark if the part only dates the page."""
    label = LABEL_MADE.search(text)
    if label is None:
        return text
    beside = f"{text[: label.start()]} {DAY_OR_TIME.sub(' ', text[label.end() :])}"
    if _has_content(beside) or NUMBER.search(beside):
        return text
    return text[: label.end()] + re.sub(
        r"#(?:[\s,|]*#)+", "#", DAY_OR_TIME.sub("#", text[label.end() :])
    )


def _mask_marks(text: str) -> str:
    """Replace a visit's id by a mark if a word identifies it."""
    label = LABEL_VISIT.search(text)
    if label is None or _has_content(TOKEN.sub(" ", text[label.end() :], count=1)):
        return text
    return text[: label.end()] + TOKEN.sub("#", text[label.end() :], count=1)


NOISES = (
    ("a counter", _mask_counts),
    ("when the page was made", _mask_dates),
    ("the mark of a visit", _mask_marks),
)


def _is_clock(text: str, today: date) -> bool:
    """Return whether it is only the day of our reading, or a time to the second."""
    rest = DAY_OR_TIME.sub(" ", text)
    if WORD.search(rest) or NUMBER.search(rest):
        return False
    days = [day for day in map(_parse_day, DAY_OR_TIME.findall(text)) if day]
    return (
        all(abs(day - today) <= CLOSE for day in days) if days else SECONDS.search(text) is not None
    )


def _parse_day(text: str) -> date | None:
    figures = re.findall(r"\d+", text)
    month = re.search(MONTHS, text, re.IGNORECASE)
    try:
        if month and len(figures) == 2:
            day, year = sorted(map(int, figures))
            return date(year, MONTH_NUMBERS.get(month[0].lower(), 0), day)
        return date(*map(int, figures[:3])) if len(figures) >= 3 and len(figures[0]) == 4 else None
    except ValueError:
        return None
