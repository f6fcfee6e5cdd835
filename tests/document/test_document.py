import contextlib
import json

import pytest
from bs4 import BeautifulSoup
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.document import BlockKind, decode, has_markup, read_html, read_text
from monitor.errors import NotThePage, Unreadable

WORDS = "商务部今天公布一份新的清单，明天起实施。"


def parse(markup):
    return BeautifulSoup(markup, "lxml")


def texts(markup):
    return [
        block.text
        for block in read_html(parse(markup), root=None, url="https://a.example/b/").blocks
    ]


def test_utf8_needs_no_declaration():
    assert decode(WORDS.encode(), declared="") == WORDS


def test_byte_order_mark_is_no_part_of_the_text():
    assert decode(b"\xef\xbb\xbf" + WORDS.encode(), declared="") == WORDS


def test_utf8_wins_over_a_wrong_declaration():
    assert decode(WORDS.encode(), declared="text/html; charset=gb2312") == WORDS


@pytest.mark.parametrize("declared", ["gb2312", "text/html; charset=GBK", "gb18030"])
def test_every_chinese_charset_is_read_as_the_largest(declared):
    rare = WORDS + "镕㼆"

    assert decode(rare.encode("gb18030"), declared=declared) == rare


def test_meta_charset_counts_where_the_server_is_silent():
    body = f'<html><head><meta charset="gb2312"></head><body>{WORDS}</body></html>'.encode(
        "gb18030"
    )

    assert WORDS in decode(body, declared="text/html")


def test_charset_is_guessed_where_nobody_names_one():
    assert decode((WORDS * 40).encode("gb18030"), declared="") == WORDS * 40


def test_unknown_charset_name_is_passed_over():
    assert decode(WORDS.encode("gb18030"), declared="charset=x-nonsense") is not None


def test_bytes_that_are_not_the_declared_charset_are_unreadable():
    with pytest.raises(Unreadable):
        decode(bytes(range(128, 256)) * 20, declared="utf-8")


@pytest.mark.parametrize("body", [b"", b"  \n ", b"\x00\x01\x02\x03" * 50])
def test_no_text_is_unreadable(body):
    with pytest.raises(Unreadable):
        decode(body, declared="")


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
def test_letters_that_were_encoded_twice_are_mended(charset: str):
    words = WORDS * 9 if charset == "latin-1" else "Größe, Maß, Straße, façade, élève, año. " * 9
    twice = words.encode().decode(charset)

    assert decode(twice.encode(), declared="utf-8") == words
    assert decode((twice + "甲").encode(), declared="") == twice + "甲"  # not all of them are so
    assert decode("© Ã©".encode(), declared="") == "© Ã©"  # nor are they many


def test_a_page_that_lost_letters_when_it_was_encoded_twice_is_unreadable():
    with pytest.raises(Unreadable):
        decode((WORDS * 9).encode().decode("cp1252", "replace").encode(), declared="")


def test_page_of_question_marks_is_not_the_page():
    with pytest.raises(NotThePage, match="question marks"):
        decode(("???????????，" * 20).encode(), declared="")


def test_a_feed_that_lost_its_letters_is_not_the_page_though_most_of_it_is_markup():
    rows = [
        {"url": f"https://ministry.example/art/2026/art_{number}.html", "title": "??????????"}
        for number in range(9)
    ]

    with pytest.raises(NotThePage, match="question marks"):
        decode(json.dumps(rows).encode(), declared="")


def test_a_few_question_marks_are_rhetoric():
    assert decode((WORDS + "????" + WORDS).encode(), declared="")
    assert decode(
        ("When will it end???? Nobody knows. " + "More of it follows here. " * 90).encode(),
        declared="",
    )


def test_paragraphs_breaks_items_and_cells_are_blocks():
    markup = "<div>一<p>二<br>三</p><ul><li>四</li></ul><table><tr><td>五<p>六</p></td></tr></table></div>"

    assert texts(markup) == ["一", "二", "三", "四", "五", "六"]


def test_spans_inside_a_line_do_not_break_it():
    assert texts("<p>第<span>6</span><b>号</b>公告</p>") == ["第6号公告"]


def test_scripts_styles_and_comments_say_nothing():
    assert texts("<p>甲</p><script>var a='乙'</script><style>p{}</style><!-- 丙 -->") == ["甲"]


def test_nested_paragraphs_are_told_once():
    assert texts("<p>甲<p>乙</p></p>") == ["甲", "乙"]


def test_table_of_short_cells_keeps_its_rows():
    (block,) = read_html(
        parse("<table><tr><td>1</td><td>甲</td></tr><tr><td>2</td><td>乙</td></tr></table>"),
        root=None,
        url="",
    ).blocks

    assert block.kind is BlockKind.TABLE
    assert block.rows == (("1", "甲"), ("2", "乙"))


def test_heading_and_item_kinds_are_kept():
    kinds = [
        block.kind
        for block in read_html(
            parse("<h2>甲</h2><ul><li>乙</li></ul><p>丙</p>"), root=None, url=""
        ).blocks
    ]

    assert kinds == [BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH]


def test_only_the_root_is_read():
    soup = parse("<div id=a>甲</div><div id=b>乙</div>")

    assert read_html(soup, root=soup.select_one("#b"), url="").text == "乙"


@pytest.mark.parametrize(
    ("markup", "title"),
    read_cases(
        """
        <meta name="ArticleTitle" content="甲"><h1>乙</h1> | 甲
        <title>丙</title><h1>乙</h1> | 乙
        <title>丙</title><div class="art-title">丁</div> | 丁
        <title>丙</title> | 丙
        <p>戊</p> | ""
        <title>丙</title><h1>Press Release</h1> | 丙
        """
    ),
)
def test_title_is_what_the_page_says_of_itself(markup, title):
    assert read_html(parse(markup), root=None, url="").title == title


def test_published_is_the_date_in_the_meta_element():
    assert (
        read_html(
            parse('<meta name="PubDate" content="2025-4-9 17:00">'), root=None, url=""
        ).published
        == "2025-04-09"
    )


def test_links_are_absolute_and_only_of_the_web():
    markup = '<a href="../c.pdf">附件</a><a href="javascript:x()">丙</a><a href="http://[">丁</a>'

    assert read_html(parse(markup), root=None, url="https://a.example/b/").links == (
        ("附件", "https://a.example/c.pdf"),
    )


def test_hostile_nesting_is_walked_without_recursion():
    soup = BeautifulSoup("", "lxml")
    top = deepest = soup.new_tag("div")
    for _ in range(3_000):
        child = soup.new_tag("div")
        deepest.append(child)
        deepest = child
    deepest.append("底")

    assert read_html(soup, root=top, url="").text == "底"


def test_a_cell_that_spans_rows_and_columns_leaves_the_others_in_their_columns():
    markup = (
        "<table><tr><td>一</td><td>二</td><td>三</td></tr><tr><td rowspan=2>甲</td><td"
        " colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    )
    (block,) = read_html(parse(markup), root=None, url="").blocks

    assert block.rows == (("一", "二", "三"), ("甲", "乙", ""), ("甲", "丙", "丁"))


@pytest.mark.parametrize("span", ["0", "-1", "x", "99999999999999999999"])
def test_a_span_that_is_no_number_of_rows_spans_one(span):
    markup = (
        "<table><tr><td"
        f" rowspan={span}>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    )

    assert read_html(parse(markup), root=None, url="").blocks[0].rows == (
        ("甲", "乙"),
        ("丙", "丁"),
    )


def test_a_row_with_long_words_does_not_dissolve_its_table():
    rows = [("甲", "短"), ("乙", "长" * 600), ("丙", "短"), ("丁", "短")]
    markup = "".join(f"<tr><td>{name}</td><td>{words}</td></tr>" for name, words in rows)

    (block,) = read_html(parse(f"<table>{markup}</table>"), root=None, url="").blocks

    assert block.rows == tuple(rows)


def test_the_caption_of_a_table_is_said():
    markup = "<table><caption>名单</caption><tr><td>甲</td><td>乙</td></tr></table>"

    assert [block.text for block in read_html(parse(markup), root=None, url="").blocks] == [
        "名单",
        "甲\t乙",
    ]


def test_lines_below_a_head_whose_cells_spaces_part_are_a_table():
    table = "No.   Name        Country\n1     Acme Ltd.   Malta\n2     Zeta AG     Chad"
    prose = "It rained.  He left.  She did not.\nIn 1999.  They met again.  Nothing came."

    assert [block.rows for block in read_text(table).blocks] == [
        (("No.", "Name", "Country"), ("1", "Acme Ltd.", "Malta"), ("2", "Zeta AG", "Chad"))
    ]
    assert [block.rows for block in read_text(f"1  2  3\n{prose}").blocks] == [(), (), ()]


def test_lines_whose_cells_tabs_part_are_a_table():
    document = read_text("清单\n序号\t名称\t税号\n1\t甲\t28053019\n\t\t28053020\n一行\t里的\t空白")

    assert [block.rows for block in document.blocks if block.kind is BlockKind.TABLE] == [
        (
            ("序号", "名称", "税号"),
            ("1", "甲", "28053019"),
            ("", "", "28053020"),
            ("一行", "里的", "空白"),
        )
    ]
    assert not read_text("甲\t乙\t丙\n下一段").blocks[0].rows


def test_an_empty_cell_at_the_end_of_a_row_is_kept():
    rows = "Name | Works | Remark\nAlpha | optics | \nBeta | drones | renamed"
    (table,) = read_text(rows).blocks
    assert table.rows == (
        ("Name", "Works", "Remark"),
        ("Alpha", "optics", ""),
        ("Beta", "drones", "renamed"),
    )


def test_names_with_a_figure_each_below_a_head_are_a_table_and_other_pairs_are_none():
    document = read_text("分配如下：\n企业\t吨\n甲公司\t18\n乙公司\t22.5\n以上自1月起使用。")

    assert [block.rows for block in document.blocks] == [
        (),
        (("企业", "吨"), ("甲公司", "18"), ("乙公司", "22.5")),
        (),
    ]
    for pairs in (
        "索引号\t000013\n发布单位\t甲部",
        "单位\t甲部\n文号\t25\n主题\t贸易",
        "1.\t甲\n2.\t乙",
    ):
        assert not any(block.rows for block in read_text(pairs).blocks)


@pytest.mark.parametrize(
    "table",
    [
        "┌──┬────┐\n│1 │甲　　│\n├──┼────┤\n│2 │乙 │\n└──┴────┘",
        "╔═╦═══╗\n║1║ 甲 ║\n║2║ 乙 ║\n╚═╩═══╝",
        "+---+----+\n| 1 | 甲 |\n+---+----+\n| 2 | 乙 |\n+---+----+",
    ],
)
def test_a_table_that_is_drawn_is_one(table: str):
    assert [block.rows for block in read_text(f"题目\n{table}").blocks][1:] == [
        (("1", "甲"), ("2", "乙"))
    ]


def test_a_tree_that_is_drawn_is_no_table():
    document = read_text("题目\n├── 甲\n│   └── 乙\n└── 丙")

    assert not any(block.rows for block in document.blocks)


def test_markdown_heading_links_and_tables_are_understood():
    document = read_text(
        "# 题目\n\n见[附件](https://a.example/x.pdf)\n\n| 1 | 甲 |\n|---|---|\n| 2 | 乙 |\n"
    )

    assert document.title == "题目"
    assert document.links == (("附件", "https://a.example/x.pdf"),)
    assert document.blocks[-1].rows == (("1", "甲"), ("2", "乙"))


def test_a_head_of_fields_names_a_markdown_page_and_its_day():
    head = "---\ntags: a\ntitle: \"An Order on\\\n  \\ Certain\\_Goods\"\ndate: '2031-04-02'\n---\n"
    text = f"{head}<span>Section 1.</span> All of it.\n"
    page = read_text(text)

    assert (page.title, page.published, page.text) == (
        "An Order on Certain Goods",
        "2031-04-02",
        "Section 1. All of it.",
    )
    assert not has_markup(text)
    assert has_markup(text.removeprefix("---"))
    assert read_text("---\ntitle: Alpha\nBeta").title == "title: Alpha"


@pytest.mark.parametrize(
    "label", ["FOR IMMEDIATE RELEASE\nFebruary 5, 2030", "# Press Release", "【新闻稿】"]
)
def test_what_kind_of_paper_a_page_is_is_no_title_of_it(label):
    assert read_text(f"{label}\n真正的题目\n正文。").title == "真正的题目"


def test_the_name_of_a_file_is_no_title_of_a_page():
    page = "<title>{title}</title><p>Council Regulation 9</p><p>All of it.</p>"

    assert (
        read_html(BeautifulSoup(page.format(title="L_203000611EN.000101.fmx.xml"), "lxml")).title
        == ""
    )
    assert read_html(BeautifulSoup(page.format(title="Order 9.1"), "lxml")).title == "Order 9.1"
    assert read_text("annex-3.pdf\nOrder 9\nAll of it.").title == "Order 9"


def test_address_and_source_line_are_no_title_but_give_the_date():
    document = read_text(
        "https://a.example/1.html\n来源：某处 2025-11-05 17:00\n真正的题目\n正文。"
    )

    assert document.title == "真正的题目"
    assert document.published == "2025-11-05"


PROSE = """\
    The committee determined to add Alfa Hassas Elektronik Limited
Sirketi, under the destination of Chad, for shipping goods that are
controlled for reasons of national security, and Beta Works of the
same place, for supplying an agent who was known to buy parts for
a firm on the list. For the reasons described above, this rule adds
two entities and says of each which licence it asks for and on what
policy requests are decided. What was aboard a carrier on its day
may proceed to its destination until the end of the month, as it
did before, and nothing else of what the rule says of goods that are
aboard is changed by it. <bullet> Alfa Hassas"""
TABLE = """
Country         Entity                            License requirement   License review      Federal Register
Chad            Alfa Hassas Elektronik Limited    For all items         Presumption of      99 FR 1234, a day
                Sirketi, an address               subject to the        denial              of the month
"""


@pytest.mark.parametrize("beside", ["", TABLE, f"\n{'A paragraph in one line. ' * 20}\n"])
def test_prose_that_one_width_broke_is_joined_whatever_stands_beside_it(beside):
    text = read_text(f"A rule\n\n{PROSE}\n{beside}").text
    assert "add Alfa Hassas Elektronik Limited Sirketi, under the destination of Chad, for" in text
    assert "that are aboard is changed by it. • Alfa Hassas" in text


@pytest.mark.parametrize("words", ["Northern Works Limited", "machines for the working"])
def test_a_list_of_lines_of_one_length_is_no_prose(words):
    names = [f"{words} of what is called {letter * 8}" for letter in "ABCDEFGHIJ"]
    lines = read_text("\n".join(["A list", *names, "A paragraph in one line. " * 20])).text
    assert all(name in lines.splitlines() for name in names)


def test_dash_lines_keep_their_dash():
    assert read_text("题\n-Branch One").blocks[1].text == "-Branch One"


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_named_error(body):
    with contextlib.suppress(Unreadable, NotThePage):
        assert isinstance(decode(body, declared=""), str)


@given(st.text(alphabet="<>/apdivtrl \n甲乙=\"'!-&;", max_size=200))
def test_any_markup_gives_a_document(markup):
    assert read_html(parse(markup), root=None, url="").text is not None


@pytest.mark.parametrize("rule", ["=====", "-----", "_____", "===== -----"])
def test_a_line_that_is_a_rule_is_no_title(rule):
    assert read_text(f"{rule}\nA rule on exports\n{rule}\nIt is made.").title == "A rule on exports"
    assert "a == b" in read_text("A title\na == b\nIt is made.").text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("T[uuml]rkiye and S[atilde]o", "Türkiye and São"),
        ("C[ocirc]te, [Eacute]cole", "Côte, École"),
        ("[RIN 0694], [uumlaut] [x]", "[RIN 0694], [uumlaut] [x]"),
    ],
)
def test_a_letter_that_a_printer_spells_in_brackets_is_that_letter(printed, text):
    assert text in read_text(f"A title\n{printed} are named.").text


INDENTED_ACT = """\
    关于对有关物项实施出口管制的公告
  根据《中华人民共和国出口管制法》《中华人民共和国
海关法》有关规定，为维护国家安全和利益、履行防扩散
等国际义务，经国务院批准，决定对下列物项实施出口管
制：
  一、1C999. 高纯度的晶体生
长炉。
  二、1C998. 石墨坩埚
  三、{}
                商务部
               海关总署
"""


def test_a_flush_line_goes_on_with_the_indented_one_that_is_not_at_its_end():
    lines = [block.text for block in read_text(INDENTED_ACT.format("加热器")).blocks]

    assert "一、1C999. 高纯度的晶体生长炉。" in [line.strip() for line in lines]
    assert [line.strip() for line in lines][-4:] == [
        "二、1C998. 石墨坩埚", "三、加热器", "商务部", "海关总署",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "end", ["加热器的部件。\n本公告自公布之日起实施。", "加热器的部件；\n（一）炉"]
)
def test_a_flush_line_below_a_finished_one_or_with_a_mark_is_its_own(end):
    lines = [block.text.strip() for block in read_text(INDENTED_ACT.format(end)).blocks]

    assert end.split("\n")[1] in lines
