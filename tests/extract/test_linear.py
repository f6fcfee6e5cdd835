"""No paragraph holds the monitor up: patterns and readers cost twice as much, not four times,
for a text twice as long.
"""

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import chain

import linear
import pytest

from monitor import extract
from monitor.document import Block, BlockKind, Document
from monitor.extract.zh import annexes, references

WALKED = (
    "monitor.extract.zh",
    "monitor.extract.en",
    "monitor.extract.us",
    "monitor.extract",
    "monitor.document",
    "monitor.diff",
    "monitor.source.configured",
    "monitor.source.formats",
    "monitor.names",
    "monitor.watch",
    "monitor.timeline",
    "monitor.render",
    "monitor.second",
    "scrapers",
)
ACT = "商务部公告2030年第7号 公布将3家日本实体列入出口管制管控名单"
REPLY = "商务部新闻发言人就出口管制答记者问"
ENGLISH = "MOFCOM Announcement No. 7 of 2030 on Adding Entities to the Export Control Control List"


def chinese(title, *paragraphs):
    return Document(
        title=title, blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    )


def lists(length, unit):
    return tuple(
        Block(BlockKind.ITEM, unit.replace("{n}", str(place)))
        for place in range(length // len(unit))
    )


PIECES = {
    "digits": "1",
    "numerals": "一",
    "han": "中",
    "open brackets": "(",
    "brackets": "(中)",
    "nested": "((中)",
    "closing": ")",
    "open titles": "《",
    "titles": "《中》",
    "quotes": '"中',
    "commas": ",",
    "joints": "甲、",
    "ands": "甲与",
    "spaces": " ",
    "odd spaces": "中 \u200b",
    "issuers": "商务部",
    "acts": "第1号、",
    "acts in full": "商务部公告2030年第1号、",
    "lists of acts": "1、",
    "firms": "决定将甲公司、乙公司列入出口管制管控名单,",
    "firms in sentences": "决定将甲公司、乙公司列入出口管制管控名单。",
    "different firms": "决定将甲{n}公司列入出口管制管控名单。",
    "measures": "决定对甲公司采取反制措施。",
    "against": "决定对",
    "into": "决定将",
    "controlled for a time": "对镓(海关商品编号:8112929010)实施",
    "licences": "暂停甲公司持有的",
    "licensed": "对甲粉、乙粉豁免",
    "rationed": "稀土1万吨、",
    "entered": "增列甲技术(编号:250101X),",
    "taken off": "甲公司(Alpha Inc.)移出,",
    "protected": "将甲公司、乙公司列入清单,",
    "forbidden to obey": "现发布禁令:不得承认、执行某国对甲{n}公司采取的措施。",
    "exempt": "对甲粉豁免许可,乙粉除外。",
    "obliged": "出口甲粉的经营者应当",
    "kept from": "禁止向甲国出口",
    "put right": "商务部公告2029年第4号应为",
    "pointed back": "该公司、其、上述企业",
    "sanctioned": "中方决定对甲(Alpha)、",
    "dues": "特别港务费停",
    "carried over": "商务部公告2029年第4号再展一年,",
    "announced": "宣布公布",
    "accused": "决定对甲涉启动",
    "suspends": "暂停对",
    "suspensions": "自2030年1月1日起暂停实施商务部公告2029年第{n}号,",
    "suspensions in sentences": "自2030年1月1日起,暂停实施商务部公告2029年第{n}号。",
    "references in clauses": "决定根据商务部公告2029年第{n}号,",
    "days": "自2030年1月1日起施行,",
    "no licence": "不予许可",
    "goods": "1C{n}甲材料(参考海关商品编号:28053019)。",
    "goods in a row": "甲(税号:28053019)或者乙(税号:28053020),",
    "goods with remarks": "1.大于(中)甲机(中);",
    "chemicals": "2,4-甲,",
    "goods in English": "1C117.d Alpha (HS 28053019) and beta, ",
    "of": "大于的",
    "conditions": "大于1:",
    "words": "word ",
    "names": "Alpha Co., Ltd. and ",
    "adds": "MOFCOM adds Alpha Co. to the export control list, ",
    "verbs": "BIS adds Alpha and removes Beta Co., Ltd. and ",
    "restrictions": "exports of alpha to Chad are prohibited until May 6, 2031; ",
    "sanctions": "China sanctions Alpha Corp. ",
    "is added": "Alpha is added to the export control list. ",
    "added": "is added ",
    "numbers": "Announcement No. 7 of 2030, ",
    "suspended": "the implementation of Announcement No. {n} of 2029 is suspended. ",
    "dates": "from October 9, 2030 ",
    "no. lists": "No. 1, No. 2, ",
}
TITLES = {
    "act": ACT,
    "reply": REPLY,
    "news": "新华社",
    "english": ENGLISH,
    "press": "China adds firms",
}


def is_own(piece, title):
    """Whether a piece is no word, or one in the language of the title."""
    return not re.search(r"[^\W\d_]", piece) or piece.isascii() == title.isascii()


ACTS = ("act", "english")  # whose readers look for lists and tables; the others only for sentences
PROSE = ("paragraph", "paragraphs")


def understood(document):
    return extract.understand(document, authority="cn-mofcom")


READERS = {
    "act": (understood, partial(annexes.annex, of="mofcom-2030-7", url="")),
    "reply": (understood,),
    "news": (extract.understand,),
    "english": (understood,),
    "press": (extract.understand,),
}


def paragraph(title, piece, length):
    return chinese(
        title, "".join(piece.replace("{n}", str(place)) for place in range(length // len(piece)))
    )


def paragraphs(title, piece, length):
    return chinese(
        title, *(piece.replace("{n}", str(place)) for place in range(length // len(piece)))
    )


LISTING = tuple(
    Block(BlockKind.PARAGRAPH, text) for text in ("决定将甲公司列入出口管制管控名单。", "附件")
)


def entries(title, piece, length):
    return Document(title=title, blocks=(*LISTING, *lists(length, "{n}. " + piece)))


def table(title, piece, length):
    rows = tuple(
        (str(place), piece.replace("{n}", str(place)), "Alpha")
        for place in range(length // (len(piece) + 8))
    )
    return Document(
        title=title,
        blocks=(*LISTING, Block(BlockKind.TABLE, "表", (("序号", "名称", "英文名称"), *rows))),
    )


def goods(title, piece, length):
    introduced = (
        "决定对下列物项实施出口管制:"
        if "商务部" in title
        else "It is decided to control exports of the following items:"
    )
    return Document(
        title=title,
        blocks=(Block(BlockKind.PARAGRAPH, introduced), *lists(length, "{n}. " + piece)),
    )


SHAPES = {
    "paragraph": paragraph,
    "paragraphs": paragraphs,
    "goods": goods,
    "entries": entries,
    "table": table,
}


def test_a_number_of_fifty_thousand_digits_is_no_number():
    assert references.find_references("第" + "1" * 50_000 + "号") == []
    assert [
        each.number
        for each in references.find_references(
            f"商务部公告2030年第{'1' * 5_000}号、商务部公告2030年第2号"
        )
    ] == [2]


def test_a_reply_of_fifty_thousand_digits_says_nothing():
    assert extract.understand(chinese(REPLY, "答:" + "1" * 50_000)) == []


def test_an_endless_sentence_is_quoted_around_those_whom_it_lists():
    firms = "".join(f"将第{place}公司列入出口管制管控名单," for place in range(100, 600))

    (act,) = extract.understand(chinese(ACT, f"决定{firms}自今日起施行。"), authority="cn-mofcom")

    assert len(act.measures) == 500
    assert all(
        entity.names["zh"] in measure.quote
        for measure in act.measures
        for entity in measure.entities
    )
    assert sum(len(measure.quote) for measure in act.measures) < 500 * 4_000


@pytest.mark.parametrize(
    "most",  # texts of its own pieces that a pattern is tried with, and as many of those for all
    [pytest.param(10, marks=pytest.mark.long), pytest.param(120, marks=pytest.mark.sweep)],
)
@pytest.mark.parametrize("package", WALKED)
def test_twice_the_text_costs_a_pattern_twice_the_work(package, most):
    walked = linear.patterns(
        package, but=[below for below in WALKED if below.startswith(f"{package}.")]
    )

    assert walked or package == "monitor.timeline"
    assert [told for each in walked if (told := linear.too_slow(each, most))] == []


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("own", marks=pytest.mark.long),
        pytest.param("more", marks=pytest.mark.sweep),
        pytest.param("foreign", marks=pytest.mark.sweep),
    ],
)
@pytest.mark.parametrize("title", TITLES)
def test_twice_the_document_costs_its_readers_twice_the_work(title, part):
    shapes = shapes_of(title)
    # in a process of its own, so that nothing which another test left there counts
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        slow = [apart.submit(list_slow, title, shape, part).result() for shape in shapes]

    assert [*chain.from_iterable(slow)] == []


def shapes_of(title):
    return [*SHAPES] if title in ACTS else [*PROSE]


def pieces_of(title, shape, part):
    """The pieces in the language of a title, each in one of its shapes; the `more` that this
    leaves out of this shape; or the `foreign` ones.
    """
    shapes = shapes_of(title)
    own = [name for name, piece in PIECES.items() if is_own(piece, TITLES[title])]
    tried = own[shapes.index(shape) :: len(shapes)]
    return {
        "own": tried,
        "more": [name for name in own if name not in tried],
        "foreign": [name for name in PIECES if name not in own],
    }[part]


def list_slow(title, shape, part):
    """The pieces of which twice as many cost a reader more than twice the work."""
    slow = []
    for name in pieces_of(title, shape, part):
        made = cache(partial(SHAPES[shape], TITLES[title], PIECES[name]))
        for reader in READERS[title]:
            ratio, length, seconds = linear.growth(
                lambda length, made=made, reader=reader: reader(made(length)), prepare=made
            )
            if ratio > linear.LINEAR:
                slow.append(
                    f"{shape} of {name}: {seconds:.2f} s of {length} characters,"
                    f" {ratio:.1f} times half of them"
                )
    return slow


def test_no_pattern_keeps_all_of_a_repeated_group_by_a_plus():
    """Python 3.11.2, as Debian 12 has it, reads `(…)*+` otherwise than later ones; `(?>(…)*)` is
    read alike.
    """
    walked = [each for package in ("monitor", "scrapers") for each in linear.patterns(package)]

    assert len(walked) > 1_000
    assert [each.where for each in walked if linear.keeps_group(each.pattern)] == []
