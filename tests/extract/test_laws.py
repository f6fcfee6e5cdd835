"""Laws that hold for any page: what is no word changes no fact, and nothing crashes."""

import time

import msgspec
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor import extract, model
from monitor.cli import read
from monitor.document import read_text

PAGE = """商务部公告2030年第7号 公布将2家日本实体列入出口管制管控名单
决定将甲株式会社等2家日本实体列入出口管制管控名单（见附件），并采取以下措施：
一、禁止向上述2家日本实体出口两用物项。
本公告自2030年3月5日12时01分起正式实施。
商务部
2030年3月4日
附件
出口管制管控名单
1. 甲株式会社（Alpha Co., Ltd.）
2. 乙大学（Beta University）
"""
GOODS = """商务部 海关总署公告2030年第10号 公布对甲相关物项实施出口管制的决定
经国务院批准，决定对下列物项实施出口管制：
（一）1C117.d．甲材料：
1. 甲酸铵（参考海关商品编号：2841801000）；
2. 【保留】。
本公告自公布之日起实施。
商务部 海关总署
2030年2月4日
"""
ECHO = (
    "商务部新闻发言人就暂停措施答记者问\n2030-05-14\n答：自2030年5月14日起，"
    "暂停4月4日公告（不可靠实体清单工作机制〔2030〕7号）相关措施90天。"
)
WIDE = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
PRINTED = {"quote", "title", "number", "url"}


def bare(value):
    """The facts without the print they quote."""
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items() if key not in PRINTED}
    return [bare(each) for each in value] if isinstance(value, list) else value


def facts(text):
    return bare(
        [
            msgspec.json.decode(model.to_json(fact))
            for fact in extract.understand(read_text(text), url="", authority=None)
        ]
    )


def page_facts(body):
    return bare(
        [
            msgspec.json.decode(model.to_json(fact))
            for fact in read.understand_page(body.encode(), "")
        ]
    )


pages = st.sampled_from([PAGE, GOODS, ECHO])


@given(pages, st.data())
@examples(60)
def test_spaces_beside_chinese_characters_change_nothing(page, choose):
    places = [
        place
        for place in range(1, len(page))
        if "一" <= page[place] <= "鿿" and "一" <= page[place - 1] <= "鿿"
    ]
    cuts = sorted(choose.draw(st.sets(st.sampled_from(places), max_size=6)), reverse=True)
    space = choose.draw(st.sampled_from([" ", "　", "\u00a0", "\u200b", "  "]))
    spaced = page
    for cut in cuts:
        spaced = spaced[:cut] + space + spaced[cut:]

    assert facts(spaced) == facts(page)


@given(pages)
@examples(5)
def test_full_width_digits_change_nothing(page):
    assert facts(page.translate(WIDE)) == facts(page)


@given(pages, st.integers(1, 4))
@examples(10)
def test_empty_lines_change_nothing(page, many):
    assert facts(page.replace("\n", "\n" * many)) == facts(page)


@given(
    pages,
    st.lists(
        st.sampled_from(
            ["首页", "公告", "关于将某公司列入不可靠实体清单的公告", "商务部公告2030年第99号"]
        ),
        max_size=6,
    ),
)
@examples(25)
def test_what_stands_around_the_article_changes_nothing(page, menu):
    menu_items = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in menu)
    lines = "".join(f"<p>{line}</p>" for line in page.strip().split("\n"))
    title = page.split("\n")[0]
    body = (
        f"<html><head><title>{title}</title></head><body><ul>{menu_items}</ul><div "
        f"class='x'>{lines}</div><div>版权</div></body></html>"
    )

    assert page_facts(body) == page_facts(body.replace(f"<ul>{menu_items}</ul>", ""))


@given(pages, st.data())
@examples(150)
def test_ruined_pages_never_crash(page, choose):
    for _ in range(choose.draw(st.integers(1, 6))):
        start = choose.draw(st.integers(0, len(page)))
        end = choose.draw(st.integers(start, min(len(page), start + 30)))
        page = (
            page[:start]
            + choose.draw(
                st.text(
                    alphabet="（）《》【】、，。；一1a.第号年月日公告将列入等自至起-·\n ",
                    max_size=8,
                )
            )
            + page[end:]
        )

    assert isinstance(facts(page), list)


@given(st.text(max_size=300))
def test_any_text_gives_facts_or_nothing(text):
    assert isinstance(facts(text), list)


@given(pages, st.data())
@examples(40)
def test_what_is_quoted_stands_on_the_page(page, choose):
    cut = choose.draw(st.integers(0, len(page)))
    part = page[:cut]
    for fact in extract.understand(read_text(part), url="", authority=None):
        for measure in getattr(fact, "measures", ()):
            assert measure.quote in part
            assert all(entity.quote in part for entity in measure.entities)


LISTED = [
    "甲株式会社（Alpha Co., Ltd.）",
    "乙大学（Beta University）",
    "丙集团（Gamma Group）\n-丙一（Gamma One）\n-丙二（Gamma Two）",
    "丁所（Delta）",
]
HEAD = PAGE.partition("1. ")[0].replace("2家", "6家")
ENGLISH = """MOFCOM Announcement No. 7 of 2030
It is decided to place 2 U.S. entities on the Export Control List, effective immediately.
March 4, 2030
Annex
1. Alpha by Beta
2. Gamma, Inc.
"""
RULE = (
    "This rule amends the EAR by adding nine entities under 10 entries to the Entity List. These"
    " entries are listed under the destinations of China, People's Republic of (China) (8) and Iran"
    " (2). It also removes two persons from the Unverified List."
)
LETTERS = (
    "（）《》【】、，。；一1a.第号年月日公告将列入等自至起-·\n ()[]:;,%under the adding No. of"
)


def entities(text):
    return [
        entity
        for fact in facts(text)
        for measure in fact.get("measures", ())
        for entity in measure.get("entities", ())
    ]


def annexed(entries):
    return (
        HEAD
        + "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))
        + "\n"
    )


@given(st.permutations(LISTED))
@examples(24)
def test_the_order_of_the_annex_changes_no_entity(entries):
    def by_name(text):
        return sorted(entities(text), key=str)

    assert by_name(annexed(entries)) == by_name(annexed(LISTED))


@given(st.integers(len(HEAD), len(annexed(LISTED))))
@examples(60)
def test_a_cut_act_lists_only_what_the_whole_lists_but_for_the_line_of_the_cut(cut):
    whole = annexed(LISTED)
    known = [entity["names"] for entity in entities(whole)]
    found = [entity["names"] for entity in entities(whole[:cut])]

    assert all(names in known for names in found[:-1])


def mutated(page, choose):
    for _ in range(choose(st.integers(1, 6))):
        start = choose(st.integers(0, len(page)))
        end = choose(st.integers(start, min(len(page), start + 30)))
        page = page[:start] + choose(st.text(alphabet=LETTERS, max_size=8)) + page[end:]
    return page


def read_in_time(page):
    """The facts, of the first of three readings that is quick enough: the machine may sleep in
    another.
    """
    for _ in range(3):
        began = time.process_time()
        found = facts(page)
        if time.process_time() - began <= 0.05:
            return found
    return None


@given(st.sampled_from([PAGE, GOODS, ECHO, ENGLISH]), st.data())
@examples(400)
def test_mutations_never_crash_or_hang(page, choose):
    assert isinstance(read_in_time(mutated(page, choose.draw)), list)


@pytest.mark.sweep
@given(st.sampled_from([PAGE, GOODS, ECHO, ENGLISH]), st.data())
@examples(2_000)
def test_thousands_of_mutations_never_crash_or_hang(page, choose):
    assert isinstance(read_in_time(mutated(page, choose.draw)), list)


@given(st.data())
@examples(200)
def test_ruined_rules_never_crash(choose):
    document = {
        "document_number": "2030-00001",
        "title": "Additions to the Entity List",
        "abstract": mutated(RULE, choose.draw),
    }

    assert len(extract.us.federal_register(document)) <= 1


@given(st.sampled_from(["  ", "\n", "\u00a0", "\t"]))
@examples(5)
def test_spaces_change_no_rule(space):
    def told(abstract):
        document = {
            "document_number": "2030-00001",
            "title": "Additions to the Entity List",
            "abstract": abstract,
        }
        return bare([msgspec.to_builtins(fact) for fact in extract.us.federal_register(document)])

    assert told(RULE.replace(" ", space)) == told(RULE)


def test_a_row_of_goods_with_wide_spaces_is_no_heading_of_a_table():
    spaced = GOODS.replace("甲酸铵", "甲　酸铵").replace("商品编号", "商品　编号")

    assert facts(spaced) == facts(GOODS)
