"""Tables of Japanese and Korean acts: which cells are names, and what is done to whom."""

import pytest
from bs4 import BeautifulSoup

from monitor import extract
from monitor.document import read_html, read_text
from monitor.model import Announcement

JAPANESE = "外国ユーザーリストの改正について\n令和14年3月8日\n経済産業省\n{}\n{}\n"
KOREAN = "우려거래자 목록 변경\n산업통상부 공고 제2032-40호\n2032년 3월 8일\n{}\n{}\n"
ADDED_JA = "次の団体を外国ユーザーリストに追加し、令和14年3月15日から適用する。"
CHANGED_JA = "外国ユーザーリストを下記のとおり改正し、令和14年3月15日から適用する。"
ADDED_KO = "다음의 자를 우려거래자 목록에 추가한다."
CHANGED_KO = "우려거래자 목록을 다음과 같이 변경한다."
BOTH_KO = "우려거래자 목록에서 1인을 삭제하고, 2인을 다음과 같이 추가한다."


def read(text: str) -> Announcement:
    (act,) = extract.understand(read_text(text))
    assert isinstance(act, Announcement)
    return act


def list_names(act: Announcement) -> list[tuple[str, dict[str, str]]]:
    return [(str(made.action), each.names) for made in act.measures for each in made.entities]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            KOREAN.format(
                CHANGED_KO,
                "구분 | 국가 | 영문명\n신규 | 중국 | Beihai Rotor Co., Ltd.\n"
                "해제 | 홍콩 | Lantau Freight Ltd.",
            ),
            [
                ("add", {"en": "Beihai Rotor Co., Ltd."}),
                ("remove", {"en": "Lantau Freight Ltd."}),
            ],
        ),
        (
            KOREAN.format(
                BOTH_KO,
                "구분\t연번\t명칭\t영문명\n삭제\t7\t나루무역\tNaru Trading Co.\n"
                "신설\t8\t가람상사\tGaram Trading LLC",
            ),
            [
                ("remove", {"ko": "나루무역", "en": "Naru Trading Co."}),
                ("add", {"ko": "가람상사", "en": "Garam Trading LLC"}),
            ],
        ),
        # each row is removed, and the act only says that the list changes
        (
            KOREAN.format(
                CHANGED_KO,
                "구분 | 국가 | 영문명\n삭제 | 이란 | Arak Pump Co.\n삭제 | 이란 | Qom Co.",
            ),
            [("remove", {"en": "Arak Pump Co."}), ("remove", {"en": "Qom Co."})],
        ),
    ],
)
def test_rows_that_say_what_is_done_are_told_with_their_own_deeds(
    page: str, told: list[tuple[str, dict[str, str]]]
) -> None:
    assert list_names(read(page)) == told


@pytest.mark.parametrize(
    "page",
    [
        JAPANESE.format(
            CHANGED_JA,
            "変更区分｜国名｜名称\n追加｜香港｜Tai Po Valve Ltd.\n一部見直し｜イラン｜Arak Pump Co.",
        ),
        # of a list that is printed anew, only those in marks are new
        JAPANESE.format(
            ADDED_JA,
            "番号｜名称｜備考\n1｜Rasht Lathe Co.｜新規\n2｜Qom Furnace Works｜\n3｜Yazd Dies Co.｜新規",
        ),
    ],
)
def test_rows_that_are_changed_in_unlike_ways_are_not_told_with_one_deed(page: str) -> None:
    act = read(page)

    assert list_names(act) == []
    assert (act.understood, act.not_read[0].what) == ("part", "list")


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (
            KOREAN.format(
                ADDED_KO,
                "구분 | 국적 | 영문명\n신규 | 홍콩 | Lantau Freight Ltd.\n신규 | 마카오 | Coloane Co.",
            ),
            [{"en": "Lantau Freight Ltd."}, {"en": "Coloane Co."}],
        ),
        (
            KOREAN.format(
                ADDED_KO,
                "구분\t명칭\t영문명\n기관\t가람상사\tGaram Trading LLC\n개인\t이두레\tRI Du Re",
            ),
            [{"ko": "가람상사", "en": "Garam Trading LLC"}, {"ko": "이두레", "en": "RI Du Re"}],
        ),
        (
            JAPANESE.format(
                ADDED_JA,
                "国名又は地域名｜名称｜別名\n香港｜Tai Po Valve Ltd.｜-\n"
                "カザフスタン共和国｜Aral Pump LLP｜Aralpump",
            ),
            [{"en": "Tai Po Valve Ltd."}, {"en": "Aral Pump LLP"}],
        ),
        # two columns with one bar between them
        (
            JAPANESE.format(
                ADDED_JA,
                "番号　｜名称\nQDe.901　｜北の旅団（NORTHERN BRIGADE）\nQDe.902　｜南の旅団（SOUTHERN BRIGADE）",
            ),
            [
                {"ja": "北の旅団", "en": "NORTHERN BRIGADE"},
                {"ja": "南の旅団", "en": "SOUTHERN BRIGADE"},
            ],
        ),
        (
            KOREAN.format(
                ADDED_KO, "국가 | 명칭\n홍콩 | Lantau Freight Ltd.\n이란 | Arak Pump Co."
            ),
            [{"en": "Lantau Freight Ltd."}, {"en": "Arak Pump Co."}],
        ),
    ],
)
def test_a_kind_of_change_a_country_or_a_number_is_no_name(
    page: str, names: list[dict[str, str]]
) -> None:
    act = read(page)

    assert list_names(act) == [("add", each) for each in names]
    assert act.understood == "full"


def test_cells_that_were_merged_stand_for_the_rows_below() -> None:
    page = (
        "<h1>금융제재대상자 지정</h1><p>외교부 공고 제2032-5호</p><p>2032년 3월 8일</p>"
        "<p>다음의 기관을 금융제재대상자로 지정한다.</p><table>"
        "<tr><th>구분</th><th>연번</th><th>명칭</th><th>영문명</th><th>소재지</th></tr>"
        '<tr><td rowspan="2">지정</td><td>11</td><td>가람상사</td><td>Garam Co.</td>'
        '<td rowspan="2">북한</td></tr><tr><td>12</td><td>두레은행</td><td>Dure Bank</td></tr></table>'
    )

    (act,) = extract.understand(read_html(BeautifulSoup(page, "lxml")))

    assert isinstance(act, Announcement)
    assert list_names(act) == [
        ("add", {"ko": "가람상사", "en": "Garam Co."}),
        ("add", {"ko": "두레은행", "en": "Dure Bank"}),
    ]


def test_one_line_with_a_bar_is_no_table() -> None:
    act = read(JAPANESE.format(ADDED_JA, "トップ｜Export Control\n・Rasht Lathe Co."))

    assert list_names(act) == [("add", {"en": "Rasht Lathe Co."})]
