"""A deed on acts that stand below its sentence is done to each of them, and what the acts print of
goods, days and orders is theirs.
"""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement


def act(
    body: str, *, head: str = "商务部公告2034年第9号 关于有关事项的公告", issuer: str = "商务部"
):
    (fact,) = extract.understand(read_text(f"{head}\n\n{body}\n\n{issuer}\n2034年6月2日"))
    assert isinstance(fact, Announcement)
    return fact


LISTED = "\n一、商务部公告2021年第7号；\n二、商务部公告2022年第18号（关于甲粉的公告）。\n"


@pytest.mark.parametrize(
    ("sentence", "action", "ends"),
    [
        ("现决定废止下列2件公告：", "repeal", None),
        ("经清理，下列公告因情况变化，自即日起失效：", "repeal", None),
        ("自即日起至2035年6月1日，暂停实施下列公告：", "suspend", "2035-06-01"),
        ("自2034年7月1日起，恢复实施以下公告：", "resume", None),
    ],
)
def test_a_deed_on_the_acts_below_is_done_to_each(sentence, action, ends):
    found = act(sentence + LISTED)

    (measure,) = found.measures
    assert (measure.action, measure.ends and measure.ends.on) == (action, ends)
    assert [target.key for target in measure.amends] == ["mofcom-2021-7", "mofcom-2022-18"]
    assert found.understood == "full"


def test_acts_that_are_only_told_of_are_none_that_something_is_done_to():
    body = (
        f"有关单位建议废止下列公告：{LISTED}商务部将研究处理。"
        "现决定自2034年7月1日起对甲粉（海关商品编号：2805301900）实施出口管制。"
    )

    assert [target for measure in act(body).measures for target in measure.amends] == []


@pytest.mark.parametrize(
    ("deed", "action"),
    [
        ("决定：自2034年7月1日起一年内，暂停外交部令2033年第3号对某某中心（Such Centre）采取的反制措施", "suspend"),
        ("决定：自2034年7月1日起，终止外交部令2033年第3号对某某中心（Such Centre）采取的冻结财产等反制措施", "remove"),
        ("宣布如下：\n一、自2034年7月1日起，终止外交部令2033年第3号对某某中心（Such Centre）采取的冻结财产等反制措施", "remove"),
    ],
)  # fmt: skip
def test_what_eases_countermeasures_names_the_order_that_took_them(deed, action):
    (measure,) = act(
        f"外交部{deed}。", head="关于反制措施的决定\n中华人民共和国外交部令\n第5号", issuer="外交部"
    ).measures

    assert (measure.action, [target.key for target in measure.amends]) == (
        action,
        ["mfa-order-2033-3"],
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2033年6月1日，外交部以第3号令公布对有关人员采取反制措施的决定。", ["mfa-order-2033-3"]),
        ("2033年6月1日，外交部发布第3号令，决定对有关企业实施反制措施。", ["mfa-order-2033-3"]),
        (
            "此前，外交部2033年第3号令公布了《关于对某某等采取反制措施的决定》。",
            ["mfa-order-2033-3"],
        ),
        ("2033年6月1日，外交部以第3号令公布实施有关规定。", []),
        ("2033年6月1日，外交部依法对有关企业采取反制措施。", []),
        (
            (
                "2033年6月1日，外交部以第3号令公布对甲采取反制措施的决定。"
                "2033年7月1日，外交部以第4号令公布对乙采取反制措施的决定。"
            ),
            [],
        ),
    ],
)
def test_the_order_that_took_countermeasures_is_named_where_its_day_is_told(told, expected):
    (measure,) = act(
        f"{told}现决定自2034年7月1日起停止对约翰·某某（John Doe）采取反制措施。",
        head="关于停止采取反制措施的决定\n中华人民共和国外交部令\n第5号",
        issuer="外交部",
    ).measures

    assert measure.action == "remove"
    assert [target.key for target in measure.amends] == expected


def test_whoever_decides_is_nobody_whom_it_is_done_to():
    body = "鉴于商务部在核查中无法核实有关情况，决定将其列入关注名单（见附件）。"

    found = act(body, head="商务部公告2034年第9号 公布将2家实体列入关注名单")

    assert [each for measure in found.measures for each in measure.entities] == []
    assert found.understood == "part"


def test_goods_listed_by_code_stand_for_the_kind_that_the_decision_names_and_licences_end_nothing():
    (measure,) = act(
        "决定对甲粉相关物项实施临时管制。\n一、未经许可，不得出口满足以下特性的物项：\n"
        "（一）3C951.a 甲粉单晶（海关商品编号：3818009021）。\n（二）3C951.b 甲粉薄片（海关商品编号：3818009022）。\n"
        "二、临时管制的实施期限为两年，自2034年7月1日至2036年6月30日。\n三、许可证件的有效期不超过6个月。",
        head="商务部公告2034年第9号 关于对甲粉相关物项实施临时管制的公告",
    ).measures

    assert [item.codes for item in measure.items] == [("3C951.a",), ("3C951.b",)]
    assert (measure.starts.on, measure.ends.on) == ("2034-07-01", "2036-06-30")
