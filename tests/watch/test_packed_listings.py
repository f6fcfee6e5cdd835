"""All that was ever listed, found in packs as in memory."""

from collections.abc import Iterable, Mapping, Sequence

import pytest
from watch.segmented import kept

from monitor.model import Entity, Item
from monitor.watch import packed_listings
from monitor.watch.entries import Entry, Party, Product
from monitor.watch.marks import of_subject
from monitor.watch.match import AllListed, WatchList, screen_entry
from monitor.watch.packed_listings import PackedListings
from monitor.watch.packs import Batch

LISTED: tuple[Entity | Item, ...] = (
    Entity(names={"en": "Nova Optics Ltd (NovaOpt)"}, kind="org", ids={"inn": "7402006277"}),
    Item(names={"en": "magnet"}, codes=("1C909.a",), hs=("850511",)),
    Entity(names={"en": "Zed Trading"}, kind="org", aliases=("Zeta Metals",), parent="Nova Optics", country="DE"),
    Entity(names={"en": "Karim Nasser"}, kind="person"),
    Item(names={"en": "chip"}, codes=("3A001",)),
    Entity(names={"en": "Ocean Star"}, kind="vessel", ids={"imo": "9187629"}),
)
REGISTERS = ("cn-uel", "cn-x", None, "us-sdn", "us-ccl", "us-sdn")


class Kept:
    """Keeps the subjects, and how often each was asked for."""

    def __init__(self, listed: Sequence[Entity | Item] = LISTED) -> None:
        self.listed = listed
        self.asked: list[int] = []

    def subjects(self, places: Iterable[int]) -> Mapping[int, Entity | Item]:
        self.asked += (wanted := list(places))
        return {place: self.listed[place] for place in wanted}

    def register(self, place: int) -> str | None:
        return REGISTERS[place]


def listings(subjects: Kept | None = None, more: Mapping[int, str] | None = None) -> PackedListings:
    batch, subjects = Batch(), subjects or Kept()
    for place, subject in enumerate(subjects.listed):
        batch.add(place, of_subject(subject, *filter(None, [(more or {}).get(place)])))
    return PackedListings([kept(batch.counts, list(batch.packs()))], subjects)


ASKING: list[Entry] = [
    Party(name="Nova Optics"),
    Party(name="NovaOpt"),
    Party(name="Zeta Metal"),
    Party(name="Sheikh Karim Nasser", person=True),
    Party(name="Somebody", ids=("7402006277",)),
    Party(name="Somebody", ids=("IMO 9187629",)),
    Party(name="Yak", parent="Nova Optics Ltd", share=20),
    Party(name="Zed Trading", country="FR"),
    Party(name="Nobody Anywhere"),
    Product(name="Our magnet", hs=("85051110",), codes=("1C909",)),
    Product(name="Ours", codes=("3A001.a",)),
    Product(name="Ours", eccn=("3A001.a",)),
    Product(name="Hydrophone"),
]


@pytest.mark.parametrize("entry", ASKING, ids=lambda entry: f"{entry.key}")
def test_what_a_changed_entry_may_be_is_found_in_packs_as_in_memory(entry: Entry):
    watch = WatchList([entry])

    assert screen_entry(entry, listings(), watch) == screen_entry(entry, AllListed(LISTED, REGISTERS), watch)


def test_all_of_them_are_found_together_however_few_are_kept_at_hand(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed_listings, "ROOM", 1)
    packed, whole, watch = listings(), AllListed(LISTED, REGISTERS), WatchList(ASKING)

    assert [screen_entry(entry, packed, watch) for entry in ASKING * 2] == [
        screen_entry(entry, whole, watch) for entry in ASKING * 2
    ]


def test_of_many_that_share_a_word_whoever_looks_most_alike_is_found_by_a_second_name():
    crowd = [Entity(names={"en": f"Vega {'x' * (number + 5)}"}, kind="org") for number in range(60)]
    subjects = [*crowd, Entity(names={"en": "Quixotic Zymurgy"}, aliases=("Vega Group",), kind="org")]
    vega = Party(name="Vega")

    found = screen_entry(vega, listings(Kept(subjects)), WatchList([vega]))

    assert found == screen_entry(vega, AllListed(subjects), WatchList([vega]))
    assert [(place, match.score) for place, match in found] == [(60, 0.96)]


def test_what_was_read_once_is_not_read_again():
    subjects = Kept()
    packed, watch = listings(subjects), WatchList(ASKING)
    for entry in ASKING * 2:
        screen_entry(entry, packed, watch)

    assert sorted(subjects.asked) == sorted(set(subjects.asked))


def test_how_many_are_listed_what_and_where_is_known_by_place():
    packed = listings()

    assert len(packed) == 6
    assert [packed.subject(place) for place in range(6)] == list(LISTED)
    assert [packed.register(place) for place in range(6)] == list(REGISTERS)


def test_what_others_know_a_subject_by_finds_its_place():
    packed = listings(more={1: "act mofcom-2025-61", 4: "act mofcom-2025-61"})

    assert packed.under("act mofcom-2025-61") == [1, 4]
    assert packed.under("act mofcom-2025-62") == []


def test_an_item_under_the_key_of_a_number_is_nobody():
    packed = listings(more={1: "number 740200627"})

    assert screen_entry(Party(name="Somebody", ids=("740200627",)), packed, WatchList([])) == []


def test_of_what_lies_beyond_a_list_of_registers_nobody_knows_where_it_is_listed():
    assert [AllListed(LISTED, ("cn-uel",)).register(place) for place in (0, 1)] == ["cn-uel", None]
