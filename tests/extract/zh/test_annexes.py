import papers
import pytest
from bs4 import BeautifulSoup

from monitor.document import read_binary, read_html, read_text
from monitor.extract import zh
from monitor.extract.zh import annexes
from monitor.extract.zh.lines import make_line

ACT = "mofcom-2030-7"
URL = "https://a.example/annex.pdf"


def read(document):
    return zh.annex(document, of=ACT, url=URL)


def measure(document):
    (act,) = read(document)
    return act.measures[0]


def names(document):
    return [each.names for each in measure(document).entities]


def goods(document):
    return [(each.names["zh"], each.codes, each.hs) for each in measure(document).items]


def test_annex_is_a_part_of_its_act():
    (act,) = read(read_text("附件\n出口管制管控名单\n1.甲公司（Alpha）"))

    assert (act.key, act.authority, act.url, act.title) == (
        ACT,
        "cn-mofcom",
        URL,
        "出口管制管控名单",
    )
    assert act.measures[0].register == "cn-export-control-entities"
    assert act.measures[0].entities[0].quote == "甲公司（Alpha）"


def test_numbered_names_are_entities_with_what_is_said_below_them():
    first, second = measure(
        read_text("不可靠实体清单\n1.甲公司（Alpha）\n地址：某市某路\n2.乙公司（Beta）")
    ).entities

    assert (first.names, first.addresses) == ({"zh": "甲公司", "en": "Alpha"}, ("某市某路",))
    assert second.names == {"zh": "乙公司", "en": "Beta"}


def test_list_without_a_title_needs_names_in_two_languages():
    assert names(read_text("附件\n1.甲公司（Alpha）\n2.乙公司（Beta）")) == [
        {"zh": "甲公司", "en": "Alpha"},
        {"zh": "乙公司", "en": "Beta"},
    ]
    assert read(read_text("附件\n1.申请人名称\n2.联系电话")) == []


def test_table_of_entities_is_read_by_its_headings():
    table = [
        ["序号", "国别", "企业名称", "英文名称"],
        ["1", "美国", "甲公司", "Alpha Inc."],
        ["2", "法国", "乙公司", "Beta SA"],
    ]
    entities = measure(read_binary(papers.word("附件", "关注名单", table))).entities

    assert [(each.names["zh"], each.names["en"], each.country) for each in entities] == [
        ("甲公司", "Alpha Inc.", "US"),
        ("乙公司", "Beta SA", "FR"),
    ]


def test_names_taken_off_a_list_are_removed():
    assert measure(read_text("移出不可靠实体清单的企业\n1.甲公司（Alpha）")).action == "remove"


def test_items_of_lines_have_their_codes_and_tariff_numbers():
    text = (
        "管制物项清单\n1C909.a 金属铥（参考海关商品编号：28053019）\n1C909.b"
        " 氧化铥（参考海关商品编号：28469099、28469091）"
    )

    assert goods(read_text(text)) == [
        ("金属铥", ("1C909.a",), ("28053019",)),
        ("氧化铥", ("1C909.b",), ("28469099", "28469091")),
    ]


def test_table_of_items_reads_like_lines_in_every_kind_of_file():
    table = [
        ["序号", "物项名称", "管制编码", "税则号列"],
        ["1", "金属铥", "1C909.a", "28053019"],
        ["2", "氧化铥", "1C909.b", ""],
    ]
    read_as_lines = [("金属铥", ("1C909.a",), ("28053019",)), ("氧化铥", ("1C909.b",), ())]

    assert goods(read_binary(papers.pdf_table("物项清单", table, wide=120))) == read_as_lines
    assert goods(read_binary(papers.word("物项清单", table))) == read_as_lines
    assert goods(read_binary(papers.workbook(*table))) == read_as_lines


def test_row_without_a_name_adds_its_number_to_the_item_above():
    body = papers.workbook(["商品编号", "商品名称"], ["0101210090", "甲物"], [28053019, None])

    assert goods(read_binary(body)) == [("甲物", (), ("0101210090", "28053019"))]


def test_table_that_goes_on_over_a_page_is_read_to_its_end():
    text = (
        "清单\n| 管制编码 | 物项名称 |\n| 1C909.a | 甲物 |\n\n续\n| 1C909.b | 乙物 |\n| 管制编码 |"
        " 物项名称 |\n| 1C909.c | 丙物 |"
    )

    assert [each[1] for each in goods(read_text(text))] == [
        ("1C909.a",),
        ("1C909.b",),
        ("1C909.c",),
    ]


def test_line_that_is_not_understood_is_said():
    (act,) = read(read_text("关注名单\n1.甲公司（Alpha）\n乙研究所"))

    assert act.understood == "part"
    assert act.not_read[0].quote == "乙研究所"


@pytest.mark.parametrize(
    "text",
    [
        "附件\n两用物项出口申请指南\n1.甲公司（Alpha）\n1C909.a 金属铥",
        "附件2\n最终用户证明\n1.名称（Name）\n2.地址（Address）",
        "附件\n填写说明\n1.一式两份",
        "附件\n本附件没有列出什么。",
    ],
)
def test_form_or_guide_lists_nothing(text):
    assert read(read_text(text)) == []


def test_a_list_without_a_title_of_which_half_bears_a_latin_name_is_none():
    assert read(read_text("附件\n1.甲公司（Alpha）\n2.乙公司")) == []
    assert len(names(read_text("附件\n1.甲公司（Alpha）\n2.乙公司（Beta）\n3.丙公司"))) == 3


@pytest.mark.parametrize("heading", ["二、高级管理人员", "（二）个人", "2. 人员（2人）"])
def test_row_of_one_cell_with_a_kind_heads_those_below_it(heading):
    rows = "<tr><td>1</td><td>甲公司</td><td>Alpha Ltd.</td></tr>"
    person = "<tr><td>1</td><td>约翰·多伊</td><td>John Doe</td></tr>"
    table = f"<table>{rows}<tr><td colspan=3>{heading}</td></tr>{person}</table>"
    document = read_html(BeautifulSoup(f"<p>反制清单</p>{table}", "lxml"))

    listed = measure(document).entities

    assert [(each.names["en"], each.kind) for each in listed] == [
        ("Alpha Ltd.", "org"), ("John Doe", "person"),
    ]  # fmt: skip


@pytest.mark.parametrize("between", [" / ", "/", " | ", " — ", " – "])
def test_a_name_and_its_latin_form_are_parted_by_whatever_mark(between):
    lines = [
        f"1. 灰鹭导航公司{between}Grey Heron Navigation, Inc.",
        f"2. 霜湾中心{between}Frost Bay",
    ]
    listed = annexes.read_entity_list([make_line(line) for line in lines]).entities

    assert [each.names for each in listed] == [
        {"zh": "灰鹭导航公司", "en": "Grey Heron Navigation, Inc."},
        {"zh": "霜湾中心", "en": "Frost Bay"},
    ]


def test_a_hyphen_within_a_name_parts_nothing():
    (listed,) = annexes.read_entity_list([make_line("1. 奥布-肖系统公司（O'Bree-Shaw）")]).entities

    assert listed.names == {"zh": "奥布-肖系统公司", "en": "O'Bree-Shaw"}
