"""Which lines of an act are its list of goods, and what is said of those that nothing has taken."""

import papers
import pytest
from bs4 import BeautifulSoup
from each import for_each

from monitor.document import read_binary, read_html, read_text
from monitor.extract import understand

TITLE = "商务部 海关总署公告2030年第7号 公布对甲相关物项实施出口管制的决定"
DECIDED = "经国务院批准，决定对下列物项实施出口管制："
LAST = "出口经营者出口上述物项应当申请许可。\n本公告自2030年2月1日起实施。\n2030年1月2日"


def act(*lines):
    (read,) = understand(read_text("\n".join([TITLE, *lines])), authority="cn-mofcom")
    return read


def names(read):
    return [item.names["zh"] for measure in read.measures for item in measure.items]


@pytest.mark.parametrize(
    "introduction",
    [
        "决定对以下设备和技术实施临时管制：",
        "决定对部分物项实施出口管制，物项如下：",
        "决定对甲实施出口管制。\n一、管制物项",
    ],
)
def test_a_list_is_introduced_in_many_words(introduction):
    assert names(
        act(
            introduction.replace("一、管制物项", "以下物项，未经许可不得出口："),
            "1.甲粉；",
            "2.乙机。",
            LAST,
        )
    ) == [
        "甲粉",
        "乙机",
    ]


def test_a_table_of_the_page_is_read_by_its_headings_and_spans():
    markup = (
        f"<h1>{TITLE}</h1><p>决定对下列物项实施出口管制，见附件。"
        "</p><p>商务部</p><p>2030年1月2日</p><p>附件</p><table>"
        "<tr><td>序号</td><td>管制编码</td><td>物项名称</td><td>参考海关商品编号</td></tr>"
        "<tr><td>1</td><td rowspan=3>1C921.a</td><td>甲丝（强度≥3"
        " GPa）</td><td>5402499010</td></tr>"
        "<tr><td>2</td><td"
        " rowspan=2>甲膜</td><td>3920999010</td></tr><tr><td>3</td><td>3920999020</td></tr></table>"
    )
    (read,) = understand(read_html(BeautifulSoup(markup, "lxml"), url=""), authority="cn-mofcom")
    (measure,) = read.measures

    assert [(item.names["zh"], item.codes, item.hs) for item in measure.items] == [
        ("甲丝", ("1C921.a",), ("5402499010",)),
        ("甲膜", ("1C921.a",), ("3920999010", "3920999020")),
    ]


def test_numbers_that_no_item_has_taken_are_said_with_their_line():
    read = act(DECIDED, "1.甲粉（税号：28053019）；", "归入85051110的磁体亦属管制范围。", LAST)

    assert names(read) == ["甲粉"]
    assert [(unread.what, unread.quote) for unread in read.not_read] == [
        ("items", "归入85051110的磁体亦属管制范围。")
    ]
    assert read.understood == "part"


@pytest.mark.parametrize(
    "clause",
    ["2.其他可能危害国家安全的物项。", "2.除上述以外的其他甲机，明知用于军事目的的，不得出口。"],
)
def test_what_is_meant_beside_the_list_is_said_and_is_no_item(clause):
    read = act(DECIDED, "1.甲粉（税号：28053019）；", clause, LAST)

    assert names(read) == ["甲粉"]
    assert [(unread.what, unread.quote) for unread in read.not_read] == [("items", clause)]


def test_a_list_that_lost_its_line_breaks_reads_like_one_that_has_them():
    lines = (
        DECIDED,
        "一、甲相关物项",
        "（一）1C909.a．金属甲、甲合金及相关制品：",
        "1. 金属甲（参考税则号列：28053019）。",
        "2. 含甲的合金：",
        "a. 甲铜合金；",
        "b. 【保留】。",
        "（二）1C909.b．具有以下所有特性的甲机：",
        "1. 重于5千克；",
        "2. 长于2米。",
        "（三）1E909 生产1C909.a项物项的技术",
        LAST,
    )
    listed = [
        ("金属甲", ("1C909.a",)),
        ("含甲的合金", ("1C909.a",)),
        ("甲机", ("1C909.b",)),
        ("生产1C909.a项物项的技术", ("1E909",)),
    ]

    for read in (act(*lines), act("".join(lines[:-1]) + LAST)):
        assert [
            (item.names["zh"], item.codes) for measure in read.measures for item in measure.items
        ] == listed


def test_items_of_a_list_whose_figures_the_page_draws_are_lines_without_marks():
    markup = (
        f"<h1>{TITLE}</h1><p>{DECIDED}</p><ol><li>甲粉（税号：28053019）；</li><li>生产甲粉的技术。"
        "</li></ol>"
        "<p>本公告自2030年2月1日起实施。</p><p>商务部</p><p>2030年1月2日</p>"
    )
    (read,) = understand(read_html(BeautifulSoup(markup, "lxml"), url=""), authority="cn-mofcom")

    assert names(read) == ["甲粉", "生产甲粉的技术"]


@pytest.mark.parametrize(
    ("sentence", "goods"),
    [
        ("决定禁止镝、铽相关两用物项以及甲磁体对日本军事用户出口。", ["镝", "铽", "甲磁体"]),
        (
            (
                "决定禁止向日本军事用户出口以下物项：甲机及其飞控、"
                "动力系统；乙成像仪；以及其他有助于提升军力的物项。"
            ),
            ["甲机及其飞控、动力系统", "乙成像仪"],
        ),
        ("决定原则上不予许可镓、锗、甲材料相关两用物项对日本出口。", ["镓", "锗", "甲材料"]),
        ("决定禁止所有两用物项对日本军事用户出口。", []),
    ],
)
def test_a_ban_by_destination_names_its_goods_in_either_word_order(sentence, goods):
    assert names(act(sentence, "本公告自公布之日起实施。", "2030年1月2日")) == goods


def test_a_table_in_a_file_reads_a_name_that_spans_rows_once():
    table = [
        ["管制编码", "物项名称", "税则号列"],
        ["1C909.a", "金属甲", "28053019"],
        ["", "", "28053021"],
    ]
    (read,) = understand(
        read_binary(papers.word("商务部公告2030年第7号", f"{DECIDED}", table)),
        authority="cn-mofcom",
    )

    assert [item.hs for measure in read.measures for item in measure.items] == [
        ("28053019", "28053021")
    ]


def told(*lines):
    """What each measure of an act does to which goods, and whether all was understood."""
    head, end = (
        "商务部公告2030年第7号 关于有关物项的公告",
        ("本公告自公布之日起实施。", "商务部", "2030年3月4日"),
    )
    (fact,) = understand(read_text("\n".join([head, *lines, *end])), authority="cn-mofcom")
    return [
        (str(each.action), [item.names["zh"] for item in each.items]) for each in fact.measures
    ], fact.understood


ALLOYS = [f"甲乙{letter}合金" for letter in "丙丁戊己庚"]


@for_each(
    ("words", "action"),
    [
        ("决定对下列物项实施出口管制：", "add"),
        ("决定停止对下列物项实施出口管制：", "remove"),
        ("决定将下列物项列入两用物项出口管制清单：", "add"),
        ("禁止向美国出口下列物项：", "restrict"),
    ],
)
@for_each("mark", ["{}. ", "{}、", "（{}）"])
@for_each("row", ["{}（参考海关商品编号：8112929{}）", "{}"])
def test_goods_below_a_sentence_are_those_to_which_it_does_something(words, action, mark, row):
    rows = [mark.format(place) + row.format(name, place) for place, name in enumerate(ALLOYS, 1)]

    assert told(words, *rows) == ([(action, ALLOYS)], "full")
