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


@pytest.mark.parametrize(
    "lines",
    [
        ("临时管制期限自2031年3月1日起至2033年3月1日。",),
        ("经国务院批准，对下列物项实施临时管制，实施期限为2031年3月1日至2033年3月1日：",),
        ("二、临时管制的实施期限为二年。", "三、本公告自2031年3月1日起实施。"),
        ("本公告自2031年3月1日起施行。", "临时出口管制期限为24个月。"),
    ],
)
def test_the_term_of_a_control_ends_what_begins_with_it_in_whatever_clause_it_stands(lines):
    found = measures.read_effects([make_line(line) for line in lines], "2031-01-20")

    assert [(each.starts.on, each.ends and each.ends.on) for each in found] == [
        ("2031-03-01", "2033-03-01")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "临时管制期限为两年或者三年。",
        "商务部公告2029年第9号规定的临时管制的实施期限为二年。",
        "许可证的有效期限为二年。",
        "临时管制期限为两年以内。",
        "临时管制期限届满两年后另行公告。",
    ],
)
def test_the_term_of_something_else_or_an_open_one_ends_nothing(line):
    body = [make_line(line), make_line("本公告自2031年3月1日起施行。")]
    (found,) = measures.read_effects(body, "2031-01-20")

    assert found.ends is None
