import pytest

from monitor.extract.zh import measures
from monitor.extract.zh.lines import make_line


def test_two_starts_by_clause_are_two_effects():
    body = [
        make_line(
            "八、本公告“一（一）”和“一（二）”部分自2025年12月1日起实施。本公告“一（三）”部分自公布之日起实施。"
        )
    ]

    found = [(each.starts.on, each.clauses) for each in measures.read_effects(body, "2025-10-09")]

    assert found == [("2025-12-01", ("一(一)", "一(二)")), ("2025-10-09", ("一(三)",))]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (
            "九、本公告第二条第（一）项自公布之日起实施，第（二）项、第（三）项自2031年3月1日起实施。",
            [("2031-01-20", ("二(一)",)), ("2031-03-01", ("二(二)", "二(三)"))],
        ),
        (
            "第一条自2031年3月1日起施行，第二条自公布之时起施行。",
            [("2031-03-01", ("一",)), ("2031-01-20", ("二",))],
        ),
    ],
)
def test_two_starts_of_one_sentence_are_two_effects_each_with_its_clauses(text, starts):
    found = measures.read_effects([make_line(text)], "2031-01-20")

    assert [(each.starts.on, each.clauses) for each in found] == starts


PROMULGATED = "（2025年9月9日商务部令2025年第6号公布，自2025年12月1日起施行）"


@pytest.mark.parametrize(
    ("lines", "on"),
    [
        (("本规定自2025年11月1日起施行。", PROMULGATED), "2025-11-01"),
        ((PROMULGATED, "本规定自2025年11月1日起施行。"), "2025-11-01"),
        ((PROMULGATED,), "2025-12-01"),
    ],
)
def test_a_note_on_promulgation_gives_the_start_only_where_the_act_gives_none(lines, on):
    assert [
        each.starts.on for each in measures.read_effects([make_line(each) for each in lines], None)
    ] == [on]
