"""Tables of goods: what is a thing in them, and what says only of which kind those beside are."""

import pytest
from bs4 import BeautifulSoup

from monitor.document import read_html, read_text
from monitor.extract import understand
from monitor.extract.zh import item_names
from monitor.extract.zh.lines import make_line
from monitor.extract.zh.names import Piece
from monitor.model import Announcement

HEAD = """<h1>商务部 海关总署公告2031年第7号 公布对有关物项实施出口管制的决定</h1>
<p>决定对附表所列物项实施出口管制。</p><p>本公告自2031年3月1日起实施。</p>
<p>商务部 海关总署</p><p>2031年2月3日</p><p>附表</p>"""


def read_table(*rows: str) -> tuple[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells).replace("<td>=", "<td colspan=4>")
    page = BeautifulSoup(f"{HEAD}<table>{table}</table>", "lxml")
    (fact,) = understand(read_html(page, url=""), authority="cn-mofcom")
    assert isinstance(fact, Announcement)
    items = [item for measure in fact.measures for item in measure.items]
    return fact.understood, [(each.names["zh"], each.codes, each.hs) for each in items]


@pytest.mark.parametrize(
    "rows",
    [
        (
            "大类|编码|名称|计量单位|海关编号",
            "材料|1C931|铪箔|千克|8112390010",
            "设备|1B931|辊压机|台|8455309010",
        ),
        (
            "管制编码|物项名称|性能要求|参考海关商品编号",
            "=一、材料",
            "1C931|铪箔|厚度小于1毫米|8112390010",
            "=二、生产设备和部件",
            "1B931|辊压机|精度优于1微米|8455309010",
        ),
        (
            "类目|物项|参数要求|管制编码|商品编号",
            "材料|铪箔|厚度小于1毫米|1C931|8112390010",
            "设备|辊压机|精度优于1微米|1B931|8455309010",
        ),
    ],
)
def test_the_kind_of_goods_beside_or_above_them_is_no_thing(rows):
    assert read_table(*rows) == (
        "full",
        [("铪箔", ("1C931",), ("8112390010",)), ("辊压机", ("1B931",), ("8455309010",))],
    )


def test_without_headings_that_are_known_the_first_cell_that_names_more_than_a_kind_is_the_thing():
    _, items = read_table("材料|1C931|铪箔|8112390010", "设备|1B931|辊压机|8455309010")

    assert [name for name, *_ in items] == ["铪箔", "辊压机"]


def test_a_lone_cell_of_numbers_has_more_of_the_thing_above_and_one_with_a_thing_is_reported():
    heads = "管制编码|物项名称|性能要求|参考海关商品编号"
    thing = "1C931|铪箔|厚度小于1毫米|8112390010"

    assert read_table(heads, thing, "=8112390030") == (
        "full",
        [("铪箔", ("1C931",), ("8112390010", "8112390030"))],
    )
    understood, items = read_table(heads, thing, "=1C932 铪粉（参考海关商品编号：8112390020）")
    assert (understood, [name for name, *_ in items]) == ("part", ["铪箔"])


def test_a_row_of_things_whose_cells_end_as_headings_do_heads_nothing():
    _, items = read_table(
        "管制编码|物项名称|性能要求|参考海关商品编号",
        "1C931|铪箔相关物项|厚度小于1毫米|8112390010",
        "1C932|铪粉|1C931相关物项|8112390020",
    )

    assert [codes for _, codes, _ in items] == [("1C931",), ("1C932",)]


def read_items(title, *lines, signed):
    text = "\n\n".join([title, *lines, signed, "2031年2月3日"])
    (fact,) = understand(read_text(text), authority=None)
    assert isinstance(fact, Announcement)
    return [
        (str(made.action), each.names["zh"], each.hs)
        for made in fact.measures
        for each in made.items
    ]


@pytest.mark.parametrize("kind", ["两个品种", "2个条目", "物项"])
def test_goods_that_leave_a_list_are_those_below_and_never_its_title(kind):
    items = read_items(
        "商务部公告2031年第8号 关于优化铪材料出口管理的公告",
        f"商务部公告2029年第3号附件所列以下{kind}，自2031年6月1日起移出《中华人民共和国两用物项出口管制清单》：",
        "1.1C931.a　铪箔（参考海关商品编号：8112390010）",
        "2.1C931.b　铪粉（参考海关商品编号：8112390020）",
        signed="商务部",
    )

    assert items == [("remove", "铪箔", ("8112390010",)), ("remove", "铪粉", ("8112390020",))]


def test_goods_that_the_customs_know_by_number_alone_have_it_for_a_name():
    declared = make_line("发货人申报出口海关商品编号8112390010、8112390020项下货物时")
    named = item_names.read_things_in_prose(Piece.of(declared))

    assert [(each.names["zh"], each.hs) for each in named] == [
        (number, (number,)) for number in ("8112390010", "8112390020")
    ]
