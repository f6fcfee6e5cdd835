"""Word which entries of the reader's watch list an alert touches, a line each; or that it touches
none.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from monitor import vocabulary
from monitor.model import (
    Action,
    Announcement,
    Edition,
    Entity,
    Item,
    PageChange,
    RowAction,
    RowChange,
    find_row_days,
    frozen,
)
from monitor.render import dates, editions, words
from monitor.render.text import (
    NAME,
    capitalize_first,
    cut,
    join_first_names,
    join_words,
    lower_first,
)
from monitor.render.words import Line, Table
from monitor.vocabulary.registers import DUAL_USE
from monitor.watch.entries import describe_owner, describe_tie
from monitor.watch.glosses import name_goods
from monitor.watch.match import name_subject
from monitor.watch.parties import FORMER
from monitor.watch.values import Match, MatchVerdict, ScreeningResult, TieKind

NAMED = 3
NAMED_OF_ONE = 2  # entries that the line of one act of several names
SHOWN = 3  # entries that a message names, of those that are touched and of those that may be
HEADLINE = 90  # what a phone shows before a message is opened
EDIT = 240  # characters of what an amendment changed
CLOSEST = tuple(TieKind)
WORST_FIRST = (Action.ADD, Action.RESTRICT, Action.AMEND, Action.REMOVE)
DONE = {Action.ADD: "added", Action.REMOVE: "removed", Action.AMEND: "amended"}


@frozen
class EntryHits:
    """An entry of the watch list with all its hits: those that are as sure as each other."""

    matches: tuple[Match, ...]

    @property
    def first(self) -> Match:
        return self.matches[0]

    @property
    def called(self) -> str:
        """`your supplier TechInsights`."""
        return f"your {self.first.relation} {cut(self.first.entry, NAME)}".strip()

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(name_listed, self.matches)))


def name_listed(match: Match) -> str:
    """Name a match's subject for people: for goods the English first."""
    return name_goods(match.subject) if match.is_goods else match.subject


@frozen
class Deed:
    """An action on a subject of a fact, with the day from which it holds, if that is `later`, and
    the `change` of its row.
    """

    action: Action
    register: str | None
    subject: Entity | Item
    authority: str
    later: str = ""
    change: RowChange | None = None

    @property
    def place(self) -> str:
        """Name the list as a headline does."""
        if self.register:
            return words.name_register_of(self.authority, vocabulary.register(self.register))
        return f"a list of {words.name_country_of(self.authority)}"

    @property
    def status(self) -> str:
        """Word the status of the subject after it; "" if no short phrase fits."""
        whose = words.name_country_of(self.authority)
        is_controlled = isinstance(self.subject, Item) and self.register in (None, DUAL_USE.code)
        controls = f"under {whose}'s export controls" if is_controlled else ""
        standing = {
            Action.ADD: controls or f"on {self.place}",
            Action.REMOVE: f"no longer {controls}" if controls else f"off {self.place}",
            Action.AMEND: f"described anew on {self.place}" if self.register else "",
            Action.RESTRICT: f"under new measures of {whose}",
        }
        return standing.get(self.action, "")

    @property
    def done(self) -> str:
        """Word the action: `, amended: measures: asset freeze → trust services`."""
        edit = cut(editions.describe_edit(self.change), EDIT) if self.change else ""
        return f", {DONE[self.action]}{': ' * bool(edit)}{edit}" if self.action in DONE else ""

    def list_statuses(self, entries: Sequence[EntryHits]) -> list[str]:
        """Word the status that it gives these entries, the fullest form first."""
        status = self.status
        short = "listed" if status.startswith("on ") else "controlled"
        who = words.name_who(self.authority)
        shorter = [f"{short} by {who}", short] if self.action is Action.ADD else []
        forms = [status, *shorter]
        if self.later:
            return [f"to be {each} from {self.later}" for each in forms]
        if self.change is None or self.action is not Action.AMEND or len(entries) > 1:
            return forms
        if entries[0].first.kind == FORMER and "name" in self.change.fields:
            called = f"now called {cut(self.change.name, NAME)}"
            return [f"{called} on {self.place}", called]
        fields = editions.name_fields(self.change)
        return [f"{status}: {fields}", f"described anew: {fields}", status]


Deeds = Mapping[str, Deed]  # by the name of whom or what they are done to
NO_DEEDS: Deeds = {}


def list_deeds(facts: Sequence[Announcement | Edition], seen: str = "") -> Deeds:
    """Map each subject of the facts, by name, to the first action on it that a short phrase words.
    An action that holds only after it was `seen` has its day.
    """
    deeds = [deed for fact in facts for deed in _list_deeds(fact, seen) if deed.status]
    return {name_subject(deed.subject): deed for deed in reversed(deeds)}


def _list_deeds(fact: Announcement | Edition, seen: str) -> Iterator[Deed]:
    whose = fact.authority
    if isinstance(fact, Edition):
        for change in fact.changes:
            if subject := change.entity or change.item:
                starts = find_row_days(change.details)[0] if change.action == RowAction.ADD else ""
                later, action = _format_later(starts, seen, whose), Action(change.action)
                yield Deed(action, fact.register, subject, whose, later, change)
        return
    for measure in fact.measures:
        later = _format_later(measure.starts.on if measure.starts else "", seen, whose)
        subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
        for one in subjects:
            yield Deed(measure.action, measure.register, one, whose, later)


def _format_later(starts: str, seen: str, authority: str) -> str:
    """Format a day of law that comes after the day of a sight, by the local clock; else ""."""
    there = vocabulary.day(seen, authority)
    is_later = there and starts[:10] > there.isoformat()
    return dates.format_date(starts[:10]) if is_later else ""


def group_by_entry(matches: Sequence[Match], deeds: Deeds = NO_DEEDS) -> tuple[EntryHits, ...]:
    """The matches gathered by the entry that they are of: what is worst for it first, who before
    what, then the closest tie, then in the order in which entries come.
    """

    def rank(match: Match) -> tuple[int, bool, int]:
        deed, tie = deeds.get(match.subject), match.known_tie
        worse = WORST_FIRST.index(deed.action) if deed else len(WORST_FIRST)
        return worse, match.is_goods, CLOSEST.index(tie.kind) * (not tie.is_direct)

    by_key: dict[tuple[str, str], list[Match]] = {}
    for match in sorted(matches, key=rank):
        by_key.setdefault((match.key, match.entry), []).append(match)
    return tuple(EntryHits(tuple(alike)) for alike in by_key.values())


def compose_touch_headline(
    touches: ScreeningResult | None,
    facts: Sequence[Announcement | Edition],
    otherwise: str,
    seen: str = "",
    *,
    past: bool = False,
) -> str:
    """Word the sure matches: `Your supplier TechInsights is on China's Unreliable Entity List`; ""
    without any. Whoever is taken off is told apart from whoever is put on.

    A status that begins after it was `seen` has its day; one that is `past`, that of the sight: it
    may hold no more. If no fact adds the entry to a list or
    removes it, `otherwise` says what touches it; pages and press only name it. A list's name that
    is too long becomes `listed`; without room for the act's effect, entries are counted.
    """
    if touches is None or not touches.sure:
        return ""
    deeds = list_deeds(facts, seen)
    groups: dict[tuple[str, ...], list[EntryHits]] = {}
    for entry in group_by_entry(touches.sure, deeds):
        deed = deeds.get(entry.first.subject)
        groups.setdefault((deed.status, deed.later) if deed else (), []).append(entry)
    touched, *others = groups.values()
    deed, verb = deeds.get(touched[0].first.subject), "is" if len(touched) == 1 else "are"
    done = f"{'touched' if facts else 'named'}: {otherwise}"
    statuses = deed.list_statuses(touched) if deed else [done]
    firsts = [name_first(touched, status) for status in statuses]
    if facts and (others or not deed or past):
        # what it does and until when is worth more than the first name
        firsts += [f"{len(touched):,} of yours {verb} {status}" for status in statuses]
    if deed and past:
        firsts = [f"As of {dates.format_date(seen[:10])}: {lower_first(first)}" for first in firsts]
    told = [
        _join_statuses(first, [_word_others(group, deeds, first, named=named) for group in others])
        for first in firsts
        for named in (True, False)
    ]
    return next((each for each in told if len(each) <= HEADLINE), told[-1])


def _join_statuses(first: str, others: Sequence[str]) -> str:
    """Join statuses to one sentence: `Delta is on the list, Beta described anew, and Alpha off it`."""
    *middle, last = first, *others
    return f"{', '.join(middle)}, and {last}" if middle else last


def _word_others(group: Sequence[EntryHits], deeds: Deeds, first: str, *, named: bool) -> str:
    """Word the status of further entries after the `first` words: `Alpha is off it`, `3 more off
    it`.
    """
    deed, more, status = deeds.get(group[0].first.subject), len(group) - 1, "touched"
    if deed and all(entry.first.known_tie.is_certain for entry in group):
        it = "it" if deed.place in first else "the list"
        status = deed.list_statuses(group)[0 if named else -1].replace(deed.place, it)
    if not named:
        return f"{more + 1:,} more {status}"
    who = cut(group[0].first.entry, NAME)
    return f"{who} and {more:,} more are {status}" if more else f"{who} is {status}"


def name_first(touched: Sequence[EntryHits], status: str) -> str:
    """`Your supplier TechInsights and 1 more are on record`: who is touched first, by which tie,
    and how many more.
    """
    first, *others = touched
    count = f"{len(others):,} more"
    if others and all(entry.first.known_tie.is_certain for entry in touched):
        return f"{capitalize_first(first.called)} and {count} are {status}"
    told = f"{capitalize_first(first.called)} {_word_tie(first.first, cut(first.subjects[0], NAME), status)}"
    may_be = first.first.verdict is MatchVerdict.POSSIBLE
    return (
        f"{told}; {count} {'may be' if may_be else 'are' if len(others) > 1 else 'is'} touched"
        if others
        else told
    )


def _word_tie(match: Match, subject: str, status: str = "") -> str:
    """The tie of an entry in words: of goods that are not surely what is controlled no more than
    that the control may be theirs.
    """
    if match.is_goods and match.verdict is MatchVerdict.POSSIBLE:
        return f"may fall under {subject}{f', which is {status}' if status else ''}"
    return describe_tie(match.known_tie, subject, status)


def describe_no_match(
    touches: ScreeningResult,
    unread: Sequence[str] = (),
    understood: str = "full",
    page: PageChange | None = None,
    unnumbered: bool = False,
) -> str:
    """Say that nothing matches, and in what: `None of your 212 names and 40 products`.

    Unread parts are excepted, and an act that was not `understood` allows no answer. Goods that are
    `unnumbered` have no tariff number, so ours can't be found by theirs.
    """
    if touches.sure or not touches.names + touches.products:
        return ""
    parts = ((touches.names, "name"), (touches.products, "product"))
    held = join_words([words.format_count(count, noun) for count, noun in parts if count])
    if understood == "none" and not touches.possible:
        return f"Whether it touches your {held} is not known"
    rest = (
        f"; {words.spell_number(len(group_by_entry(touches.possible)))} may be"
        if touches.possible
        else ""
    )
    is_one = touches.names + touches.products == 1
    none = f"Your {held}" if is_one else f"None of your {held}"
    if page:
        stands = "does not stand" if is_one else "stands"
        return f"{none} {stands} in the words that came or went ({_word_search(page)}){rest}"
    scope = _word_scope(unread, touches.unheld)
    by = "; goods that bear no tariff number are compared by code and words" if unnumbered else ""
    return f"{none} {'is not' if is_one else 'is'} touched by it{scope}{rest}{by}"


def _word_search(page: PageChange) -> str:
    """Say what was searched for in a page, which is no act."""
    more = f"; not in {words.format_count(page.more, 'more part')}" if page.more else ""
    return f"sought: names, known owners, codes{more}"


def _word_scope(unread: Sequence[str], unheld: Sequence[str]) -> str:
    """Name what was not compared: the first unread part and the first acts without their lists, and
    how many more.
    """
    more = f" and {len(unread) - 1:,} more" if len(unread) > 1 else ""
    first = f"what could not: {cut(unread[0].partition(' (')[0], 60)}{more}" if unread else ""
    acts = f"not compared with it: what {cut(words.name_acts(unheld), 60)} listed" if unheld else ""
    left_out = "; ".join(filter(None, (first, acts)))
    return f" in what could be read ({left_out})" if left_out else ""


def list_touch_lines(
    touches: ScreeningResult | None,
    unread: Sequence[str] = (),
    understood: str = "full",
    page: PageChange | None = None,
    unnumbered: bool = False,
    facts: Sequence[Announcement | Edition] = (),
) -> Iterator[Line]:
    """A line for each entry that is touched, then for each that may be, with what is done to whom
    and the reason; what of the list was not held.
    """
    if touches is None:
        return
    deeds = list_deeds(facts)
    yield from _list_touched(touches.sure, "of your watch list", deeds)
    if clear := describe_no_match(touches, unread, understood, page, unnumbered):
        yield Line("", f"{clear}.")
    yield from _list_touched(touches.possible, "that may be of your watch list", deeds)
    if touches.unread:
        yield Line("", f"Your watch list could not be read whole: {'; '.join(touches.unread)}.")
    yield from (
        Line("", text) for text in [*dict.fromkeys(map(_word_dismissed, touches.dismissed))][:SHOWN]
    )


def summarize_touched(result: ScreeningResult | None) -> str:
    """`; touches your supplier A, your product B and 7 more; 2 may be touched`."""
    sure, may_be = (
        [entry.called for entry in group_by_entry(matches)]
        for matches in ((result.sure, result.possible) if result else ((), ()))
    )
    touched = f"; touches {join_first_names(sure, NAMED_OF_ONE)}" if sure else ""
    more = "more of yours" if sure else "of yours"
    return touched + (f"; {len(may_be):,} {more} may be touched" if may_be else "")


def _list_touched(matches: Sequence[Match], rest: str, deeds: Deeds) -> Iterator[Line]:
    touched = _take_turns(group_by_entry(matches, deeds))
    for entry in touched[:SHOWN]:
        said = ", ".join(filter(None, (entry.first.ref, entry.first.owner)))
        ours = f" ({said})" if said else ""
        deed = deeds.get(entry.first.subject)
        yield Line("", f"{capitalize_first(entry.called)}{ours} {_word_tied(entry, deed)}")
    if len(touched) > SHOWN:
        yield Line("", f"… and {len(touched) - SHOWN:,} more {rest}")


def _take_turns(touched: Sequence[EntryHits]) -> list[EntryHits]:
    """Firms and goods by turns, so that the first lines have both."""
    kinds: dict[bool, list[EntryHits]] = {}
    for entry in touched:
        kinds.setdefault(entry.first.is_goods, []).append(entry)
    return [entry for turn in zip_longest(*kinds.values()) for entry in turn if entry]


def _word_tied(entry: EntryHits, deed: Deed | None) -> str:
    """`is owned 60 % by TechInsights, added (why); 11 more names touch it`: the closest tie of an
    entry, what is done to whom it is tied to, and how many more there are.
    """
    tie, why = entry.first.known_tie, entry.first.reason
    first, *others = (cut(subject, NAME) for subject in entry.subjects)
    more = words.format_count(len(others), "more name") if others else ""
    first = f"{first}{deed.done}" if deed else first
    if tie.is_direct:
        theirs = f"{first}{',' if deed else ''} and {more}" if more else first
        return f"{'→ ' + theirs if tie.is_certain else _word_tie(entry.first, theirs)} ({why})"
    if tie.kind is TieKind.OWNED and not (tie.path or tie.source):
        why = why.removeprefix(f"{describe_owner(tie)}; ")
    also = f"; {more} {_conjugate_touch(others)} it" if more else ""
    return f"{describe_tie(tie, first)} ({why}){also}"


def _conjugate_touch(others: Sequence[str]) -> str:
    return "touch" if len(others) > 1 else "touches"


def make_match_table(touches: ScreeningResult) -> Table:
    """All matches of a changed list against history."""
    rows = tuple(
        (match.entry, name_listed(match), _word_verdict(match), match.reason)
        for match in touches.found
    )
    return Table("Matches", ("Yours", "Listed", "Is it?", "Why"), rows)


def _word_verdict(match: Match) -> str:
    return (
        "dismissed"
        if match.dismissed_by
        else "yes"
        if match.known_tie.is_certain
        else describe_tie(match.known_tie, "it")
    )


def summarize_look_back(touches: ScreeningResult) -> str:
    """Say which entries touch earlier listings; a review can add names to an unchanged list."""
    names = list(dict.fromkeys(match.entry for match in (*touches.sure, *touches.possible)))
    shown = join_first_names([cut(name, NAME) for name in names], NAMED)
    of_all = f"{touches.listed:,} {'name or item' if touches.listed == 1 else 'names and items'}"
    return f"Your watch list was compared with {of_all} on record: those that touch or may touch {shown} follow."


def _word_dismissed(match: Match) -> str:
    subject = match.group or match.subject
    undo = f"monitor triage not-ours '{cut(subject, NAME)}' --entry '{match.key}' --undo"
    who = f"{match.relation} {cut(match.entry, NAME)}"
    return (
        f"{match.group or name_listed(match)} is not {who}: {match.dismissed_by}, {dates.format_date(match.dismissed_at)}; to"
        f" undo: {undo}"
    )
