"""Two laws that speak of one firm, side by side."""

from monitor.alert.event import Side
from monitor.render.acts import join_pair_lines

FORBIDS = Side(
    "Alpha Ltd", "cn-blocking-orders", "不得承认、不得执行", "2021-01-09", "https://e.cn/1"
)
LISTS = Side("Alpha Ltd", "us-ofac-sdn", "", "", "https://e.us/2")


def test_each_side_is_told_by_its_own_words_and_nothing_is_said_of_what_it_does_not_say():
    assert [(line.label, line.text, line.url) for line in join_pair_lines([(FORBIDS, LISTS)])] == [
        (
            "Two laws at once",
            "Alpha Ltd, blocking orders (9 Jan 2021): “不得承认、不得执行”",
            "https://e.cn/1",
        ),
        ("Two laws at once", "Alpha Ltd, US SDN List", "https://e.us/2"),
    ]
    assert len(list(join_pair_lines([(FORBIDS, LISTS), (LISTS, FORBIDS)]))) == 4
