"""Days, starts and ends in the words of an act → ISO dates; durations are computed from the
start.
"""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from monitor.days import add_duration, format_moment
from monitor.model import End, Start
from monitor.names.numerals import parse_number
from monitor.vocabulary.countries import CAPITALS

DAY = (
    r"(?P<y{n}>\d{4}|(?<![\d第])1\d\d(?=年)|(?<=民国)(?:\d{2,3}|一百[〇零○一二三四五六七八九十]{1,3})|[〇零○一二三四五六七八九]{4})年(?P<m{n}>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<d{n}>\d{1,2}|[一二三四五六七八九十]{1,3})日(?:(?P<h{n}>\d{1,2})(?:时|点|:)(?:(?P<i{n}>\d{1,2})分?)?)?"
)
REPUBLIC = 1911  # the year before the first of the Republic of China, by whose years Taiwan counts
FULL_DAY = re.compile(DAY.replace("{n}", ""))
ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
DOTTED = re.compile(r"\s*(\d{4})\.(\d{1,2})\.(\d{1,2})\s*")
PUBLICATION = r"(?P<publication>(?:[本此]?(?:公告|决定|令|通知|通告)?(?:公布|发布|签发|公告|印发|刊登)(?:之[日时]|当?日|时)))"
# the day on which an act says that it is published, before what begins with that
PUBLISHED_ON = re.compile(rf"(?:于|在){DAY.replace('{n}', '1')}(?:向社会|正式|对外)?(?:公布|发布)")
IMMEDIATE = r"(?P<immediate>即日|今日|本日)"
SPOKEN = r"(?P<sm>\d{1,2})月(?P<sd>\d{1,2})日"
ON_ISSUE = "(?:公布|发布)并"
# A day that opens a clause and is followed by what begins needs no 自: `2030年4月1日起施行`.
UNSAID = (
    r"(?:(?:(?<![\w至到])|(?<=公告)|(?<=条款)|(?<=禁令)|(?<=决定)|(?<=措施)|(?<=命令)|(?<=本令)|(?<=即))(?=\d{4}年\d{1,2}月\d{1,2}日(?:零[时点]|\d{1,2}[时点])?"
    rf"(?:起|恢复|(?:正式|{ON_ISSUE})?(?:实施|施行|生效|执行)(?!日期))))"
)
# `自公布之日起三十日后` begins on another day than that of its publication; in `于…至…向某部申报` somebody only
# applies.
LATER = r"(?!起(?:第|满)?[\d一二三四五六七八九十]{1,4}(?:个月|个工作日|日|天)(?:之?后|起))"
APPLIES = r"(?!至[^,。;]{0,30}(?:申报|申请|报名|提交|反馈|受理|公示)|起(?:开始|正式|可以?)?(?:接受|受理|提[出交]))"
FROM = rf"(?:自|从|于|有效期为|期限为|(?:暂停|中止)期间?为|(?=即日起)|{UNSAID})(?:中华民国)?"
START = re.compile(
    rf"{FROM}(?:{PUBLICATION}{LATER}|{IMMEDIATE}|{DAY.replace('{n}', '1')}|{SPOKEN})(?:零时)?(?:\(含(?:当[日天])?\))?{APPLIES}"
    rf"(?=起|至|开始|(?:正式|{ON_ISSUE})?(?:实施|施行|生效)(?!日期)|(?<=[日时)])(?:恢复|停止|终止|取消|解除|并入|纳入|转入|移出))"
)
RUNS_OUT = r"(?=\d{4}年\d{1,2}月\d{1,2}日(?:期满|届满|到期))"  # the day needs no 至 before it
CLOSES = "(?:使用|有效|执行|实施|适用)(?:期限?)?截止(?:日期|时间)?[为:]"
END = re.compile(rf"(?:至|到|止于|{CLOSES}|{RUNS_OUT})(?:中华民国)?{DAY.replace('{n}', '2')}")
LENGTH = r"(?P<length>\d{1,3}|[一二两三四五六七八九十百]+)"
DURATION = re.compile(
    r"(?:暂停|中止|再停|试行|实施|措施|(?<!保[存管])(?<!留存)期限|为期|有效期|延长|(?<!保存)期(?!限))"
    rf"(?:(?!不(?:少于|低于|得))[^,。;]){{0,60}}?(?<![\d月年第]){LENGTH}(?P<unit>天|日|个月|"
    rf"年)(?![\d月第度内])"
)
# How long what is halted is so: `在90天内，对…暂停适用…`.
WITHIN = re.compile(
    rf"(?<!应)(?<!应当)(?:在|起,?){LENGTH}(?P<unit>天|日|个月|年)之?内[^。"
    r";]{0,100}?(?:暂停|中止)(?!期)"
)
UNITS = {"天": "D", "日": "D", "个月": "M", "年": "Y"}
BEIJING = ZoneInfo(CAPITALS["cn"])  # by whose clock Chinese acts are told
HOURS, MINUTES = 24, 60


def day(match: re.Match[str], n: str = "") -> str | None:
    """The ISO date (with a clock time and offset where one is printed) of a matched day; nothing
    for an impossible one.
    """
    year, month, dayno = (parse_number(match[f"{part}{n}"] or "") for part in "ymd")
    if year and year < REPUBLIC:
        year += REPUBLIC
    try:
        calendar_day = date(year or 0, month or 0, dayno or 0)
    except ValueError:
        return None
    hour = match[f"h{n}"]
    if not hour or int(hour) >= HOURS or int(match[f"i{n}"] or 0) >= MINUTES:
        return calendar_day.isoformat()
    return format_moment(calendar_day, time(int(hour), int(match[f"i{n}"] or 0)), BEIJING)


def first_day(text: str) -> str | None:
    """The first full date in a text, without its time."""
    if match := FULL_DAY.search(text):
        iso = day(match)
        return iso[:10] if iso else None
    if match := ISO_DAY.search(text) or DOTTED.fullmatch(text):
        return _make_iso_date(match)
    return None


def _make_iso_date(match: re.Match[str]) -> str | None:
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return None


TOLD = re.compile(
    r"(?:(?=\d{4}年[^,]{0,10}(?:以来|[月日]),)|[^,。;\d]{2,24}?[部署局委制会](?:曾|已)?[于在])"
    r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?(?:以来)?(?![\d前底至起末]|以?前|期间),?"
)
OF_NOW = re.compile(
    r"现|决定|[起至]|届满|到期|失效|恢复|继续|同时|将于|本(?:公告|令)|;|期间|不得|应当?|须|停止|暂停|移出|解除|取消"
)


def is_before(text: str, published: str | None) -> bool:
    """Return whether a sentence opens with a day before the act's, and says nothing of now:
    `2030年4月,某部将甲公司列入…`.
    """
    if tells_earlier_act(text, published) or tells_earlier_stay(text, published):
        return True
    if tells_history(text, published):
        return True
    told = TOLD.match(text)
    if not told or not published or OF_NOW.search(text, told.end()):
        return False
    day = "-".join(part.zfill(2) for part in told.groups() if part)
    return day < published[: len(day)]


def opens_before(text: str, published: str | None) -> bool:
    """Return whether a sentence opens with a day before the act's."""
    opening = FULL_DAY.match(text)
    return bool(opening and (day(opening) or "") < (published or ""))


_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_ISSUES = "(?:发布|公布|印发|作出|宣布)"
EARLIER = re.compile(
    rf"{_DAY},[^,。;]{{0,24}}?[部署局委制会][^,。;]{{0,12}}?{_ISSUES}"
    rf"|(?:[^。;\d]{{0,200}},)?[^,。;\d]{{1,40}}[部署局委制会](?:曾|已)?(?:决定)?[于在]{_DAY}(?:决定)?(?:{_ISSUES}|[将把])"
    # who is on a list since then: `甲公司于2030年3月6日列入…`
    rf"|(?:[^。;\d]{{0,200}},)?[^,。;\d将把对决]{{2,200}}(\d{{4}})年(?:(\d{{1,2}})月(?:(\d{{1,2}})日)?)?被?(?:列入|纳入|列为)[^,。;]*(?:[。;]|$)"
)
BUT_NOW = re.compile(r"现[予将就决]|[起至]|恢复|继续|移出|解除|;")


def tells_earlier_act(text: str, published: str | None) -> bool:
    """Return whether a sentence tells what was published on an earlier day
    (`2030年3月6日,某部发布公告,决定将甲公司列入…`).
    """
    told = EARLIER.match(text)
    if not told or not published or BUT_NOW.search(text, told.end()):
        return False
    return "-".join(part.zfill(2) for part in told.groups() if part) < published


STAYED = re.compile(
    rf"[^。;]{{0,200}}?号[^。;\d]{{0,30}}[自从]{_DAY}(?:\d{{1,2}}[时点])?起,?(?:暂停|中止|停止)"
    r"(?![^。;]*(?:现[予将就决]|决定|兹|继续|恢复|延长|展期|同意))"
)


def tells_earlier_stay(text: str, published: str | None) -> bool:
    """Return whether a sentence tells that an earlier act was halted, a month or more before the
    act.
    """
    told = STAYED.match(text)
    if not told or not published:
        return False
    begun = "-".join(part.zfill(2) for part in told.groups() if part)
    return (add_duration(begun, 1, "M") or begun) < published


# Of a recital: the days that open it, or an issuer or an act that did something once; and what turns
# from there to now.
_SHORT_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
RECITAL = re.compile(
    rf"(?:[^,。;\d]{{1,40}}[部署局委制会](?:曾|已)?于)?(?P<since>{_DAY})"
    rf"(?:(?:[、和及与]{_SHORT_DAY}){{0,3}}(?:以来|起|,)|(?=暂停|停止|中止|取消|恢复|解除|禁止))"
    # what an act did in a past month, or was done with it
    r"|(?P<month>\d{4}年\d{1,2}月),(?=[^。;]*(?:\d号|暂停|中止|恢复|延长))"
    r"|(?:同年|当年)\d{1,2}月,[^,。;]{0,40}\d号(?:公告|令)?(?=[将对把就使]|暂停|中止|停止|恢复|延长)"
    r"|[^,。;]{0,60}(?:号(?:公告|令|决定|通知)?|[部署局委会制方])曾(?=[经于就对将以依根发公宣决])"
    # an act did it to another one: `第7号公告暂停实施第5号公告`
    r"|(?!本)[^,。;《》]{0,40}\d号(?:公告|令)?(?:已|决定)?(?:暂停|中止|停止|恢复|延长)(?:实施|执行|适用)?"
    r"(?=[^,。;、《》]{0,40}\d号)"
)
TURNS = re.compile(
    r"(?<![发出实体表])现(?![有场行任金])|,[^,。;]*决定|,(?:经|鉴于|由于|因|考虑到|根据|依据|为)[^,。;]*,|予以|兹|特此"
    r"|自(?:即日|本|今)|本(?:公告|决定|令|通知|机制)|继续|仍|同时|应当?|须|将(?:于|自|会|继续)"
)


def tells_history(text: str, published: str | None) -> bool:
    """Return whether a sentence only recites what was done a month or more before the act, or once
    (`2030年4月4日、8月12日起,对部分实体暂停…`, `2030年4月,某部以…`, `某部曾对…`).
    """
    bare = IN_BRACKETS.sub("", text)  # the titles of acts, which decide nothing here
    if THROUGH.match(bare) and published:
        return _tells_acts_through(bare, published)
    told = RECITAL.match(text)
    if not told or not published or TURNS.search(text, told.end()):
        return False
    days = [on[:10] for match in FULL_DAY.finditer(text) if (on := day(match))]
    if told["month"]:
        year, month = told["month"].rstrip("月").split("年")
        return f"{year}-{month:0>2}" < published[:7] and all(on <= published for on in days)
    old = not told["since"] or (bool(days) and (add_duration(days[0], 1, "M") or "") < published)
    return old and all(on <= published for on in days)


# No act does anything through another one: what it says of that one's deeds, and of what came of
# them later, is history.
IN_BRACKETS = re.compile(r"\([^()]*\)")
BY_ACT = re.compile(
    r"(?:[以由经](?:(?!决定|暂停)[^,。;以由经]){0,24}?|(?:依(?!法)|据|按照?)(?:(?!决定|暂停)[^,。;以由经对将就把《法]){0,24}?)"
    r"\d号(?:公告|令)?(?:的?规定)?(?:宣布|明确|决定|暂停|停止|中止|延长|顺延|恢复|展期|将|对)(?![^,。;]{0,16}的)"
)
THROUGH = re.compile(rf"(?:(?!决定|现[予将就决]|兹)[^。;]){{0,200}}?{BY_ACT.pattern}")
OF_THEN = re.compile(
    rf"[^,。;]{{0,200}}?{BY_ACT.pattern}[^,。;]*|(?:其后|此后|嗣后|随后|后来)[^,。;]*"
)
OF_THIS = re.compile(r"[自从于]\d|恢复|废止|失效|终止|取消|解除|撤销|不再|移[出除]|列[入为]")


def _tells_acts_through(text: str, published: str) -> bool:
    """Return whether all that a sentence tells was done by earlier acts."""
    rest = ",".join(OF_THEN.sub("", clause) for clause in text.split(","))
    told = THROUGH.match(text)
    if not told or TURNS.search(text, told.end()) or OF_THIS.search(rest):
        return False
    return all(on[:10] <= published for match in FULL_DAY.finditer(rest) if (on := day(match)))


def start(text: str, published: str | None) -> tuple[Start, int, int] | None:
    """Read a start, and where its words stand. A start on publication needs the act's date."""
    return next(list_starts(text, published), None)


def list_starts(text: str, published: str | None) -> Iterator[tuple[Start, int, int]]:
    """Read all starts of a text."""
    for match in START.finditer(text):
        if on := _start_day(match, published):
            yield Start(on, _read_basis(match)), match.start(), _skip_since_word(text, match.end())


def _read_basis(match: re.Match[str]) -> Literal["explicit", "publication", "immediate"]:
    if match["publication"]:
        return "publication"
    return "immediate" if match["immediate"] else "explicit"


def _start_day(match: re.Match[str], published: str | None) -> str | None:
    if match["publication"] or match["immediate"]:
        out = PUBLISHED_ON.search(match.string, 0, match.start())
        return (out and day(out, "1")) or published
    if match["sm"]:
        return _make_day_in_year(published, int(match["sm"]), int(match["sd"]))
    return _read_midnight(match) or day(match, "1")


def _read_midnight(match: re.Match[str]) -> str | None:
    """24时, with which the next day begins; nothing for any other time."""
    if int(match["h1"] or 0) != HOURS or int(match["i1"] or 0) or not (on := day(match, "1")):
        return None
    try:
        return format_moment(date.fromisoformat(on) + timedelta(days=1), time(), BEIJING)
    except OverflowError:
        return None


UNTIL = re.compile(r"(?<![年\d])(\d{1,2})月(\d{1,2})日(?:24时)?(?:失效|止|届满|到期|截止)")


def spoken_end(text: str, published: str | None) -> tuple[End, int, int] | None:
    """The last day where its year is left out (`12月31日失效`): the first such day after the act's
    own.
    """
    match = UNTIL.search(text)
    on = _make_day_in_year(published, int(match[1]), int(match[2])) if match else None
    if not match or not on or not published or on < published:
        return None
    return End(on, "explicit"), match.start(), match.end()


def _make_day_in_year(published: str | None, month: int, dayno: int) -> str | None:
    try:
        return date(int(published[:4]), month, dayno).isoformat() if published else None
    except ValueError:
        return None


def _skip_since_word(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == "起" else end


UNSAID_YEAR = re.compile(r"(?:至|到)(\d{1,2})月(\d{1,2})日(?!起)")  # `自2030年1月1日至12月31日`


def end(text: str, begins: str | None) -> tuple[End, int, int] | None:
    """The last day of effect, with where the words stand: printed, or computed from a duration
    and the start.
    """
    extended = text.find("延长")  # what stands before it is the end that is no more
    match = END.search(text, max(extended, 0)) or END.search(text)
    if match and (on := day(match, "2")):
        return End(on, "explicit"), match.start(), match.end()
    if (
        (match := UNSAID_YEAR.search(text))
        and (on := _make_day_in_year(begins, int(match[1]), int(match[2])))
        and on > (begins or "")
    ):
        return End(on, "explicit"), match.start(), match.end()
    for match in (*DURATION.finditer(text), *WITHIN.finditer(text)):
        length = parse_number(match["length"])
        if length and begins and (last := add_duration(begins[:10], length, UNITS[match["unit"]])):
            return (
                End(last, "computed", duration=f"P{length}{UNITS[match['unit']]}"),
                match.start("length"),
                match.end(),
            )
    return None
