"""Screen names against the watch list of config.toml and the store, and against all history. Reads
files and the store.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from operator import itemgetter
from pathlib import Path

from msgspec.structs import replace

from monitor.ask import others
from monitor.ask.coverage import measure_freshness
from monitor.ask.knowledge import AllRecords, Knowledge, Records, Searched
from monitor.ask.others import ListState, OtherList, SaidBy
from monitor.ask.standing import FREES, Standing, Standings
from monitor.ask.watchlist import (
    LARGEST,
    Stored,
    add_owners,
    describe_nothing_read,
    find_entry_key,
    list_file_remarks,
    load_entries_in_files,
    load_stored,
    name_file,
    read_list_file,
    refuse_strangers,
    watch_list,
)
from monitor.clock import SystemClock, format_instant
from monitor.config import Config, files
from monitor.config.stores import Store
from monitor.document import decode
from monitor.errors import ConfigError, MonitorError, SourceError
from monitor.model import Entity, Item, LastRead, Value, frozen, to_json
from monitor.names.candidates import LONGEST_PERSON, is_personal
from monitor.names.name import normalize_name, read_name
from monitor.source.scraper import Source
from monitor.store import History, OnRecord, has_store
from monitor.timeline.values import make_identity
from monitor.vocabulary.letters import fold_code
from monitor.watch import exchange
from monitor.watch.entries import Entry, Party, Product, describe_owner, merge_entries
from monitor.watch.lists import Imported
from monitor.watch.match import (
    IF_CONTAINED,
    Dismissal,
    Listings,
    Pairing,
    WatchList,
    add_up,
    screen_entry,
    screen_subject,
)
from monitor.watch.materials import find_cas_numbers
from monitor.watch.ownership import add_chains, share_owners
from monitor.watch.parties import Names, make_party_names
from monitor.watch.tables import SHEETS
from monitor.watch.values import MatchVerdict, Tie, TieKind

# an entry with its known owners, and who dismissed what of it; and what it may be, by its place
DecidedEntry = tuple[Entry, tuple[Dismissal, ...]]
Pairs = Sequence[tuple[int, Pairing]]
NOTHING: tuple[Stored, Records] = ((), ()), AllRecords(())  # what a store without history has
TABLES = (".csv", ".tsv", *SHEETS)
NAMES_OF_A_CODE = 10  # by which goods without a code are looked for
TARIFF = re.compile(r"(?:HS\s*)?(\d{4}(?:[. ]?\d{2}){0,4})", re.IGNORECASE)
CODE = re.compile(r"\d[A-E]\d{3}(?:\.?[0-9a-z]{1,3})*", re.IGNORECASE)
# the beginning of either
TARIFF_BEGUN = re.compile(r"(?:HS:?)?(\d{4}(?:\.?\d{2}){0,3}(?:\.?\d{1,2})?)", re.IGNORECASE)
CODE_BEGUN = re.compile(r"\d[A-E]\d{1,2}", re.IGNORECASE)


class Screened(Value, kw_only=True):
    """A query and its possible match: a watch-list entry, or (`on_record`) a subject of the
    history. `origin` is the file and row of the query; `stands` is the recorded subject's status
    today. For an external list, `theirs` names it.
    """

    asked: str
    origin: str = ""
    match: Pairing
    on_record: OnRecord | None = None
    stands: Standing | None = None
    theirs: SaidBy | None = None

    @property
    def is_over(self) -> bool:
        """Return whether what is on record holds no longer."""
        record = self.on_record
        return record is not None and bool(
            record.gone or (self.stands.over if self.stands else record.action in FREES)
        )


@frozen
class Screening:
    """All that was `asked`, the matches, and the unusable parts of the watch-list files, a sentence
    each. `taken` explains the columns of the queried files, `records` counts subjects on record.
    `by_others` are the matches on external lists of config.toml, `lists` their state. `stale` are
    authorities without a recent read, `registers` were read whole. `themselves` are queried names
    from a file of the watch list, which are not compared with their own entries.
    """

    asked: tuple[Entry, ...]
    found: tuple[Screened, ...]
    unusable: tuple[str, ...]
    taken: tuple[str, ...] = ()
    records: int = 0
    watched: int = 0
    by_others: tuple[Screened, ...] = ()
    lists: tuple[ListState, ...] = ()
    stale: Mapping[str, LastRead] = field(default_factory=dict)
    watched_sha256: str = ""
    themselves: frozenset[str] = frozenset()
    registers: frozenset[str] = frozenset()

    @property
    def hits(self) -> tuple[Screened, ...]:
        """All matches, those on external lists last."""
        return (*self.found, *self.by_others)


@frozen
class Asking:
    """A person's query, notes on its file, and what was read of that."""

    entries: tuple[Entry, ...]
    taken: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    read: Imported | None = None


def make_dismissal(
    entry: str, subject: str, by: str, now: datetime, entries: Sequence[Entry]
) -> Dismissal:
    """A person's word that an entry is not a listed subject.

    Raises:
        ConfigError: the entry is not on the watch list, or no name was given.
    """
    if not by.strip() or not subject.strip():
        raise ConfigError("say who dismisses (--by NAME), and whom")
    key = find_entry_key(entry, entries)
    subject_key = subject if CODE.fullmatch(subject) else normalize_name(subject)
    name = next(listed.name for listed in entries if listed.key == key)
    return Dismissal(
        entry=key,
        subject=subject_key,
        by=by,
        at=format_instant(now),
        entry_name=name,
        subject_name=subject,
    )


def parse_question(text: str, mapped: Mapping[str, str] | None = None) -> Asking:
    """Parse a word of the command line: a list's rows, a file of names, a name, a number, a code.

    Raises:
        ConfigError: the file can't be read, or is no list.
        MonitorError: the file gives no name.
    """
    if not text.strip():
        raise ConfigError("a name is empty; say whom or what to screen")
    path = Path(text)
    if not any(map(str.isalnum, text)):
        raise ConfigError(f"{text!r} is no name; say whom or what to screen")
    if path.suffix.lower() in TABLES:
        read = read_list_file(path, None, mapped, every=True)
        refuse_nothing_read(path, read)
        return Asking(read.entries, read.taken, list_file_remarks(read), read)
    if not files.is_file(path) and not ("/" in text and files.path_exists(path)):
        beside = f"{text!r} is asked as a name: the folder of that name is not read"
        return Asking(
            tuple(make_entries(text)), unusable=(beside,) if files.is_folder(path) else ()
        )
    body = files.read_file_bytes(path, most=LARGEST, error=ConfigError)
    if exchange.is_json_lines(text, body):
        raise ConfigError(
            f"{files.shorten_path(path)}: lines of JSON are compared with a list that you name:"
            " --list LIST"
        )
    try:
        lines = decode(body).splitlines()
    except SourceError as error:
        raise ConfigError(f"{files.shorten_path(path)}: no list of names: {error}") from error
    return Asking(
        tuple(entry for line in lines if line.strip() for entry in make_entries(line.strip()))
    )


def parse_all_questions(
    config: Config, asked: Iterable[str], mapped: Mapping[str, str]
) -> list[Asking]:
    """Parse the words of the command line; `mapped` and the settings explain unknown headings.

    Raises:
        ConfigError: a file can't be read, is no list, or none has a heading that is explained.
        MonitorError: a file gives no name.
    """
    headings = {**config.watch.headings, **mapped}
    asking = [parse_question(text, headings) for text in asked]
    refuse_strangers(mapped, [one.read for one in asking if one.read])
    return asking


def refuse_nothing_read(path: Path, read: Imported) -> None:
    """Refuse a file without a name: a search for nothing clears nobody.

    Raises:
        MonitorError: it has no name.
    """
    if not read.entries:
        raise MonitorError(
            f"nothing was screened: {describe_nothing_read(path, read)}; if another column holds"
            " the names: --map HEADING=name"
        )


def is_code(text: str) -> bool:
    """Return whether a word is a tariff number or a control code, however it is written."""
    return _read_code(text) is not None


def make_entries(text: str) -> list[Entry]:
    """Parse a word: a tariff number, a control code, or else a name of a person, firm or goods.

    A code in another form than in acts may also be a name.
    """
    code = _read_code(text)
    if code and (TARIFF.fullmatch(text) or CODE.fullmatch(text)):
        return [code]
    return [code, Party(name=text)] if code else [Party(name=text), Product(name=text)]


def _read_code(text: str) -> Product | None:
    """Goods by their code or by its beginning; None for what is none."""
    folded = fold_code(text)
    if find_cas_numbers(text):
        return None  # of a substance, which its name says
    if tariff := TARIFF_BEGUN.fullmatch(folded):
        return Product(name=text, hs=(tariff[1].replace(".", ""),))
    if CODE.fullmatch(folded):
        return Product(name=text, codes=(folded,))
    if CODE_BEGUN.fullmatch(folded):
        missing = len("1C909") - len(folded)
        ends = (f"{number:0{missing}d}" for number in range(10**missing))
        return Product(name=text, codes=tuple(f"{folded}{end}" for end in ends))
    return None


def screen_questions(
    config: Config,
    store: Store,
    asked: Sequence[str],
    mapped: Mapping[str, str] | None = None,
    now: datetime | None = None,
    sources: Sequence[Source] | None = None,
) -> Screening:
    """Screen names against the watch list and all past listings, with the status `now` (default:
    today). `sources` decide how fresh the answer is.

    Raises:
        ConfigError: a file can't be read, or is no list.
    """
    asking = parse_all_questions(config, asked, mapped or {})
    lists = others.read(config, store, keeps=True)
    now = now or SystemClock().now()
    if not has_store(store):
        return screen_against_all(config, asking, None, now, lists)
    with History(store, read_only=True) as history:
        freshness = (
            None
            if sources is None
            else measure_freshness(history, sources, now, config.health.patience)
        )
        return screen_against_all(config, asking, Knowledge(history, freshness), now, lists)


def screen_against_all(
    config: Config,
    asking: Sequence[Asking],
    known: Knowledge | None,
    now: datetime,
    lists: Sequence[OtherList] = (),
) -> Screening:
    """Screen queries against the watch list, all that is `known`, and external lists.

    Raises:
        ConfigError: a watch-list file can't be read, or is no list.
    """
    asked = share_owners([entry for question in asking for entry in question.entries])
    stored, records = (load_stored(known.history), known.records) if known else NOTHING
    wanted, ours, unusable = take_up_lists(config, asked, stored, now)
    standings = Standings(known.parts_of if known else lambda _: (), now)
    return Screening(
        asked=tuple(asked),
        found=tuple(add_sums(add_standings(check(wanted, ours, records), standings))),
        unusable=tuple(
            dict.fromkeys((*unusable, *(line for one in asking for line in one.unusable)))
        ),
        taken=tuple(line for question in asking for line in question.taken),
        records=len(records),
        watched=len(ours.entries),
        watched_sha256=sha256(b"".join(map(to_json, ours.entries))).hexdigest(),
        by_others=tuple(add_sums(_screen_other_lists(wanted, ours, lists))),
        lists=tuple(one.state for one in lists),
        stale=known.stale if known else {},
        themselves=_find_themselves(asked, ours.entries),
        registers=known.registers if known else frozenset(),
    )


def _find_themselves(asked: Iterable[Entry], ours: Iterable[Entry]) -> frozenset[str]:
    """Find the queried names whose file gave the watch list an entry of that name."""
    given = {_name_row(entry) for entry in ours if entry.origin}
    return frozenset(entry.name for entry in asked if _name_row(entry) in given)


def _name_row(entry: Entry) -> tuple[str, str]:
    return name_file(entry), normalize_name(entry.name)


def take_up_lists(
    config: Config,
    queries: Sequence[Entry],
    stored: Stored,
    now: datetime,
) -> tuple[list[Entry], WatchList, list[str]]:
    """Load the queries with known owners, the watch list, and its files' unusable parts.

    Raises:
        ConfigError: a file can't be read, or is no list.
    """
    in_our_files, unusable = load_entries_in_files(config)
    # files of gigabytes, read once for both
    owned = add_owners([*in_our_files, *stored[0], *queries], config.watch.ownership)
    ours = watch_list(config, owned[: len(owned) - len(queries)], stored[1], now)
    unchained = owned[len(owned) - len(queries) :]
    return (
        list(add_chains(unchained, [*ours.entries, *unchained], format_instant(now)[:10])),
        ours,
        unusable,
    )


def add_standings(hits: Iterable[Screened], standings: Standings) -> list[Screened]:
    """Add the present status of subjects on record. For each query the watch list comes first, then
    sure and possible matches in force. Several measures of one act share one match: the status
    covers all.
    """
    asked: dict[tuple[str, str], int] = {}
    found: dict[Hashable, tuple[tuple[int, int, bool], Screened]] = {}
    for place, hit in enumerate(hits):
        about = asked.setdefault((hit.asked, str(hit.origin)), len(asked))
        record = hit.on_record
        if record is None:
            found[place] = (about, -1, False), hit
            continue
        done = (record.act, record.register, record.action, record.unread)
        known = (about, done, make_identity(record.subject)) if record.act else place
        order = about, standings.rank(record), hit.match.verdict is not MatchVerdict.MATCH
        found.setdefault(known, (order, replace(hit, stands=standings.of(record))))
    return [hit for _, hit in sorted(found.values(), key=itemgetter(0))]


def add_sums(hits: Iterable[Screened]) -> list[Screened]:
    """Add the summed shares of a query's owners, on record or on one external list."""
    every = list(hits)
    by_asked: dict[tuple[str, str, str], list[int]] = {}
    for place, hit in enumerate(every):
        if hit.theirs or (hit.on_record and not hit.is_over):
            by_asked.setdefault(
                (hit.origin, hit.asked, hit.theirs.list if hit.theirs else ""), []
            ).append(place)
    for places in by_asked.values():
        for place, match in zip(
            places, add_up(every[place].match for place in places), strict=True
        ):
            every[place] = replace(every[place], match=match)
    return every


def add_known_owners(entry: Entry, watch: WatchList) -> Entry:
    """Add the owners that the watch list knows, because a name on a command line has none.

    Owners of a name that is only alike belong to somebody else.
    """
    if not isinstance(entry, Party) or not watch.owned.entries:
        return entry
    same = (
        match
        for match in screen_subject(make_subject(entry), watch.owned)
        if match.tie.is_certain and not match.dismissed and match.kind != "fuzzy"
    )
    return entry.owned_by(
        *(
            owner
            for match in same
            if isinstance(match.entry, Party)
            for owner in match.entry.all_owners
        )
    )


def add_known_names(entry: Entry, watch: WatchList) -> Entry:
    """Add the other names and numbers that the watch list has of a party of the same name."""
    for ours in watch.called.get(normalize_name(entry.name), ()) if watch.entries else ():
        if isinstance(entry, Party) and entry.person == ours.person:
            entry = replace(
                entry,
                aliases=tuple(dict.fromkeys((*entry.aliases, *ours.aliases))),
                remarked=tuple(dict.fromkeys((*entry.remarked, *ours.remarked))),
                country=entry.country or ours.country,
                ids=entry.ids or ours.ids,
            )
    return entry


def add_known_goods(entry: Entry, known: Mapping[str, Sequence[Product]]) -> Entry:
    """Add what the watch list says of goods of the same name: a name alone has no material."""
    same = known.get(normalize_name(entry.name), ()) if known else ()
    for ours in same if isinstance(entry, Product) else ():
        entry, _ = merge_entries(entry, ours)
    return entry


def check(queries: Sequence[Entry], watch: WatchList, records: Records) -> list[Screened]:
    """Screen each one against the watch list, then against all on record. Goods also find what is
    listed without any code.
    """
    hits: list[Screened] = []
    goods: dict[str, list[Product]] = {}
    for ours in watch.products:
        goods.setdefault(normalize_name(ours.name), []).append(ours)
    with records.open() as searched:
        for entry in queries:
            hits += _check_list(entry, watch)
            known = add_known_goods(entry, goods)
            found = [*_check_records(known, watch, searched)]
            hits += found
            if isinstance(known, Product) and is_code(known.name):
                items = [one.match.subject for one in found if isinstance(one.match.subject, Item)]
                called = (name for item in items for name in item.names.values())
                hits += find_uncoded(known, called, watch, searched)
    return hits


def find_uncoded(
    asked: Product, called: Iterable[str], watch: WatchList, searched: Searched
) -> Iterator[Screened]:
    """Find goods that acts list without a code, or unread lists, that the names of a
    code may mean.
    """
    found: dict[Hashable, Screened] = {}
    for name in islice(dict.fromkeys(called), NAMES_OF_A_CODE):
        for hit in _check_records(Product(name=name), watch, searched):
            record = hit.on_record
            beyond = hit.match.reason.endswith(IF_CONTAINED)  # the code says what it contains
            if record and record.act and _is_uncoded(record) and not beyond:
                key = record.act, make_identity(record.subject)
                found[key] = max(hit, found.get(key, hit), key=lambda one: one.match.score)
    for hit in found.values():
        match = replace(
            hit.match,
            entry=asked,
            verdict=MatchVerdict.POSSIBLE,
            tie=replace(hit.match.tie, like=True),
        )
        yield replace(hit, asked=asked.name, origin=asked.origin, match=match)


def _is_uncoded(record: OnRecord) -> bool:
    thing = record.subject
    return record.unread or (isinstance(thing, Item) and not (thing.codes or thing.hs))


def pair_list(
    watch: WatchList, records: Records, known: Mapping[DecidedEntry, Pairs]
) -> dict[DecidedEntry, Pairs]:
    """Pair each entry of the watch list with the records that it may be.

    `known` are pairs of the same records; an unchanged entry among them is not searched again.
    """
    decided: dict[str, tuple[Dismissal, ...]] = {}
    for one in watch.dismissals.values():
        decided[one.entry] = (*decided.get(one.entry, ()), one)
    entries = [
        (add_known_owners(entry, watch), decided.get(entry.key, ())) for entry in watch.entries
    ]
    with records.open() as searched:
        return {
            one: known[one] if one in known else screen_entry(one[0], searched, watch)
            for one in entries
        }


def read_pairs(pairs: Mapping[DecidedEntry, Pairs], records: Records) -> list[Screened]:
    """Load what entries are paired with, as it is on record now."""
    with records.open() as searched:
        return [
            hit
            for (entry, _), placed in pairs.items()
            for hit in _read_pairs(entry, placed, searched)
        ]


def _check_list(entry: Entry, watch: WatchList) -> Iterator[Screened]:
    subject = make_subject(entry)
    for match in (
        screen_subject(subject, watch, known=make_entry_names(entry)) if watch.entries else ()
    ):
        # whom goods name is found by the name as a firm's
        is_firm = isinstance(entry, Product) and not isinstance(match.entry, Product)
        if not is_firm and not (entry.origin and _name_row(match.entry) == _name_row(entry)):
            # a dismissal of a listing of this name does not part the name from itself
            itself = normalize_name(match.entry.name) == normalize_name(entry.name)
            said = match.replace(dismissed=None) if itself else match
            yield Screened(asked=entry.name, origin=entry.origin, match=_name_owners(said))


def _check_records(entry: Entry, watch: WatchList, searched: Searched) -> Iterator[Screened]:
    return _read_pairs(entry, _screen_asked(_add_known(entry, watch), searched, watch), searched)


def _screen_asked(entry: Entry, listings: Listings, watch: WatchList) -> Pairs:
    """Screen a query. A bare name that may be a person's is compared as one too: of a firm each
    word counts. What only that finds is possible.
    """
    placed = screen_entry(entry, listings, watch)
    if (
        not isinstance(entry, Party)
        or entry.origin
        or entry.person
        or not _may_be_person(entry.name)
    ):
        return placed
    known = {place for place, _ in placed}
    for place, match in screen_entry(replace(entry, person=True), listings, watch):
        subject = match.subject
        names = subject.spellings if isinstance(subject, Entity) else ()
        if place not in known and any(map(_may_be_person, names)):
            reason = f"{match.reason}; if both are persons"
            tie = replace(match.tie, like=True)
            placed.append(
                (place, replace(match, verdict=MatchVerdict.POSSIBLE, reason=reason, tie=tie))
            )
    return placed


def _may_be_person(text: str) -> bool:
    """Return whether a name may be a person's: a few words or characters, and no legal form."""
    name = read_name(text)
    return is_personal(name) or (name.cjk and not name.forms and len(name.joined) <= LONGEST_PERSON)


def _add_known(entry: Entry, watch: WatchList) -> Entry:
    return add_known_owners(add_known_names(entry, watch), watch)


def _read_pairs(entry: Entry, placed: Pairs, searched: Searched) -> Iterator[Screened]:
    on_record = searched.records([place for place, _ in placed])
    for place, match in placed:
        yield Screened(
            asked=entry.name,
            origin=entry.origin,
            match=_doubt_title_match(match, on_record[place]),
            on_record=on_record[place],
        )


def _name_owners(match: Pairing) -> Pairing:
    """Make a match with a watch-list entry and its owners; an indirect tie is worded from
    neither side.
    """
    if not match.tie.is_direct:
        return replace(match, tie=Tie(kind=TieKind.TIED, like=match.tie.like))
    owners = match.entry.all_owners if isinstance(match.entry, Party) else ()
    return replace(
        match, reason="; ".join((match.reason, *(describe_owner(owner.tie()) for owner in owners)))
    )


def make_entry_names(entry: Entry) -> Names | None:
    """Return a party's other properties beside its listed form: its owners have shares."""
    return make_party_names(entry) if isinstance(entry, Party) else None


def _screen_other_lists(
    queries: Sequence[Entry], watch: WatchList, lists: Sequence[OtherList]
) -> Iterator[Screened]:
    """Screen each one against each external list, in the same way."""
    for entry in (_add_known(entry, watch) for entry in queries if lists):
        for one in lists:
            for place, match in _screen_asked(entry, one.listings, watch) if one.entries else ():
                yield Screened(
                    asked=entry.name, origin=entry.origin, match=match, theirs=one.said(place)
                )


def _doubt_title_match(match: Pairing, record: OnRecord) -> Pairing:
    """A match with an act's title only is never sure."""
    if not record.unread:
        return match
    reason = f"{match.reason}; what the act lists could not be read"
    return replace(
        match, verdict=MatchVerdict.POSSIBLE, reason=reason, tie=Tie(kind=TieKind.SAME, like=True)
    )


def make_subject(entry: Entry) -> Entity | Item:
    """An entry as if it were listed."""
    if isinstance(entry, Product):  # with its ECCN: `screen` separates the lists
        named = {"und": ", ".join([entry.name, *entry.materials])}
        return Item(names=named, codes=(*entry.codes, *entry.eccn), hs=entry.hs)
    return Entity(
        names={"zh" if read_name(entry.name).cjk else "en": entry.name},
        kind="person" if entry.person else "other",
        aliases=entry.aliases,
        country=entry.country,
        parent=entry.parent,
        ids={str(number): identifier for number, identifier in enumerate(entry.ids)},
    )
