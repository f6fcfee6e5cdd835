"""Tables of which a page has lost the rows: each cell is a line of its own."""

import pytest

from monitor import extract
from monitor.document import Block, BlockKind, read_text
from monitor.extract.zh import flattened

ACT = """商务部公告2031年第21号

决定将附件所列{count}家实体列入出口管制管控名单，禁止出口经营者向其出口两用物项。本公告自公布之日起实施。

商务部

2031年5月6日

附件

出口管制管控名单

"""


def read_rows(*cells):
    return [
        block.rows or block.text
        for block in flattened.join_rows([Block(BlockKind.PARAGRAPH, cell) for cell in cells])
    ]


@pytest.mark.parametrize(
    "cells",
    [
        "序号 中文名称 英文名称 1 灰鹭导航公司 Grey_Heron Navigation_Inc. 2 霜湾 声学公司 Frost_Bay Ltd",
        "序号 国别 实体名称 外文名称 1 挪威 灰鹭 导航公司 Grey_Heron_Navigation_Inc. 2 丹麦 霜湾声学公司 Frost_Bay Ltd",
    ],
)
def test_names_in_several_lines_are_those_of_their_row(cells):
    lines = [cell.replace("_", " ") for cell in cells.split()]
    (fact,) = extract.understand(
        read_text(ACT.format(count=2) + "\n\n".join(lines)), authority="cn-mofcom"
    )
    (measure,) = fact.measures

    assert fact.understood == "full"
    assert [each.names for each in measure.entities] == [
        {"zh": "灰鹭导航公司", "en": "Grey Heron Navigation Inc."},
        {"zh": "霜湾声学公司", "en": "Frost Bay Ltd"},
    ]


def test_goods_have_the_code_and_the_number_of_their_row_and_what_follows_is_no_cell():
    heads = ("序号", "管制编码", "物项名称", "商品编号")

    assert read_rows(
        *heads, "1", "1C931", "铪箔", "8112390010", "2", "1C932", "铪粉", "8112390020", "商务部"
    ) == [
        (heads, ("1", "1C931", "铪箔", "8112390010"), ("2", "1C932", "铪粉", "8112390020")),
        "商务部",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ("序号", "中文名称", "英文名称", "2", "灰鹭导航公司", "Grey Heron Inc."),
        ("序号", "中文名称", "英文名称", "1", "灰鹭导航公司"),
        ("序号", "中文名称", "英文名称", "1", "灰鹭导航公司", "霜湾声学公司", "雪原公司"),
        ("中文名称", "英文名称", "1", "灰鹭导航公司", "Grey Heron Inc."),
        ("序号", "第一条规定如下。", "1", "灰鹭导航公司"),
    ],
)
def test_lines_that_are_no_such_table_stay_as_they_are(cells):
    assert read_rows(*cells) == list(cells)
