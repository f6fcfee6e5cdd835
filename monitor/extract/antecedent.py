"""Whom `上述5人` or `上述基金会` means: the names an earlier sentence printed."""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.names import Piece
from monitor.extract.normal import Line
from monitor.extract.numerals import NUMERAL, number

POINTS_BACK = re.compile(
    rf"(?:上述|前述|以上)(?:(?P<count>{NUMERAL})(?:家|名|位|个)?)?(?P<what>人员|人|基金会|协会|学会|公司|企业|机构|组织|单位)"
)
QUOTED = re.compile(r"\"[^\"]{2,24}\"(?:[、和与及]\"[^\"]{2,24}\")*")
# Names of persons stand between commas, or at the head of a clause before `等`.
PERSONS = re.compile(
    r"(?:^|(?<=[,。;:]))[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})*?(?:(?:、|和|与|及)[\u4e00-\u9fff]{2,4}?)(?=等|[,。;])"
)
ANY_ORGANISATION = frozenset({"企业", "机构", "组织", "单位"})
JOINT = re.compile("[、和与及]")


def meant(who: Piece, body: Sequence[Line]) -> Piece:
    """The names that `who` points back to, the nearest that fit; `who` itself where it points nowhere or none do."""
    points = POINTS_BACK.match(who.text)
    if not points or who.line not in body:
        return who
    count = number(points["count"]) if points["count"] else None
    earlier = _before(who, body, PERSONS if points["what"].startswith("人") else QUOTED)
    return next((run for run in earlier if _fits(JOINT.split(run.text), points["what"], count)), who)


def _before(who: Piece, body: Sequence[Line], names: re.Pattern[str]) -> Iterator[Piece]:
    """The runs of names before a place, backwards."""
    for each in reversed(body[: body.index(who.line) + 1]):
        end = who.start if each is who.line else len(each.text)
        for match in reversed(list(names.finditer(each.text, 0, end))):
            yield Piece(each, *match.span())


def _fits(names: Sequence[str], what: str, count: int | None) -> bool:
    if count not in (None, len(names)):
        return False
    return what.startswith("人") or what in ANY_ORGANISATION or all(name.strip('"').endswith(what) for name in names)
