"""The small parsers, each on its own."""

import pytest

from monitor.document import Block, BlockKind, Document, from_text
from monitor.extract import codes
from monitor.extract.zh import annex_lines, counts, dates, effect, head, items, markers, names, places, references
from monitor.extract.zh.lines import levelled, line
from monitor.extract.zh.numerals import number
from monitor.model import End


def keys(text, **known):
    return [each.key for each in references.references(line(text).text, **known)]


def whole(text):
    each = line(text)
    return names.Piece(each, 0, len(each.text))


def in_prose(text):
    return [entity.names for entity in names.listed(whole(text))]


def item_facts(text):
    return [(item.names["zh"], item.codes, item.hs) for item in items.items([line(each) for each in text.split("\n")])]


def test_widths_spaces_and_invisible_characters_are_levelled():
    assert line("不 可 靠　实体 ２０２５年 第６号\u200b（ＡＢ Co）").text == "不可靠实体2025年第6号(AB Co)"


def test_quote_is_the_print():
    each = line("自 ２０２５年\u200b 起")

    assert each.quote(0, 6) == "自 ２０２５年"


def test_names_keep_their_brackets_as_printed():
    assert line("甲（乙）公司").said(0, 7) == "甲（乙）公司"


def test_traditional_text_is_parsed_as_simplified_but_named_as_printed():
    each = line("將某實體列入不可靠實體清單")

    assert each.text == "将某实体列入不可靠实体清单"
    assert each.said(1, 4) == "某實體"


def test_a_short_line_is_levelled_as_the_document_it_stands_in():
    assert [each.text for each in levelled(from_text("附錄\n關注名單\n錳"))[1]] == ["附录", "关注名单", "锰"]
    assert line("錳").text == "錳"  # without a document there is nothing to go by


def test_a_title_is_levelled_as_its_text_is():
    title, _ = levelled(from_text("公佈\n將某實體列入關注名單"))

    assert title.text == "公布"


def test_the_cells_of_a_traditional_table_are_levelled_as_their_document_is():
    table = Block(BlockKind.TABLE, "錳", rows=(("錳",),))
    _, (_, row) = levelled(Document("", (Block(BlockKind.PARAGRAPH, "關注名單"), table)))

    assert (row.text, row.cells, row.traditional) == ("锰", ("錳",), True)


@pytest.mark.parametrize(
    ("text", "value"), [("28", 28), ("二十八", 28), ("二〇二五", 2025), ("两", 2), ("十", 10), ("百般", None)]
)
def test_numerals(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商务部公告2025年第61号", ["mofcom-2025-61"]),
        ("商务部公告2025第61号", ["mofcom-2025-61"]),
        ("商务部 海关总署公告2025年第55号", ["mofcom-2025-55"]),
        ("商务部、海关总署2024年第67号公告", ["mofcom-2024-67"]),
        ("商务部公告2025年第５５号、56号和58号", ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-58"]),
        ("商务部公告2025年第55号至第58号", ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-57", "mofcom-2025-58"]),
        ("不可靠实体清单工作机制〔2025〕5号和6号", ["uel-2025-5", "uel-2025-6"]),
        ("不可靠实体清单工作机制公告〔2025〕10号", ["uel-2025-10"]),
        ("中华人民共和国商务部令二〇二五年第6号", ["mofcom-order-2025-6"]),
        ("商务部、海关总署2005年第29号令", ["mofcom-order-2005-29"]),
        ("商务部发布2025年第18号公告；发布第21号公告", ["mofcom-2025-18", "mofcom-2025-21"]),
        ("海关总署公告2025年第54号", ["gacc-2025-54"]),
        ("税委会公告2025年第4号", ["tariff-commission-2025-4"]),
        ("2025年4月10日", []),
    ],
)
def test_act_numbers(text, expected):
    assert keys(text) == expected


def test_number_without_issuer_takes_the_series_that_is_known():
    assert keys("公告（2025年第21号）", series="mofcom") == ["mofcom-2025-21"]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("商务部公告2024年第46号第二款", ("二",)),
        ("商务部公告2025年第61号“一（三）”部分", ("一(三)",)),
        ("商务部公告2025年第61号", ()),
    ],
)
def test_clauses_of_an_act(text, clauses):
    assert references.references(line(text).text)[0].clauses == clauses


@pytest.mark.parametrize(
    ("text", "on", "basis"),
    [
        ("自公布之日起正式实施", "2025-04-09", "publication"),
        ("自即日起至", "2025-04-09", "immediate"),
        ("自2025年4月10日12时01分起实施", "2025-04-10T12:01+08:00", "explicit"),
        ("自二〇二五年十月九日起施行", "2025-10-09", "explicit"),
        ("自5月14日起，暂停", "2025-05-14", "explicit"),
    ],
)
def test_starts(text, on, basis):
    start, _, _ = dates.start(line(text).text, "2025-04-09")

    assert (start.on, start.basis) == (on, basis)


@pytest.mark.parametrize("text", ["自公布之日起实施", "自2025年13月40日起实施", "自主研发"])
def test_no_start_without_a_day(text):
    assert dates.start(line(text).text, None) is None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("至2026年11月10日暂停", End(on="2026-11-10", basis="explicit")),
        ("暂停4月4日公告措施90天", End(on="2025-08-12", basis="computed", duration="P90D")),
        ("继续暂停措施一年", End(on="2026-05-14", basis="computed", duration="P1Y")),
        ("实施期限不超过两年", End(on="2027-05-14", basis="computed", duration="P2Y")),
        ("期限6个月", End(on="2025-11-14", basis="computed", duration="P6M")),
    ],
)
def test_ends(text, end):
    assert dates.end(line(text).text, "2025-05-14")[0] == end


@pytest.mark.parametrize("text", ["暂停商务部公告2025年第8号", "暂停4月9日公告相关措施", "为期90天"])
def test_what_is_no_end(text):
    assert dates.end(line(text).text, None) is None


def test_a_leap_day_plus_a_year_is_the_last_of_february():
    assert dates.end("期限1年", "2024-02-29")[0].on == "2025-02-28"


def test_two_starts_by_clause_are_two_effects():
    body = [line("八、本公告“一（一）”和“一（二）”部分自2025年12月1日起实施。本公告“一（三）”部分自公布之日起实施。")]

    found = [(each.starts.on, each.clauses) for each in effect.effects(body, "2025-10-09")]

    assert found == [("2025-12-01", ("一(一)", "一(二)")), ("2025-10-09", ("一(三)",))]


def test_a_term_for_payment_is_no_start():
    assert effect.effects([line("应当自本公告公布之日起15日内缴款。")], "2025-10-09") == []


@pytest.mark.parametrize(
    ("text", "level", "label"),
    [
        ("一、甲", "top", "一"),
        ("（十二）甲", "sub", "十二"),
        ("3．甲", "number", "3"),
        ("（1）甲", "bracket", "1"),
        ("a. 甲", "letter", "a"),
        ("-Branch", "dash", "-"),
        ("甲", "none", ""),
    ],
)
def test_marks(text, level, label):
    found = markers.marked(line(text))

    assert (found.level, found.label) == (level, label)


def test_a_decimal_is_no_mark():
    assert markers.marked(line("0.5微米")).level == "none"


def test_entries_that_lost_their_line_breaks_are_cut_apart():
    found = markers.entries(line("1.甲公司（A Co.）2.乙公司（B Co.）3.丙公司（C Co.）"))

    assert [entry.words for entry in found] == ["甲公司(A Co.)", "乙公司(B Co.)", "丙公司(C Co.)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "参与军售的甲公司（A Corp.）、乙导弹与防务公司（B Missiles & Defense）",
            [{"zh": "甲公司", "en": "A Corp."}, {"zh": "乙导弹与防务公司", "en": "B Missiles & Defense"}],
        ),
        (
            "甲防务、空间与安全集团（A Defense, Space & Security）",
            [{"zh": "甲防务、空间与安全集团", "en": "A Defense, Space & Security"}],
        ),
        (
            "甲公司（A）、乙公司（B）和丙公司（C）等3家实体",
            [{"zh": "甲公司", "en": "A"}, {"zh": "乙公司", "en": "B"}, {"zh": "丙公司", "en": "C"}],
        ),
        (
            "某国际株式会社2家美国相关子公司Alpha Shipping LLC和HS Holdings Corp.",
            [{"en": "Alpha Shipping LLC"}, {"en": "HS Holdings Corp."}],
        ),
        ("以下美国军工企业及高级管理人员", []),
        ("张三、李四·王五等后附名单列明的个人", [{"zh": "张三"}, {"zh": "李四·王五"}]),
        ("甲公司及其分支机构等外国实体", [{"zh": "甲公司"}]),
        ("美国甲公司、乙银行、丙研究所3家美国企业", [{"zh": "甲公司"}, {"zh": "乙银行"}, {"zh": "丙研究所"}]),
    ],
)
def test_names_in_prose(text, expected):
    assert in_prose(text) == expected


def test_country_before_a_name_in_prose_is_its_country():
    (entity,) = names.listed(whole("美国甲集团"))

    assert (entity.names, entity.country) == ({"zh": "甲集团"}, "US")


@pytest.mark.parametrize(
    ("text", "name", "role", "country"),
    [
        ("约翰·某某（John Doe），男，甲公司董事长、总裁", "约翰·某某", "甲公司董事长、总裁", None),
        ("美国某州联邦众议员约翰·某某（John Doe），男", "约翰·某某", "美国某州联邦众议员", "US"),
        ("甲研究所所长约翰·某某（John Doe）", "约翰·某某", "甲研究所所长", None),
        ("约翰·某某（甲公司首席执行官）", "约翰·某某", "甲公司首席执行官", None),
    ],
)
def test_persons_have_roles_before_or_after_their_names(text, name, role, country):
    person = names.entity(whole(text))

    assert (person.names["zh"], person.kind, person.role, person.country) == (name, "person", role, country)


def test_person_without_a_latin_name():
    person = names.entity(whole("张三，男"))

    assert (person.names, person.kind) == ({"zh": "张三"}, "person")


def test_a_bracket_inside_the_latin_name_is_part_of_it():
    assert names.entity(whole("甲公司（Alpha (UK) Limited）")).names["en"] == "Alpha (UK) Limited"


def test_brackets_of_two_widths_close_each_other():
    assert names.entity(whole("甲公司（Alpha Inc.)")).names["en"] == "Alpha Inc."


def test_a_bracket_that_is_never_closed_hides_nothing():
    assert names.mask("甲(乙列入") == "甲(乙列入"
    assert names.mask("甲(乙)丙") == "甲(\x00)丙"


def annex(text, **known):
    return annex_lines.annex([line(each) for each in text.split("\n")], **known)


def test_members_belong_to_the_group_above_them():
    found = annex("附\n1. 甲公司（Alpha Inc.）及其分支机构\n-Alpha Inc.\n-Alpha Japan KK\n2. 乙公司（Beta）")

    assert found.entries == 2
    assert [entity.parent for entity in found.entities] == [None, "甲公司", "甲公司", None]


def test_headings_tell_what_kind_follows():
    found = annex("附件\n反制清单\n一、企业\n（一）甲公司（Alpha）\n二、高级管理人员\n（一）某某·某（John Doe），男，甲公司总裁")

    assert [(entity.kind, entity.role) for entity in found.entities] == [("org", None), ("person", "甲公司总裁")]


def test_detail_lines_belong_to_the_entity_above():
    (entity,) = annex("1.甲公司（Alpha）\n地  址：某街1号\n邮编：12345\n常用名称：Alfa").entities

    assert entity.addresses == ("某街1号",)
    assert entity.aliases == ("Alfa",)
    assert entity.ids == {"邮编": "12345"}


def test_an_empty_number_is_no_entry():
    assert annex("1.甲公司（Alpha）\n2.").entries == 1


def test_a_line_that_may_be_an_entity_is_said_to_be_unread():
    assert annex("1.甲公司（Alpha）\n乙公司").unread[0].quote == "乙公司"


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


def test_counts_and_the_country_they_name():
    told, country = counts.stated([line("甲公司等28家美国实体").text])

    assert (told.entities, told.by_destination, country) == (28, {"US": 28}, "US")


def test_companies_and_persons_are_counted_together():
    assert counts.stated(["甲等6家列明的企业", "乙等5名列明的企业高级管理人员"])[0].entities == 6
    assert counts.stated(["甲等6家列明的企业和乙等5名列明的企业高级管理人员"])[0].entities == 11


@pytest.mark.parametrize(
    ("text", "code"), [("台湾地区某公司", "TW"), ("立陶宛某银行", "LT"), ("欧盟某公司", "EU"), ("中国某公司", None)]
)
def test_countries(text, code):
    assert places.leading(text)[0] == code


@pytest.mark.parametrize(
    ("words", "code"), [("商务部", "cn-mofcom"), ("美国商务部", ""), ("中华人民共和国外交部", "cn-mfa"), ("英国外交部", "")]
)
def test_another_countrys_ministry_is_not_ours(words, code):
    assert head.authority(line(words), [], None) == code


def test_a_heading_in_the_traditional_script_is_levelled_though_it_is_short():
    assert line("二、高級管理人員").text == "二、高级管理人员"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("自2025年11月8日24时起实施", "2025-11-09T00:00+08:00"),
        ("自2025年12月31日24时起施行", "2026-01-01T00:00+08:00"),
        ("自2025年11月8日23时59分起实施", "2025-11-08T23:59+08:00"),
        ("自2025年11月8日0时起实施", "2025-11-08T00:00+08:00"),
        ("自2025年11月8日25时起实施", "2025-11-08"),
        ("自2025年11月8日12时60分起实施", "2025-11-08"),
    ],
)
def test_the_clock_of_a_start_ends_at_24(text, on):
    start, _, _ = dates.start(line(text).text, None)

    assert start.on == on


def test_what_lasts_until_24_lasts_through_that_day():
    assert dates.end("至2026年11月10日24时", "2025-11-10")[0].on == "2026-11-10"


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
    assert [each.starts.on for each in effect.effects([line(each) for each in lines], None)] == [on]


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
