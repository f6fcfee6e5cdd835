"""What an office decides by word of channel: the operations of a statement, without its questions, threats and recollections."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.extract.zh import operations as grammar
from monitor.extract.zh.clauses import Context, Operation
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, listed
from monitor.extract.zh.numerals import NUMERAL, number
from monitor.extract.zh.phrases import DOUBT
from monitor.extract.zh.sections import Sections
from monitor.model import Action
from monitor.vocabulary.letters import HAN_RANGE

ASKED = re.compile(r"^(?:[^:。]{0,20}记者[^:。]{0,6}|问):")
HEARSAY = re.compile(r"[?？]$|请问|有消息|有传|据传|据报|有媒体|有舆论")
# What stands before the verb: it was done before, is not done, or is what somebody wants done.
OTHERWISE = re.compile(r"(?:已经?|曾经?|不会?|没有|未|是否|会否|要求|呼吁|建议|应该?|可能|此前)(?:依法)?$")
NEAR = 12  # characters: more than any of these words
POINTS_BACK = re.compile(
    rf"(?:上述|前述|以上)(?:(?P<count>{NUMERAL})(?:家|名|位|个)?)?(?P<what>人员|人|基金会|协会|学会|公司|企业|机构|组织|单位)"
)
QUOTED = re.compile(r"\"[^\"]{2,24}\"(?:[、和与及]\"[^\"]{2,24}\")*")
# Names of persons stand between commas, or at the head of a clause before `等`.
PERSONS = re.compile(
    rf"(?:^|(?<=[,。;:]))[{HAN_RANGE}]{{2,4}}(?:、[{HAN_RANGE}]{{2,4}})*?(?:(?:、|和|与|及)[{HAN_RANGE}]{{2,4}}?)(?=等|[,。;])"
)
ANY_ORGANISATION = frozenset({"企业", "机构", "组织", "单位"})
JOINT = re.compile("[、和与及]")


def decisions(page: Sections, lines: Iterable[Line]) -> list[Operation]:
    """The operations that name somebody; what is said again of the same people is left out."""
    context = Context(authority=page.authority, year=page.year, published=page.published)
    kept: dict[tuple[Action, str | None], set[str]] = {}
    operations: list[Operation] = []
    for operation in (
        operation for line in lines if not ASKED.match(line.text) for operation in grammar.operations(line, context)
    ):
        if not operation.who or not _decided(operation, operation.who):
            continue
        who = meant(operation.who, page.body)
        names = {str(entity.names) for entity in listed(who)}
        known = kept.setdefault((operation.action, operation.register), set())
        if names - known:
            operations.append(replace(operation, who=who))
        known |= names
    return operations


def _decided(operation: Operation, who: Piece) -> bool:
    """Whether a sentence decides rather than asks, warns or recalls; `决定` says so by itself."""
    text = operation.piece.text
    before = who.line.text[max(operation.piece.start, who.start - 1 - NEAR) : who.start - 1]
    return not HEARSAY.search(text) and not OTHERWISE.search(before) and (operation.decided or not DOUBT.search(text))


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
    for line in reversed(body[: body.index(who.line) + 1]):
        end = who.start if line is who.line else len(line.text)
        for match in reversed(list(names.finditer(line.text, 0, end))):
            yield Piece(line, *match.span())


def _fits(names: Sequence[str], kind: str, count: int | None) -> bool:
    if count not in (None, len(names)):
        return False
    return kind.startswith("人") or kind in ANY_ORGANISATION or all(name.strip('"').endswith(kind) for name in names)
