"""Days, starts and ends in the words of an English act → ISO dates; durations are computed from
the start.
"""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from monitor.days import LONG_NUMBERS, NUMBERS, SHORT_NUMBERS, add_duration, format_moment
from monitor.extract.en import places
from monitor.extract.en.numerals import NUMBER, parse_number
from monitor.model import End, Start
from monitor.vocabulary import PerVocabulary, Vocabulary, current
from monitor.vocabulary.authorities import country_of
from monitor.vocabulary.countries import (
    ABBREVIATIONS,
    AMBIGUOUS,
    CAPITALS,
    IN_WORDS,
    TOWNS,
    zone_of,
)

# The time zones that English texts name, by what the vocabulary knows of them, by towns and by
# countries.

OFFSET = re.compile(
    r"(?:UTC|GMT)\s?(?P<sign>[+\-−–])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?"
)
SAID = (
    rf"(?:(?:UTC|GMT)\s?[+\-−–]\s?\d{{1,2}}(?::?[0-5]\d)?\b|\b(?:{'|'.join([*ABBREVIATIONS, *AMBIGUOUS])})\b"
    r"|(?:[a-z][a-z.]{0,20}+,?\s){1,3}?time\b)"
)
AROUND = re.compile(r"^(?:in |the ){1,3}|(?: standard| daylight| summer| savings?){0,3} time$")
FURTHEST = timedelta(hours=14)


def find_zone(words: str, authority: str) -> tzinfo | None:
    """The zone that `words` name in an act of `authority`: `Eastern time`, `BST`, `UTC+8`,
    `Beijing`, `local time`.

    None where they name none, or one that is not known.
    """
    written = " ".join(words.replace("’", "'").split())
    if offset := OFFSET.fullmatch(written.upper()):
        return _make_zone(offset)
    name = ABBREVIATIONS.get(written.upper()) or AMBIGUOUS.get(written.upper(), {}).get(
        country_of(authority)
    )
    if name:
        return ZoneInfo(name)
    place = AROUND.sub("", AROUND.sub("", written.lower())).replace(".", "").replace(",", "")
    if place == "local":
        return current().known_zone(authority)
    return _load_zone(IN_WORDS.get(place, "")) or _towns().get(place) or _find_country_zone(place)


def _make_zone(offset: re.Match[str]) -> tzinfo | None:
    ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    return timezone(ahead if offset["sign"] == "+" else -ahead) if ahead <= FURTHEST else None


def _find_country_zone(place: str) -> tzinfo | None:
    # two letters are an abbreviation
    code = places.coded(place) if len(place) > len("US") else None
    return _load_zone(zone_of(code.lower())) if code else None


def _load_zone(name: str) -> tzinfo | None:
    return ZoneInfo(name) if name else None


def _list_all_towns(known: Vocabulary) -> Iterator[tuple[str, tzinfo]]:
    """The towns by which zones are called, and the capitals that count their days by one which
    is called otherwise.
    """
    for name in CAPITALS.values():
        yield _read_town(name), ZoneInfo(name)
    for authority in known.authorities.values():
        zone = known.zone(authority.code)
        yield _read_town(str(zone)), zone
        if town := TOWNS.get(authority.country):
            yield town.lower(), zone


def _read_town(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ").lower()


_towns = PerVocabulary(lambda known: dict(_list_all_towns(known)))


MONTH = rf"(?:{'|'.join(LONG_NUMBERS)}|(?:{'|'.join(SHORT_NUMBERS)})\.?)"
DAY_MONTH = (
    rf"(?:{MONTH}\s*+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s++(?:of\s++)?{MONTH})"
)
DAY = rf"(?P<day>{DAY_MONTH}(?:(?:\s*+,)?\s*+\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}})"
FULL_DAY = re.compile(
    rf"\b(?P<day>{DAY_MONTH}(?:\s*+,)?\s*+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})\b", re.IGNORECASE
)
# A clock time, with what follows it in brackets or names a zone; a zone may also be named behind
# the day.
CLOCK = (
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})\s*(?:(?P<half>[ap])\.?m\.?)?"
    rf"(?:\s*\((?P<bracketed>[^)]*)\)|,?\s*(?P<zone>{SAID}))?\s*,?\s*(?:on\s+)?)?"
)
ZONE_BEHIND = rf"(?:,?\s*+(?:\((?P<bracketed_behind>{SAID})\)|(?P<zone_behind>{SAID})))?"
# A letter of one sentence: a full stop of `a.m.` ends none, unless what follows begins another.
UNENDED = rf"(?:[^.]|(?<=\b[ap])\.(?=m\.)|(?<=\b[ap]\.m)\.(?=,|\s[a-z(]|\s(?i:{SAID})))"
OF_ACT = (
    r"(?P<publication>(?:the\s+)?(?:date|day)\s+(?:of\s+(?:its\s+|the\s+)?"
    r"(?:promulgation|publication|issuance|announcement|release)|"
    r"on\s+which\s+(?:it|they|(?:this|these|the)\s+\w+)\s+(?:is|are)\s+(?:registered|made|signed)))"
)
AT_ONCE = (
    r"(?P<immediate>effective immediately|with immediate effect|immediately effective|from now on"
    r"|tak(?:e|es|ing) effect immediately|(?:from|as of|into (?:force|effect|operation)) today\b"
    r"|(?P<upon>(?:effective|takes? effect|comes? into (?:force|effect|operation)) (?:up)?on"
    r" (?:its )?(?:release|issuance|announcement|promulgation)\b))"
)
SINCE = (
    r"\b(?:(?:that is|i\.e\.|namely|(?<=, )being|(?<=, )which is),?(?: on| from)?|"
    r"in force since|as of|as from|starting(?: from)?|beginning(?: from)?|from|effective(?:"
    r"(?: date)?\s*:)?(?: on)?|"
    r"applicable(?: on| date:)?|dates:|"
    r"commencing(?: on)?|(?<!until the )start of|on|"
    r"at|upon|into (?:force|effect|operation)(?: on|:)?|"
    r"(?:enforcement|commencement|application|implementation)(?: date)?(?: on|:)?)"
)
START = re.compile(rf"{AT_ONCE}|{SINCE}\s+(?:{OF_ACT}|{CLOCK}{DAY}{ZONE_BEHIND})", re.IGNORECASE)
# `published in the Official Journal of 3 March 2031 and applies from the day after`
NEXT_DAY = re.compile(
    rf"\b(?:publi\w+|appear\w*)\b[^.;]{{0,60}}?\b(?:of|on)\s(?P<day>{DAY_MONTH}(?:\s*+,)?\s*+\d{{4}})"
    r"\b[^.;]{0,40}\b(?:appl|force|effect)[^.;]{0,20}\bthe (?:day (?:after|following)|following day"
    r"|next day)\b",
    re.IGNORECASE,
)
BEGINS = re.compile(
    r"\b(?:effect|effective|force|enforce(?:ment|d(?= (?:on|from)\b))|implement\w*|start\w*|begin\w*|"
    r"suspend\w*|commenc\w*|operation|dates:\s++(?=[a-z]+\s\d)|"
    r"rescission|removal|"
    r"revocation|termination|withdrawn|vacated|resum\w*|debarment|designation|listing|appl(?:y|ies|icable)|as"
    r" of|from)\b",
    re.IGNORECASE,
)
# A day that stands behind a word which lets nothing but a start follow; what no fact has taken of
# these was not read.
BEGUN = re.compile(
    r"\b(?:from|effective(?: date)?(?: is| of)?|with effect (?:from|on)|as (?:of|from)|date of"
    r" (?:effect|application)|"
    r"(?:commenc|begin|start)(?:e?s|ning|ing)|into (?:force|effect|operation)|applies|applicable)"
    rf"(?:\s?:)?\s(?:(?:on|from|as of)\s)?{DAY_MONTH}(?:\s*+,)?\s*+\d{{4}}",
    re.IGNORECASE,
)
LAPSES = r"(?:expires?|lapses?|ceases? to (?:have effect|apply|be in force))"
# `through 12:01 a.m. eastern daylight time, June 19, 2031`
AT_HOUR = (
    r"(?:(?:at\s)?\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?,?\s(?:(?:[a-z]+\s){1,3}time,?\s)?(?:on\s)?)?"
)
# the words of an earlier act in whose place others come: `the words 'until 1 May 2031' are replaced`
REPLACED = re.compile(
    r"['‘\"“][^'‘’\"“”]{2,160}['’\"”](?=,? (?:(?:is|are|shall be) (?:hereby )?)?(?:replaced|substituted)\b)"
    r"|\b(?:for|omit|delete|repeal(?:ing)?|strike out) (?:the (?:words?|dates?|expressions?) )?"
    r"['‘\"“][^'‘’\"“”]{2,160}['’\"”](?=,?(?: and)? (?:there is |there are )?substitut)",
    re.IGNORECASE,
)
END = re.compile(
    rf"\b(?:until|till|through|to|{LAPSES}(?:\s+(?:on|at the end of))?|ends (?:on|at the (?:close|end) of)|replaced"
    r" by\s*+['‘’\"“]?+|until the end of)\s*+"
    rf"{AT_HOUR}{DAY}",
    re.IGNORECASE,
)
# before an end that counts no more
WOULD = re.compile(
    r"\b(?:would (?:otherwise |in any case )?have (?:been )?\w+"
    r"|(?:was|were|had been) (?:originally |previously )?(?:(?:due|set|scheduled|expected) )?to) $"
)
DURATION = re.compile(
    rf"\bfor\s+(?:a\s+(?:further\s+)?period\s+of\s+|another\s+(?!day|month|year)|a\s+further\s+|"
    rf"an\s+additional\s+)?(?P<length>{NUMBER}|an?|another)(?:\s(?:additional|further))?[\s-]+(?P<unit>day|month|year)s?\b",
    re.IGNORECASE,
)
# `extended by six months`, which counts from an end that is printed elsewhere.
LONGER = re.compile(
    rf"\bby\s(?:an?\s(?:further\s|additional\s)?)?(?:{NUMBER}|another)[\s-]+(?:more\s)?(?:day|month|year)s?\b",
    re.IGNORECASE,
)
UNITS = {"day": "D", "month": "M", "year": "Y"}
NOON = 12


def day(text: str, year: str = "") -> str | None:
    """`October 9, 2025`, `9 Oct 2025` or `2025-10-09` as an ISO date; `year` where none is
    printed.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _make_iso_date(*(int(part) for part in text.split("-")))
    month = re.search("[a-z]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b", "", text.lower()))
    numbers = re.findall(r"\d+", text)
    printed = numbers[1] if len(numbers) > 1 else year
    return (
        _make_iso_date(int(printed), NUMBERS.get(month[0], 0), int(numbers[0]))
        if month and printed
        else None
    )


def _make_iso_date(year: int, month: int, dayno: int) -> str | None:
    try:
        return date(year, month, dayno).isoformat()
    except (ValueError, OverflowError):  # a number is only as long as a page made it
        return None


# an act is published within so many days of what it tells as decided
PUBLISHED_WITHIN = timedelta(days=60)


def first_day(text: str) -> str | None:
    """The first full date in a text."""
    match = FULL_DAY.search(text)
    return day(match["day"]) if match else None


def is_long_before(day: str | None, published: str | None) -> bool:
    """Return whether a day is months before an act's: not the day on which it was decided."""
    if not day or not published:
        return False
    return date.fromisoformat(published[:10]) - date.fromisoformat(day) > PUBLISHED_WITHIN


def start(
    text: str, published: str | None, quote: str = "", *, authority: str = ""
) -> Start | None:
    """Read when it begins. A start on publication needs the act's date.

    A clock time has the offset, on its day, of the zone in the words, else of the zone of
    `authority` (or of its register). If neither is known, only the day is stated.
    """
    if following := NEXT_DAY.search(text):
        out = day(following["day"])
        on = add_duration(out, 1, "D") if out else None
        return Start(on, "explicit", quote or text) if on else None
    match = _find_start_words(text, published)
    if match is None:
        return None
    if match["publication"] or match["immediate"]:
        return (
            Start(
                published,
                "publication" if match["publication"] or match["upon"] else "immediate",
                quote or text,
            )
            if published
            else None
        )
    on = _make_instant(match, published, authority)
    return Start(on, "explicit", quote or text) if on else None


def is_clock_unknown(text: str, published: str | None, authority: str) -> bool:
    """Return whether it begins at a clock time in no known zone."""
    match = _find_start_words(text, published)
    return (
        match is not None
        and _read_clock(match) is not None
        and _find_clock_zone(match, authority) is None
    )


def _find_start_words(text: str, published: str | None) -> re.Match[str] | None:
    """The words that say first when something begins."""
    for match in START.finditer(text):
        if match["publication"] or match["immediate"]:
            return match
        if OF_BEFORE.search(text, max(0, match.start() - 60), match.start()):
            continue
        if BEGINS.search(text, max(0, match.start() - 60), match.end("day")) and _read_day(
            match, published
        ):
            return match
    return None


def in_figures(match: re.Match[str] | None) -> str | None:
    """The day that a pattern found in figures, its first (`05.05.2028`)."""
    return (
        day(f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}") if match else None
    )


# `shall enter into force on the twentieth day following that of its publication`
SINCE_OUT = re.compile(
    r"\b(?:into force|take effect|appl(?:y|ies))\b[^.;]{0,20}\b(?:on|from) the (?:(?P<nth>[a-z]+) )?"
    r"(?:day (?P<next>following|after)(?: that of| the (?:day|date) of)?|(?:day|date) of)"
    r"(?: its| their| the)? publication\b",
    re.IGNORECASE,
)
# `comes into force on the 30th day after the day on which it is registered`
AFTER_REGISTRATION = re.compile(
    r"\bon the (?:(?P<nth>\d{1,3})(?:st|nd|rd|th) )?day after (?:the day on which )?(?:it|they|th\w+ \w+)"
    r" (?:is|are) registered\b"
)


def since_registration(text: str, registered: str | None) -> Start | None:
    """Read a start so many days after an act is registered, by that day."""
    match = AFTER_REGISTRATION.search(text)
    days = int(match["nth"] or 1) if match else 0
    on = add_duration(registered, days, "D") if match and registered else None
    return Start(on, "publication", text.strip()) if on else None


ORDINALS = {"third": 3, "fifth": 5, "seventh": 7, "tenth": 10, "fifteenth": 15, "twentieth": 20}


def since_out(text: str, out: str | None) -> Start | None:
    """Read a start on the publication, or so many days later, by the day on which the act came
    `out`.
    """
    match = SINCE_OUT.search(text)
    days = ORDINALS.get((match["nth"] or "").lower(), 1) if match and match["next"] else 0
    unknown = match and match["nth"] and match["nth"].lower() not in ORDINALS
    on = add_duration(out, days, "D") if match and out and not unknown else None
    return Start(on, "publication", text.strip()) if on else None


OF_BEFORE = re.compile(
    r"\bhad (?:\w+ )?been (?:\w+ )?[a-z]{4,16}(?: (?:to|on|under) [^,;]{1,40})? $|"
    r"(?:(?<!been )(?<!was )(?<!were )(?<!is )(?<!are )\bmade|\b(?:published|gazetted|issued|dated"
    r"|adopted|signed|expires?|expired|lapses?|ends?|due|ceases? to (?:have effect|apply|be in force)))"
    r"(?:\s(?:at|in)\s[^,;]{1,40})?\s$",
    re.IGNORECASE,
)


def _read_day(match: re.Match[str], published: str | None) -> str | None:
    return day(match["day"], (published or "")[:4])


def _make_instant(match: re.Match[str], published: str | None, authority: str) -> str | None:
    on, clock = _read_day(match, published), _read_clock(match)
    zone = _find_clock_zone(match, authority) if clock else None
    return format_moment(date.fromisoformat(on), clock, zone) if on and clock and zone else on


def _read_clock(match: re.Match[str]) -> time | None:
    """The clock time that is printed, if it is one."""
    if not match["hour"] or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    # 12:30 a.m. is half past midnight
    hour = hour % NOON + (NOON if half == "p" else 0) if half else hour
    return time(hour, int(match["minute"]))


def _find_clock_zone(match: re.Match[str], authority: str) -> tzinfo | None:
    """Find the zone of a clock time; None if unknown."""
    said = next(
        filter(None, map(match.group, ("bracketed", "zone", "bracketed_behind", "zone_behind"))),
        None,
    )
    return find_zone(said, authority) if said else current().known_zone(authority)


def drop_replaced(text: str) -> str:
    """Leave out the words of an earlier act that this one replaces: their days count no more."""
    return REPLACED.sub("", text) if "eplace" in text or "ubstitut" in text else text


def end(text: str, begins: str | None, quote: str = "") -> End | None:
    """The last day of effect: printed, or computed from a duration and the start."""
    text = drop_replaced(text)
    match = next(
        (match for match in END.finditer(text) if not WOULD.search(text, 0, match.start())), None
    )
    if match and (on := day(match["day"], (begins or "")[:4])):
        return End(on, "explicit", quote=quote or text)
    match = DURATION.search(text)
    length = parse_number(match["length"]) if match else None
    if (
        match
        and length
        and begins
        and (last := add_duration(begins[:10], length, UNITS[match["unit"].lower()]))
    ):
        return End(
            last,
            "computed",
            duration=f"P{length}{UNITS[match['unit'].lower()]}",
            quote=quote or text,
        )
    return None
