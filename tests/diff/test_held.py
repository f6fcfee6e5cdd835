from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from acts import control
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.held import (
    APART,
    SHORTLY,
    Standing,
    Verdict,
    find_resurfaced,
    is_back_dated,
    is_encoded_twice,
    is_garbled,
    split_removals,
)
from monitor.errors import NotThePage
from monitor.model import RowAction, RowChange
from monitor.source.page import Register

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GONE = RowChange(action=RowAction.REMOVE, id="7", name="Seven Ltd")
CAME = RowChange(action=RowAction.ADD, id="8", name="Eight Ltd")


def register(published: str | None = None, *, proven: bool = True) -> Register:
    return Register("us-dhs-uflpa", (), lambda raw: raw, proven=proven, published=published)  # type: ignore[arg-type,return-value]


def believed(
    standing: Standing, *, published: str | None = None, now: datetime = NOW, **how: bool
) -> list[str]:
    return [
        change.id
        for change in split_removals(
            register(published), 100, (GONE, CAME), standing, now, **how
        ).believed
    ]


def held(ago: timedelta) -> Standing:
    return Standing(100, held=frozenset({"7"}), held_since=NOW - ago)


def gone(count: int) -> tuple[RowChange, ...]:
    return tuple(
        RowChange(action=RowAction.REMOVE, id=f"row {number}", name="") for number in range(count)
    )


def missing(
    count: int,
    *,
    of: int = 100,
    proven: bool = False,
    standing: Standing | None = None,
    **how: bool,
) -> Verdict:
    """What is said of a read in which so many rows are missing and one came."""
    return split_removals(
        register(proven=proven),
        of - count,
        (*gone(count), CAME),
        standing or Standing(of),
        NOW,
        **how,
    )


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(), ["8"]),
        (SHORTLY - SECOND, ["8"]),
        (SHORTLY, ["7", "8"]),
        (timedelta(days=-365), ["7", "8"]),
    ],
)
def test_a_row_that_was_missing_before_has_gone_once_that_is_long_enough_ago_or_after_a_clock_that_was_set_back(
    ago, told
):
    assert believed(held(ago)) == told


def test_a_row_that_is_missing_for_the_first_time_holds_up_all_that_the_read_brought():
    assert split_removals(register(), 100, (GONE, CAME), Standing(100), NOW) == Verdict(
        (), (GONE,), unconfirmed=True, waits=True
    )


def test_a_page_that_lacks_others_each_time_is_believed_in_all_else():
    standing = Standing(100, held=frozenset({"6"}), held_since=NOW - timedelta(hours=1))

    assert split_removals(register(), 100, (GONE, CAME), standing, NOW) == Verdict(
        (CAME,), (GONE,), unconfirmed=True
    )


@pytest.mark.parametrize(
    ("known", "published", "told"),
    read_cases("""
        2025-10-08 | 2025-10-09 | ['7', '8']
        2025-10-09 | 2025-10-09 | []
        None | 2025-10-09 | []
        2025-10-09 | None | []
        """),
)
def test_an_edition_that_says_that_it_is_a_later_one_is_believed_at_once(known, published, told):
    assert believed(Standing(100, published=known), published=published) == told


def test_an_earlier_edition_than_the_one_that_is_known_is_not_the_page_unless_it_says_the_same():
    known = Standing(100, published="2025-10-09")

    with pytest.raises(NotThePage, match=r"of 2025-10-08, after that of 2025-10-09"):
        split_removals(register("2025-10-08"), 100, (CAME,), known, NOW)
    assert split_removals(register("2025-10-08"), 100, (), known, NOW) == Verdict(())


@pytest.mark.parametrize("how", ["handed", "returns", "released"])
def test_what_a_person_gives_us_or_believes_and_what_the_register_said_a_while_ago_is_no_server_that_is_behind(
    how,
):
    assert believed(Standing(100), **{how: True}) == ["7", "8"]


@pytest.mark.parametrize(
    ("count", "of", "proven", "waits"),
    read_cases("""
        25 | 100 | True | True
        26 | 100 | True | False
        5 | 10 | True | True
        6 | 10 | True | False
        5 | 12 | True | True
        6 | 12 | True | False
        5 | 100 | False | True
        6 | 100 | False | False
        10 | 200 | False | True
        11 | 200 | False | False
        4 | 20 | False | True
        5 | 20 | False | False
        """),
)
def test_of_so_many_rows_that_are_missing_all_the_read_waits_and_of_more_they_are_held_and_the_rest_is_told(
    count, of, proven, waits
):
    verdict = missing(count, of=of, proven=proven)

    assert (verdict.waits, verdict.unconfirmed, verdict.held) == (waits, waits, gone(count))
    assert verdict.believed == (() if waits else (CAME,))


@pytest.mark.parametrize(("rows", "waits"), [(80, True), (79, False)])
def test_where_less_than_four_fifths_of_the_rows_are_left_what_is_missing_is_held(rows, waits):
    assert (
        split_removals(register(proven=False), rows, (GONE, CAME), Standing(100), NOW).waits
        is waits
    )


@pytest.mark.parametrize(
    ("count", "proven", "asks"), [(25, False, False), (26, False, True), (90, True, False)]
)
def test_a_person_is_asked_where_more_than_a_quarter_is_missing_from_what_does_not_prove_its_end(
    count, proven, asks
):
    assert missing(count, proven=proven).asks is asks


@pytest.mark.parametrize(
    ("count", "proven", "ago", "told"),
    [
        (20, False, APART, True),
        (20, False, APART - SECOND, False),
        (19, False, APART, False),  # other rows than were missing before
        (90, True, APART, False),
        (30, False, APART, False),
    ],
)
def test_many_rows_are_gone_once_two_reads_some_minutes_apart_miss_the_same(
    count, proven, ago, told
):
    before = Standing(100, held=frozenset(change.id for change in gone(20)), held_since=NOW - ago)
    verdict = missing(count, proven=proven, standing=before)

    assert verdict.believed == ((*gone(count), CAME) if told else (CAME,))
    assert verdict.held == (() if told else gone(count))


def test_what_so_many_lack_that_only_a_person_can_say_it_is_asked_however_often_it_is_read():
    before = Standing(
        100, held=frozenset(change.id for change in gone(30)), held_since=NOW - timedelta(days=1)
    )

    assert missing(30, standing=before) == Verdict((CAME,), gone(30), asks=True)


@pytest.mark.parametrize(
    ("before", "now", "slid"),
    read_cases("""
        [9, 8, 7, 6] | [9, 7, 6, 5] | [5]
        [9, 8, 7, 6] | [9, 6, 5, 4] | [4, 5]
        [9, 8, 7, 6] | [10, 9, 7, 6] | []
        [9, 8, 7, 6] | [10, 9, 6, 5] | [5]
        [9, 8, 7, 6] | [10, 9, 8, 7] | []
        [9, 8, 7, 6] | [9, 8, 7, 6, 5] | []
        [9, 8, 7, 6] | [9, 7, 6, 5, 4] | []
        [9, 8, 7, 6] | [9, 10, 7, 6, 5] | []
        [9, 8, 7, 6] | [8, 7, 6, 5] | []
        [9, 8, 7, 6] | [5, 4, 3, 2] | []
        [9, 8, 7, 6, 5] | [10, 8, 7, 5, 4] | []  # the 9 made way for the 10
        [] | [3, 2, 1] | []
        """),
)
def test_below_the_end_of_a_list_stand_as_many_old_ones_as_were_taken_out_from_between(
    before, now, slid
):
    assert find_resurfaced(before, now, {*now} - {*before}, later={9}) == slid


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ([4, 3, 2, 1], set()),  # nothing has come yet: which end has the newest is not known
        ([4, 3, 2, 5], {5}),
        ([5, 6, 7, 8], {5, 6, 7, 8}),
        ([4, 9, 3, 2], {9}),
    ],
)
def test_of_a_list_that_may_have_its_newest_at_the_end_nothing_is_taken_for_old(before, later):
    now = [before[0], *before[2:], 10]

    assert find_resurfaced(before, now, {10}, later) == []


@given(
    st.integers(1, 12), st.integers(1, 8), st.integers(1, 6), st.sets(st.integers(0, 11)), st.data()
)
def test_of_what_is_appended_nothing_is_taken_for_old_whatever_is_withdrawn(
    first, shown, came, withdrawn, data
):
    acts = list(range(first))
    since = data.draw(st.integers(0, first))
    after = [*(act for act in acts if act not in withdrawn), *range(first, first + came)]
    before, now = acts[-shown:], after[-shown:]

    assert (
        find_resurfaced(
            before,
            now,
            {*range(first, first + came)},
            {*range(since, first)} if since < first - 1 else set(),
        )
        == []
    )


def amended(before, after) -> RowChange:
    return RowChange(action=RowAction.AMEND, id="7", name="x", fields={"name": (before, after)})


@pytest.mark.parametrize(
    ("before", "after"),
    read_cases("""
        甲公司 | ???
        José Núñez | Jos? N??ez
        ('Иван Петров', 'Ivan Petrov') | ('???? ??????', 'Ivan Petrov')
        甲公司 (who?) | ??? (who?)
        """),
)
def test_a_row_whose_letters_became_question_marks_is_a_ruin(before, after):
    assert is_garbled([amended(before, after)])
    assert not is_garbled([amended(after, before)])  # they are back


@pytest.mark.parametrize(
    ("before", "after"),
    read_cases(
        """
        Alpha Ltd | Beta Ltd
        甲公司 | 乙公司
        Alpha? | Alpha??
        甲公司? | 甲公司
        José | Jose
        "" | ????
        甲公司? 乙 | 甲公司? 丙
        """
    ),
)
def test_another_word_is_none(before, after):
    assert not is_garbled([amended(before, after)])


def test_a_row_that_is_known_by_a_name_that_lost_its_letters_is_one():
    went = RowChange(action=RowAction.REMOVE, id="甲公司", name="甲公司")

    assert is_garbled([went, RowChange(action=RowAction.ADD, id="???", name="???")])
    assert not is_garbled([went, RowChange(action=RowAction.ADD, id="乙公司", name="乙公司")])
    assert not is_garbled([went])


def test_only_a_row_that_went_and_one_that_came_are_one_under_two_names():
    def row(action: RowAction, name: str) -> RowChange:
        return RowChange(action=action, id=name, name=name)

    assert not is_garbled([row(RowAction.ADD, "甲公司"), row(RowAction.ADD, "???")])
    assert not is_garbled([row(RowAction.REMOVE, "甲公司"), row(RowAction.REMOVE, "???")])
    assert not is_garbled([row(RowAction.REMOVE, "Who?"), row(RowAction.ADD, "Who?")])


def spoil(text: str, charset: str = "cp1252") -> str:
    return text.encode().decode(charset, "replace")


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
@pytest.mark.parametrize("name", ["Иван Петров", "José Núñez", "شركة النور", "甲公司", "½ Größe™"])
def test_a_register_of_which_most_letters_were_encoded_twice_is_a_ruin(name: str, charset: str):
    ours = amended((name, "Alpha"), (spoil(name, charset), "Alpha"))
    real = amended("Alpha", "Beta")
    spoilt = spoil(name, charset)
    went = RowChange(action=RowAction.REMOVE, id=name, name=name)
    came = RowChange(action=RowAction.ADD, id=spoilt, name=spoilt)

    assert is_encoded_twice([ours])
    assert is_encoded_twice([ours, ours, real])
    assert is_encoded_twice([went, came])
    assert not is_encoded_twice([ours, real])  # one row may be so at its source
    assert not is_encoded_twice([amended(spoilt, name)])  # it was mended
    assert not is_encoded_twice([went])
    assert not is_encoded_twice([came])
    assert not is_encoded_twice([])


@pytest.mark.parametrize(
    ("before", "after"),
    [("Иван Петров", "Иван Иванов"), ("José", "Jose"), ("", "Ð¸"), ("Alpha", "Ã©")],
)
def test_another_name_is_no_name_that_was_encoded_twice(before: str, after: str):
    assert not is_encoded_twice([amended(before, after)])


ABSENT = datetime(2025, 10, 19, 1, 0, tzinfo=UTC)  # 9:00 in Beijing


@pytest.mark.parametrize(
    ("published", "is_so"),
    read_cases(
        """
        2025-10-09 | True
        2025-10-15 | True
        2025-10-16 | False
        2025-10-15T23:59:00+08:00 | True
        2025-10-15T16:30:00Z | False
        2025-12-24 | False
        of late | False
        None | False
        """
    ),
)
def test_an_act_is_back_dated_that_bears_a_day_more_than_three_before_a_look_without_it(
    published, is_so
):
    act = msgspec.structs.replace(control(61, "2B902.a"), published=published)

    assert is_back_dated(act, ABSENT) is is_so
