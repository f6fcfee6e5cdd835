"""Describe a part of a measure: its status in words, its place in which act, and the text that says
so. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from monitor import vocabulary
from monitor.config.redact import clean
from monitor.model import Action, Announcement, Entity, Item, Measure, Target
from monitor.render import dates, reminders, words
from monitor.render.phrases import name_whom, phrase_clauses, phrase_items
from monitor.render.text import capitalize_first, cut, join_words
from monitor.timeline import Cause, Lifecycle, Span, Status
from monitor.watch.criteria import add_criteria
from monitor.watch.glosses import put_english_first

QUOTE = 120
SENTENCE = 80  # characters of a sentence that was not understood
NEWEST = 2  # acts that change it in words alone that are named
NAMED = 3  # names or goods of a part that are named, of more how many there are


def describe_status(span: Span) -> str:
    """The status in words: facts, and what was not seen."""
    if span.status is Status.SUSPENSION_ENDED and span.last:
        return f"{_word_over(span, dates.format_date(span.last.isoformat()))}{_word_changed(span)}{_word_hedged(span)}"
    state = f"ended: {span.why}" if span.status is Status.ENDED else str(span.status)
    return f"{state}{_word_changed(span)}{_word_hedged(span)}"


def format_state(lifecycle: Lifecycle, span: Span) -> str:
    """Word the status and its end: `suspended until 10 Nov 2026 (Beijing)`; if announced, its
    start.

    First it says if the authority was not read lately, then if the day is after the last read. Then
    it says what may be wrong: the act's own words contradict it, or another act changes it in words
    that were not understood.
    """
    doubt = ", unless its text says the opposite" if lifecycle.act.doubts else ""
    unseen = (
        f"{reminders.describe_last_read(read)}; by what is on record, "
        if (read := span.unseen_since)
        else ""
    )
    until = reminders.format_read_by(span.read_by) if span.read_by else ""
    return f"{unseen}{_word_state(lifecycle, span)}{until}{doubt}{_word_changed(span)}{_word_hedged(span)}"


def _word_changed(span: Span) -> str:
    """The acts that change a status in words that give no other, and from when."""
    told = dict.fromkeys(
        f"{words.name_act_as_read(cause.act)}"
        f"{f' from {dates.format_date(starts.on)}' if (starts := cause.measure.starts) else ''}"
        for cause in span.changed
    )
    more = [words.format_count(len(told) - NEWEST, "earlier act")] if len(told) > NEWEST else []
    return f"; but changed by {join_words([*[*told][-NEWEST:], *more])}: read it" if told else ""


def _word_hedged(span: Span) -> str:
    """Quote the sentences about it that were not understood, with their acts."""
    of: dict[str, list[str]] = {}
    for hedge in span.hedges:
        quote = cut(" ".join(hedge.quote.split()), SENTENCE)
        of.setdefault(words.name_act_as_read(hedge.act), []).append(f"“{quote}”")
    said = (f"{act}: {_join_few(quotes)}" for act, quotes in [*of.items()][-NEWEST:])
    return f"; but read {'; '.join(said)}" if of else ""


def _join_few(quotes: Sequence[str]) -> str:
    left = len(quotes) - NEWEST
    more = [f"and {words.format_count(left, 'sentence')} more"] if left > 0 else []
    return " ".join([*quotes[:NEWEST], *more])


def _word_state(lifecycle: Lifecycle, span: Span) -> str:
    authority, until = lifecycle.act.authority, _format_last(lifecycle, _find_end(lifecycle, span))
    starts = lifecycle.measure.starts
    if span.status is Status.ANNOUNCED and starts:
        begins = dates.format_local_date(starts.on, authority)
        return f"announced, from {begins}{_word_overtaken(lifecycle, span)}"
    if span.status is Status.SUSPENDED and not until:
        return "suspended, no last day stated"
    if span.status is Status.SUSPENSION_ENDED and span.last:
        return _word_over(span, _format_local(lifecycle, span.last))
    if span.status is Status.ENDED:
        return f"ended ({span.why}) from {_format_local(lifecycle, span.since)}"
    return f"{span.status} until {until}" if until else str(span.status)


def _word_overtaken(lifecycle: Lifecycle, span: Span) -> str:
    """Say what came before its first day in force, if that never came: `, but suspended from …`."""
    after = next((one for one in lifecycle.spans if one.since > span.until), None)
    if after is None or after.status not in (Status.SUSPENDED, Status.ENDED):
        return ""
    return f", but {after.status} from {_format_local(lifecycle, after.since)}"


def _find_end(lifecycle: Lifecycle, span: Span) -> date:
    """The last day of a status, also where other acts go on with it."""
    until = span.until
    for later in lifecycle.spans:
        if later.since > until and later.status is span.status and (later.since - until).days == 1:
            until = later.until
    return until


def _word_over(span: Span, on: str) -> str:
    """Say that a suspension is over, as far as known; first if its authority was not
    read lately.
    """
    read, unseen = span.read, reminders.warn_unseen(span.read, "an extension")
    if span.changed:
        return f"suspension was to end on {on}"
    return (
        f"{unseen}; the suspension was to end on {on}"
        if read and not read.fresh
        else f"suspension ended on {on}, {unseen}"
    )


def _format_last(lifecycle: Lifecycle, day: date) -> str:
    return "" if day == date.max else _format_local(lifecycle, day)


def _format_local(lifecycle: Lifecycle, day: date) -> str:
    return dates.format_local_date(day.isoformat(), lifecycle.act.authority)


def format_in_force_since(lifecycle: Lifecycle, span: Span) -> str:
    """The first day on which it was in force; of what has not been, when it was to begin, unless
    that is still said.
    """
    if first := find_first_day(lifecycle, span):
        return _format_local(lifecycle, first)
    starts = lifecycle.measure.starts
    return (
        f"was to begin {dates.format_local_date(starts.on, lifecycle.act.authority)}"
        if starts and span.status is not Status.ANNOUNCED
        else ""
    )


def find_first_day(lifecycle: Lifecycle, span: Span) -> date | None:
    """The first day on which it was in force, unless that is still to come."""
    days = (one.since for one in lifecycle.spans if one.status is Status.IN_FORCE)
    first = next(days, None)
    return first if first and first <= span.since else None


def format_period(lifecycle: Lifecycle, span: Span) -> str:
    """`7 Nov 2025 to 10 Nov 2026 (Beijing)`; `from …` where no last day is known."""
    until = _format_last(lifecycle, span.until)
    first = (
        dates.format_date(span.since.isoformat()) if until else _format_local(lifecycle, span.since)
    )
    return f"{first} to {until}" if until else f"from {first}"


def describe_subject(lifecycle: Lifecycle) -> str:
    """Describe its subject: names or goods in both languages, clauses of the act, amended acts."""
    named = _name_things(lifecycle)
    changed = _word_amended(lifecycle) or _word_removal(lifecycle)
    about = (
        (
            f"{changed}: {named}"
            if named and changed
            else named or changed or _word_unread(lifecycle)
        )
        if lifecycle.seen
        else "act not seen"
    )
    to = (
        f"to {join_words([words.name_destination(code) for code in lifecycle.destinations])}"
        if lifecycle.destinations
        else ""
    )
    return clean(" · ".join(filter(None, (about, *_list_clauses(lifecycle), to))))


def _name_things(lifecycle: Lifecycle) -> str:
    """Few are named; of more the first, or of goods of several kinds what they are."""
    things: tuple[Entity | Item, ...] = lifecycle.entities or lifecycle.items
    if len(things) <= NAMED:
        return "; ".join(map(format_bilingual_name, things))
    families = {code.partition(".")[0] for item in lifecycle.items for code in item.codes}
    if len(families) > 1 and not lifecycle.entities:
        goods = _name_goods(lifecycle)
        return (
            f"{goods}: {phrase_items(lifecycle.items)}" if goods else phrase_items(lifecycle.items)
        )
    return f"{format_bilingual_name(things[0])} and {len(things) - 1:,} more"


def _name_goods(lifecycle: Lifecycle) -> str:
    return words.join_goods(words.name_goods(lifecycle.act))


def _word_amended(lifecycle: Lifecycle) -> str:
    """Word what it does to earlier acts: a name that it frees is no name that it lists."""
    keys = [target.key for target in lifecycle.measure.amends]
    is_listing = lifecycle.measure.action is Action.ADD and _has_things(lifecycle)
    noun = words.NOUNS_OF[lifecycle.measure.action]
    return f"{noun} {words.name_acts(keys)}" if keys and not is_listing else ""


def _has_things(lifecycle: Lifecycle) -> bool:
    return bool(lifecycle.entities or lifecycle.items)


def _word_removal(lifecycle: Lifecycle) -> str:
    """Word a removal from a list that names no act."""
    measure = lifecycle.measure
    if measure.action is not Action.REMOVE or not measure.register:
        return ""
    return f"{words.NOUNS_OF[measure.action]} the {vocabulary.register(measure.register)}"


def _word_unread(lifecycle: Lifecycle) -> str:
    goods = _name_goods(lifecycle)
    missing = "items not read" if lifecycle.act.not_read else ""
    return f"{goods} ({missing})" if goods and missing else goods or missing


def format_bilingual_name(thing: Entity | Item) -> str:
    """`TechInsights Inc. (TechInsights公司)`, `1C909.a holmium, metal (金属钬)`: its names in both
    languages, its codes first; of goods, by what more they are controlled.
    """
    english = thing.names.get("en", "")
    own = next((name for language, name in thing.names.items() if language != "en"), "")
    if isinstance(thing, Item):
        named = put_english_first(own, english)
        return add_criteria(
            " ".join(filter(None, (*thing.codes, named, _format_tariff(thing)))), thing
        )
    return f"{english} ({own})" if own and english and own != english else own or english


def _format_tariff(item: Item) -> str:
    return f"HS {', '.join(item.hs)}" if item.hs else ""


def _list_clauses(lifecycle: Lifecycle) -> tuple[str, ...]:
    own = phrase_clauses(lifecycle.clauses) if lifecycle.clauses else ""
    return own, f"all but {phrase_clauses(lifecycle.apart)}" if lifecycle.apart else ""


def format_because(cause: Cause) -> str:
    """The act that made it so, and its words."""
    days = [
        day.quote
        for day in (cause.measure.starts, cause.measure.ends)
        if day and day.quote not in cause.measure.quote
    ]
    quote = " … ".join(filter(None, (cut(cause.measure.quote, QUOTE), *days)))
    return clean(f"{words.name_act(cause.act)}: “{quote}”" if quote else words.name_act(cause.act))


# What later acts do to earlier ones, in a line for each thing done.


def describe_act_status(
    acts: Sequence[Announcement], touched_by: Sequence[Announcement], as_of: str = ""
) -> tuple[str, ...]:
    """`Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025`, a line for each thing done to these
    acts since; and which last days of their own have passed by a moment.
    """
    effects = (line for later in touched_by for line in describe_effects(acts, later, as_of))
    own = (
        (act, measure.ends)
        for act in acts
        for measure in act.measures
        if _has_passed(measure, act, as_of)
    )
    passed = (
        f"{dates.format_date(ends.on)}, a last day in {words.name_act(act)}, has passed"
        for act, ends in own
        if ends
    )
    return tuple(dict.fromkeys((*effects, *passed)))


def _has_passed(measure: Measure, act: Announcement, as_of: str) -> bool:
    today = vocabulary.day(as_of, act.authority) if as_of and measure.ends else None
    return bool(today and measure.ends and today.isoformat() > measure.ends.on[:10])


def describe_effects(
    acts: Sequence[Announcement], later: Announcement, as_of: str = ""
) -> Iterator[str]:
    """Say what one later act does to these, measure by measure."""
    keys = {act.key for act in acts if act.key != later.key}
    for measure in later.measures:
        touched = [target for target in measure.amends if target.key in keys]
        if touched:
            yield _word_effect(measure, later, _name_subject(touched, alone=len(acts) == 1), as_of)


def _word_effect(measure: Measure, later: Announcement, subject: str, as_of: str) -> str:
    starts = measure.starts
    since = (
        f" from {dates.format_date(starts.on)}"
        if starts and starts.on[:10] != (later.published or "")[:10]
        else ""
    )
    passed = "; that last day has passed" if _has_passed(measure, later, as_of) else ""
    until = f" until {dates.format_date(measure.ends.on)}" if measure.ends else ""
    openly = (
        ", no end date stated," if measure.action is Action.SUSPEND and not measure.ends else ""
    )
    deed = f"{words.name_done(measure, later)}{name_whom((measure,))}"
    by = words.name_act(later)
    done = f"{deed}{since}{until}{openly} by {by}{passed}"
    return f"{capitalize_first(subject)}: {done}" if subject else capitalize_first(done)


def _name_subject(touched: Sequence[Target], *, alone: bool) -> str:
    """Name the affected acts or clauses; "" if it is the one act as a whole."""
    whole = [target.key for target in touched if not target.clauses]
    parts = [
        phrase_clauses(target.clauses) + ("" if alone else f" of {words.name_acts((target.key,))}")
        for target in touched
        if target.clauses
    ]
    if alone and not parts:
        return ""
    return join_words([*([words.name_acts(whole)] if whole else []), *parts])
