"""Tables of goods: what is a thing in them, and what says only of which kind those beside are."""

import pytest
from bs4 import BeautifulSoup

from monitor.document import read_html
from monitor.extract import understand
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
