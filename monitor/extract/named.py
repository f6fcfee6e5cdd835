"""Find the acts that a quoted sentence of an act names, its own too. Pure."""

from collections.abc import Iterator

from monitor.extract.en import dates as english_days
from monitor.extract.en import references as in_english
from monitor.extract.en.words import ENGLISH
from monitor.extract.zh import dates as chinese_days
from monitor.extract.zh import lines
from monitor.extract.zh import references as in_chinese
from monitor.extract.zh.words import CHINESE
from monitor.model import Announcement, Target
from monitor.vocabulary import letters

LONGEST = 4_000  # characters of a sentence that are looked at


def find_named_acts(act: Announcement, quote: str) -> tuple[Target, ...]:
    """Find the acts that a sentence names; also its own, if it says when or for whom that holds,
    or from or until which coming day and names no other.
    """
    in_han = letters.HAN.search(quote) is not None
    words = lines.make_line(quote).text[:LONGEST] if in_han else quote[:LONGEST]
    found = [*(_find_in_chinese if in_han else _find_in_english)(act, words)]
    own = (CHINESE if in_han else ENGLISH).table("named")
    is_own = own.itself.search(words) or (not found and _has_coming_day(act, words, in_han=in_han))
    if is_own and own.holds.search(words):
        found.append(Target(key=act.key))
    return tuple(dict.fromkeys(found))


def _has_coming_day(act: Announcement, words: str, *, in_han: bool) -> bool:
    """Return whether a sentence prints a day from that of its act on."""
    days = (
        map(chinese_days.day, chinese_days.FULL_DAY.finditer(words))
        if in_han
        else (english_days.day(match["day"]) for match in english_days.FULL_DAY.finditer(words))
    )
    return any(on and on[:10] >= (act.published or "")[:10] for on in days)


def find_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """The series, year and number of the acts that a text names in full."""
    found = (
        in_chinese.find_references(text)
        if letters.HAN.search(text)
        else in_english.find_references(text)
    )
    yield from ((act.series, int(act.year), act.number) for act in found if act.year)


def _find_in_chinese(act: Announcement, words: str) -> Iterator[Target]:
    series = act.key.rsplit("-", 2)[0]
    for cited in in_chinese.find_keyed(words, series=series, year=None):
        yield Target(key=cited.key or "", clauses=cited.clauses)


def _find_in_english(act: Announcement, words: str) -> Iterator[Target]:
    cited = in_english.find_references(words, act.published, of=act.authority)
    keys = (*(each.key for each in cited), *in_english.list_european_keys(words))
    yield from (Target(key=key) for key in keys)
