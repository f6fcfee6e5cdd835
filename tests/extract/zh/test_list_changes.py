"""Lists that change in other words than `决定将…列入`."""

import pytest

from monitor import extract
from monitor.document import read_text


def act(*lines, number="商务部公告2030年第9号 公布关注名单调整情况", signed="商务部"):
    (fact,) = extract.understand(read_text("\n".join([number, *lines, signed, "2030年3月4日"])))
    return [
        (
            str(measure.action),
            measure.register.removeprefix("cn-"),
            [entity.names["zh"] for entity in measure.entities],
        )
        for measure in fact.measures
    ]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (
            "完成核查：甲株式会社、乙株式会社，移出。",
            ("remove", "watch-list", ["甲株式会社", "乙株式会社"]),
        ),
        (
            "甲株式会社（Ko KK）已配合核查。经审核，准予其移出。",
            ("remove", "watch-list", ["甲株式会社"]),
        ),
        (
            "甲株式会社（Ko KK）、乙株式会社（Otsu KK）拒绝核查，现列入。",
            ("add", "watch-list", ["甲株式会社", "乙株式会社"]),
        ),
        (
            "下列实体长期提供情报，现列为恶意实体：甲分析公司（Alpha Analytics Ltd）。",
            ("add", "malicious-entities", ["甲分析公司"]),
        ),
        ("丙公司不再列入关注名单。", ("remove", "watch-list", ["丙公司"])),
        *(
            (
                f"2029年列入关注名单的甲公司（Alpha Ltd）、乙公司（Beta Ltd）已提交说明。{removed}",
                ("remove", "watch-list", ["甲公司", "乙公司"]),
            )
            for removed in (
                "经核实，决定将上述两家实体移出关注名单，停止对其采取的禁止两用物项出口的措施。",
                "现将上述实体移出关注名单，并停止对上述实体采取的措施。",
                "决定将其移出关注名单。",
            )
        ),
        (
            "自2030年4月1日起，暂停对丙公司（Ce Ltd）列入管控名单的措施。",
            ("suspend", "export-control-entities", ["丙公司"]),
        ),
        ("解除对丙公司（Ce Ltd）的恶意实体认定。", ("remove", "malicious-entities", ["丙公司"])),
    ],
)
def test_who_is_put_on_a_list_or_taken_off_it_is_known_by_the_verb_behind_the_names(words, made):
    assert act(words) == [made]


@pytest.mark.parametrize(
    "words",
    [
        "企业可以申请将美国甲公司移出关注名单。",
        "允许甲公司（Alpha Ltd）申请移出关注名单。",
        "受理甲公司（Alpha Ltd）移出关注名单的申请。",
        "驳回甲公司（Alpha Ltd）移出关注名单的申请。",
        "甲公司（Alpha Ltd）申请移出关注名单，经审查，不予同意。",
        "商务部可以将甲公司（Alpha Ltd）列入关注名单。",
        "决定暂不将甲公司（Alpha Ltd）列入关注名单。",
        "甲公司（Alpha Ltd）不予移出关注名单。",
    ],
)
def test_what_is_only_asked_for_allowed_or_refused_changes_no_list(words):
    assert act(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "同意甲公司（Alpha Ltd）移出关注名单的申请。",
        "甲公司（Alpha Ltd）申请移出关注名单，经审查，予以同意。",
        "甲公司申请移出关注名单，经审查，现予移出。",
        "应甲公司（Alpha Ltd）申请，将其移出关注名单。",
        "经审查，同意甲公司（Alpha Ltd）的申请，将其移出关注名单。",
    ],
)
def test_what_is_asked_for_and_granted_changes_it(words):
    assert act(words) == [("remove", "watch-list", ["甲公司"])]


@pytest.mark.parametrize("again", ["重新", "再次", "一并"])
def test_a_pronoun_means_those_named_before_whatever_word_stands_behind_it(again):
    words = f"甲电子株式会社（Ko Denshi）、乙研究所（Otsu Lab）未履行承诺，现将其{again}列入出口管制管控名单。"

    assert act(words) == [("add", "export-control-entities", ["甲电子株式会社", "乙研究所"])]


@pytest.mark.parametrize(
    ("verb", "action"),
    [("暂停适用", "suspend"), ("中止执行", "suspend"), ("取消", "remove"), ("恢复执行", "resume")],
)
def test_what_is_done_to_a_measure_is_not_the_measure(verb, action):
    words = f"甲公司（Alpha Co.）已停止有关行为，决定自2030年5月1日起{verb}2029年第3号令对其采取的反制措施。"

    assert {made for made, *_ in act(words, number="外交部令2030年第8号", signed="部长 某某")} == {
        action
    }
