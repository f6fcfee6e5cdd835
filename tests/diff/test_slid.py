import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.slid import slid_in


@pytest.mark.parametrize(
    ("before", "now", "slid"),
    [
        ([9, 8, 7, 6], [9, 7, 6, 5], [5]),
        ([9, 8, 7, 6], [9, 6, 5, 4], [4, 5]),
        ([9, 8, 7, 6], [10, 9, 7, 6], []),
        ([9, 8, 7, 6], [10, 9, 8, 7], []),
        ([9, 8, 7, 6], [9, 8, 7, 6, 5], []),
        ([9, 8, 7, 6], [8, 7, 6, 5], []),
        ([1, 2, 3, 4], [2, 3, 4, 5], []),
        ([9, 8, 7, 6], [9, 7, 6, 5, 4], []),
        ([9, 8, 7, 6], [5, 4, 3, 2], []),
        ([], [3, 2, 1], []),
    ],
)
def test_below_the_end_of_a_list_stand_as_many_old_ones_as_were_taken_out_from_between(before, now, slid):
    assert slid_in(before, now, {*now} - {*before}) == slid


@given(st.lists(st.integers(0, 1000), unique=True, min_size=1, max_size=12), st.integers(1, 8), st.integers(1, 5))
def test_of_a_list_of_its_last_entries_with_the_newest_at_the_end_nothing_is_old(acts, shown, came):
    acts = sorted(acts)
    after = [*acts, *range(2000, 2000 + came)]
    before, now = acts[-shown:], after[-shown:]

    assert slid_in(before, now, {*now} - {*before}) == []
