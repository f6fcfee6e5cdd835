import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.held import slid_in


@pytest.mark.parametrize(
    ("before", "now", "slid"),
    [
        ([9, 8, 7, 6], [9, 7, 6, 5], [5]),
        ([9, 8, 7, 6], [9, 6, 5, 4], [4, 5]),
        ([9, 8, 7, 6], [10, 9, 7, 6], []),
        ([9, 8, 7, 6], [10, 9, 6, 5], [5]),
        ([9, 8, 7, 6], [10, 9, 8, 7], []),
        ([9, 8, 7, 6], [9, 8, 7, 6, 5], []),
        ([9, 8, 7, 6], [9, 7, 6, 5, 4], []),
        ([9, 8, 7, 6], [9, 10, 7, 6, 5], []),
        ([9, 8, 7, 6], [8, 7, 6, 5], []),
        ([9, 8, 7, 6], [5, 4, 3, 2], []),
        ([9, 8, 7, 6, 5], [10, 8, 7, 5, 4], []),  # the 9 made way for the 10, and 4 for the 6 would be one too many
        ([], [3, 2, 1], []),
    ],
)
def test_below_the_end_of_a_list_stand_as_many_old_ones_as_were_taken_out_from_between(before, now, slid):
    assert slid_in(before, now, {*now} - {*before}, later={9}) == slid


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

    assert slid_in(before, now, {10}, later) == []


@given(st.integers(1, 12), st.integers(1, 8), st.integers(1, 6), st.sets(st.integers(0, 11)), st.data())
def test_of_what_is_appended_nothing_is_taken_for_old_whatever_is_withdrawn(first, shown, came, withdrawn, data):
    acts = list(range(first))
    since = data.draw(st.integers(0, first))
    after = [*(act for act in acts if act not in withdrawn), *range(first, first + came)]
    before, now = acts[-shown:], after[-shown:]

    assert slid_in(before, now, {*range(first, first + came)}, {*range(since, first)} if since < first - 1 else set()) == []
