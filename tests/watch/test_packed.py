"""An index of names in packs finds what one in memory does, however its segments came to be."""

import random
from collections.abc import Mapping, Sequence

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Entity
from monitor.watch import merging, packs
from monitor.watch.candidates import hashed
from monitor.watch.index import Index, Spelling
from monitor.watch.marks import of_subject
from monitor.watch.packed import ROOM, Bodies, Entry, Packed, Segment, segment
from monitor.watch.packs import KINDS, SPELLINGS, Batch, Counts, Pack
from monitor.watch.parties import of_entity

OWN = ("Kolomna", "Kolonma", "Huawei", "Teledyne", "Sunrise", "Sunrize", "Vacuumschmelze", "Ivanov", "Ivanova", "Petrochemia")
MORE = ("Trading", "Technology", "Shanghai", "Limited", "Bank", "华为", "技术有限公司", "Co., Ltd", "No 3", "Институт")
TEXTS = st.lists(st.sampled_from([*OWN, *MORE]), min_size=1, max_size=4).map(" ".join)
ENTITIES = st.builds(
    lambda names, person, number: Entity(
        names={"en": names[0]}, aliases=tuple(names[1:]), kind="person" if person else "org", ids={"no": str(number)}
    ),
    st.lists(TEXTS, min_size=1, max_size=3),
    st.booleans(),
    st.integers(100_000, 100_004),
)
SAID = st.lists(st.dictionaries(st.integers(0, 12), ENTITIES | st.none(), min_size=1, max_size=6), min_size=1, max_size=4)


def kept(counts: Counts, made: Sequence[Pack]) -> Segment:
    bodies = dict(enumerate(pack.body for pack in made))
    entries = [Entry(number, *pack[:5]) for number, pack in enumerate(made)]
    return segment(counts, entries, Bodies(lambda ids: {number: bodies[number] for number in ids}))


def into_one(some: Sequence[Segment]) -> Segment:
    made: list[Pack] = []
    for kind in KINDS:
        behind, done = None, False
        while not done:
            more, done = merging.merged(kind, some, behind, 1)
            made += more
            behind = more[-1] if more else behind
    return kept(Counts(*(sum(counts) for counts in zip(*(one.counts for one in some), strict=True))), made)


def changed(now: dict[int, Entity], said: Mapping[int, Entity | None]) -> Batch:
    """Who is called otherwise, or is there no longer where None is said."""
    batch = Batch()
    for place, entity in said.items():
        before = now.pop(place, None)
        if entity:
            now[place] = entity
        match before, entity:
            case Entity(), Entity():
                batch.change(place, of_subject(before), of_subject(entity))
            case Entity(), None:
                batch.take_back(place, of_subject(before))
            case None, Entity():
                batch.add(place, of_subject(entity))
    return batch


def spelt(entities: Mapping[int, Entity]) -> dict[int, Spelling]:
    """Every name by its number in packs."""
    named = [(place, of_entity(entity)) for place, entity in sorted(entities.items())]
    return {
        place << SPELLINGS | number: Spelling(place, text, role, names.person)
        for place, names in named
        for number, (text, role) in enumerate(names.spelt)
    }


def in_packs(entities: Mapping[int, Entity], segments: Sequence[Segment]) -> Packed:
    names = spelt(entities)
    return Packed(segments, lambda numbers: {number: names[number].text for number in numbers})


def same(entities: Mapping[int, Entity], segments: Sequence[Segment], asked: Sequence[str]) -> None:
    names = spelt(entities)
    index, packed = Index(names.values()), in_packs(entities, segments)
    assert (len(packed), packed.subjects()) == (len(index), len(entities))
    for text in asked:
        for person in (False, True):
            walked = [list(names)[number] for number in index.candidates(text, person=person)]
            assert packed.candidates(text, person=person) == walked, text


@pytest.mark.long
@examples(40)
@given(SAID, st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 5))
def test_whatever_came_changed_and_went_names_are_found_as_in_memory(said, asked, until):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "SIZE", 4)
        patch.setattr(merging, "SIZE", 4)
        now: dict[int, Entity] = {}
        segments = [kept(batch.counts, list(batch.packs())) for batch in (changed(now, some) for some in said)]
        merged = [into_one(segments[:until]), *segments[until:]] if until > 1 else segments

        same(now, segments, [*asked, *(text for one in now.values() for text in one.names.values())])
        same(now, merged, asked)
        same(now, [into_one(merged)], asked)


def test_words_that_too_many_names_have_find_those_that_have_all_of_them():
    dice = random.Random(5)
    crowd = {
        number: Entity(names={"en": " ".join(dice.sample(["Alfa", "Bravo", "Delta", "Gamma"], 3))}, kind="org")
        for number in range(450)
    }
    batches = [changed({}, {number: crowd[number] for number in range(first, 450, 3)}) for first in range(3)]

    same(crowd, [kept(batch.counts, list(batch.packs())) for batch in batches], ["Bravo Gamma Delta", "Alfa Bravo"])
    assert in_packs(crowd, [kept(batch.counts, list(batch.packs())) for batch in batches]).candidates("Alfa Bravo")


def test_how_many_have_a_word_is_known_however_many_packs_it_fills(monkeypatch):
    monkeypatch.setattr(packs, "SIZE", 4)
    now: dict[int, Entity] = {}
    crowd = {number: Entity(names={"en": f"Sunrise Optics {number}"}, kind="org") for number in range(23)}
    segments = [
        kept(batch.counts, list(batch.packs())) for batch in (changed(now, crowd), changed(now, {3: None, 7: None, 11: None}))
    ]
    (sunrise,) = hashed(["wsunrise"])

    for made in (segments, [into_one(segments)]):
        packed = in_packs(now, made)
        assert packed.counted([sunrise])[sunrise] == len(packed.having(sunrise, 100)) == 20


def test_a_merge_of_what_was_taken_back_leaves_nothing():
    gone: dict[int, Entity] = {}
    crowd = {number: Entity(names={"en": f"Sunrise {number}"}, kind="org") for number in range(9)}
    batches = [changed(gone, crowd), changed(gone, dict.fromkeys(crowd))]

    whole = into_one([kept(batch.counts, list(batch.packs())) for batch in batches])

    assert (whole.sections, whole.counts) == ({}, Counts())


def test_what_is_asked_for_again_and_again_is_read_once_however_much_else_is_asked_for_between():
    read: list[int] = []
    bodies = Bodies(lambda ids: (read.extend(ids), {number: bytes([number % 256]) for number in ids})[1])
    for begins in range(10, 10 + 20 * ROOM, ROOM // 2):
        bodies.fetch([1, 2, 3])
        bodies.fetch(range(begins, begins + ROOM // 2))
    many = range(5 * ROOM)
    bodies.fetch(many)
    asked = len(read)

    assert [read.count(number) for number in (1, 2, 3)] == [1, 1, 1]
    assert [bodies.body(number) for number in many] == [bytes([number % 256]) for number in many]
    assert len(read) == asked
