import pytest

from monitor.document import Block, BlockKind, Document, read_text
from monitor.extract.zh.lines import make_line, read_lines


def test_widths_spaces_and_invisible_characters_are_levelled():
    assert (
        make_line("不 可 靠　实体 ２０２５年 第６号\u200b（ＡＢ Co）").text
        == "不可靠实体2025年第6号(AB Co)"
    )


def test_quote_is_the_print():
    each = make_line("自 ２０２５年\u200b 起")

    assert each.quote(0, 6) == "自 ２０２５年"


def test_names_keep_their_brackets_as_printed():
    assert make_line("甲（乙）公司").said(0, 7) == "甲（乙）公司"


def test_traditional_text_is_parsed_as_simplified_but_named_as_printed():
    each = make_line("將某實體列入不可靠實體清單")

    assert each.text == "将某实体列入不可靠实体清单"
    assert each.said(1, 4) == "某實體"


def test_a_short_line_is_levelled_as_the_document_it_stands_in():
    assert [each.text for each in read_lines(read_text("附錄\n關注名單\n錳"))[1]] == [
        "附录",
        "关注名单",
        "锰",
    ]
    assert make_line("錳").text == "錳"  # without a document there is nothing to go by


def test_a_title_is_levelled_as_its_text_is():
    title, _ = read_lines(read_text("公佈\n將某實體列入關注名單"))

    assert title.text == "公布"


def test_the_cells_of_a_traditional_table_are_levelled_as_their_document_is():
    table = Block(BlockKind.TABLE, "錳", rows=(("錳",),))
    _, (_, row) = read_lines(Document("", (Block(BlockKind.PARAGRAPH, "關注名單"), table)))

    assert (row.text, row.cells, row.traditional) == ("锰", ("錳",), True)


def test_a_heading_in_the_traditional_script_is_levelled_though_it_is_short():
    assert make_line("二、高級管理人員").text == "二、高级管理人员"


@pytest.mark.parametrize(
    ("cut", "joined"),
    [
        (["本公告自2031年8月", "31日起实施。"], "本公告自2031年8月31日起实施。"),
        (["本公告自2031年", "8月31日起实施。"], "本公告自2031年8月31日起实施。"),
        (["有效期至2031年8月", "31日", "止。"], "有效期至2031年8月31日"),
    ],
)
def test_a_day_that_a_printer_has_wrapped_is_one(cut, joined):
    _, lines = read_lines(read_text("\n\n".join(["公告", *cut])))

    assert joined in [line.raw for line in lines]


def test_a_line_that_ends_in_a_year_and_one_that_opens_with_a_number_stay_apart():
    _, lines = read_lines(read_text("公告\n\n两用物项目录2031年\n\n31个物项列入。"))

    assert [line.raw for line in lines][-2:] == ["两用物项目录2031年", "31个物项列入。"]


def test_fields_of_a_head_that_share_a_line_are_lines_of_their_own():
    head = "标题：关于停止执行有关措施的公告　　发文字号：商务部公告2031年第7号　　发布日期：2031年3月4日"
    _, lines = read_lines(read_text(f"公告\n\n{head}"))

    assert [line.raw for line in lines][-3:] == head.split("　　")


@pytest.mark.parametrize(
    "line", ["商务部　　海关总署", "一、甲粉　　税号：28053019", "注：甲粉。　　说明：乙粉。"]
)
def test_what_is_no_field_beside_others_stays_on_its_line(line):
    _, lines = read_lines(read_text(f"公告\n\n{line}"))

    assert lines[-1].raw == line
