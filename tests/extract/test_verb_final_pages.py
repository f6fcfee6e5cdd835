"""Pages of Japanese and Korean sites as they are served, with menus and press frames."""

from monitor import extract
from monitor.document import read_text

MOFA = """바로가기 메뉴 본문 바로가기
  1. 어린이
  2. RSS
  3. ENGLISH

외교부
보도자료
우리 정부의 대북 독자제재 지정
부서명
북핵외교기획단
작성일
2031-09-02
조회수
41

우리 정부는 9.2.(화) 무기 개발에 관여한 개인 2명과 기관 1개를 대북 독자제재 대상으로 지정하였다.

※ 독자제재 추가 지정 대상

개인(2명)

김갑을

이병정

기관(1개)

갑을무역회사

우리 정부는 북한이 도발을 중단하고 대화에 나오도록 국제사회와 공조해 나갈 것이다.
"""


def read(text):
    return extract.understand(read_text(text))


def test_names_below_a_heading_that_counts_them_are_listed_and_a_menu_is_none():
    (act,) = read(MOFA)

    assert act.published == "2031-09-02"
    assert [(each.action, each.register) for each in act.measures] == [
        ("add", "kr-financial-sanctions")
    ]
    assert [(each.names["ko"], each.kind) for each in act.measures[0].entities] == [
        ("김갑을", "person"),
        ("이병정", "person"),
        ("갑을무역회사", "org"),
    ]


def test_lines_below_a_heading_that_counts_others_are_no_names():
    (act,) = read(MOFA.replace("개인(2명)", "개인(3명)"))

    assert [each.names["ko"] for each in act.measures[0].entities] == ["갑을무역회사"]
    assert act.understood == "part"


def test_a_sentence_that_tells_of_a_draft_is_no_act():
    assert not read(
        "산업통상자원부는 전략물자 수출입고시 개정안을 행정예고(12.6.~12.26.)했다.\n"
        "주요 내용은 다음과 같다.\n21개 전략물자를 추가 지정한다."
    )


def test_two_measures_that_begin_on_two_days_are_not_told_with_one():
    (act,) = read(
        "北朝鮮向けの支払の原則禁止及び資産凍結等の措置について\n令和13年2月19日\n外務省\n"
        "令和13年1月6日に核実験が実施されたこと等を踏まえ、資産凍結等の措置を講ずることを決定した。\n"
        "(1)支払を原則禁止とする措置を講じることとし、令和13年2月26日から実施する。\n"
        "(2)追加指定された団体に対する資産凍結等の措置を講じ、令和13年2月19日から実施する。"
    )

    assert "2031-01-06" not in {each.starts.on for each in act.measures if each.starts}
    assert act.understood == "part"


def test_an_act_that_recalls_its_consultation_is_an_act():
    (act,) = read(
        "資産凍結等の措置の対象者の追加について\n令和13年2月19日\n外務省\n"
        "意見公募手続を実施した結果を踏まえ、次の団体を資産凍結等の措置の対象に追加する。\n"
        "・アルファ貿易会社（Alpha Trading LLC）\n令和13年2月26日から実施する。"
    )

    assert [entity.names["en"] for entity in act.measures[0].entities] == ["Alpha Trading LLC"]


def test_those_who_are_counted_and_not_named_are_missed():
    (act,) = read(
        "資産凍結等の措置の対象者の追加について\n令和13年2月19日\n外務省\n"
        "ロシア連邦の5団体を資産凍結等の措置の対象に追加する。\n令和13年2月26日から実施する。"
    )

    assert "whom it lists was not read" in [each.why for each in act.not_read]
