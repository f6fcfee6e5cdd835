"""The last gate: compare the finished facts of an act with its own words, and report
contradictions. Pure.

The referee lowers `full` to `part`, and adds the reason with the quote to `not_read`. It drops what
is unsure: a deed that its own sentence lifts, a name that is none, contradicting times, somebody
both added and removed.

In the tables (Chinese is levelled), `clause` separates the parts of a quote; `aside` is blanked.
`eases` lifts or denies, `frees` asks for no licence, `deed` is what is lifted, `adds` puts on a
list, `asks` leaves it open. `lists` announces a list. A `head` opens an act, a `day` signs it.
`excepts` makes an exception. `joins` finds a further deed of a sentence, `rests` on what it rests,
`listed` a listing, `puts` one that is decided; `known` are the deeds of the tables, and the ways to
carry an act out. In any language `soft` goods have no customs number, an `office` decides and is
not listed, `cites` is where a law is printed. A deed on nothing may be on what is `general`;
`entries_of` says whose entries are changed. What begins `at_once` has a start. What `delays` lifts
nothing, and what `lapses` suspends nothing. A remark that `takes_out` is on the name in its row.
`nobody` stands in the place of a person or a firm, `nothing` in that of goods.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from string import digits

from monitor import vocabulary
from monitor.extract import account, neighbours
from monitor.extract.en import places
from monitor.extract.en.issuers import is_issuer
from monitor.extract.en.words import ENGLISH
from monitor.extract.named import find_named_acts
from monitor.extract.words import Language, Words
from monitor.extract.zh import lines
from monitor.extract.zh.words import CHINESE
from monitor.model import (
    DIRECTION,
    Action,
    Announcement,
    Entity,
    Fact,
    Item,
    Measure,
    Start,
    Unread,
    tell_in_part,
)
from monitor.names.forms import load_han_forms, load_latin_forms
from monitor.vocabulary import country_of, registers

STOPS = ("。", ":", "：", "；", ".", ";")  # that end a line of prose
SHORT = 12  # characters of a line that is no prose whatever it ends with
ANY = Language("").table("referee")
BURDENS = {Action.ADD: "an addition", Action.RESTRICT: "a restriction"}
ENDINGS = frozenset({Action.REPEAL, Action.REMOVE})
EASINGS = frozenset({Action.REMOVE, Action.REPEAL, Action.SUSPEND})
LETTER = re.compile(r"[^\W\d_]")
BRACKETS = ("()", "（）", "《》", "[]")


def judge_facts(facts: Iterable[Fact], text: str) -> list[Fact]:
    """The facts of a page with these words; of an act that they contradict at most a part is
    understood.
    """
    return [
        (
            _judge_act(_keep_own(_set_beside(fact)), text)
            if isinstance(fact, Announcement) and fact.understood != "none"
            else fact
        )
        for fact in facts
    ]


def _set_beside(act: Announcement) -> Announcement:
    """The act with what stands beside its measures apart from what was not understood."""
    left = tuple(part for part in act.not_read if part.why != account.BESIDE)
    beside = tuple(part.quote for part in act.not_read if part.why == account.BESIDE)
    if not beside:
        return act
    understood = act.understood if left else "full"
    return act.replace(not_read=left, beside=beside, understood=understood)


def _keep_own(act: Announcement) -> Announcement:
    """The act without what only another country's authority can do: change its own acts, and the
    lists of China that words alone imply.
    """
    home = country_of(act.authority)
    own: list[Measure] = []
    refused: list[Unread] = []
    for measure in act.measures if home else ():
        if any(country_of(vocabulary.issuer(one.key)) not in (home, "") for one in measure.amends):
            why = "it changes an act of another country"
            refused.append(Unread("sentence", why, measure.quote))
            continue
        listed = home != "cn" and country_of(measure.register or "") == "cn"
        if listed and not measure.entities:
            why = "on which list they stand was not understood"
            refused.append(Unread("list", why, measure.quote))
        own.append(measure.replace(register=None) if listed else measure)
    if tuple(own) == act.measures or not home:
        return act
    return act.replace(
        measures=tuple(own),
        understood="part" if own else "none",
        not_read=(*act.not_read, *refused),
    )


def _judge_act(act: Announcement, text: str) -> Announcement:
    said = (CHINESE if act.language == "zh" else ENGLISH).table("referee")
    act = _limit_endings(act, said)
    opposed, mistimed = list(_list_opposed(act, said)), list(_list_mistimed(act))
    found = chain(
        _list_both_ways(act), _list_misnamed(act, text), _list_bare_rows(act),
        _list_nameless(act, said),
        _list_nowhere(act), _list_second_act(act, text, said), _list_unknown_deeds(act, said),
        _list_listings(act, said), _list_untaken_acts(act, said), _list_startless(act, text),
        _list_started_twice(act), _list_taken_out(act), neighbours.list_untaken_neighbours(act, text),
    )  # fmt: skip
    retold = list(_list_retold(act))
    aimless = (Unread("measure", AIMLESS, each.quote) for each in retold)
    objections = tuple(
        dict.fromkeys(
            [*(why for _, why in opposed), *(why for _, why in mistimed), *found, *aimless]
        )
    )
    if not objections:
        return act
    out = {id(measure) for measure in (*(each for each, _ in opposed), *retold)}
    kept = [measure for measure in act.measures if id(measure) not in out]
    untimed = {deed for deed, _ in mistimed}
    measures = tuple(_drop_unsure_names(act, kept, text, untimed=untimed))
    return act.replace(
        measures=measures,
        understood="part" if measures else "none",
        not_read=(*act.not_read, *objections),
    )


def _list_retold(act: Announcement) -> Iterator[Measure]:
    """The measures on nothing and on no list that amend in an act that lifts something of
    somebody, which retell that, or that remove: what ends (`his passport is cancelled`) is no entry.
    """
    lifts = any(each.entities and each.action in EASINGS for each in act.measures)
    retells = {Action.REMOVE, *((Action.AMEND,) if lifts else ())}
    yield from (
        each
        for each in act.measures
        if each.action in retells and not each.register and account.is_bare(each)
    )


def _limit_endings(act: Announcement, said: Words) -> Announcement:
    """Limit an end to which its sentence states exceptions: on nobody, only an amendment is sure."""
    limits = {
        id(measure): Unread("measure", tell_in_part(measure.action), sentence)
        for measure in act.measures
        if measure.action in ENDINGS and (measure.amends or measure.entities) and not measure.items
        if (sentence := next(_list_exceptions(measure, act, said), ""))
    }
    if not limits:
        return act
    return act.replace(
        measures=tuple(
            each.replace(action=Action.AMEND) if id(each) in limits and not each.entities else each
            for each in act.measures
        ),
        understood="part",
        not_read=(*act.not_read, *limits.values()),
    )


def _list_exceptions(measure: Measure, act: Announcement, said: Words) -> Iterator[str]:
    """The sentences of a measure that make an exception."""
    quotes = [part.quote for part in act.not_read] + [term.quote for term in measure.terms]
    for quote in (measure.quote, *(quote for quote in quotes if measure.quote in quote)):
        if measure.quote and said.excepts.search(_normalize_text(quote, act)):
            yield quote


def _drop_unsure_names(
    act: Announcement, measures: Iterable[Measure], text: str, untimed: set[object]
) -> Iterator[Measure]:
    """Remove the unsure names from measures."""
    refuse, done = _make_refuser(act, text), _group_names(act)

    def is_sure(measure: Measure, subject: Entity | Item, moved: set[str]) -> bool:
        if _find_remark(measure, subject):
            return False
        # goods that are known by them alone
        numbers = () if isinstance(subject, Entity) else (*subject.hs, *subject.codes)
        names = [name.strip() for name in subject.names.values() if name not in numbers]
        return not any(refuse(name, subject) or _fold_name(name) in moved for name in names)

    for measure in measures:
        moved = {_fold_name(name) for name in _find_opposite_names(measure, done)}
        timed = (
            measure.replace(starts=None, ends=None)
            if _make_deed_key(measure) in untimed
            else measure
        )
        yield timed.replace(
            entities=tuple(each for each in measure.entities if is_sure(measure, each, moved)),
            items=tuple(each for each in measure.items if is_sure(measure, each, moved)),
        )


def _list_opposed(act: Announcement, said: Words) -> Iterator[tuple[Measure, Unread]]:
    """Find burdens that their own sentence, or a title that adds nothing, lifts, denies or leaves
    open.
    """
    eased = [
        _drop_asides(measure.quote, act, said)
        for measure in act.measures
        if measure.action in EASINGS
    ]
    unread = [_drop_asides(part.quote, act, said) for part in act.not_read]
    by_title = () if eased or said.adds.search(_normalize_text(act.title, act)) else (act.title,)
    for measure in act.measures:
        easing = said.frees if measure.register in account.LICENCES else said.eases
        for quote in (measure.quote, *by_title) if measure.action in BURDENS else ():
            if word := next(
                _list_lifting_words(_drop_asides(quote, act, said), (eased, unread), said, easing),
                "",
            ):
                why = f"read as {BURDENS[measure.action]}, but the text says “{word}”"
                yield measure, Unread("sentence", why, quote.strip())
                break
        if (
            measure.action in EASINGS
            and not measure.amends
            and (words := _find_double_turn(measure, act, said))
        ):
            why = f"whether it eases or burdens is not sure: the text says “{words}”"
            yield measure, Unread("sentence", why, measure.quote.strip())


def _find_double_turn(measure: Measure, act: Announcement, said: Words) -> str:
    """Find two verbs of one clause that lift or deny, or a removal that is only put off, or a
    suspension that ends: whether anything is lifted is unknown.
    """
    undone = {Action.REMOVE: ANY.delays, Action.SUSPEND: ANY.lapses}.get(measure.action)
    if undone and (words := undone.search(measure.quote)):
        return str(words[0])
    for clause in said.clause.split(_drop_asides(measure.quote, act, said)):
        bent = [match[0] for match in said.bends.finditer(clause)]
        if len(bent) > 1:
            return " … ".join(bent)
    return ""


def _list_lifting_words(
    quote: str, read: tuple[list[str], list[str]], said: Words, easing: re.Pattern[str]
) -> Iterator[str]:
    """Yield the words of a quote that ask, lift or deny a deed of their own clause.

    If an easing was read from that clause, or is unread beside an addition, the words must lift an
    addition.
    """
    if asks := said.asks.search(quote):
        yield asks[0]
    clauses = said.clause.split(quote)
    adds = any(said.adds.search(clause) and not easing.search(clause) for clause in clauses)
    eased, unread = read
    for clause in clauses:
        eases = easing.search(clause)
        known = eases and any(clause in other for other in (*eased, *(unread if adds else ())))
        if eases and (said.adds if known else said.deed).search(clause):
            yield eases[0]


def _drop_asides(quote: str, act: Announcement, said: Words) -> str:
    """A quote without what stands aside in it."""
    return said.aside.sub(" ", _normalize_text(quote, act))


def _list_both_ways(act: Announcement) -> Iterator[Unread]:
    done = _group_names(act)
    for measure in act.measures:
        if measure.action is Action.REMOVE and (names := _find_opposite_names(measure, done)):
            yield Unread(DIRECTION, f"read as adding and removing {names[0]}", measure.quote)


def _group_names(act: Announcement) -> dict[bool, dict[str, set[str | None]]]:
    """Group the names of an act by whether they are added or removed, with the registers."""
    done: dict[bool, dict[str, set[str | None]]] = {True: {}, False: {}}
    for measure in act.measures:
        if measure.action in BURDENS or measure.action is Action.REMOVE:
            for name in _map_names(measure):
                done[measure.action in BURDENS].setdefault(name, set()).add(measure.register)
    return done


def _find_opposite_names(
    measure: Measure, done: dict[bool, dict[str, set[str | None]]]
) -> list[str]:
    """The names of a measure to which its act does the opposite on the same list."""
    if measure.action not in BURDENS and measure.action is not Action.REMOVE:
        return []
    there = done[measure.action not in BURDENS]
    return [
        printed
        for name, printed in sorted(_map_names(measure).items())
        if any(
            other == measure.register or not (other and measure.register)
            for other in there.get(name, ())
        )
    ]


def _map_names(measure: Measure) -> dict[str, str]:
    """The names of a measure by how they are compared."""
    entities, items = (
        (entity.names for entity in measure.entities),
        (item.names for item in measure.items),
    )
    return {_fold_name(name): name for names in chain(entities, items) for name in names.values()}


def _list_misnamed(act: Announcement, text: str) -> Iterator[Unread]:
    refuse = _make_refuser(act, text)
    for measure in act.measures:
        yield from _list_numbered_names(measure)
        subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
        for subject in subjects:
            for name in subject.names.values():
                if why := refuse(name.strip(), subject):
                    yield Unread(
                        "name",
                        f"“{name}” was read as a name, but {why}",
                        subject.quote or measure.quote,
                    )


def _make_refuser(act: Announcement, text: str) -> Callable[[str, Entity | Item], str]:
    """Make the check of names for an act with these words: it explains why one is none."""
    titles = list_titles() | {_fold_name(act.title)}
    short = {match["short"] for match in ANY.short_form.finditer(text)}

    def refuse(name: str, subject: Entity | Item) -> str:
        if isinstance(subject, Entity) and name in short:
            return "it is short for what stands before it in the text"
        return refuse_name(name, subject, titles)

    return refuse


def _list_numbered_names(measure: Measure) -> Iterator[Unread]:
    """Names that begin with the number of their row, where a row beside them has none."""
    for subjects in (measure.entities, measure.items):
        rows = [next(iter(subject.names.values()), "") for subject in subjects]
        numbered = [
            name[: len(name) - len(name.lstrip(digits))] == str(number)
            for number, name in enumerate(rows, 1)
        ]
        for name in (
            name
            for name, is_numbered in zip(rows, numbered, strict=True)
            if is_numbered and sum(numbered) > 1
        ):
            yield Unread("name", f"“{name}” begins with the number of its row", measure.quote)


def _fold_name(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _fold_titles(known: vocabulary.Vocabulary) -> frozenset[str]:
    return frozenset(
        _fold_name(name)
        for register in known.registers.values()
        for name in (register.name, register.own, *register.written)
        if name
    )


list_titles = vocabulary.PerVocabulary(_fold_titles)  # the names of lists


SHORTEST = 2  # letters of a name


def refuse_name(name: str, subject: Entity | Item, titles: frozenset[str]) -> str:
    """Explain why something is no name; "" if it may be one."""
    is_entity = isinstance(subject, Entity)
    unpaired = any(name.count(pair[0]) != name.count(pair[1]) for pair in BRACKETS) or name.count(
        "”"
    ) > name.count("“")
    reasons = {
        "it has no letters": not LETTER.search(name)
        and not (isinstance(subject, Item) and subject.codes and name in subject.hs),
        "it is a legal form": _is_form(name),
        "it is the title of a list or of a part": (
            _fold_name(name) in titles or ANY.title.fullmatch(name)
        ),
        "it is the word for a kind": ANY.kind.fullmatch(name),
        "it is the heading of a column": ANY.heading.fullmatch(name),
        "it is a code": is_entity and ANY.code.fullmatch(name),
        "it is cut": unpaired
        or (is_entity and (len(name.strip()) < SHORTEST or ANY.cut.search(name))),
        "it is a body that decides": is_entity and (ANY.office.match(name) or is_issuer(name)),
        "it is where a law is printed": ANY.cites.fullmatch(name),
        "it is a firm": not is_entity and ANY.firm.search(name),
        "it begins with a country and a colon": (
            is_entity and ":" in name and places.coded(name.partition(":")[0])
        ),
        "it is a clause": (ANY.nobody if is_entity else ANY.nothing).search(name),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_form(name: str) -> bool:
    return (
        name in load_han_forms()
        or tuple(name.replace(".", "").replace(",", " ").casefold().split()) in load_latin_forms()
    )


def _list_mistimed(act: Announcement) -> Iterator[tuple[object, Unread]]:
    """Find ends before their starts, and deeds with two ends; yield the deed and the problem."""
    ends: dict[object, str] = {}
    for measure in act.measures:
        if not measure.ends:
            continue
        end, start = (
            measure.ends.on[:10],
            measure.starts.on[:10] if measure.starts else act.published or "",
        )
        deed = _make_deed_key(measure)
        quote = measure.ends.quote or measure.quote
        if end < start:
            yield (
                deed,
                Unread("term", f"its end, {end}, is before its start, {start}", quote),
            )
        if ends.setdefault(deed, end) != end:
            yield (
                deed,
                Unread("term", f"it has two ends, {ends[deed]} and {end}", quote),
            )


def _list_started_twice(act: Announcement) -> Iterator[Unread]:
    """Find measures on the same with another start than the first of them, where nothing says yet
    that a part of the named is meant: of whom each start is, is not known.
    """
    first: dict[object, Start] = {}
    for measure in act.measures if not act.not_read else ():
        if not measure.starts or not (measure.entities or measure.items):
            continue
        on = (measure.action, measure.register, measure.amends, *_map_names(measure))
        before = first.setdefault(on, measure.starts)
        if before.on != measure.starts.on:
            why = f"it has two starts, {before.on} and {measure.starts.on}"
            yield Unread("day", why, measure.starts.quote or measure.quote)


def _make_deed_key(measure: Measure) -> tuple[object, ...]:
    """Return a measure's action and subjects without its times."""
    return (measure.action, measure.register, measure.amends, measure.clauses, *_map_names(measure))


def _list_taken_out(act: Announcement) -> Iterator[Unread]:
    """Find the additions of names that a remark in their row may take out."""
    for measure in act.measures:
        for entity in measure.entities:
            if remark := _find_remark(measure, entity):
                why = f"“{remark}” beside the name may mean that it is not listed"
                yield Unread("name", why, entity.quote)


REMARK = 60  # characters of a cell: a longer one has reasons, which tell of others too


def _find_remark(measure: Measure, subject: Entity | Item) -> str:
    """Find what may take an added name out, in a cell of its row or right behind it; else ""."""
    if measure.action is not Action.ADD:
        return ""
    _, *cells = subject.quote.split("\t")
    remarks = [cell for cell in cells if len(cell) < REMARK and ANY.takes_out.search(cell)]
    if isinstance(subject, Entity) and subject.quote not in measure.quote:
        behind = (subject.quote.partition(name)[2].lstrip(" ,(") for name in subject.spellings)
        remarks += filter(ANY.takes_out.match, behind)
    return next(iter(remarks), "")


def _list_bare_rows(act: Announcement) -> Iterator[Unread]:
    """Rows of a table without a number that the rows above and below have, as where a cell spans
    several.
    """
    for measure in act.measures:
        goods = [
            item for item in measure.items if "\t" in item.quote and not ANY.soft.search(item.quote)
        ]
        for above, item, below in zip(goods, goods[1:], goods[2:], strict=False):
            if above.hs and below.hs and not item.hs:
                yield Unread(
                    "items",
                    "it has no tariff number, the rows beside it have one",
                    item.quote,
                )
            if above.codes and below.codes and not item.codes:
                yield Unread(
                    "items",
                    "it has no control code, the rows beside it have one",
                    item.quote,
                )


def _list_nameless(act: Announcement, said: Words) -> Iterator[Unread]:
    """Find additions and removals that announce a list, and deeds on nothing that may be on all,
    if nothing of whom or what they are on was read or reported.
    """
    for measure in act.measures if not act.not_read else ():
        words = _normalize_text(measure.quote.strip(), act)
        if act.language == "zh":  # what is general in a law that it rests on says nothing of it
            words = said.rests.sub(" ", words)
        listing = ANY.entries_of if measure.action is Action.AMEND else said.lists
        lists = measure.action in CHANGES and listing.search(words)
        if lists and not measure.entities and not measure.items:
            yield Unread("list", "whom or what it lists was not read", measure.quote)
        elif _needs_object(measure, act, said) and not ANY.general.search(words):
            yield Unread("measure", AIMLESS, measure.quote)


CHANGES = (Action.ADD, Action.REMOVE, Action.AMEND)  # of a list
AIMLESS = "on what it is was not understood"
# On all goods of a kind, all ships of a flag, or what another country demands.
ON_ALL = account.LICENCES | {registers.BLOCKED.code, registers.PORT_MEASURES.code}
BLOCKS = (Action.RESTRICT, Action.SUSPEND, Action.RESUME)


def _needs_object(measure: Measure, act: Announcement, said: Words) -> bool:
    """Return whether a measure has nobody and nothing that it is done to, and must have."""
    if measure.register in ON_ALL or not account.is_bare(measure):
        return False
    if measure.action in (Action.ADD, Action.REMOVE, Action.INVESTIGATE):
        return True
    if measure.action is Action.REPEAL and "law" in said.as_written:
        return said.law.search(measure.quote) is None
    changes_goods = measure.action is Action.AMEND and account.is_on_goods(measure)
    return act.language == "zh" and (measure.action in BLOCKS or changes_goods)


# what is done to those who stand on a list
LISTINGS = (Action.ADD, Action.REMOVE, Action.SUSPEND, Action.RESUME)


def _list_nowhere(act: Announcement) -> Iterator[Unread]:
    """Find additions, removals and stays of names without a known list: the number of an earlier
    act does not say on which they stand.
    """
    for measure in act.measures:
        if measure.action in LISTINGS and measure.entities and not measure.register:
            why = "on which list they stand was not understood"
            yield Unread("list", why, measure.quote)


def _list_second_act(act: Announcement, text: str, said: Words) -> Iterator[Unread]:
    """Find that several acts stand on a page: those that one changes may stand in a list."""
    changed = {_read_own_number(each.key) for measure in act.measures for each in measure.amends}
    numbers = {"-".join(number) for number in _list_head_numbers(text, said.head)}
    if len(numbers - changed) > 1 or len(set(_list_signed_days(text, said.day))) > 1:
        yield Unread("text", "two acts stand on the page", act.title)


def _list_head_numbers(text: str, head: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """The numbers of lines that open an act: prose follows them, as in no list of links."""
    number: tuple[str, ...] = ()
    for line in map(str.strip, text.splitlines()):
        if match := head.match(line):
            number = tuple(filter(None, match.groups()))
        elif number and _is_prose(line):
            yield number
            number = ()


def _list_signed_days(text: str, day: re.Pattern[str]) -> Iterator[str]:
    """The days that stand alone below prose."""
    prose = False
    for line in map(str.strip, text.splitlines()):
        if prose and day.fullmatch(line):
            yield line
            prose = False
        prose = prose or _is_prose(line)


def _is_prose(line: str) -> bool:
    return len(line) > SHORT and line.endswith(STOPS)


def _list_unknown_deeds(act: Announcement, said: Words) -> Iterator[Unread]:
    """Find further deeds in the sentences of facts, with verbs in no table."""
    names = [
        _drop_asides(name, act, said)
        for measure in act.measures
        for name in _map_names(measure).values()
    ]
    known = (CHINESE if act.language == "zh" else ENGLISH).table("account")
    directions = account.find_directions(act.measures)
    for quote in dict.fromkeys(measure.quote for measure in act.measures if measure.quote):
        for match in said.joins.finditer(_drop_asides(quote, act, said)):
            deed = match["deed"]
            if (
                not said.known.search(deed)
                and account.may_add(deed, known, directions)
                and not any(name in deed for name in names)
            ):
                yield Unread(
                    "sentence",
                    f"“{match['deed'].strip()}” was not understood",
                    quote,
                )


UNTOLD = "whom it lists was not understood"


def _list_listings(act: Announcement, said: Words) -> Iterator[Unread]:
    """Find listings in the sentences of an act of which no measure is on a list: `甲公司被列入…，
    禁止向其出口`; and in those that gave only a term: `决定将其列入…，禁止其入境`.
    """
    if act.language != "zh":
        return
    quotes = [each.quote for each in act.measures]
    names = [name for each in act.measures for name in _map_names(each).values()]
    for quote in (term.quote for each in act.measures for term in each.terms):
        told = any(quote in other for other in quotes) or any(name in quote for name in names)
        if said.puts.search(quote) and not told:
            yield Unread("sentence", UNTOLD, quote)
    if not any(each.register for each in act.measures):
        for quote in dict.fromkeys(quotes):
            if listed := said.listed.search(quote):
                yield Unread("sentence", f"“{listed[0]}” was not understood", quote)


def _list_startless(act: Announcement, text: str) -> Iterator[Unread]:
    """Find that something begins at once, where no measure has a start; and measures without the
    start that the whole act has, or another one of their sentence.
    """
    quotes = "\n".join(each.quote for each in act.measures)
    starts = [each.starts for each in act.measures if each.starts]
    whole = any((start.quote or "") not in quotes for start in starts)
    started = {each.quote for each in act.measures if each.starts and each.quote}
    for measure in act.measures:
        shares = measure.quote in started or (whole and measure.action is not Action.AMEND)
        if shares and not measure.starts:
            yield Unread("day", account.NO_START, measure.quote)
    if not starts:
        said = next((line.strip() for line in text.splitlines() if ANY.at_once.search(line)), "")
        yield from [Unread("day", account.NO_START, said)] if said else ()


def _list_untaken_acts(act: Announcement, said: Words) -> Iterator[Unread]:
    """Find the earlier acts that a sentence of a fact names, that it does not rest on, and that no
    fact of that sentence is on; and names or goods without the act that all others change.
    """
    for quote in dict.fromkeys(each.quote for each in act.measures if each.quote):
        own = [each for each in act.measures if _is_of_sentence(each, quote)]
        known = {act.key, *(target.key for each in own for target in each.amends)}
        numbers = set(map(_read_own_number, known))
        named = find_named_acts(act, said.rests.sub(" ", _normalize_text(quote, act)))
        if any(_read_own_number(target.key) not in numbers for target in named):
            yield Unread("sentence", UNTAKEN, quote)
    # the title of a correction is mostly that of the act which it corrects
    if not ("corrects" in said.as_written and said.corrects.match(act.title)):
        yield from _list_untaken_in_title(act)
    subjects = [each for each in act.measures if each.entities or each.items]
    without = [each for each in subjects if not each.amends]
    amended = {target.key for each in subjects for target in each.amends}
    if amended and not any(find_named_acts(act, each.quote) for each in subjects):
        yield from (Unread("sentence", UNTAKEN, each.quote) for each in without)


def _list_untaken_in_title(act: Announcement) -> Iterator[Unread]:
    """Find that a title names, behind its own act, one with the number of which no fact is on an
    act; it may leave out the year.
    """
    keys = (act.key, *(target.key for each in act.measures for target in each.amends))
    numbers = {key.rpartition("-")[2] for key in keys}
    behind = find_named_acts(act, act.title)[1:]
    if not act.not_read and any(each.key.rpartition("-")[2] not in numbers for each in behind):
        yield Unread("title", UNTAKEN, act.title)


UNTAKEN = "not all acts that it names were understood"


def _is_of_sentence(measure: Measure, quote: str) -> bool:
    return measure.quote in quote or quote in measure.quote


def _read_own_number(key: str) -> str:
    """The year and number of an act by its key, whoever issued it."""
    return "-".join(key.split("-")[-2:])


def _normalize_text(text: str, act: Announcement) -> str:
    return lines.make_line(text).text if act.language == "zh" else text
