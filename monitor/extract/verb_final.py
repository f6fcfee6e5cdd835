"""Read acts in languages with the verb at the end of its clause (Japanese, Korean). One engine, a
table for each language.

The last verb of a clause is the outermost one: what precedes it, as a noun or a clause, is its
object. A verb that only describes a noun, gives a reason, or is somebody else's, decides nothing.
The tables explain their words.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.document import Document
from monitor.extract import account, referee, subject, terms, why
from monitor.extract.verb_final_above import find_above
from monitor.extract.verb_final_deed import Deed, is_both, list_joined, list_stems, turn_action
from monitor.extract.verb_final_head import (
    HEAD,
    TAIL,
    explain_no_act,
    find_issuer,
    find_published,
    find_telling,
    find_title,
)
from monitor.extract.verb_final_missed import (
    list_nameless,
    list_other_starts,
    list_renamed,
    list_skipped,
    list_uncounted,
    list_unplaced,
)
from monitor.extract.verb_final_names import find_named, list_named, take_change_tables
from monitor.extract.verb_final_parts import (
    LEVEL,
    Line,
    blank_asides,
    find_end,
    find_goods,
    find_sentences,
    find_start,
    list_goods,
    list_goods_below,
    list_later,
    list_rule_texts,
    list_table_goods,
    read_day,
    read_number,
    split_lines,
)
from monitor.extract.verb_final_tables import list_mixed, split_bars
from monitor.extract.words import Language, Words, make_names_pattern
from monitor.model import (
    Action,
    Announcement,
    Entity,
    Fact,
    Measure,
    Start,
    Stated,
    Term,
    Unread,
)
from monitor.vocabulary.countries import spelt
from monitor.vocabulary.letters import HAN_RANGE

LANGUAGES = {
    name: Language(name, {"han": HAN_RANGE, "place": f"(?:{make_names_pattern(spelt(name))})"})
    for name in ("ja", "ko")
}
JAPANESE, KOREAN = (language.table("") for language in LANGUAGES.values())


def read_facts(
    document: Document, words: Words, *, url: str = "", authority: str | None = None
) -> list[Fact]:
    """Read what a page announces; nothing if it announces nothing."""
    act = _read_act(document, words, url, authority)
    return referee.judge_facts([act] if act else [], f"{document.title}\n{document.text}")


def list_deeds(sentence: str, words: Words) -> list[Deed]:
    """Read what one sentence does."""
    return _read_sentence(Line(sentence, sentence.translate(LEVEL)), 0, words)


def may_concern(title: str, words: Words) -> bool:
    """Return whether a page of this title may be on our subjects: it says so, or is
    only a number.
    """
    text = title.translate(LEVEL)
    return not words.no_act.search(text) and bool(
        words.ours.search(text) or words.number.fullmatch(text.strip())
    )


def _read_act(
    document: Document, words: Words, url: str, authority: str | None
) -> Announcement | None:
    lines = split_bars(split_lines(document), words)
    in_tables, lines = take_change_tables(lines, words)
    title = find_title(document.title.strip(), lines, words)
    head = [title.translate(LEVEL), *(line.text for line in lines[:HEAD])]
    if reason := explain_no_act(title, lines, words):
        why.explain_page(reason, title)
        return None
    issuer = authority or find_issuer(head, [line.text for line in lines[-TAIL:]], words)
    if not issuer:
        why.explain_page("no issuer of ours heads or signs it", title)
        return None
    published = find_published(lines, words) or document.published
    deeds = in_tables or (
        [] if issuer in words.as_written["only_told"] else _read_deeds(lines, words, title)
    )
    number = next((match[0] for text in head if (match := words.number.search(text))), None)
    if not deeds and not (number or (published and words.kind.search(title.translate(LEVEL)))):
        why.explain_page("it has neither a number of its own nor the name and day of an act", title)
        return None
    measures, unread = _make_measures(deeds, lines, words, title, published)
    measures, left = _add_terms(measures, unread, lines, words, title, published)
    unread += left
    if not measures:
        unread = [subject.make_unread(find_telling(lines, words, title))]
        why.explain_page(subject.NOT_UNDERSTOOD, unread[0].quote)
    why.explain_measures(measures)
    return Announcement(
        key=subject.make_key(issuer, published, document.text),
        number=number,
        authority=issuer,
        title=title,
        url=url,
        published=published,
        language=words.as_written["language"],
        measures=tuple(measures),
        terms=() if measures else _find_terms(lines, words, title, published),
        understood="none" if not measures else "part" if unread else "full",
        not_read=tuple(unread),
    )


# What the sentences do.


def _read_deeds(lines: Sequence[Line], words: Words, title: str) -> list[Deed]:
    """Read what the sentences do."""
    found: list[Deed] = []
    for place, line in enumerate(lines):
        if line.cells or line.raw == title:
            continue
        for begin, end in find_sentences(line.text, words):
            found += _read_sentence(Line(line.raw[begin:end], line.text[begin:end]), place, words)
    done = _drop_weak(found, title, words)
    return [deed for deed in done if not deed.generic or deed.count] or done[:1]


def _drop_weak(found: list[Deed], title: str, words: Words) -> list[Deed]:
    """The deeds without those that may only follow from others: on a list that no other one names,
    without goods.
    """
    strong = [deed for deed in found if not deed.weak or (deed.items and deed.action is Action.ADD)]
    named = [_find_lists(deed.quote, words) for deed in strong]
    told = frozenset[str]().union(*named, () if all(named) else _find_lists(title, words))
    if not strong:
        return found
    return [
        deed for deed in found if deed in strong or _find_lists(deed.quote, words).difference(told)
    ]


def _find_lists(text: str, words: Words) -> frozenset[str]:
    """The lists that words name."""
    level = text.translate(LEVEL)
    return frozenset(on for on, called in words.table_of("lists").items() if called.search(level))


def _read_sentence(sentence: Line, place: int, words: Words) -> list[Deed]:
    """Read what a sentence does."""
    text = words.grounds.sub(lambda grounds: "\x00" * len(grounds[0]), blank_asides(sentence.text))
    text = LAST_ASIDE.sub(lambda aside: "\n" * len(aside[0]), text)
    found = list_stems(text, words)
    closing = [
        (begin, end, action)
        for begin, end, action in found
        if _is_deciding(text, begin, end, words)
    ]
    both = [each for end in closing for each in list_joined(text, found, words) if end in each]
    closing = sorted({*closing, *(each for pair in both for each in pair)})
    if len(closing) > 1:  # the consequence of what another verb does
        closing = [
            each
            for each in closing
            if not words.weak.match(text, each[0])
            or (each[2] is Action.ADD and find_goods(sentence, text, 0, each[0], words))
        ] or closing[:1]
    done: list[Deed] = []
    since = 0
    for begin, end, action in closing:
        own = text[since:begin]
        turned = turn_action(action, own, words)
        if not words.in_list.search(own) and words.rule.search(text, 0, since):
            turned = turn_action(action, text[:begin], words)
        if turned:
            span = (since, begin) if len(closing) > 1 else (0, len(text))
            deed = _make_deed(turned, sentence, place, text, (since, begin), span, words)
            if done and done[-1].action is turned:
                done[-1].join(deed)
            else:
                done.append(deed)
        since = end
    for deed in done if any(each.shares for each in done) and is_both(done) else ():
        deed.entities.clear()  # some of them are added, and others removed
    return done


def _make_deed(
    action: Action,
    sentence: Line,
    place: int,
    text: str,
    own: tuple[int, int],
    span: tuple[int, int],
    words: Words,
) -> Deed:
    """Make the deed of a verb, with what stands in a span; how many they are, its own words say."""
    counts = {
        match["of"]: read_number(match["count"], words) or 0
        for match in words.counted.finditer(text[slice(*own)])
    }
    return Deed(
        action,
        sentence.raw.strip(),
        place,
        entities=find_named(sentence, words, *span),
        items=find_goods(sentence, text, *own, words) if action in GOODS else [],
        count=sum(counts.values()) or None,
        follows=words.follows.search(text, *span) is not None,
        weak=words.weak.match(text, own[1]) is not None,
        generic=words.generic.match(text, own[1]) is not None,
        shares=own[0] > 0 and not words.object.search(text, *own),
    )


LAST_ASIDE = re.compile(r"\(\x00*\)(?=[。.]?\s*$)")  # the verb before it closes all the same
GOODS = (Action.ADD, Action.REMOVE, Action.RESTRICT, Action.SUSPEND)


def _is_deciding(text: str, begin: int, end: int, words: Words) -> bool:
    """Return whether a stem closes a clause of the issuer's, and nothing behind takes that back."""
    closing = words.closes.match(text, end)
    if not closing and (text[end:].strip() or not words.noun_closes.search(text, 0, begin)):
        return False
    if words.undecided.match(text, end) or words.done_then.search(text[:begin]):
        return False
    clause = max((mark.end() for mark in words.clause.finditer(text, 0, begin)), default=0)
    return (
        words.stranger.search(
            text, 0 if clause and not words.stranger.search(text, clause, begin) else clause, begin
        )
        is None
    )


def _make_measures(
    deeds: Sequence[Deed], lines: Sequence[Line], words: Words, title: str, published: str | None
) -> tuple[list[Measure], list[Unread]]:
    deeds = list(deeds)
    unread = _add_named(deeds, lines, words, title)
    deeds = _add_goods(deeds, lines, words)
    starts = find_start(lines, words, published, whole=True)
    ends_at = find_end(lines, words, published)
    if starts is None and not any(words.begins.search(line.text) for line in lines):
        starts = _find_start_today(deeds, words, published)
    measures, later = [], list(list_later(lines, words, published))
    for deed in deeds:
        named = list({str(entity.names): entity for entity in deed.entities}.values())
        on = _find_register(deed, lines, title, words, persons=bool(named))
        of_names = on if on not in words.as_written["of_goods"] else None
        sent = words.sent.search(deed.quote)
        unread += list_uncounted(deed, deeds, named, of_names)
        if named and deed.generic and not deed.headed and _says_how(deed, words):
            unread.append(Unread("list", "what is done to them was not understood", deed.quote))
        if named and deed.items and sent:
            why_not = "which goods they are not sent was not understood"
            unread.append(Unread("items", why_not, deed.quote))
        # who is made subject to a licence by name, on a list of names, is listed
        is_listed = deed.action is Action.RESTRICT and named and of_names and not sent
        measures.append(
            Measure(
                Action.ADD if is_listed else deed.action,
                on,
                starts=_choose_start(deed, starts, later, on, words, published),
                ends=None if deed.action in ENDS or _is_renaming(deed, deeds) else ends_at,
                destinations=_find_places(deed, title, words),
                stated=Stated(entities=deed.count) if deed.count and named else None,
                entities=tuple(named),
                items=() if named or of_names else tuple(deed.items),
                quote=deed.quote,
            )
        )
    measures = _merge_said_again(measures)
    unread += list_unplaced(measures)
    unread += list_skipped(measures, lines, words)
    unread += list_renamed(lines) if any(each.entities for each in measures) else ()
    unread += list_other_starts(measures, lines, words, published)
    if not unread:
        unread += list_nameless(measures, words)
    return measures, unread


def _is_renaming(deed: Deed, deeds: Sequence[Deed]) -> bool:
    """Return whether a deed only changes names beside others that have the act's end."""
    return deed.action is Action.AMEND and bool(deed.entities) and len(deeds) > 1


def _says_how(deed: Deed, words: Words) -> bool:
    """Return whether a sentence that only changes a list has words of what is done to it too."""
    stems = list_stems(deed.quote.translate(LEVEL), words)
    return any(action in (Action.ADD, Action.REMOVE) for *_, action in stems)


def _add_named(deeds: list[Deed], lines: Sequence[Line], words: Words, title: str) -> list[Unread]:
    """Give the deeds the names that stand below them in lists; return what was left of those."""
    first = min((deed.line for deed in deeds), default=-1)
    tables = list(list_mixed(lines, frozenset(deed.action for deed in deeds), words))
    mixed = {place for rows, _ in tables for place in rows}
    left = [unread for _, unread in tables]
    for place, entities in list_named(lines, words):
        if place in mixed or (place < first and all(map(_may_be_menu, entities))):
            continue
        below = find_above(place, deeds, lines, words, title)
        if below:
            below.entities += entities
            deeds += [] if any(below is deed for deed in deeds) else [below]
        elif deeds:
            left.append(
                Unread("entities", "what is done to it was not understood", lines[place].raw)
            )
    return left


def _add_goods(deeds: list[Deed], lines: Sequence[Line], words: Words) -> list[Deed]:
    """The deeds with the goods that stand below them in lists."""
    unnamed = [deed for deed in deeds if not deed.entities]
    on_goods = [deed for deed in unnamed if deed.action in GOODS] or unnamed
    if on_goods and not any(deed.items for deed in deeds):
        on_goods[0].items += list_goods(lines, words) if len(on_goods) == 1 else []
        on_goods[0].items += list_table_goods(lines, words) if not on_goods[0].items else []
    for deed in on_goods:
        if not deed.items and words.goods_follow.search(deed.quote.translate(LEVEL)):
            deed.items += list_goods_below(lines[deed.line + 1 :], words)
    if any(deed.headed for deed in deeds):  # then that the list is changed says no more
        return [deed for deed in deeds if deed.entities or not deed.generic]
    return deeds


def _may_be_menu(entity: Entity) -> bool:
    """Return whether a name is one word in letters alone, as in a site's menu (`3. ENGLISH`)."""
    return list(entity.names) == ["en"] and " " not in entity.names["en"]


def _choose_start(
    deed: Deed,
    of_act: Start | None,
    later: Sequence[tuple[str, Start]],
    on: str | None,
    words: Words,
    published: str | None,
) -> Start | None:
    """The day that a deed's own sentence says, or on which the part begins that it changes; else
    that of the act, if that is not of another list.
    """
    said = Line(deed.quote, deed.quote.translate(LEVEL))
    own = [start for part, start in later if _is_on_part(said.text, part)]
    if start := find_start([said], words, published):
        own.append(start)
    whole = of_act if of_act and _is_of(of_act.quote, on, words) else None
    return next(iter(own), whole)


def _is_on_part(text: str, part: str) -> bool:
    """Return whether a sentence changes a part of an act: it names it, or is its clause `4`."""
    if part.isdecimal():
        return re.match(rf"{part}\s?[.、)]", text) is not None
    return re.search(rf"{re.escape(part)}(?![의の]?\d)", text) is not None


def _is_of(quote: str | None, on: str | None, words: Words) -> bool:
    """Return whether a sentence on a beginning names no other list than that."""
    named = _find_lists(quote or "", words)
    return not named or on in named or not on


def _add_terms(
    measures: list[Measure],
    unread: Sequence[Unread],
    lines: Sequence[Line],
    words: Words,
    title: str,
    published: str | None,
) -> tuple[list[Measure], list[Unread]]:
    """The measures with their terms, and what neither has."""
    said = list(_list_sentences(lines, words, title, published))
    language = LANGUAGES[words.as_written["language"]]
    found = terms.read_terms(said, language)
    items = {item.quote for measure in measures for item in measure.items}
    found += [
        terms.Found(Term(kind="scope", text=RULE_TEXT, quote=quote))
        for quote in list_rule_texts(lines, words)
        if quote not in items
    ]
    measures = terms.give_terms(measures, found)
    known = words.table_within("account")
    left = account.list_unaccounted(said, measures, known, published=published, unread=unread)
    named = [measure for measure in measures if measure.entities]
    return measures, [each for each in left if not _is_repetition(each, named, words)]


RULE_TEXT = "changes the words of a rule: read them"


def _is_repetition(left: Unread, named: Sequence[Measure], words: Words) -> bool:
    """Return whether a sentence only repeats what is done to the named, or that their
    list changes.
    """
    refers = words.refers.search(left.quote) or words.follows.search(left.quote)
    if left.why != account.NO_FACT or not refers or not named:
        return False
    deeds = list_deeds(left.quote, words)
    known, done = {each.register for each in named}, {each.action for each in named}
    counts = {len(each.entities) for each in named}
    lists = _find_lists(left.quote, words)
    return bool(deeds and known.issuperset(lists)) and not any(
        deed.items
        or (deed.count and deed.count not in counts)
        or deed.entities
        or _find_places(deed, "", words)
        or not (deed.weak or deed.action in done or (deed.generic and lists))
        for deed in deeds
    )


def _list_sentences(
    lines: Sequence[Line], words: Words, title: str, published: str | None
) -> Iterator[account.Said]:
    for line in lines:
        if line.raw != title and not line.cells:
            yield from _list_said(line, words, published)


def _find_terms(
    lines: Sequence[Line], words: Words, title: str, published: str | None
) -> tuple[Term, ...]:
    sentences = _list_sentences(lines, words, title, published)
    return terms.find_terms(sentences, LANGUAGES[words.as_written["language"]])


ENDS = (Action.REMOVE, Action.REPEAL, Action.RESUME)  # which last


def _merge_said_again(measures: Sequence[Measure]) -> list[Measure]:
    """The measures without those that say again, without names, what another one names."""
    full = [measure for measure in measures if measure.entities or measure.items]
    kept: dict[object, Measure] = {}
    for measure in measures:
        bare = not measure.entities and not measure.items and not measure.destinations
        if not (bare and any(_is_said_by(measure, other) for other in full)):
            items = [item.names for item in measure.items]
            own = str((measure.entities, items, measure.destinations, _find_start_day(measure)))
            key = (measure.action, measure.register, own)
            kept.setdefault(key, measure)
    return list(kept.values())


def _is_said_by(bare: Measure, full: Measure) -> bool:
    """Return whether a measure without names may be what one with names does: what is forbidden
    with those listed is what the list means.
    """
    alike = bare.action is full.action and (bare.register == full.register or full.entities)
    meant = bare.action is Action.RESTRICT and full.action is Action.ADD
    same_day = _find_start_day(bare) in (None, _find_start_day(full))
    return same_day and bool(alike or (meant and bare.register == full.register))


def _find_start_day(measure: Measure) -> str | None:
    return measure.starts.on if measure.starts else None


def _find_register(
    deed: Deed, lines: Sequence[Line], title: str, words: Words, *, persons: bool
) -> str | None:
    """The list that its sentence names, else the title, else the first line of the act that
    names one.
    """
    for text in (
        deed.quote.translate(LEVEL),
        title.translate(LEVEL),
        *(line.text for line in lines),
    ):
        found = [
            (match.start(), on)
            for on, called in words.table_of("lists").items()
            if (match := called.search(text))
        ]
        if named := [
            each for each in found if not (persons and each[1] in words.as_written["of_goods"])
        ]:
            return min(named)[1]
    return None


def _find_places(deed: Deed, title: str, words: Words) -> tuple[str, ...]:
    """The places that its words are on, else the title; for a list of persons none."""
    if deed.entities:
        return ()
    codes = spelt(words.as_written["language"])
    for text in (deed.quote.translate(LEVEL), title.translate(LEVEL)):
        named = [
            codes[name]
            for match in words.places.finditer(text)
            for name in PLACES_APART.split(match["all"])
        ]
        if named:
            return tuple(dict.fromkeys(named))
    return ()


PLACES_APART = re.compile(r"[、,・·]\s?|及び|並びに|\s?및\s|[와과]\s")


def _find_start_today(deeds: Sequence[Deed], words: Words, published: str | None) -> Start | None:
    """The act's own day, where it says that it is done today."""
    for deed in deeds:
        if (
            published
            and words.today.search(deed.quote.translate(LEVEL))
            and deed.action is not Action.AMEND
        ):
            return Start(published, "immediate", deed.quote)
    return None


def _list_said(line: Line, words: Words, published: str | None) -> Iterator[account.Said]:
    for begin, end in find_sentences(line.text, words):
        text = line.text[begin:end].strip()
        if not text:
            continue
        mark = words.mark.match(text)
        bare = text[mark.end() :] if mark else text
        read: list[tuple[re.Match[str], str | None]] = []
        for day in words.day.finditer(bare):  # one without a year is of that of the day before it
            before = next((on for _, on in reversed(read) if on), published)
            read.append((day, read_day(day, before or "", words)))
        for day, on in reversed(read):  # a term's day needs its year
            if on and not day["year"]:
                full = words.as_written["full_day"].format(*on.split("-"))
                bare = f"{bare[: day.start()]}{full}{bare[day.end() :]}"
        yield account.Said(
            bare,
            line.raw[begin:end].strip(),
            frozenset(on for _, on in read if on),
            is_entry=bool(mark) and not words.stop.search(f"{text.rstrip('.')}."),
        )
