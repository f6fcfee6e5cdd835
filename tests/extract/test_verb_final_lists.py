"""Lists below the sentences of Japanese and Korean acts: whom they name, what is done to them, and
from when.
"""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

JAPANESE = "外国ユーザーリストの改正について\n令和14年3月8日\n経済産業省\n{}\n"
KOREAN = "우려거래자 목록 변경\n산업통상부 공고 제2032-40호\n2032년 3월 8일\n{}\n"
MINISTRY = "정부, 독자제재 대상 지정\n\n{}\n\n1. 정부는 개인 2명과 기관 1개를 독자제재 대상으로 지정하기로 하였다.\n{}\n"
SECTION = "부서명　북핵정책기획과　　작성일　2032-03-08　　조회수　77"


def read(text: str) -> Announcement:
    (act,) = extract.understand(read_text(text))
    assert isinstance(act, Announcement)
    return act


def list_told(act: Announcement) -> list[tuple[str, str]]:
    return [
        (str(made.action), " = ".join(each.names.values()))
        for made in act.measures
        for each in made.entities
    ]


def list_starts(act: Announcement) -> set[str]:
    return {made.starts.on for made in act.measures if made.starts}


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("アラブ首長国連邦のマリク商会（Malik Trading FZE）", "マリク商会"),
        ("アルメニア共和国のアララト電機（Ararat Electric LLC）", "アララト電機"),
        (
            "アルメニア共和国の友の会（Friends of the Republic of Armenia）",
            "アルメニア共和国の友の会",
        ),
        (
            "ガーナ共和国のガーナ共和国銀行（Bank of the Republic of Ghana）",
            "ガーナ共和国銀行",
        ),
        ("タイのメコン精機（Mekong Precision Co.）", "メコン精機"),
        ("ドバイ所在のマリク商会（Malik Trading FZE）", "マリク商会"),
        ("QDi.901　マリク・アリ（Malik Ali）", "マリク・アリ"),
        ("2019年設立のマリク商会（Malik Trading FZE）", "マリク商会"),
        ("北のかもめ海運（Northern Gull Shipping）", "北のかもめ海運"),
        ("二葉商会（Futaba Trading Co.）", "二葉商会"),
    ],
)
def test_a_country_or_a_year_before_a_name_is_no_part_of_it(entry: str, name: str) -> None:
    act = read(JAPANESE.format(f"外国ユーザーリストに、{entry}を追加する。"))

    assert [told.partition(" = ")[0] for _, told in list_told(act)] == [name]


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("ㅇ 두바이 소재 말리크상사(Malik Trading FZE)", "말리크상사"),
        ("ㅇ 러시아 국적 이반 페트로프(Ivan Petrov)", "이반 페트로프"),
        ("ㅇ 2019년 가람상사(Garam Trading LLC)", "가람상사"),
        ("ㅇ 한인상사(Hanin Trading LLC)", "한인상사"),
        ("ㅇ 가나공화국의 가람상사(Garam Trading LLC)", "가람상사"),
        ("ㅇ 가나공화국의 벗(Friends of the Republic of Ghana)", "가나공화국의 벗"),
    ],
)
def test_where_somebody_is_from_is_no_part_of_a_korean_name(entry: str, name: str) -> None:
    act = read(KOREAN.format(f"다음의 자를 우려거래자 목록에 추가한다.\n{entry}"))

    assert [told.partition(" = ")[0] for _, told in list_told(act)] == [name]


BOTH_JA = "外国ユーザーリストの掲載団体を次のとおり追加し、及び削除する。\n"
BOTH_KO = "우려거래자를 다음과 같이 추가하고 삭제한다.\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            JAPANESE.format(
                f"{BOTH_JA}Ⅰ　新たに対象とするもの（1団体）\n・Rasht Lathe Co.\n"
                "Ⅱ　内容を改めるもの（1団体）\n・Yazd Dies Co.\n"
                "Ⅲ　対象としないもの（1団体）\n・Qom Furnace Works"
            ),
            [
                ("add", "Rasht Lathe Co."),
                ("remove", "Qom Furnace Works"),
                ("amend", "Yazd Dies Co."),
            ],
        ),
        (
            KOREAN.format(
                f"{BOTH_KO}□ 추가(1개사)\nㅇ 가람상사(Garam Trading LLC)\n"
                "□ 삭제\n○ 기관(1개사)\nㅇ 두레상사(Dure Trading LLC)"
            ),
            [("add", "가람상사 = Garam Trading LLC"), ("remove", "두레상사 = Dure Trading LLC")],
        ),
        (
            JAPANESE.format("外国ユーザーリストからラシュト工業（Rasht Lathe Co.）を削除する。"),
            [("remove", "ラシュト工業 = Rasht Lathe Co.")],
        ),
        # a sentence that has an object for each of its verbs
        (
            KOREAN.format(
                "우려거래자 목록에서 나루무역(Naru Trading Co.)을 삭제하고, 다음의 자를 추가한다.\n"
                "ㅇ 가람상사(Garam Trading LLC)"
            ),
            [("remove", "나루무역 = Naru Trading Co."), ("add", "가람상사 = Garam Trading LLC")],
        ),
    ],
)
def test_each_list_is_of_the_deed_that_its_heading_or_its_verb_says(
    text: str, told: list[tuple[str, str]]
) -> None:
    act = read(text)

    assert list_told(act) == told
    assert act.understood == "full"


@pytest.mark.parametrize(
    "body",
    [
        f"{BOTH_JA}・Rasht Lathe Co.\n・Qom Furnace Works",
        "次の団体を外国ユーザーリストに追加及び削除する。\n・Rasht Lathe Co.\n・Qom Furnace Works",
        "外国ユーザーリストにラシュト工業（Rasht Lathe Co.）及びコム製鋼（Qom Furnace Works）を追加及び削除する。",
        f"{BOTH_JA}Ⅰ　懸念があるもの（1団体）\n・Rasht Lathe Co.\nⅡ　懸念がないもの（1団体）\n・Qom Works",
    ],
)
def test_those_of_whom_some_are_added_and_others_removed_are_not_told_with_one_deed(
    body: str,
) -> None:
    act = read(JAPANESE.format(body))

    assert list_told(act) == []
    assert act.understood == "part"


@pytest.mark.parametrize(
    "body",
    [
        f"{BOTH_KO}ㅇ 가람상사(Garam Trading LLC)\nㅇ 두레상사(Dure Trading LLC)",
        "우려거래자를 다음과 같이 추가 및 삭제한다.\nㅇ 가람상사(Garam Trading LLC)",
        "우려거래자를 다음과 같이 지정·해제한다.\nㅇ 가람상사(Garam Trading LLC)",
    ],
)
def test_korean_verbs_that_share_what_they_are_done_to_tell_nobody(body: str) -> None:
    act = read(KOREAN.format(body))

    assert list_told(act) == []
    assert act.understood == "part"


LISTS = [
    (
        "□ 개인\n　ㅇ 김가을(KIM KA UL) : 1981년 2월 3일생\n　ㅇ 이두레(RI DU RE) : 북한 국적\n"
        "□ 기관\n　ㅇ 가람상사(Garam Trading Company) : 평양 소재"
    ),
    " ㅇ 개인: 김가을(KIM KA UL), 이두레(RI DU RE)\n ㅇ 기관: 가람상사(Garam Trading Company)",
    "가. 개인\n1) 김가을(KIM KA UL) 및 이두레(RI DU RE)\n나. 기관\n1) 가람상사(Garam Trading Company)",
]


@pytest.mark.parametrize("below", LISTS)
def test_a_ministry_is_known_by_its_section_and_all_names_of_an_entry_are_read(below: str) -> None:
    act = read(MINISTRY.format(SECTION, below))

    assert (act.authority, act.published, act.understood) == ("kr-mofa", "2032-03-08", "full")
    assert [name.partition(" = ")[2] for _, name in list_told(act)] == [
        "KIM KA UL",
        "RI DU RE",
        "Garam Trading Company",
    ]


@pytest.mark.parametrize(
    "frame", ["사회부 김기자　작성일 2032-03-08", "부서명　사회정책과　작성일　2032-03-08"]
)
def test_a_paper_that_tells_of_the_government_is_no_ministry(frame: str) -> None:
    assert extract.understand(read_text(MINISTRY.format(frame, LISTS[0]))) == []


def test_that_who_pays_without_a_licence_is_punished_is_no_exemption() -> None:
    act = read(
        MINISTRY.format(
            SECTION,
            f"{LISTS[0]}\n2. 이들과의 금융거래는 한국은행 총재의 사전 허가가 필요하며, 허가를 받지 않고 "
            "거래하는 경우 관련법에 따라 처벌받을 수 있다.",
        )
    )

    assert [term.kind for made in act.measures for term in made.terms] == []


ADDED_JA = "外国ユーザーリストにラシュト工業（Rasht Lathe Co.）を追加する。\n"
ADDED_KO = "가람상사(Garam Trading LLC)를 우려거래자 목록에 추가한다.\n"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (JAPANESE.format(f"{ADDED_JA}2．措置の実施日\n令和14年3月15日"), {"2032-03-15"}),
        (
            JAPANESE.format(f"{ADDED_JA}この改正は、2032年3月15日0時から適用する。"),
            {"2032-03-15T00:00+09:00"},
        ),
        (
            JAPANESE.format(
                f"{ADDED_JA}告示は令和14年3月15日に公布する。許可の要否は、同日から、改正後の告示による。"
            ),
            {"2032-03-15"},
        ),
        (KOREAN.format(f"{ADDED_KO}3. 시행일자 2032. 3. 15."), {"2032-03-15"}),
        (
            KOREAN.format(f"{ADDED_KO}이 공고는 2032년 3월 15일(월) 0시 00분부터 시행한다."),
            {"2032-03-15T00:00+09:00"},
        ),
        (
            KOREAN.format(f"{ADDED_KO}관보 게재일은 2032년 3월 15일이다. 같은 날부터 시행한다."),
            {"2032-03-15"},
        ),
        # a day that is past, and what somebody else begins
        (
            JAPANESE.format(f"{ADDED_JA}前回の告示は令和13年3月15日に公布した。本日から適用する。"),
            {"2032-03-08"},
        ),
        (JAPANESE.format(f"{ADDED_JA}2．説明会の開催日\n令和14年3月15日"), set()),
    ],
)
def test_an_act_begins_on_the_day_that_its_sentence_or_heading_says(
    text: str, starts: set[str]
) -> None:
    assert list_starts(read(text)) == starts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            JAPANESE.format(
                "外国ユーザーリストに1社を追加し、所要の変更を行います。\n（1）追加\n・Qom Furnace Works\n"
                "（2）名称変更\n・Arak Pump Co.（旧名称：Arak Works）"
            ),
            [("add", "Qom Furnace Works"), ("amend", "Arak Pump Co.")],
        ),
        (
            KOREAN.format(
                "우려거래자 목록을 다음과 같이 개정한다.\n1. 신규 지정\nㅇ 가람상사(Garam Trading LLC)\n"
                "2. 지정 해제(1개사)\n□ 기관\nㅇ 두레상사(Dure Trading LLC)"
            ),
            [("add", "가람상사 = Garam Trading LLC"), ("remove", "두레상사 = Dure Trading LLC")],
        ),
        (
            KOREAN.format(
                "우려거래자 목록에 다음의 자를 추가한다.\n1. 개정 내용\nㅇ 가람상사(Garam Trading LLC)\n"
                "2. 변경\nㅇ 두레상사(Dure Trading LLC)"
            ),
            [("add", "가람상사 = Garam Trading LLC"), ("amend", "두레상사 = Dure Trading LLC")],
        ),
    ],
)
def test_a_heading_that_is_a_kind_of_change_says_what_is_done_below(
    text: str, told: list[tuple[str, str]]
) -> None:
    assert list_told(read(text)) == told


@pytest.mark.parametrize("arrow", ["→", "⇒", "=>"])
def test_an_old_name_and_its_new_one_are_not_told_as_added(arrow: str) -> None:
    act = read(
        JAPANESE.format(f"{ADDED_JA}（1）名称の変更\n・Arak Pump Co. {arrow} Arak Pumps PJSC")
    )

    assert list_told(act) == [("add", "ラシュト工業 = Rasht Lathe Co.")]
    assert act.not_read[0].why == "the change of a name was not read"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            KOREAN.format(
                "우려거래자 목록에 가람상사(Garam Trading LLC)를 추가하고, 두레상사(Dure Trading LLC)를 추가한다."
            ),
            ["가람상사 = Garam Trading LLC", "두레상사 = Dure Trading LLC"],
        ),
        (
            KOREAN.format(
                "개인 김가을(KIM Ka Ul), 이두레(RI Du Re)와 기관 가람상사(Garam Co.)를 우려거래자로 지정한다."
            ),
            ["김가을 = KIM Ka Ul", "이두레 = RI Du Re", "가람상사 = Garam Co."],
        ),
        (
            JAPANESE.format(
                "次の者を外国ユーザーリストに追加する。\n個人　イワン・ペトロフ（Ivan PETROV）\n"
                "団体ノルド海運（Nord Shipping LLC）"
            ),
            ["イワン・ペトロフ = Ivan PETROV", "ノルド海運 = Nord Shipping LLC"],
        ),
        # a word for a kind within a name
        (
            KOREAN.format(
                "다음의 자를 우려거래자로 지정한다.\nㅇ 국제단체 연합(Union of Bodies)\n"
                "ㅇ 와룡상사(Waryong Trading LLC)"
            ),
            ["국제단체 연합 = Union of Bodies", "와룡상사 = Waryong Trading LLC"],
        ),
    ],
)
def test_every_clause_names_somebody_without_the_word_for_a_kind(
    text: str, told: list[str]
) -> None:
    assert [name for _, name in list_told(read(text))] == told


def list_goods(act: Announcement) -> list[tuple[str, ...]]:
    return [(*each.names.values(), *each.codes) for made in act.measures for each in made.items]


ITEMS = "전략물자 수출입고시 개정\n산업통상부 고시 제2032-3호\n2032년 3월 8일\n{}"


def test_goods_of_each_clause_are_told_without_their_marks() -> None:
    act = read(
        ITEMS.format(
            '제3부에 "3A904 희석냉동기"를 신설하고, 제4부에 "4A906 양자난수발생기"를 신설한다.'
        )
    )

    assert list_goods(act) == [("희석냉동기", "3A904"), ("양자난수발생기", "4A906")]


@pytest.mark.parametrize(
    "sentence",
    ["별표 2 중 연번 118을 삭제한다.", "별표 2에서 연번 12부터 14까지를 삭제한다."],
)
def test_the_number_of_an_entry_is_no_name_of_goods(sentence: str) -> None:
    assert list_goods(read(ITEMS.format(sentence))) == []


PROLONGED = (
    "ロシア向け輸出禁止措置の延長について\n令和14年3月8日\n経済産業省\n"
    "ロシア向け輸出禁止措置を、令和14年3月15日から令和15年3月14日まで延長することを決定しました。\n{}"
)


@pytest.mark.parametrize(
    ("sentence", "understood", "starts"),
    [
        (
            "平成30年3月15日から輸出禁止措置を実施し、その後、期間を延長してきました。",
            "full",
            {"2032-03-15"},
        ),
        (
            "令和13年3月8日の閣議決定により、令和14年3月14日まで延長したところです。",
            "full",
            {"2032-03-15"},
        ),
        (
            "本日、機械の輸出禁止措置を令和14年4月1日から実施することを決定したところです。",
            "full",
            {"2032-03-15", "2032-04-01"},
        ),
        (
            "今般、令和14年4月1日から機械の輸出禁止措置を実施してきました。",
            "part",
            {"2032-03-15"},
        ),
    ],
)
def test_how_an_act_came_about_begins_nothing(
    sentence: str, understood: str, starts: set[str]
) -> None:
    act = read(PROLONGED.format(sentence))

    assert (act.understood, list_starts(act)) == (understood, starts)


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        (
            "機械の輸出承認制の適用期限を、令和14年3月31日から令和15年3月31日に延長する。",
            "2033-03-31",
        ),
        (
            "機械の輸出承認制の適用期限を、令和14年3月31日から令和15年3月31日へ変更する。",
            "2033-03-31",
        ),
    ],
)
def test_the_day_from_which_a_last_day_is_moved_is_no_first_day(sentence: str, end: str) -> None:
    act = read(f"機械の輸出承認制の延長について\n令和14年3月8日\n経済産業省\n{sentence}")

    assert list_starts(act) == set()
    assert {made.ends.on for made in act.measures if made.ends} == {end}


def test_a_list_of_those_banned_is_an_act_and_ships_in_marks_are_named() -> None:
    bans = read(
        "輸出等に係る禁止措置の対象の追加について\n令和14年3月8日\n経済産業省\n"
        "輸出等に係る禁止措置の対象に次の団体を追加する。\n1．ネヴァ電子（Neva Electronics LLC）"
    )
    ships = read(
        "선박 독자제재\n외교부\n2032. 3. 8.\n정부는 선박 2척을 독자제재 대상으로 지정한다.\n"
        "- '가람1호'(IMO 9123456)\n- 두레호(DURE STAR, IMO 8123456)"
    )

    assert list_told(bans) == [("add", "ネヴァ電子 = Neva Electronics LLC")]
    assert list_told(ships) == [("add", "가람1호"), ("add", "두레호 = DURE STAR")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            KOREAN.format(
                "우려거래자 목록을 아래와 같이 변경한다.\n추가 : 가람상사(Garam Co.), 두레상사(Dure Co.)\n"
                "삭제 : 나루무역(Naru Co.)"
            ),
            [
                ("add", "가람상사 = Garam Co."),
                ("add", "두레상사 = Dure Co."),
                ("remove", "나루무역 = Naru Co."),
            ],
        ),
        (
            JAPANESE.format(
                "外国ユーザーリストを次のとおり改正する。\n・追加：ネヴァ電子（Neva LLC）\n"
                "・削除：ラシュト工業（Rasht Co.）"
            ),
            [("add", "ネヴァ電子 = Neva LLC"), ("remove", "ラシュト工業 = Rasht Co.")],
        ),
        # who stays
        (
            KOREAN.format(
                "우려거래자 지정을 다음과 같이 해제한다.\nㅇ 해제: 가람상사(Garam Co.)\n"
                "ㅇ 유지: 두레상사(Dure Co.)"
            ),
            [("remove", "가람상사 = Garam Co.")],
        ),
    ],
)
def test_a_label_that_is_a_kind_of_change_says_what_is_done_to_its_names(
    text: str, told: list[tuple[str, str]]
) -> None:
    assert list_told(read(text)) == told


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("（参考）これまでに指定された団体", []),
        ("既存の掲載団体", []),
        ("別名等を変更した団体", [("amend", "Arak Pump Co.")]),
        ("（企業）", [("add", "Arak Pump Co.")]),
        ("1．改正の概要", [("add", "Arak Pump Co.")]),
    ],
)
def test_those_below_a_heading_of_others_are_not_told_as_added(
    heading: str, told: list[tuple[str, str]]
) -> None:
    act = read(
        JAPANESE.format(
            f"次の団体を外国ユーザーリストに追加する。\n・Qom Furnace Works\n{heading}\n・Arak Pump Co."
        )
    )

    assert list_told(act) == [("add", "Qom Furnace Works"), *told]
    assert (act.understood == "part") is (told == [])


def test_those_who_were_designated_before_are_not_told_as_designated() -> None:
    act = read(
        KOREAN.format(
            "다음의 자를 우려거래자로 지정한다.\nㅇ 가람상사(Garam Co.)\n※ 기존 지정자\nㅇ 두레상사(Dure Co.)"
        )
    )

    assert list_told(act) == [("add", "가람상사 = Garam Co.")]
    assert act.understood == "part"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            KOREAN.format(
                "가람상사(Garam Co.)의 자회사인 두레상사(Dure Co.)를 우려거래자로 지정한다."
            ),
            ["두레상사"],
        ),
        (
            KOREAN.format(
                "가람상사(Garam Co.)와 거래한 두레상사(Dure Co.)를 우려거래자로 지정한다."
            ),
            ["두레상사"],
        ),
        (
            KOREAN.format("가람상사(Garam Co.)와 두레상사(Dure Co.)를 우려거래자로 지정한다."),
            ["가람상사", "두레상사"],
        ),
        (
            KOREAN.format(
                "다음의 자를 우려거래자로 지정한다.\n1. 가람상사(Garam Co.)\n대표자: 김두레(KIM Du Re)"
            ),
            ["가람상사"],
        ),
        (
            JAPANESE.format(
                "ネヴァ（Neva Co.）が支配するノルド（Nord Co.）を外国ユーザーリストに追加する。"
            ),
            ["ノルド"],
        ),
        (
            JAPANESE.format(
                "ネヴァ（Neva Co.）とノルド（Nord Co.）を外国ユーザーリストに追加する。"
            ),
            ["ネヴァ", "ノルド"],
        ),
    ],
)
def test_somebody_by_whom_another_is_described_is_not_listed(text: str, names: list[str]) -> None:
    assert [told.partition(" = ")[0] for _, told in list_told(read(text))] == names


@pytest.mark.parametrize(
    ("page", "entry", "name"),
    [
        (
            KOREAN,
            "우려거래자를 다음과 같이 추가한다.\nㅇ (기관) ① 한빛상사(Hanbit Trading), ② 새벽전자(Saebyok)",
            "한빛상사 = Hanbit Trading",
        ),
        (
            KOREAN,
            "우려거래자를 다음과 같이 추가한다.\n③ 한빛상사(Hanbit Trading)",
            "한빛상사 = Hanbit Trading",
        ),
        (
            JAPANESE,
            "外国ユーザーリストに次の者を追加する。\n・① 光商会(Hikari Trading)、② 暁電機(Akatsuki Electric)",
            "光商会 = Hikari Trading",
        ),
    ],
)
def test_the_number_in_a_ring_before_a_name_is_no_part_of_it(page, entry, name):
    told = list_told(read(page.format(entry)))
    assert ("add", name) in told
    assert not [each for _, each in told if "①" in each or "②" in each or "③" in each]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (KOREAN, "2015년 6월 26일 이후 이번까지 기관 75개를 우려거래자로 {}하였다."),
        (KOREAN, "2029년부터 지금까지 개인 4명을 우려거래자로 {}하였다."),
        (JAPANESE, "平成27年以降、今回までに75団体を外国ユーザーリストに{}した。"),
    ],
)
def test_what_was_done_since_a_day_until_now_is_not_done_anew(page, told):
    korean = page == KOREAN
    add = "추가" if korean else "追加"
    new = (
        "한빛상사(Hanbit Trading)를 우려거래자로 추가한다."
        if korean
        else "光商会(Hikari Trading)を外国ユーザーリストに追加する。"
    )
    act = read(page.format(f"{new}\n{told.format(add)}"))
    assert [(str(made.action), len(made.entities)) for made in act.measures] == [("add", 1)]
    assert act.measures[0].stated is None


@pytest.mark.parametrize(
    ("page", "done", "action"),
    [
        (KOREAN, "제15조제3호를 삭제한다.", "amend"),
        (KOREAN, "제7조의2 제1항 단서를 삭제한다.", "amend"),
        (JAPANESE, "外国ユーザーリスト要領第十五条第三号を削除する。", "amend"),
        (KOREAN, "우려거래자 목록에서 제3호를 삭제한다.", "remove"),
        (KOREAN, "우려거래자 새벽전자(Saebyok Electric)를 삭제한다.", "remove"),
        (JAPANESE, "外国ユーザーリストから暁電機(Akatsuki Electric)を削除する。", "remove"),
    ],
)
def test_a_clause_of_a_rule_that_is_deleted_takes_nobody_off_a_list(page, done, action):
    assert [str(made.action) for made in read(page.format(done)).measures] == [action]


REMOVES = "1団体を削除し、「外国ユーザーリスト」から除外しました。"
TAKEN_OFF = "우려거래자 목록에서 1개 기관을 삭제한다."


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (
            JAPANESE.format(
                f"{REMOVES}\n1．追加する組織\n① Norvek Radar LLC\n2．削除する組織\nAsmar Optics FZE（アラブ首長国連邦）"
            ),
            {("add", "Norvek Radar LLC"), ("remove", "Asmar Optics FZE")},
        ),
        (
            JAPANESE.format(f"{REMOVES}\n（1）新たに追加した企業\n・ Norvek Radar LLC"),
            {("add", "Norvek Radar LLC")},
        ),
        (
            KOREAN.format(f"{TAKEN_OFF}\n1. 추가 대상\n① Norvek Radar LLC"),
            {("add", "Norvek Radar LLC")},
        ),
        # no opposite: who was put on the list before is nobody's new entry
        (
            JAPANESE.format(f"{REMOVES}\nこれまでに追加した組織\n① Norvek Radar LLC"),
            {("add", "")},
        ),
        (JAPANESE.format(f"{REMOVES}\n対象\n① Norvek Radar LLC"), {("remove", "Norvek Radar LLC")}),
    ],
)
def test_a_heading_of_the_opposite_deed_says_what_is_done_below(
    act: str, told: set[tuple[str, str]]
) -> None:
    assert set(list_told(read(act))) == told - {("add", "")}


@pytest.mark.parametrize(
    "pair",
    [
        "（誤）Norvec Radar LLC\n（正）Norvek Radar LLC",
        "【誤】ノルヴェク社\n【正】ノルベク社",
        "(誤) Norvec Radar LLC\n(正) Norvek Radar LLC",
    ],
)
def test_a_correction_whose_names_are_in_no_fact_is_read_in_part(pair: str) -> None:
    act = read(JAPANESE.format(f"「外国ユーザーリスト」を下記のとおり訂正します。\n{pair}"))

    assert act.understood == "part"
    assert "the change of a name was not read" in {each.why for each in act.not_read}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("1　「北浜」基金（Kitahama Fund）", "「北浜」基金 = Kitahama Fund"),
        ("① 『海燕』号商会（Petrel Trading Co.）", "『海燕』号商会 = Petrel Trading Co."),
        ("1　「外為法」（Foreign Exchange Act）", ""),
    ],
)
def test_a_name_that_opens_with_a_word_in_marks_is_read_whole(entry: str, told: str) -> None:
    act = read(JAPANESE.format(f"次の者を「外国ユーザーリスト」に追加する。\n{entry}"))

    assert [name for _, name in list_told(act)] == ([told] if told else [])


def test_a_day_right_below_the_title_dates_an_act_below_any_menu() -> None:
    menu = "\n".join(f"項目{sign}" for sign in "あいうえおかきくけこ")
    title = "外国ユーザーリストの改正について"
    names = "\n".join(f"{mark} Norvek Radar {mark} LLC" for mark in "①②③④⑤⑥")
    text = f"{title}\n経済産業省\n{menu}\n{title}\n令和14年3月8日\n次の者を追加する。\n{names}\n"

    assert read(text).published == "2032-03-08"
    assert not read(text.replace(f"{title}\n令和14年3月8日\n", "令和14年3月8日\n")).published


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("이번 조치는 관보 게재를 통해 3.9.(화) 0시부터 시행된다.", {"2032-03-09T00:00+09:00"}),
        ("이번 조치는 3월 9일부터 시행한다.", {"2032-03-09"}),
        ("이 목록은 제12.3.4.5절부터 적용 사례를 든다.", set()),
    ],
)
def test_a_korean_day_without_its_year_is_a_start(said: str, start: set[str]) -> None:
    below = f"2. 대상은 다음과 같다.\n① 박달재(PAK Tal Jae)\n3. {said}\n"

    act = read(
        MINISTRY.format("외교부 보도자료\n2032. 3. 8.(월) 배포", below).replace(
            "개인 2명과 기관 1개", "개인 1명"
        )
    )

    assert (act.published, list_starts(act)) == ("2032-03-08", start)


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("（1）の措置は3月9日から、（2）の措置は3月16日から実施する。", set()),
        ("甲の規制は3月9日より、乙の規制は3月16日より適用する。", set()),
        ("（1）の措置は3月9日から、（2）の措置も3月9日から実施する。", {"2032-03-09"}),
        ("この措置は3月9日から実施する。", {"2032-03-09"}),
    ],
)
def test_two_days_of_one_verb_are_no_start_of_every_measure(said: str, starts: set[str]) -> None:
    act = read(
        JAPANESE.format(f"次の者を「外国ユーザーリスト」に追加する。\n① Norvek Radar LLC\n{said}")
    )

    assert list_starts(act) == starts
    assert starts or act.understood == "part"


@pytest.mark.parametrize(
    ("entry", "others"),
    [
        ("・国名：中国　Malik Valve Co.　別名：MVC、Malik Group", ("MVC", "Malik Group")),
        ("・国名：中国　Malik Valve Co.　別名：MVC", ("MVC",)),
        ("1　馬力（Malik Valve Co. 別名：Malik Pump Co., Ltd.）", ("Malik Pump Co., Ltd.",)),
        ("1　馬力（Malik Valve Co. 別称：MVC, Malik Pump）", ("MVC", "Malik Pump")),
    ],
)
def test_other_names_in_one_field_are_each_a_name(entry: str, others: tuple[str, ...]) -> None:
    body = f"外国ユーザーリストに次の1者を追加し、令和14年3月15日から適用します。\n{entry}"
    ((listed,),) = (made.entities for made in read(JAPANESE.format(body)).measures)

    assert (listed.names["en"], listed.aliases) == ("Malik Valve Co.", others)
