"""What a page says of itself in its first and last lines: number and key, date, issuer."""

import re
from collections.abc import Sequence

from monitor import vocabulary
from monitor.extract.named import Phrase
from monitor.extract.zh import dates, issuers, references
from monitor.extract.zh.lines import Line
from monitor.extract.zh.numerals import NUMERAL, number

FIELD = re.compile(r"【(发布单位|发布文号|发文日期|发布日期|成文日期|实施日期)】(.*?)(?=【|$)")
YEAR_ALONE = re.compile(
    rf"(?:公告|通告|\()?[\[(]?(?P<year>\d{{4}}|[〇零○一二三四五六七八九]{{4}})(?:年|[\])])第?(?P<number>{NUMERAL})号\)?$"
)
ORDER = Phrase(lambda: rf"(?P<issuer>{issuers.names()})令(?:\(?)第(?P<number>{NUMERAL})号")
ORDERED = Phrase(lambda: rf"(?:{issuers.names()})令")
ORDER_ALONE = re.compile(rf"第(?P<number>{NUMERAL})号$")
EARLY = 5  # lines of the body
DATED = re.compile("(?:发文|发布|成文|公告|签发)(?:日期|时间)?:")
CORRECTS = re.compile("更正|勘误|补正")
SIGNATURE = re.compile(rf"(?!【)[^\d。,;:]{{0,40}}?{dates.FULL_DAY.pattern}$")


def fields(lines: Sequence[Line]) -> dict[str, Line]:
    """The header fields (`【发布文号】…`)."""
    return {match[1]: line.part(*match.span(2)) for line in lines for match in FIELD.finditer(line.text)}


def published(body: Sequence[Line], fields: dict[str, Line], page: str | None, url: str) -> str | None:
    """The act's own date: signature, header field, promulgation; the page's date only where the act bears none."""
    signed = next((day for line in reversed(body) if SIGNATURE.match(line.text) and (day := dates.first_day(line.text))), None)
    days = [fields[name] for name in ("发文日期", "成文日期", "发布日期") if name in fields]
    days += [line for line in body[:EARLY] if DATED.match(line.text)]
    field_day = next((day for line in days if (day := dates.first_day(line.text))), None)
    issued = next((day for line in body[:4] if "公布,自" in line.text and (day := dates.first_day(line.text))), None)
    return signed or field_day or issued or page or _header_day(body) or _url_day(url)


def _header_day(body: Sequence[Line]) -> str | None:
    bare = (line for line in body[:5] if len(line.text) < 60 and "。" not in line.text and dates.ISO_DAY.search(line.text))
    return next((dates.first_day(line.text) for line in bare), None)


def _url_day(url: str) -> str | None:
    match = re.search(r"/t(\d{4})(\d\d)(\d\d)_", url)
    return dates.first_day("-".join(match.groups())) if match else None


def own_number(title: Line, head: Sequence[Line], fields: dict[str, Line], when: str | None) -> tuple[str | None, str | None]:
    """The act's own number as printed, and its key."""
    year = int(when[:4]) if when else None
    corrects = CORRECTS.search(title.text)
    for line in (*(fields[name] for name in ("发布文号",) if name in fields), title, *head):
        if corrects and line is not title and "。" in line.text:
            continue  # the number that opens its sentence is that of the act which is put right
        if own := _leading_reference(line):
            return line.said(_issuer_start(line, own), own.end), own.key
        if order := _own_order(line):
            return line.said(order.start("issuer"), order.end()), _order_key(order, dates.first_day(line.text), year)
    return _spread_number((title, *head), year)


def _leading_reference(line: Line) -> references.Reference | None:
    """A number that opens a line (`商务部公告2025年第1号 …`) is the act's own; one inside a sentence is another's."""
    reference = next(iter(references.references(line.text)), None)
    bracketed = line.text.startswith("(") and line.text.endswith(")")
    if reference and reference.issued and reference.key and _issuer_start(line, reference) == int(bracketed):
        return reference
    return None


def _issuer_start(line: Line, reference: references.Reference) -> int:
    before = references.BEFORE.search(line.text[: reference.start])
    return before.start() if before else reference.start


def _own_order(line: Line) -> re.Match[str] | None:
    match = ORDER.search(line.text)
    own = match and (line.text.startswith("(") or line.text[: match.start()] in ("", "中华人民共和国"))
    return match if own else None


def _order_key(order: re.Match[str], day: str | None, year: int | None) -> str | None:
    when = int(day[:4]) if day else year
    issuer = issuers.BY_NAME.get(order["issuer"])
    series = issuer.numbers(order=True) if issuer else ""
    return f"{series}-{when}-{number(order['number'])}" if when and series else None


def _spread_number(head: Sequence[Line], year: int | None) -> tuple[str | None, str | None]:
    """A number alone on its line, under the lines that name the issuer."""
    for place, line in enumerate(head):
        match = YEAR_ALONE.fullmatch(line.text) or ORDER_ALONE.fullmatch(line.text)
        above = "".join(map(_named_there, head[max(0, place - 4) : place]))
        lead = issuers.first(above) if match else None
        when = number(match["year"]) if match and "year" in match.groupdict() else year
        order = bool(ORDERED.search(above))
        series = lead.issuer.numbers(order=order) if lead else ""
        if match and lead and series and when:
            kind = "令" if order else "公告"
            return f"{lead.issuer.name}{kind}{line.said(0, len(line.text))}", f"{series}-{when}-{number(match['number'])}"
    return None, None


def _named_there(line: Line) -> str:
    """What a line above a number says of its issuer; of a title only who opens it: all else is what the act is on."""
    if not line.text.endswith(("的公告", "的决定", "的通告")):
        return line.text
    lead = issuers.opening(line.text)
    return lead.name if lead else ""


def authority(title: Line, body: Sequence[Line], key: str | None) -> str:
    """Who issued it: as the key says, else the title, the signature, the text."""
    if key:
        return vocabulary.issuer(key)
    signed = [line.text for line in body[-6:] if len(line.text) < 30]
    texts = [title.text, *reversed(signed), "".join(line.text for line in body)]
    return next((known.issuer.authority for text in texts if (known := issuers.first(text))), "")
