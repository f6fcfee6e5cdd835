"""What becomes of a suspension that ends before its day."""

import pytest

from monitor import extract
from monitor.document import read_text


def changed(words):
    (fact,) = extract.understand(read_text(f"商务部公告2030年第9号\n{words}\n商务部\n2030年3月4日"))
    return [
        (str(measure.action), [each.key for each in measure.amends]) for measure in fact.measures
    ], fact.understood


@pytest.mark.parametrize(
    "words",
    [
        "自2030年4月1日起停止中止实施商务部公告2029年第5号，该公告恢复施行。",
        "决定自2030年4月1日起取消暂停执行商务部公告2029年第5号。",
        "自2030年4月1日起解除对商务部公告2029年第5号的暂停。",
    ],
)
def test_the_act_whose_suspension_ends_lives_again(words):
    assert changed(words) == ([("resume", ["mofcom-2029-5"])], "full")


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第12号规定的中止措施自2030年4月1日零时起结束。",
        "自2030年4月1日起，提前结束商务部公告2029年第12号所作的暂停安排。",
        "商务部公告2029年第12号中的暂停措施自2030年4月1日起提前终止。",
    ],
)
def test_the_act_that_orders_a_suspension_is_repealed_by_its_end_and_suspends_nothing(words):
    assert changed(words) == ([("repeal", ["mofcom-2029-12"])], "full")


def test_where_the_words_do_not_say_which_of_the_two_is_named_nothing_is_said_to_be_suspended():
    measures, understood = changed("商务部公告2029年第12号的暂停自2030年4月1日起终止。")

    assert not any(action == "suspend" for action, _ in measures)
    assert understood != "full"


def test_acts_that_live_again_and_are_not_named_are_told():
    words = "商务部公告2029年第7号规定的暂停提前终止，有关公告自2030年4月1日起恢复实施。"

    assert changed(words) == ([("repeal", ["mofcom-2029-7"])], "part")


@pytest.mark.parametrize(
    "words",
    [
        "自2030年4月1日零时起，商务部公告2029年第5号、第6号不再暂停实施。",
        "自2030年4月1日起不再中止执行商务部公告2029年第5号和第6号。",
        "决定自2030年4月1日起不再暂停商务部公告2029年第5号、第6号。",
    ],
)
def test_what_is_suspended_no_more_lives_again(words):
    assert changed(words) == ([("resume", ["mofcom-2029-5", "mofcom-2029-6"])], "full")


@pytest.mark.parametrize(
    "words",
    [
        "商务部公告2029年第5号暂停实施的第二款自2030年4月1日起恢复施行。",
        "自2030年4月1日起，商务部公告2029年第5号中止执行的措施恢复执行。",
    ],
)
def test_a_verb_that_only_describes_is_not_what_the_act_does(words):
    assert changed(words) == ([("resume", ["mofcom-2029-5"])], "full")


def test_an_act_that_halts_imports_is_repealed_by_the_end_of_the_halt():
    assert changed("自2030年4月1日起解除商务部公告2029年第12号对某国水产品的进口暂停措施。")[0] == [
        ("repeal", ["mofcom-2029-12"])
    ]


def test_an_extension_never_counts_from_the_end_of_another_act():
    halted = "暂停执行商务部公告2029年第18号，自2030年5月1日起至2031年4月30日止；"
    measures, understood = changed(f"{halted}商务部公告2029年第19号规定的暂停期限延长一年。")

    assert (measures, understood) == (
        [("suspend", ["mofcom-2029-18"]), ("amend", ["mofcom-2029-19"])],
        "part",
    )


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("自2030年4月1日起，商务部公告2029年第5号暂停实施，暂停期限一年。", ["2031-04-01"]),
        ("自2030年4月1日起，调整商务部公告2029年第5号中部分物项的标准，暂停期限一年。", [None]),
        (
            "自2030年4月1日起至2031年3月31日，商务部公告2029年第5号暂停实施，商务部公告2029年第6号废止。",
            ["2031-03-31", None],
        ),
        (
            "商务部公告2029年第5号暂停实施至2031年3月31日，商务部公告2029年第6号暂停实施至2032年3月31日。",
            ["2031-03-31", "2032-03-31"],
        ),
    ],
)
def test_a_suspension_lasts_as_long_as_its_own_clause_says_else_as_its_sentence_does(words, ends):
    (fact,) = extract.understand(read_text(f"商务部公告2030年第9号\n{words}\n商务部\n2030年3月4日"))

    assert [measure.ends and measure.ends.on for measure in fact.measures] == ends
