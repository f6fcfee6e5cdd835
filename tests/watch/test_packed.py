"""An index of names in packs finds what one in memory does, however its segments came to be."""

import random
from collections.abc import Mapping, Sequence

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from watch.segmented import into_one, kept

from monitor.model import Entity
from monitor.watch import merging, packs
from monitor.watch.candidates import SHAPE_BITS, hashed
from monitor.watch.index import Index, Spelling
from monitor.watch.marks import of_number, of_subject
from monitor.watch.packed import ROOM, Bodies, Packed, Segment
from monitor.watch.packs import SPELLINGS, Batch, Counts
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


def in_packs(segments: Sequence[Segment]) -> Packed:
    return Packed(segments)


def same(entities: Mapping[int, Entity], segments: Sequence[Segment], asked: Sequence[str]) -> None:
    names = spelt(entities)
    index, packed = Index(names.values()), in_packs(segments)
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
    bodies.fetch(range(9_000, 9_000 + ROOM))
    assert bodies.body(3) == bytes([3])
    assert read.count(3) == 2  # but what lies longest is let go


def looked_up_alike(now: Mapping[int, Entity], segments: Sequence[Segment]) -> None:
    """Whatever is looked up by a key, a word or a number, in segments as in memory."""
    names = spelt(now)
    index, packed, numbers = Index(names.values()), in_packs(segments), list(names)
    marks = [of_subject(entity) for entity in now.values()]
    every = [12_345, *sorted({key for one in marks for name in one.names for key in name.keys})]
    theirs, ours = packed.having(every), index.having(every)
    for key in every:
        assert [number >> SHAPE_BITS for number in theirs[key]] == [numbers[number >> SHAPE_BITS] for number in ours[key]]
    ends = [(word[:3].casefold(), word[-3:].casefold()) for word in (*OWN, "Zz")]
    assert [set(packed.words_like([one])) for one in ends] == [set(index.words_like([one])) for one in ends]
    for number in range(100_000, 100_004):
        (key,) = hashed([of_number(str(number))])
        assert packed.owners(key) == [place for place, entity in sorted(now.items()) if str(number) in entity.ids.values()]


@pytest.mark.parametrize("size", [2, 5])
def test_what_came_in_parts_changed_and_went_is_looked_up_as_in_memory(monkeypatch, size):
    monkeypatch.setattr(packs, "SIZE", size)
    monkeypatch.setattr(merging, "SIZE", size)
    dice, now, segments = random.Random(size), dict[int, Entity](), list[Segment]()
    for _ in range(3):
        said = {place: somebody(dice) if dice.random() > 0.3 else None for place in dice.sample(range(9), 5)}
        batch = changed(now, said)
        segments.append(kept(batch.counts, list(batch.packs())))

    looked_up_alike(now, segments)
    looked_up_alike(now, [into_one(segments[:2]), segments[2]])
    looked_up_alike(now, [into_one(segments)])


def somebody(dice: random.Random) -> Entity:
    names = [" ".join(dice.sample([*OWN, *MORE], dice.randint(1, 4))) for _ in range(dice.randint(1, 3))]
    kind, number = ("person", "org")[dice.randint(0, 1)], dice.randint(100_000, 100_003)
    return Entity(names={"en": names[0]}, aliases=tuple(names[1:]), kind=kind, ids={"no": str(number)})
