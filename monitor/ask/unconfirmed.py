"""List a second reader's unconfirmed opinions of acts, which no other answer contains."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from monitor.ask.asking import find_register
from monitor.ask.knowledge import AllRecords, NamedActs
from monitor.ask.screen import check, make_entries, parse_all_questions
from monitor.config import Config
from monitor.diff.opinions import list_new
from monitor.model import Announcement, Measure, Value
from monitor.render.opinions import mark_unconfirmed
from monitor.store import History, OnRecord, acts, opinions
from monitor.store.watched import iterate_subjects_of_act
from monitor.timeline.values import make_identities
from monitor.watch.entries import Entry
from monitor.watch.match import DEFAULT, Thresholds, WatchList

Query = tuple[str, Sequence[Entry]]  # a word, and the entries of which it may be one


class Unconfirmed(Value, kw_only=True):
    """A measure that a second reader quotes from an act; `state` says that it is no fact. `mark`
    accepts it: `monitor review ACT --add s1`.
    """

    id: str
    act: str
    mark: str
    title: str = ""
    authority: str = ""
    state: str
    measure: Measure
    url: str = ""


def list_unconfirmed(history: History) -> list[Unconfirmed]:
    """List, by act, all opinions that the grammar's reading still lacks."""
    said = history(opinions.load_opinions, history(opinions.list_subjects))
    known = history(acts.load_acts, said)
    return [
        Unconfirmed(
            id=f"{key}:s{number}",
            act=key,
            mark=f"s{number}",
            title=act.title,
            authority=act.authority,
            state=mark_unconfirmed(said[key]),
            measure=measure,
            url=act.url,
        )
        for key, act in sorted(known.items())
        for number, measure in enumerate(list_new(act, said[key]), 1)
    ]


def find_unconfirmed(
    history: History,
    asked: Iterable[Query],
    thresholds: Thresholds = DEFAULT,
    until: str = "",
) -> list[Unconfirmed]:
    """List those that are about each query: a word (an act, a register), and its names, goods or
    codes. `until` is the last day of publication (ISO).
    """
    found = list_unconfirmed(history)
    known = history(acts.load_acts, {each.act for each in found})
    if until:
        found = [each for each in found if (known[each.act].published or "") <= until]
    for word, entries in asked:
        named = NamedActs(known.values()).named(word) if word else ()
        records = [record for each in found for record in _list_records(known[each.act], each)]
        hits = check(entries, WatchList([], thresholds), AllRecords(records))
        alike = make_identities(hit.match.subject for hit in hits)
        register = find_register(word)
        found = [
            each
            for each in found
            if each.act in named
            or (register and each.measure.register == register)
            or alike & make_identities((*each.measure.entities, *each.measure.items))
        ]
    return found


def ask_words(*words: str) -> list[Query]:
    """The queries of these words, as far as they say anything."""
    return [(word, make_entries(word)) for word in words if word]


def ask_screening(config: Config, asked: Iterable[str], mapped: Mapping[str, str]) -> list[Query]:
    """Make the query of names and files: it finds everything about any of them.

    Raises:
        ConfigError: a file can't be read, or is no list.
    """
    asking = parse_all_questions(config, asked, mapped)
    return [("", [entry for one in asking for entry in one.entries])]


def _list_records(act: Announcement, said: Unconfirmed) -> Iterator[OnRecord]:
    return iterate_subjects_of_act(replace(act, measures=(said.measure,)))
