"""Whom the lines below a listing name with Latin names is listed, in whatever lay-out."""

import pytest

from monitor import extract
from monitor.cli.read import read_document
from monitor.document import read_text
from monitor.model import Announcement

NAMES = (
    "甲光学公司（Alpha Optics Inc.）",
    "乙雷达公司（Beta Radar LLC）",
    "丙研究所（Gamma Institute）",
)
LATIN = ["Alpha Optics Inc.", "Beta Radar LLC", "Gamma Institute"]
HEAD = "商务部公告2042年第8号 关于有关实体的公告\n根据《中华人民共和国出口管制法》，"
LISTS = "决定将下列实体列入出口管制管控名单：\n"
FOOT = "\n商务部\n2042年1月11日"


def read_act(body: str) -> Announcement:
    (act,) = extract.understand(read_text(f"{HEAD}{body}{FOOT}"))
    assert isinstance(act, Announcement)
    return act


def list_named(body: str) -> list[list[str]]:
    """Whom each measure of an act names, by Latin names."""
    return [
        [each.names.get("en", "") for each in made.entities] for made in read_act(body).measures
    ]


@pytest.mark.parametrize(
    "below",
    [
        "一、{0}、{1}\n（一）禁止向上述实体出口两用物项；\n二、{2}\n禁止向该实体出口两用物项。",
        "一、对{0}、{1}：\n（一）取消其通用许可；\n二、对{2}：",
        "（1）{0}，某市某区；\n（2）{1}，某国某州；\n（3）{2}，某市。",
        "{0}\n地址：某市\n{1}\n地址：某州\n{2}",
    ],
    ids=["names head clauses", "clauses are on names", "addresses", "lines between"],
)
def test_all_whom_the_lines_below_name_are_listed(below: str) -> None:
    (named,) = list_named(LISTS + below.format(*NAMES))
    assert sorted(named) == sorted(LATIN)


def test_whom_the_lines_below_another_deed_name_is_not() -> None:
    below = "一、{}\n二、下列实体暂停适用前述措施：\n{}\n三、{}".format(*NAMES)
    named = [name for names in list_named(LISTS + below) for name in names]
    assert "Beta Radar LLC" not in named
    assert "Gamma Institute" not in named


def test_of_two_lists_each_has_its_own() -> None:
    body = (
        "一、决定将下列实体列入出口管制管控名单：\n（1）{}，某市；\n（2）{}，某区。\n"
        "二、决定将下列实体移出关注名单：\n（1）{}，某市。"
    ).format(*NAMES)
    assert [sorted(names) for names in list_named(body)] == [LATIN[:2], LATIN[2:]]


@pytest.mark.parametrize(
    "line", ["{1}在其列。", "{1}已停业。", "第二批：{1}", "按照{1}的意见办理。"]
)
def test_who_is_told_of_in_a_sentence_is_not_listed_by_it(line: str) -> None:
    act = read_act(f"决定将{NAMES[0]}列入出口管制管控名单。\n" + line.format(*NAMES))
    (measure,) = act.measures
    assert [each.names["en"] for each in measure.entities] == LATIN[:1]
    assert act.understood == "part"


def test_a_count_that_the_lines_below_complete_is_no_gap() -> None:
    named = "决定将甲光学公司等3家实体列入出口管制管控名单：\n一、{}、{}\n二、{}".format(*NAMES)
    act = read_act(named)
    assert not [part for part in act.not_read if "were read" in part.why]


@pytest.mark.parametrize(
    ("head", "foot", "register"),
    [
        (
            (
                "法務部　公告\n發文日期：中華民國131年1月11日\n發文字號：法檢字第13104528870號\n"
                "主旨：公告指定卡里姆·甲等1人及1實體為制裁名單，並自公告日起生效。\n公告事項：\n"
            ),
            "部長　王某某",
            "tw-tfc",
        ),
        (f"{HEAD}{LISTS}", FOOT, "cn-export-control-entities"),
    ],
)
def test_of_entries_with_fields_those_in_the_fields_of_names_are_listed(
    head: str, foot: str, register: str
) -> None:
    entries = """（一）姓名：卡里姆·甲（Karim ALPHA）
別名：ALPHA Karim、阿甲
國籍：某國
（二）中文名稱：乙國際船務有限公司（Beta Shipping Co., Ltd.）
註冊地：某群島
所屬船舶：乙一號（BETA ONE）
母公司：丙集團（Gamma Group）
"""
    (act,) = extract.understand(read_text(f"{head}{entries}{foot}"))
    assert isinstance(act, Announcement)
    (measure,) = act.measures
    assert measure.register == register
    assert [each.names.get("en") for each in measure.entities] == [
        "Karim ALPHA",
        "Beta Shipping Co., Ltd.",
    ]
    assert act.understood == "part"


ROW = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
OF_TABLE = (
    "<html><body><h1>商务部公告2042年第8号 关于有关实体的公告</h1><p>根据《中华人民共和国出口管制法》，商务部决定：</p>"
    "<p>一、将有关2家实体列入出口管制管控名单。</p><p>二、将有关1家实体列入关注名单。</p><p>商务部</p>"
    "<p>2042年1月11日</p><p>附件</p><table>{}</table></body></html>"
)


def list_of_table(first: str, second: str) -> list[tuple[str | None, list[str]]]:
    rows = [
        ROW.format("序号", "实体名称", "英文名称"), first, ROW.format(1, "甲光学公司", LATIN[0]),
        ROW.format(2, "乙雷达公司", LATIN[1]), second, ROW.format(1, "丙研究所", LATIN[2]),
    ]  # fmt: skip
    (act,) = extract.understand(read_document(OF_TABLE.format("".join(rows)).encode(), ""))
    assert isinstance(act, Announcement)
    return [(made.register, [each.names["en"] for each in made.entities]) for made in act.measures]


def test_of_one_table_for_two_lists_each_has_the_rows_below_its_name() -> None:
    assert list_of_table(
        '<tr><td colspan="3">一、出口管制管控名单</td></tr>',
        '<tr><td colspan="3">二、关注名单</td></tr>',
    ) == [
        ("cn-export-control-entities", LATIN[:2]),
        ("cn-watch-list", LATIN[2:]),
    ]


def test_somebody_may_be_on_two_lists_where_no_name_of_a_list_stands_in_the_table() -> None:
    told = list_of_table("", "")
    assert all(names == LATIN for _, names in told)


def list_names_under(*headings: str, cells: tuple[str, ...]) -> list[dict[str, str]]:
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (("序号", *headings), ("1", *cells))
    )
    page = OF_TABLE.replace("<p>二、将有关1家实体列入关注名单。</p>", "").replace("2家", "1家")
    (act,) = extract.understand(read_document(page.format(rows).encode(), ""))
    assert isinstance(act, Announcement)
    return [each.names for made in act.measures for each in made.entities]


@pytest.mark.parametrize(
    "headings",
    [
        ("实体名称", "原文名称"), ("中文名称", "外语名称"), ("中文译名", "拉丁文名称"),
        ("中文名称", "原文"), ("中文名称", "实体名称"), ("中文名称", "英文名称"),
    ],
)  # fmt: skip
def test_a_row_keeps_the_names_of_all_its_columns_of_names(headings: tuple[str, str]) -> None:
    assert list_names_under(*headings, cells=("松石雷达公司", "Turquoise Radar Oy")) == [
        {"zh": "松石雷达公司", "en": "Turquoise Radar Oy"}
    ]


@pytest.mark.parametrize(
    ("headings", "cell"),
    [
        (("实体名称", "原文件编号"), "QX 12"), (("企业名称", "物项名称"), "红外镜头"),
        (("企业名称", "备注"), "Northern Office"), (("企业名称", "曾用名称"), "松石仪器公司"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_gives_no_other_firm(
    headings: tuple[str, str], cell: str
) -> None:
    assert list_names_under(*headings, cells=("松石雷达公司", cell)) == [{"zh": "松石雷达公司"}]


@pytest.mark.parametrize("kind", ["子公司", "全资子公司", "分公司"])
def test_what_a_firm_is_to_another_is_no_part_of_its_name(kind: str) -> None:
    body = f"决定将{NAMES[0]}及{kind}{NAMES[1]}列入出口管制管控名单。"
    (measure,) = read_act(body).measures
    assert [each.names["zh"] for each in measure.entities] == ["甲光学公司", "乙雷达公司"]


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("二、对{0}及其分支机构、{1}：", ["甲光学公司", "乙雷达公司"]),
        ("二、针对{0}：", ["甲光学公司"]),
        ("（二）对于{0}和{1}:", ["甲光学公司", "乙雷达公司"]),
        ("二、对外光学公司（Alpha Optics Inc.）：", ["对外光学公司"]),
    ],
)
def test_a_heading_on_some_of_the_listed_names_them_without_its_preposition(
    head: str, named: list[str]
) -> None:
    below = f"{head}\n1.禁止向其出口两用物项；\n三、{{2}}\n禁止向该实体出口两用物项。"
    told = [
        each.names.get("zh", "")
        for made in read_act(LISTS + below.format(*NAMES)).measures
        for each in made.entities
    ]
    assert told == [*named, "丙研究所"]
