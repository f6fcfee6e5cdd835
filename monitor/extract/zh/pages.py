"""Chinese pages → facts: an act with its measures, a reply that is or repeats one, or its news."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from monitor.document import Document
from monitor.extract import account, codes, gate, referee, subject, terms, why
from monitor.extract.words import find, finds, names_of, phrase
from monitor.extract.zh import dates, forms, headings, issuers, list_changes, net, references
from monitor.extract.zh import lines as markers
from monitor.extract.zh import operations as grammar
from monitor.extract.zh.annexes import BELOW
from monitor.extract.zh.items import FOLLOWING
from monitor.extract.zh.leftovers import (
    bans_left,
    days_left,
    entries_left,
    exceptions_left,
    leftovers,
    names_left,
    numbers_left,
    parts_left,
)
from monitor.extract.zh.lines import Line
from monitor.extract.zh.measures import Reading, effects, measures
from monitor.extract.zh.names import Piece, entities_named, listed, mask
from monitor.extract.zh.net import shape, spoken
from monitor.extract.zh.operations import LIMITED, Context, Operation, sentences, settled
from monitor.extract.zh.sections import Form, Sections, read
from monitor.extract.zh.words import (
    BLOCKED,
    CALLS_IT,
    CHINESE,
    COUNTERED,
    GATE,
    GOODS,
    IMPOSED,
    LABELS,
    LISTS,
    NAMESAKE,
    SUBJECTS,
    TABLES,
    blot_titles,
    doubtful,
)
from monitor.model import Action, Announcement, Entity, Fact, Mentions, Report, Unread
from monitor.names.numerals import number
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS

WORDS = CHINESE.table("pages")

PLAIN_LINE = re.compile(r"[。;:,]")
CONTROL_WORDS = phrase(
    lambda: names_of(["出口管制", *LISTS, *(f"列为{label}" for label in LABELS)])
)
MINISTRY = "cn-mfa"  # whose spokespeople also impose
FROM_THE_TEXT = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL})


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a Chinese page announces, repeats or reports; nothing where it does neither."""
    page = read(document, url=url, authority=authority)
    return referee.judge_facts(_facts(page, url, authority), f"{document.title}\n{document.text}")


def _facts(page: Sections, url: str, authority: str | None) -> list[Fact]:
    speaker = issuers.opening(page.title.text) if page.form is Form.OTHER else None
    speaks = speaker is not None and speaker.authority == page.authority
    if (speaks and page.authority in IMPOSED) or (
        authority in IMPOSED and page.form is not Form.LESSON
    ):
        return _statement(page, url)
    if page.form is Form.LESSON:
        why.page("it explains, and decides nothing", page.title.raw)
        return []
    if page.form is Form.REPLY:
        return _reply(page, url)
    if page.form is Form.NEWS:
        why.page("the press tells it", page.title.raw)
        return _report(page, url, "press")
    act = _act(page, url)
    if act or page.form is not Form.OTHER:
        return [act] if act else []
    return _sanctions_reported(page, url)


def _sanctions_reported(page: Sections, url: str) -> list[Fact]:
    """The press, in whatever form, on sanctions that bear the name of no list."""
    names = {str(entity.names): entity for entity in sanctioned(_sentences(page))}
    if not names:
        return []
    mentions = Mentions(registers=(COUNTERED,), entities=tuple(names.values()))
    return [
        Report(
            kind="press",
            title=page.title.raw.strip(),
            url=url,
            published=page.published,
            mentions=mentions,
        )
    ]


def _act(page: Sections, url: str) -> Announcement | None:
    """The act that a page prints: what of it was understood, else that it was published; nothing
    where it prints none.
    """
    if reason := _no_act(page):
        why.page(reason, page.title.raw)
        return None
    announcement = (
        _understood(page, url)
        if page.authority
        and not net.is_of_china_abroad(page)
        and not page.title.text.endswith("的函")  # what it grants, it grants one firm
        and (page.form is Form.ACT or not shape(page).missing)
        else None
    )
    known = announcement or net.act(page, url)
    if known and not known.measures and page.form is Form.ACT:
        return known.replace(terms=terms.find_terms(_said(page), CHINESE))
    return known


def _no_act(page: Sections) -> str:
    """Why a page with an act's form is none of ours whatever its sentences say."""
    title = page.title.text
    if (
        WORDS.rules.search(title)
        and not WORDS.on_law.search(title)
        and not any(WORDS.promulgates.search(line.text) for line in page.body)
    ):
        return "a law's text by itself"
    by_title = subject.of_title(title, SUBJECTS)
    always = {*SUBJECTS.as_written["always"], "tariffs"}
    if by_title and not by_title.ours and (by_title.why in always or page.form is not Form.ACT):
        return f"its subject: {by_title.why}" + (
            f" ({by_title.quote})" if by_title.why == "tariffs" else ""
        )
    return ""


def _understood(page: Sections, url: str) -> Announcement | None:
    operations = [
        operation
        for operation in _operations(page)
        if not issuers.is_of_others(operation.piece.text, page.authority)
    ]
    if operations:
        reading = measures(page, operations, effects(page.body, page.published))
        return _announcement(page, url, reading)
    context = Context(series=page.series, year=page.year, published=page.published)
    in_title = grammar.operations(page.title, context, only_decided=False)
    from_title = [
        operation
        for operation in settled(_not_itself(in_title, page))
        if bool(
            operation.who
            or operation.goods
            or operation.references
            or (operation.action is Action.REPLACE)
        )
    ]
    if not from_title:
        return None
    reading = measures(page, from_title, effects(page.body, page.published))
    reading.unread.append(Unread("body", "only the title could be understood", page.title.raw))
    return _announcement(page, url, reading)


def _not_itself(operations: Iterable[Operation], page: Sections) -> list[Operation]:
    """The operations without those on the act itself, which never repeals itself through its own
    title.

    Nor on one whose year is not printed and can't be that of the act: no act knows of a higher
    number than its own.
    """
    own = int(page.key.rpartition("-")[2]) if page.key else 0
    return [
        operation
        for operation in operations
        if not any(
            reference.key == page.key
            or (
                not reference.dated
                and reference.year == page.year
                and reference.series == page.series
                and reference.number > own
            )
            for reference in operation.references
        )
    ]


def _operations(page: Sections) -> list[Operation]:
    context = Context(series=page.series, year=page.year, published=page.published)
    context.blocks = any(
        list_changes.ON_THESE.search(line.text) for line in (page.title, *page.body)
    )
    operations = [
        operation for line in _sentences(page) for operation in grammar.operations(line, context)
    ]
    if by_headings := headings.operations(page, context):
        lines = [sentence for line in _sentences(page) for sentence in sentences(line)]
        return forms.timed(by_headings, lines, context)
    operations += list_changes.change_listed_acts(page, context)
    operations = settled(_not_itself(operations, page))
    on_entities = [operation for operation in operations if operation.who]
    goods = [
        operation for operation in operations if operation.goods and not _names_its_goods(operation)
    ]
    others = [operation for operation in operations if not operation.who and not operation.goods]
    if on_entities:
        return _on_whom(others, on_entities)
    known = _goods_and_others(_one_control(goods, page), others)
    if any(
        operation.goods or operation.register == BLOCKED or operation.action is Action.REPLACE
        for operation in known
    ):
        return _completed(known, page, context)
    return _on_whom(
        known, _not_itself(forms.operations(page, list(_sentences(page)), context, known), page)
    )


def _on_whom(known: list[Operation], others: list[Operation]) -> list[Operation]:
    """All operations; what is done to an earlier act for some of those it lists is not done to the
    whole act.
    """
    eases = (Action.SUSPEND, Action.REMOVE)
    for stay in [each for each in known if each.action in eases or each.unclear == LIMITED]:
        acts = {each.key for each in stay.references}
        for place, other in enumerate(others):
            if (
                ((stay.unclear == LIMITED and other.action in eases) or other.action is stay.action)
                and (other.entities or other.who)
                and stay.piece.line == other.piece.line
                and {each.key for each in other.references} <= acts
            ):
                others[place] = replace(
                    other, references=stay.references, ends=other.ends or stay.ends
                )
                known = [each for each in known if each is not stay]
    return [*known, *others]


def _names_its_goods(operation: Operation) -> bool:
    """Whether a sentence lifts or stays a control of goods that it names itself: that is a form
    of its own.
    """
    eases = operation.action in (Action.REMOVE, Action.SUSPEND, Action.RESUME)
    return (
        eases
        and not FOLLOWING.search(operation.piece.text)
        and bool(codes.tariff_numbers(operation.piece.text))
    )


def _completed(known: list[Operation], page: Sections, context: Context) -> list[Operation]:
    """A blocking order with those whom it protects, a new catalogue with what the act names of
    it.
    """
    lines = list(_sentences(page))
    if any(operation.register == BLOCKED for operation in known):
        all_sentences = [sentence for line in lines for sentence in sentences(line)]
        return forms.timed(list_changes.with_protected(known, page), all_sentences, context)
    summed = forms.summed_up(page, lines, context)
    return [
        replace(operation, read_whole=True, items=summed)
        if operation.action is Action.REPLACE and summed
        else operation
        for operation in known
    ]


def _goods_and_others(goods: list[Operation], others: list[Operation]) -> list[Operation]:
    """What a control amends belongs to it; a list that is replaced is not also amended."""
    amends = any(operation.action is Action.AMEND for operation in others)
    if not goods or (goods[0].action is not Action.AMEND and (goods[0].decided or not amends)):
        return [*goods, *others]
    if any(operation.action is Action.REPLACE for operation in others):
        return others
    changed = tuple(
        reference
        for operation in others
        if operation.action is Action.AMEND
        for reference in operation.references
    )
    return [
        replace(goods[0], action=Action.AMEND, references=changed),
        *goods[1:],
        *(operation for operation in others if operation.action is not Action.AMEND),
    ]


def _one_control(goods: list[Operation], page: Sections) -> list[Operation]:
    """An act controls its goods once; the sentence that decides speaks for those that explain,
    but for none with its own list.
    """
    decided = next((operation for operation in goods if operation.decided), None)
    if decided:
        others = (operation for operation in goods if operation.action is not decided.action)
        return [
            decided,
            *(operation for operation in others if FOLLOWING.search(operation.piece.text)),
        ]
    return goods[:1] if "出口管制" in page.title.text else []


def _sentences(page: Sections) -> Iterable[Line]:
    """The lines that may decide something: those of a law that a decree publishes say what is to
    be, and decide nothing now.
    """
    law = any(WORDS.promulgates.search(line.text) for line in page.body)
    for line in page.body:
        if law and WORDS.articles.match(line.text):
            return
        is_title = line.text == page.title.text and "。" not in line.text
        if not is_title and PLAIN_LINE.search(line.text) and not line.text.startswith("【"):
            yield line


def _announcement(page: Sections, url: str, reading: Reading) -> Announcement:
    unread = [*reading.unread, *_unread_files(page, reading)]
    said = list(_said(page))
    reading.measures[:] = terms.give_terms(reading.measures, terms.read_terms(said, CHINESE))
    if page.form is Form.ACT or (page.form is Form.OTHER and page.authority not in IMPOSED):
        # who speaks says the same thing twice
        unread += leftovers(
            _sentences(page), reading.measures, key=page.key, published=page.published
        )
        unread += parts_left(_sentences(page), reading.measures, unread=unread)
        unread += names_left(page.body, reading.measures, unread=unread)
        for lines in (page.body, *page.annexes):
            unread += entries_left(lines, reading.measures, unread=unread)
        unread += exceptions_left(reading.measures, unread=unread)
        unread += numbers_left(page.body, reading.measures, unread=unread)
        unread += bans_left(page.body, reading.measures, unread=unread)
        unread += days_left(page.body, reading.measures, page.published)
        unread += account.unaccounted(
            list_changes.without_taken(said, reading.measures),
            reading.measures,
            CHINESE.table("account"),
            published=page.published,
            unread=unread,
        )
    why.facts(reading.measures)
    if page.cut:
        unread.append(Unread("text", "the page was cut before its end"))
    if not page.published:
        unread.append(Unread("day", "the day of the act was not understood"))
    return Announcement(
        key=page.known_as(),
        number=page.number,
        authority=page.authority,
        title=page.title.raw.strip(),
        url=url,
        published=page.published,
        language="zh",
        measures=tuple(reading.measures),
        legal_basis=_laws(page),
        attachments=page.attachments,
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _said(page: Sections) -> Iterator[account.Said]:
    """The sentences of an act for its account, with the clause that each belongs to."""
    top = clause = ""
    for line in _sentences(page):
        for sentence in sentences(line):
            if dates.is_before(sentence.text, page.published):
                continue
            mark = markers.MARK.match(sentence.text)
            if mark and (mark["top"] or mark["sub"]):
                top = mark["top"] or top
                clause = top if mark["top"] else f"{top}({mark['sub']})"
            words = sentence.text[mark.end() if mark else 0 :].strip()
            days = {
                dates.day(day)
                for day in dates.FULL_DAY.finditer(sentence.text)
                if not WORDS.of_before.match(sentence.text, day.end())
            }
            quote = sentence.quote
            is_entry = mark is not None and not mark["top"]
            yield account.Said(
                words,
                quote,
                frozenset(on[:10] for on in days if on),
                is_entry=is_entry,
                clause=clause,
            )


def _unread_files(page: Sections, reading: Reading) -> Iterable[Unread]:
    """Attachments whose words are not on the page."""
    if page.annexes or any(measure.entities or measure.items for measure in reading.measures):
        return
    for attachment in page.attachments:
        if "指南" not in attachment.title and "指引" not in attachment.title:
            yield Unread("attachment", "it is a file of its own", attachment.title)


def _laws(page: Sections) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name
            for line in page.body
            if re.search("根据|依据|依照", line.text)
            for name in WORDS.law.findall(line.text)
        )
    )


def _reply(page: Sections, url: str) -> list[Fact]:
    """A spokesperson's reply: the act itself where it changes an earlier act from a day it
    names; else at most its echo.
    """
    series = MOFCOM_ANNOUNCEMENTS.code if page.authority == "cn-mofcom" else ""
    context = Context(
        series=series, published=page.published, year=page.year, register=_register(page)
    )
    operations = [
        operation for line in _sentences(page) for operation in grammar.operations(line, context)
    ]
    acts = [operation for operation in operations if _acts_by_itself(operation)]
    acts = acts or _sanctions(page, operations)
    if acts and page.authority:
        return [_announcement(page, url, measures(page, acts, []))]
    if page.authority and (
        decided := next(
            _decided(page, WORDS.imposes if page.authority == MINISTRY else WORDS.spoken), None
        )
    ):
        return [
            net.published(
                page,
                url,
                authority=page.authority,
                quote=decided.quote,
            )
        ]
    why.page("a reply that repeats an act, or announces none", page.title.raw)
    return _report(page, url, "restatement")


def _decided(page: Sections, verbs: re.Pattern[str]) -> Iterator[Piece]:
    """The sentences of a reply that change the law by themselves with one of these verbs, and
    gave no complete fact.
    """
    for line in _sentences(page):
        announced = False
        for sentence in sentences(line):
            seen = blot_titles(sentence.text)
            announced = announced or bool(TABLES.announces.search(seen))
            decides = TABLES.decides.search(seen)
            if (
                announced
                or not decides
                or WORDS.welcomes.search(seen)
                or not verbs.search(seen, decides.end())
                or not WORDS.speaks.search(seen[: decides.start()])
            ):
                continue
            own = page.authority in IMPOSED
            if bar := gate.bar(seen, decides.start(), GATE, speaker=own):
                why.sentence(bar, sentence.text)
            elif own or SUBJECTS.ours.search(seen):
                yield sentence


def _statement(page: Sections, url: str) -> list[Fact]:
    """What an authority says that publishes no acts but decides by word of channel, in whatever
    form its page has.
    """
    operations = decisions(page, _sentences(page))
    if operations:
        begun = effects(page.body, page.published)
        return [_announcement(page, url, measures(page, operations, begun))]
    if operations := decisions(page, [page.title]):
        reading = measures(page, operations, [])
        reading.unread.append(Unread("body", "only the title could be understood", page.title.raw))
        return [_announcement(page, url, reading)]
    decided = next(_decided(page, WORDS.imposes), None)
    if decided and not subject.out_of(spoken(page), SUBJECTS):
        quote = decided.quote
        return [net.published(page, url, authority=page.authority, quote=quote)]
    why.page("a statement in which the office decides nothing", page.title.raw)
    return _report(page, url, "restatement")


def _register(page: Sections) -> str | None:
    return next((register for name, register in LISTS.items() if name in page.title.text), None)


def _acts_by_itself(operation: Operation) -> bool:
    """Whether a reply's words change the law: they end or suspend named measures, from or until
    a day.
    """
    return (
        operation.action in FROM_THE_TEXT
        and bool(operation.references or operation.who)
        and bool(operation.starts or operation.ends)
    )


def _sanctions(page: Sections, operations: list[Operation]) -> list[Operation]:
    """The foreign ministry also decides by word of channel: names and concrete measures, and no
    order that says it already.
    """
    text = "".join(line.text for line in page.body)
    titled = re.search("制裁|反制", page.title.text)
    if (
        page.authority != MINISTRY
        or not titled
        or "外交部令" in text
        or not find(WORDS.concrete, text)
    ):
        return []
    return [
        operation
        for operation in operations
        if operation.action is Action.ADD
        and operation.decided
        and operation.who
        and listed(operation.who)
    ]


def _report(page: Sections, url: str, kind: Literal["press", "restatement"]) -> list[Fact]:
    lines = [
        line
        for line in _sentences(page)
        if CONTROL_WORDS.search(line.text) and WORDS.ours.search(line.text)
    ]
    context = Context(published=page.published, year=page.year)
    keys: dict[str, None] = {}
    registers: dict[str, None] = {}
    entities: dict[str, Entity] = {}
    for line in lines:
        _mention(line, context, keys, registers, entities)
    if not keys and not registers:
        return []
    mentions = Mentions(
        keys=tuple(keys), registers=tuple(registers), entities=tuple(entities.values())
    )
    return [
        Report(
            kind=kind,
            title=page.title.raw.strip(),
            url=url,
            published=page.published,
            mentions=mentions,
        )
    ]


def _mention(
    line: Line,
    context: Context,
    keys: dict[str, None],
    registers: dict[str, None],
    entities: dict[str, Entity],
) -> None:
    series, year = "", context.year
    for sentence in sentences(line):
        cited = references.references(sentence.text, series=series, year=year)
        series, year = (cited[-1].series, cited[-1].year) if cited else (series, year)
        statement = re.sub("请问[^,。?]*|有何[^,。?]*", "", sentence.text)
        if (
            not (CONTROL_WORDS.search(statement) or WORDS.bars_trade.search(statement))
            or not WORDS.announced.search(statement)
            or doubtful(statement)
        ):
            continue
        keys.update(dict.fromkeys(reference.key for reference in cited if reference.key))
        words = NAMESAKE.sub("", sentence.text)
        names = [name for name in (*LISTS, *GOODS) if name in words]
        registers.update(
            dict.fromkeys(register for name in names if (register := {**LISTS, **GOODS}[name]))
        )
        called = [match for pattern in CALLS_IT for match in finds(pattern, sentence.text)]
        registers.update(dict.fromkeys(LABELS[match["label"]] for match in called))
        masked = mask(sentence.text)
        barred = WORDS.bars_trade.finditer(masked)
        for match in (
            *finds(TABLES.lists_it, masked),
            *finds(TABLES.treats, masked),
            *barred,
            *called,
        ):
            named = listed(sentence.part(*match.span("who")))
            for entity in named:
                entities.setdefault(str(entity.names), entity)


# What an office decides by word of channel: the operations of a statement, without its questions,
# threats and recollections.

NEAR = 12  # characters: more than any of these words
ANY_ORGANISATION = frozenset({"企业", "机构", "组织", "单位"})


def decisions(page: Sections, lines: Iterable[Line]) -> list[Operation]:
    """The operations that name somebody; what is said again of the same people is left out."""
    context = Context(authority=page.authority, year=page.year, published=page.published)
    kept: dict[tuple[Action, str | None], set[str]] = {}
    operations: list[Operation] = []
    for operation in (
        operation
        for line in lines
        if not WORDS.asked.match(line.text)
        for operation in grammar.operations(line, context)
    ):
        if not operation.who or not _decided_in_statement(operation, operation.who):
            continue
        who = meant(operation.who, page.body)
        names = {str(entity.names) for entity in listed(who)}
        known = kept.setdefault((operation.action, operation.register), set())
        if names - known or BELOW.search(operation.piece.text):
            operations.append(replace(operation, who=who))
        known |= names
    return operations


def _decided_in_statement(operation: Operation, who: Piece) -> bool:
    """Whether a sentence decides rather than asks, warns or recalls; `决定` says so by itself."""
    text = operation.piece.text
    before = who.line.text[max(operation.piece.start, who.start - 1 - NEAR) : who.start - 1]
    return (
        not WORDS.hearsay.search(text)
        and not WORDS.otherwise.search(before)
        and not WORDS.intends.search(who.text)
        and (operation.decided or not TABLES.doubt.search(text))
    )


def meant(who: Piece, body: Sequence[Line]) -> Piece:
    """The names that `who` points back to, the nearest that fit; `who` itself where it points
    nowhere or none do.
    """
    points = WORDS.points_back.match(who.text)
    if not points or who.line not in body:
        return who
    count = number(points["count"]) if points["count"] else None
    earlier = _before(who, body, WORDS.persons if points["what"].startswith("人") else WORDS.quoted)
    return next(
        (run for run in earlier if _fits(WORDS.joint.split(run.text), points["what"], count)), who
    )


def _before(who: Piece, body: Sequence[Line], names: re.Pattern[str]) -> Iterator[Piece]:
    """The runs of names before a place, backwards."""
    for line in reversed(body[: body.index(who.line) + 1]):
        end = who.start if line is who.line else len(line.text)
        for match in reversed(list(names.finditer(line.text, 0, end))):
            yield Piece(line, *match.span())


def _fits(names: Sequence[str], kind: str, count: int | None) -> bool:
    if count not in (None, len(names)):
        return False
    return (
        kind.startswith("人")
        or kind in ANY_ORGANISATION
        or all(name.strip('"').endswith(kind) for name in names)
    )


# Sanctions that the press tells without the name of a list: whom China measures, by the verbs of
# its own sentences.


def sanctioned(lines: Iterable[Line]) -> Iterator[Entity]:
    """Those against whom China decides or declares sanctions, by the names that a text prints
    with their Latin form.
    """
    for line in lines:
        for sentence in sentences(line):
            yield from _of(sentence)


def _of(sentence: Piece) -> Iterator[Entity]:
    words = mask(sentence.text)
    verbs = (
        verb
        for verb in WORDS.decided.finditer(words)
        if not gate.bar(words, verb.start(), GATE, speaker=False)
    )
    if not (decided := next(verbs, None)):
        return
    match = WORDS.measured.search(words, decided.start()) or WORDS.sanctioned.search(
        words, decided.end()
    )
    if match:
        yield from entities_named(sentence.part(*match.span("who")))
