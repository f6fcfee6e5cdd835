"""Sentences that name many: what is read of few is read of as many as are named."""

from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract.zh.lines import make_line
from monitor.extract.zh.names import Piece, fold_sentence

MANY = 120
FIGURES = "零一二三四五六七八九"


def names(count):
    return [
        f"甲乙{''.join(FIGURES[int(digit)] for digit in str(place))}公司"
        for place in range(1, count + 1)
    ]


def told(words, number, signed):
    (fact,) = extract.understand(read_text(f"{number}\n{words}\n{signed}\n2030年3月4日"))
    return [
        (measure.action, measure.register, [entity.names["zh"] for entity in measure.entities])
        for measure in fact.measures
    ], fact.understood


SENTENCES = [
    "决定暂停对{}列入出口管制管控名单的措施。",
    "现认定{}为恶意实体。",
    "同意{}移出出口管制管控名单。",
    "禁止{}进入中国境内。",
    "禁止出口经营者向{}出口两用物项。",
    "对{}不予受理两用物项出口许可申请。",
    "准予{}使用两用物项出口通用许可。",
    "撤销{}持有的两用物项出口通用许可。",
    "{}获准使用两用物项出口通用许可。",
    "禁止{}所属船舶停靠中国港口。",
    "停止采购{}的产品。",
]


@for_each("words", SENTENCES)
@for_each("remark", ["", "（Alpha Dynamics Corporation）"])
def test_whoever_names_a_hundred_says_the_same_as_who_names_two(words, remark):
    of_two, understood = told(words.format("、".join(name + remark for name in names(2))), *MOFCOM)
    of_many, of_many_understood = told(
        words.format("、".join(name + remark for name in names(MANY))), *MOFCOM
    )

    ((action, register, _),) = of_two
    assert of_many == [(action, register, names(MANY))]
    assert of_many_understood == understood == "full"


MOFCOM = ("商务部公告2030年第9号 公布有关名单", "商务部")


def test_a_list_of_which_more_is_said_than_names_is_no_listing_of_those_whom_it_ends():
    firms = "、".join(f"{name}在华实施的投资" for name in names(MANY))

    measures, understood = told(f"决定暂停对{firms}列入出口管制管控名单的措施。", *MOFCOM)

    assert [str(action) for action, *_ in measures] == []
    assert understood == "none"


def test_a_place_in_the_folded_sentence_leads_back_to_the_printed_one():
    sentence = make_line(f"将{'、'.join(names(9))}移出。")
    whole = Piece(sentence, 0, len(sentence.text))

    seen = fold_sentence(whole, sentence.text)

    assert seen.text == "将甲乙一公司、甲乙九公司移出。"
    assert seen.part(1, seen.text.index("移")).text == "、".join(names(9))


def test_a_word_that_does_something_is_never_folded_away():
    parts = [*names(6), "甲乙移出清单公司", *names(6)]
    sentence = make_line("、".join(parts))

    assert "移出" in fold_sentence(Piece(sentence, 0, len(sentence.text)), sentence.text).text
