import pytest

from monitor.extract import codes
from monitor.extract.zh import items
from monitor.extract.zh.lines import line


def item_facts(text):
    return [(item.names["zh"], item.codes, item.hs) for item in items.items([line(each) for each in text.split("\n")])]


@pytest.mark.parametrize(("code", "rest"), [("1C117.d．钨", "钨"), ("1C004 钨", "钨"), ("3B901.c.1．钨", "钨")])
def test_codes_at_the_head_of_a_line(code, rest):
    text = line(code).text

    assert text[codes.HEAD.match(text).end() :] == rest


def test_a_code_that_is_only_referred_to_is_no_head():
    assert codes.HEAD.match(line("1C909.a.2、1C910.a.2项所管制的合金").text) is None


def test_items_under_a_code_bear_it_and_their_own_tariff_numbers():
    text = (
        "一、甲相关物项\n（一）1C902.a．金属甲及相关制品：\n1. 金属甲（参考税则号列：28053019）。"
        "\n2. 含甲的合金：\na. 甲铜合金；\nb. 【保留】。\n（二）1C902.b．氧化甲。"
    )

    assert item_facts(text) == [
        ("金属甲", ("1C902.a",), ("28053019",)),
        ("含甲的合金", ("1C902.a",), ()),
        ("氧化甲", ("1C902.b",), ()),
    ]


def test_conditions_are_no_items_and_their_tariff_numbers_are_the_items():
    text = "（一）1C117.c．具有以下所有特性的固态甲：\n1. 甲含量大于97%（参考海关商品编号：8101940001）；\n2. 直径大于120毫米。"

    assert item_facts(text) == [("固态甲", ("1C117.c",), ("8101940001",))]


def test_notes_and_exclusions_are_no_items():
    text = "（一）2C902.b．甲单晶。\n说明：2C902.b项不管制首饰。\n说明：\n1. 2C902.b项所管制的单晶包括粉末。"

    assert item_facts(text) == [("甲单晶", ("2C902.b",), ())]


def test_items_without_codes_are_the_finest_numbered_lines():
    text = "（一）甲相关物项。\n1.金属甲（单质）（参考海关商品编号：8112929010、8112929090）。\n2.氧化甲，纯度大于99%。"

    assert item_facts(text) == [("金属甲", (), ("8112929010", "8112929090")), ("氧化甲", (), ())]


def test_code_in_brackets_after_the_item():
    assert item_facts("（一）甲开采技术及其载体；（管制编码：1E902.a）") == [("甲开采技术及其载体", ("1E902.a",), ())]


def test_two_codes_may_stand_before_one_item():
    assert item_facts("（四）1E004、1E101.b．生产1C004项物项的技术及资料（含工艺规范）。") == [
        ("生产1C004项物项的技术及资料", ("1E004", "1E101.b"), ())
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1. 日处理量大于等于5000 m3的甲沉淀设备", "甲沉淀设备"),
        ("1. 用于甲分离的离子吸附装置", "离子吸附装置"),
        ("1. 用于2B902.o项所管制物项的零部件", "用于2B902.o项所管制物项的零部件"),
        ("1. P507：某某酯（CAS 14802-03-0）（参考税则号列：29319000）", "P507"),
        ("1. 化学气相沉积法（CVD）甲炉（参考税则号列：84798999）", "化学气相沉积法（CVD）甲炉"),
        ("1. 高纯度（纯度＞99.9%）、高强度（强度＞30Mpa）的甲材料及其制品（参考税则号列：38011000）", "甲材料及其制品"),
        ("1. 冷却时间小于20 min，温度在±3 ℃以内的以下任一甲烧结炉：", "甲烧结炉"),
    ],
)
def test_the_name_of_an_item_is_the_thing_itself(text, name):
    assert item_facts(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "name", "hs"),
    [
        ("未经许可，最大续航时间大于30分钟的无人机（参考海关商品编号：88062210）", "无人机", "88062210"),
        ("一、满足以下条件的无人机；激光雷达（税则号列：90318090），不得出口。", "激光雷达", "90318090"),
        ("高纯石墨电极（海关商品编号：8545.1100）。", "高纯石墨电极", "85451100"),
    ],
)
def test_an_item_named_in_prose_is_what_stands_before_its_tariff_number(text, name, hs):
    (item,) = items.by_tariff([line("关于实施出口管制的公告。"), line(text)])

    assert (item.names["zh"], item.hs) == (name, (hs,))
    assert item.quote.startswith(name)
