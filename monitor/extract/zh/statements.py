"""Read what an office decides in a statement or a reply, without its questions, threats and
recollections.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from monitor.extract import gate, subject, why
from monitor.extract.words import find_live
from monitor.extract.zh import grammar, list_changes, net, reports
from monitor.extract.zh.acts import join_partial_changes, make_announcement
from monitor.extract.zh.annexes import BELOW
from monitor.extract.zh.lines import Line
from monitor.extract.zh.measures import make_measures, read_effects
from monitor.extract.zh.names import Piece, read_entities
from monitor.extract.zh.operations import Context, Operation, split_sentences
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GATE, IMPOSED, LISTS, SUBJECTS, TABLES, blot_titles
from monitor.model import IN_PART, Action, Fact, Mentions, Unread
from monitor.names.numerals import parse_number
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS

WORDS = CHINESE.table("pages")

MINISTRY = "cn-mfa"  # its spokespeople also impose
FROM_THE_TEXT = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL})


def read_reply(page: Sections, url: str) -> list[Fact]:
    """A spokesperson's reply: the act itself where it changes an earlier act from a day it
    names; else at most its echo.
    """
    series = MOFCOM_ANNOUNCEMENTS.code if page.authority == "cn-mofcom" else ""
    context = Context(
        series=series, published=page.published, year=page.year, register=_find_title_register(page)
    )
    operations = [
        operation
        for line in page.deciding
        for operation in grammar.read_line_operations(line, context)
    ]
    operations = _name_those_eased(operations, page, context)
    acts = [each for each in operations if _is_act_by_itself(each, page.authority)]
    acts = acts or _keep_sanctions(page, operations)
    if acts and page.authority:
        if _is_to_come(page):
            quote = acts[0].piece.line.raw.strip()
            return [net.make_published_act(page, url, authority=page.authority, quote=quote)]
        return [make_announcement(page, url, make_measures(page, acts, []))]
    marks = WORDS.imposes if page.authority in (MINISTRY, *IMPOSED) else WORDS.spoken
    if page.authority and (decided := next(_list_decided(page, marks), None)):
        quote = decided.quote
        return [net.make_published_act(page, url, authority=page.authority, quote=quote)]
    why.explain_page("a reply that repeats an act, or announces none", page.title.raw)
    return reports.read_report(page, url, "restatement")


def _name_those_eased(
    operations: list[Operation], page: Sections, context: Context
) -> list[Operation]:
    """The operations; what eases an earlier act only for some is done to those it names."""
    partial = [each for each in operations if each.unclear in IN_PART.values()]
    named = [
        operation
        for each in partial
        for operation in list_changes.read_changes_to_named(each.piece, page, context)
    ]
    return join_partial_changes(operations, named)


def _is_to_come(page: Sections) -> bool:
    """Return whether an answer says that the act itself will be published later."""
    return any(
        WORDS.to_come.search(blot_titles(sentence.text))
        for line in page.deciding
        for sentence in split_sentences(line)
        if not WORDS.hearsay.search(sentence.text)
    )


def _list_decided(page: Sections, verbs: re.Pattern[str]) -> Iterator[Piece]:
    """The sentences of a reply that change the law by themselves with one of these verbs, and
    gave no complete fact.
    """
    for line in page.deciding:
        announced = asked = False
        for sentence in split_sentences(line):
            seen = blot_titles(sentence.text)
            asked = bool(WORDS.asked.match(seen) or (asked and not WORDS.answers.match(seen)))
            announced = announced or bool(TABLES.announces.search(seen))
            decides = TABLES.decides.search(seen)
            if (
                announced
                or not decides
                or asked
                or WORDS.hearsay.search(seen)
                or WORDS.welcomes.search(seen)
                or not verbs.search(seen, decides.end())
                or not WORDS.speaks.search(seen[: decides.start()])
            ):
                continue
            own = page.authority in IMPOSED
            if bar := gate.find_bar(seen, decides.start(), GATE, speaker=own):
                why.explain_sentence(bar, sentence.text)
            elif own or SUBJECTS.ours.search(seen):
                yield sentence


def report_decisions(page: Sections, url: str) -> list[Fact]:
    """Report what the press says that an authority without published acts has decided."""
    operations = _read_decisions(page, page.deciding) if page.authority in IMPOSED else []
    if not operations:
        return []
    named = (entity for each in operations if each.who for entity in read_entities(each.who))
    mentions = Mentions(
        registers=tuple(dict.fromkeys(each.register for each in operations if each.register)),
        entities=tuple({str(entity.names): entity for entity in named}.values()),
    )
    return [reports.make_report(page, url, "press", mentions)]


def read_statement(page: Sections, url: str) -> list[Fact]:
    """Read what an authority without published acts decides on a page of any form."""
    operations = _read_decisions(page, page.deciding)
    if operations:
        begun = read_effects(page.body, page.published)
        return [make_announcement(page, url, make_measures(page, operations, begun))]
    if operations := _read_decisions(page, [page.title]):
        reading = make_measures(page, operations, [])
        reading.unread.append(Unread("body", "only the title could be understood", page.title.raw))
        return [make_announcement(page, url, reading)]
    decided = next(_list_decided(page, WORDS.imposes), None)
    if decided and not subject.find_foreign_subject(net.list_sentences(page), SUBJECTS):
        quote = decided.quote
        return [net.make_published_act(page, url, authority=page.authority, quote=quote)]
    why.explain_page("a statement in which the office decides nothing", page.title.raw)
    return reports.read_report(page, url, "restatement")


def _find_title_register(page: Sections) -> str | None:
    return next((register for name, register in LISTS.items() if name in page.title.text), None)


def _is_act_by_itself(operation: Operation, authority: str | None) -> bool:
    """Return whether a reply changes the law: it ends or suspends named measures, from or until a
    day, and repeats no act that does so.
    """
    said = operation.piece.text
    # the ministry's spokespeople lift what no other act does
    speaker = WORDS.answers.match(said) if authority == MINISTRY else None
    return (
        operation.action in FROM_THE_TEXT
        and not TABLES.announces.search(said, speaker.end() if speaker else 0)
        and bool(operation.references or operation.who)
        and bool(operation.starts or operation.ends)
    )


def _keep_sanctions(page: Sections, operations: list[Operation]) -> list[Operation]:
    """The foreign ministry also decides by word of channel: names and concrete measures, and no
    order that says it already.
    """
    text = "".join(line.text for line in page.body)
    titled = re.search("制裁|反制", page.title.text)
    if (
        page.authority != MINISTRY
        or not titled
        or "外交部令" in text
        or not find_live(WORDS.concrete, text)
    ):
        return []
    return [
        operation
        for operation in operations
        if operation.action is Action.ADD
        and operation.decided
        and operation.who
        and read_entities(operation.who)
    ]


NEAR = 12  # characters: more than any of these words
PERSONS = frozenset({"人", "人员", "分子"})
ANY_ORGANISATION = frozenset({"企业", "机构", "组织", "单位"})


def _read_decisions(page: Sections, lines: Iterable[Line]) -> list[Operation]:
    """Read the operations with names, without repetitions about the same people."""
    context = Context(authority=page.authority, year=page.year, published=page.published)
    recalls = WORDS.conference.search(page.text)  # where most is said of what was done before
    kept: dict[tuple[Action, str | None], set[str]] = {}
    operations: list[Operation] = []
    for operation in (
        operation
        for line in lines
        if not WORDS.asked.match(line.text)
        for operation in grammar.read_line_operations(line, context)
    ):
        if not operation.who or not _is_decided(operation, operation.who):
            continue
        text = operation.piece.text
        if recalls and not (
            operation.decided or "即日起" in text or find_live(WORDS.concrete, text)
        ):
            continue
        who = _find_meant(operation.who, page.body)
        names = {str(entity.names) for entity in read_entities(who)}
        known = kept.setdefault((operation.action, operation.register), set())
        if names - known or BELOW.search(text):
            operations.append(replace(operation, who=who))
        known |= names
    return operations


def _is_decided(operation: Operation, who: Piece) -> bool:
    """Return whether a sentence decides, and does not ask, warn or recall; `决定` suffices."""
    text = operation.piece.text
    before = who.line.text[max(operation.piece.start, who.start - 1 - NEAR) : who.start - 1]
    return (
        not WORDS.hearsay.search(text)
        and not WORDS.otherwise.search(before)
        and not WORDS.intends.search(who.text)
        and (operation.decided or not TABLES.doubt.search(text))
    )


def _find_meant(who: Piece, body: Sequence[Line]) -> Piece:
    """The names that `who` points back to, the nearest that fit; `who` itself where it points
    nowhere or none do.
    """
    points = WORDS.points_back.match(who.text)
    if not points or who.line not in body:
        return who
    count = parse_number(points["count"]) if points["count"] else None
    forms = (WORDS.persons, WORDS.heads) if points["what"] in PERSONS else (WORDS.quoted,)
    earlier = chain.from_iterable(_list_runs_before(who, body, form) for form in forms)
    return next(
        (run for run in earlier if _is_fitting(WORDS.joint.split(run.text), points["what"], count)),
        who,
    )


def _list_runs_before(who: Piece, body: Sequence[Line], names: re.Pattern[str]) -> Iterator[Piece]:
    """The runs of names before a place, backwards."""
    for line in reversed(body[: body.index(who.line) + 1]):
        end = who.start if line is who.line else len(line.text)
        for match in reversed(list(names.finditer(line.text, 0, end))):
            yield Piece(line, *match.span())


def _is_fitting(names: Sequence[str], kind: str, count: int | None) -> bool:
    if count not in (None, len(names)):
        return False
    return (
        kind in PERSONS
        or kind in ANY_ORGANISATION
        or all(name.strip('"').endswith(kind) for name in names)
    )
