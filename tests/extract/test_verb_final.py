"""Acts in Japanese and Korean: the last verb of a clause says what is done. In our own words."""

import pytest
from bs4 import BeautifulSoup
from each import for_each

from monitor import extract
from monitor.document import read_html, read_text
from monitor.extract.verb_final import JAPANESE, KOREAN
from monitor.extract.verb_final.dates import read_day
from monitor.extract.verb_final.items import list_table_goods
from monitor.extract.verb_final.lines import Line
from monitor.model import Announcement


def told(text: str) -> list[str]:
    """What is told of a page: how far it was understood, and a line a measure."""
    lines: list[str] = []
    for act in extract.understand(read_text(text)):
        assert isinstance(act, Announcement)
        lines.append(f"{act.authority} {act.published} {act.understood}")
        for made in act.measures:
            said = [str(made.action), made.register or "-", *made.destinations]
            said += [f"from {made.starts.on}"] if made.starts else []
            said += [f"until {made.ends.on}"] if made.ends else []
            said += [" = ".join([*each.names.values(), *each.aliases]) for each in made.entities]
            said += [" ".join([*each.names.values(), *each.codes, *each.hs]) for each in made.items]
            lines.append(" | ".join(said))
    return lines


LISTED_AND_DELISTED = """
外国ユーザーリストの改正について（お知らせ）

2029年10月2日
経済産業省

本件の概要
経済産業省は、輸出管理の一層の厳格化のため、外国ユーザーリストに新たに３者を追加し、１者を削除いたします。

１．追加する企業
（１）シャヒーン航空工業（Shaheen Aero Works (Pvt) Ltd.）
（２）北方精密光学研究所（Northern Institute of Precision Optics）
（３）ザグロス電子部品（Zagros Electronic Parts Co.）

２．削除する企業
（１）カスピ造船公団（Caspian Shipbuilding Corp.）

３．適用
令和11年10月9日から適用します。

（本発表資料のお問い合わせ先）
貿易管理部安全保障貿易管理課
電話：03-0000-0000
"""
COUNTRY_BEFORE_NAME = """
外国ユーザーリストの見直しについて

令和10年5月12日
経済産業省貿易経済安全保障局

外国ユーザーリストについて、最新の情報に基づき、下記のとおり改正し、令和10年5月19日から適用します。

記

１．新たに掲載する組織
ロシア　　Baikal Turbine Works JSC（別名：Baikal Turbo）
ロシア／オムスク無線工場／Omsk Radio Plant／C
シリア　Orontes Machinery Trading（No.512）
２．掲載を取りやめる組織
マレーシア　　Selangor Die Casting Sdn. Bhd.
３．住所の変更
イラン　Kerman Valve Industries
４．その他
掲載されている組織は、このほか変更ありません。

安全保障貿易管理課　電話 03-0000-0000
"""
FROZEN_BY_NAME = """
外国為替及び外国貿易法に基づく資産凍結等の措置の追加について

令和10年6月2日（2028年6月2日）
財務省　外務省

政府は、外国為替及び外国貿易法に基づき、資産凍結等の措置の対象として次の個人1名及び団体2団体を指定し、本日から実施する。

（個人）イーゴリ・ラプテフ（Igor Laptev）生年月日：1971年2月3日
（団体）ラドガ海運（Ladoga Shipping JSC）
（団体）ウラル電子商会（Ural Electronics Trading LLC）

指定された者に対する支払等を許可制とする。

なお、様式を別添のとおり改正した。

財務省国際局調査課対外取引管理室　電話：03-0000-0000
"""
ASSETS_FROZEN = """
財務省告示第八十八号

外国為替令（昭和五十五年政令第二百六十号）第六条第一項の規定に基づき、資産凍結等の措置の対象となる者として次の者を指定し、公布の日から適用する。

令和十二年三月四日
財務大臣

番号　氏名又は名称
1　オルガ・ペトレンコ（Olga PETRENKO）　生年月日：1970年4月3日
2　ドニエプル開発銀行（Dnieper Development Bank）
"""
ORDER_AMENDED = """
輸出貿易管理令の一部を改正する政令の公布について

経済産業省　令和十年八月十日

輸出貿易管理令の一部を改正する政令が本日公布され、令和十年九月一日から施行されます。

改正の内容は、別表第一の十の項に量子磁力計を追加するものです。
"""
BAN_LIFTED = """
ロシア向け輸出禁止措置の一部解除について

令和13年2月1日
経済産業省

政府は、ウクライナとロシアの停戦合意を踏まえ、ロシアを仕向地とする医療機器の輸出禁止措置を令和13年2月15日付けで解除することを閣議決定しました。
"""
APPROVAL_SUSPENDED = """
半導体製造装置の輸出に係る承認制の停止について

令和11年12月20日
経済産業省

経済産業省は、マレーシアを仕向地とする半導体製造装置に係る輸出承認制の運用を、令和12年1月1日から令和12年12月31日まで停止します。
期間の満了後は、別段の告示がない限り、再び承認を要することとなります。
"""
NOT_DELISTED = """
外国ユーザーリストからの削除要請に対する決定について

令和12年6月3日
経済産業省

経済産業省は、デカン精密鋳造会社（Deccan Precision Foundry Ltd.）の要請について、
同社を外国ユーザーリストから削除しないことを決定しました。
"""
ABROAD = """
安全保障貿易管理制度の見直しについて

令和12年6月3日
経済産業省 安全保障貿易管理課

米国商務省は、エンティティ・リストに日本企業1社を追加したと発表した。経済産業省は、輸出者に対し、米国の輸出管理の動向に注意するよう呼びかけている。
"""
EXPORT_BANNED = """
산업통상부 고시 제2029-55호

「대외무역법」 제5조에 따른 요소 수출제한 조치를 다음과 같이 고시합니다.

2029년 3월 2일
산업통상부장관

제1조(수출금지) 요소(HS 3102.10)의 수출을 2029년 3월 5일부터 2029년 9월 4일까지 금지한다.
제2조(예외) 장관의 승인을 받은 경우에는 수출할 수 있다.

부칙
이 고시는 2029년 3월 5일부터 시행한다.
"""
EXPORTS_HALTED = """
산업통상부 공고 제2031-77호
흑연 전극 등의 한시적 수출제한 공고

「대외무역법」 제5조에 따라 다음 물품의 수출을 제한하기로 하였기에 공고합니다.

□ 대상 물품
 ○ 인조흑연 전극 (8545.11.0000)
 ○ 구상흑연 분말 (HSK 2504.10.1000)

□ 제한 기간: 2031. 6. 2. ~ 2031. 11. 30.
 ○ 2031. 5. 20. 이전에 수출신고가 수리된 물품은 제외함
 ○ 견본품은 그러하지 아니함

2031년 5월 26일
산업통상부장관
"""
SANCTIONED = """
정부, 러시아 관련 독자제재 대상 추가 지정

외교부 보도자료
배포일: 2030. 5. 14.

정부는 5월 14일자로 북한 무기 거래에 관여한 개인 1명과 선박 2척을 독자제재 대상으로 추가 지정하였다.

□ 개인
 1. 이반 소로킨(Ivan Sorokin)
□ 선박
 2. 오로라호(AURORA STAR)
 3. 벨라호(BELLA MARIS)

이번 조치는 관보 게재를 통해 5월 15일 0시부터 시행된다.
"""
EXEMPTION_EXTENDED = """
러시아·벨라루스 대상 상황허가 면제기간 연장 공고

산업통상부 공고 제2031-12호

산업통상부는 기존 계약분에 대한 상황허가 면제기간을 2031년 12월 31일까지 연장한다.

2031년 6월 20일
산업통상부장관
"""
ITEM_CONTROLLED = """
전략물자 수출입고시 일부개정

산업통상자원부 고시 제2027-9호

별표 2의 제3부에 제3A090호(고대역폭메모리)를 신설한다.

부칙
이 고시는 발령한 날부터 시행한다.

2027년 1월 8일
산업통상자원부장관
"""
DESIGNATION_CANCELLED = """
외교부 공고 제2030-3호

금융제재대상자 지정 취소

지급 및 영수허가지침 제4조에 의거하여 금융제재대상자로 지정한 다음 단체의 지정을 취소합니다.

○ 동해해운무역회사(Donghae Shipping & Trading Co., Ltd.)

시행일: 공고한 날부터 시행

2030년 1월 15일
외교부장관
"""
NOT_RELEASED = """
금융제재대상자 지정 해제 신청에 대한 결정

외교부 공고 제2030-8호

외교부는 동해해운무역회사(Donghae Shipping & Trading Co., Ltd.)의 지정 해제 신청에 대하여 해제하지 아니하기로 결정하였다.

2030년 2월 1일
외교부장관
"""
ABROAD_TOO = """
미국, 한국 기업 2곳 우려거래자 목록에서 제외

산업통상부 보도참고자료 2030. 3. 3.

미국 상무부는 한국 기업 2곳을 우려거래자 목록에서 제외하였다. 정부는 미국과의 협의를 계속할 예정이다.
"""

GOODS_IN_A_ROW = """
輸出貿易管理令の一部を改正する政令の公布について

2032年4月6日
経済産業省

関係国との合意を踏まえ、別表第一の九の項に量子乱数発生器、光子検出器及び極低温用の配線（超伝導体を用いるもの）を追加します。
イラン及びシリアを仕向地とする炭素繊維、アルミニウム合金の輸出を禁止します。

１．施行期日
2032年5月1日
"""
GOODS_BELOW = """
貨物等省令の一部を改正する省令について

2032年4月6日
経済産業省

第八条第六号の次に次の二号を加える。
六の二　極低温下で動作する増幅器
六の三　四・二ケルビン以下で動作するもの
第九条第一項に次の一号を加える。
四　外国の軍隊が使用する場合
附　則
この省令は、2032年5月1日から施行する。
"""
TWO_LISTS = """
外国為替及び外国貿易法に基づく措置の実施について

2032年4月6日
外務省

外務省告示により資産凍結等の措置の対象者として指定された個人（別添１）に対し、支払規制を実施する。
外務省告示により指定された第三国の団体（別添２）への輸出等に係る禁止措置を、2032年4月20日から実施する。

（別添１）
１　ピョートル・サハロフ（Pyotr Sakharov）

（別添２）
１　シルダリア貿易会社（Syrdarya Trading LLP）
"""
GOODS_OF_A_NOTICE = """
전략물자 수출입고시 일부개정고시

산업통상부 고시 제2032-14호
2032년 4월 6일

국제사회의 합의를 반영하여, 별표 2에 희석냉동기, 광자검출기 및 양자난수발생기를 추가하고, 별표 3에서 황산을 삭제한다.
4. 시행일
 ㅇ 2032년 5월 1일
"""
GOODS_BELOW_A_NOTICE = """
폐배터리 등의 수출제한 공고

산업통상부 공고 제2032-15호
2032년 4월 6일

「대외무역법」 제5조에 따라 다음 물품의 수출을 제한한다.
가. 폐리튬전지
나. 블랙파우더(양극재용)
이 공고는 2032년 5월 1일부터 시행한다.
"""


@for_each(
    ("text", "lines"),
    [
        (
            GOODS_IN_A_ROW,
            [
                "jp-meti 2032-04-06 full",
                (
                    "add | jp-export-order | from 2032-05-01 | 量子乱数発生器 | 光子検出器 |"
                    " 極低温用の配線（超伝導体を用いるもの）"
                ),
                (
                    "restrict | jp-export-order | IR | SY | from 2032-05-01 | 炭素繊維 |"
                    " アルミニウム合金"
                ),
            ],
        ),
        (
            GOODS_BELOW,
            [
                "jp-meti 2032-04-06 full",
                (
                    "add | jp-export-order | from 2032-05-01 | 極低温下で動作する増幅器 |"
                    " 四・二ケルビン以下で動作するもの"
                ),
            ],
        ),
        (
            TWO_LISTS,
            [
                "jp-mofa 2032-04-06 full",
                "add | jp-asset-freezes | ピョートル・サハロフ = Pyotr Sakharov",
                (
                    "add | jp-export-bans | from 2032-04-20 |"
                    " シルダリア貿易会社 = Syrdarya Trading LLP"
                ),
            ],
        ),
        (
            GOODS_OF_A_NOTICE,
            [
                "kr-motie 2032-04-06 full",
                (
                    "add | kr-strategic-items | from 2032-05-01 | 희석냉동기 | 광자검출기 |"
                    " 양자난수발생기"
                ),
                "remove | kr-strategic-items | from 2032-05-01 | 황산",
            ],
        ),
        (
            GOODS_BELOW_A_NOTICE,
            [
                "kr-motie 2032-04-06 full",
                (
                    "restrict | kr-strategic-items | from 2032-05-01 | 폐리튬전지 |"
                    " 블랙파우더(양극재용)"
                ),
            ],
        ),
        (
            LISTED_AND_DELISTED,
            [
                "jp-meti 2029-10-02 full",
                (
                    "add | jp-meti-end-users | from 2029-10-09 | シャヒーン航空工業 = Shaheen Aero"
                    " Works (Pvt) Ltd. | 北方精密光学研究所 = Northern Institute of Precision"
                    " Optics | ザグロス電子部品 = Zagros Electronic Parts Co."
                ),
                (
                    "remove | jp-meti-end-users | from 2029-10-09 | カスピ造船公団 = Caspian"
                    " Shipbuilding Corp."
                ),
            ],
        ),
        (
            COUNTRY_BEFORE_NAME,
            [
                "jp-meti 2028-05-12 full",
                "amend | jp-meti-end-users | from 2028-05-19 | Kerman Valve Industries",
                (
                    "add | jp-meti-end-users | from 2028-05-19 | Baikal Turbine Works JSC = Baikal Turbo"
                    " | オムスク無線工場 = Omsk Radio Plant | Orontes Machinery Trading"
                ),
                "remove | jp-meti-end-users | from 2028-05-19 | Selangor Die Casting Sdn. Bhd.",
            ],
        ),
        (
            FROZEN_BY_NAME,
            [
                "jp-mof 2028-06-02 full",
                (
                    "add | jp-asset-freezes | from 2028-06-02 | イーゴリ・ラプテフ = Igor Laptev |"
                    " ラドガ海運 = Ladoga Shipping JSC |"
                    " ウラル電子商会 = Ural Electronics Trading LLC"
                ),
            ],
        ),
        (
            ASSETS_FROZEN,
            [
                "jp-mof 2030-03-04 full",
                (
                    "add | jp-asset-freezes | from 2030-03-04 | オルガ・ペトレンコ = Olga PETRENKO |"
                    " ドニエプル開発銀行 = Dnieper Development Bank"
                ),
            ],
        ),
        (
            ORDER_AMENDED,
            ["jp-meti 2028-08-10 full", "add | jp-export-order | from 2028-09-01 | 量子磁力計"],
        ),
        (
            BAN_LIFTED,
            ["jp-meti 2031-02-01 full", "remove | jp-export-order | RU | from 2031-02-15"],
        ),
        (
            APPROVAL_SUSPENDED,
            [
                "jp-meti 2029-12-20 part",
                "suspend | jp-export-order | MY | from 2030-01-01 | until 2030-12-31",
            ],
        ),
        (NOT_DELISTED, ["jp-meti 2030-06-03 none"]),
        (ABROAD, []),
        (
            EXPORT_BANNED,
            [
                "kr-motie 2029-03-02 full",
                "restrict | kr-strategic-items | from 2029-03-05 | until 2029-09-04 | 요소 310210",
            ],
        ),
        (
            EXPORTS_HALTED,
            [
                "kr-motie 2031-05-26 full",
                (
                    "restrict | kr-strategic-items | from 2031-06-02 | until 2031-11-30 |"
                    " 인조흑연 전극 8545110000 | 구상흑연 분말 2504101000"
                ),
            ],
        ),
        (
            SANCTIONED,
            [
                "kr-mofa 2030-05-14 full",
                (
                    "add | kr-financial-sanctions | from 2030-05-15T00:00+09:00 | 이반 소로킨 ="
                    " Ivan Sorokin | 오로라호 = AURORA STAR | 벨라호 = BELLA MARIS"
                ),
            ],
        ),
        (
            EXEMPTION_EXTENDED,
            ["kr-motie 2031-06-20 full", "amend | kr-strategic-items | until 2031-12-31"],
        ),
        (
            ITEM_CONTROLLED,
            [
                "kr-motie 2027-01-08 full",
                "add | kr-strategic-items | from 2027-01-08 | 고대역폭메모리 3A090",
            ],
        ),
        (
            DESIGNATION_CANCELLED,
            [
                "kr-mofa 2030-01-15 full",
                (
                    "remove | kr-financial-sanctions | from 2030-01-15 | 동해해운무역회사 = Donghae"
                    " Shipping & Trading Co., Ltd."
                ),
            ],
        ),
        (NOT_RELEASED, ["kr-mofa 2030-02-01 none"]),
        (ABROAD_TOO, []),
    ],
)
def test_what_an_act_does_is_told(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_what_is_written_into_a_rule_is_told_as_it_stands() -> None:
    [act] = extract.understand(read_text(GOODS_BELOW))

    assert isinstance(act, Announcement)
    quotes = {term.quote for made in act.measures for term in made.terms}
    assert "四　外国の軍隊が使用する場合" in quotes


def test_both_sides_of_a_change_of_a_group_of_countries_amend_it() -> None:
    text = (
        "輸出貿易管理令別表第三の改正について\n2032年2月2日\n経済産業省\n"
        "別表第三に掲げる国に、フィリピンを追加するとともに、ハンガリーを削除します。\n"
        "施行日：2032年3月1日"
    )

    lines = told(text)

    assert lines[0] == "jp-meti 2032-02-02 full"
    assert [line.partition(" | ")[0] for line in lines[1:]] == ["amend"]


def test_what_a_notice_excepts_is_no_removal() -> None:
    text = (
        "흑연 수출제한 조치 연장 공고\n산업통상부 공고 제2032-21호\n2032년 4월 6일\n"
        "「대외무역법」 제5조에 따른 흑연의 수출제한 조치를 다음과 같이 연장합니다.\n"
        "1. 대상품목: 인상흑연(HSK 2504.10.1000), 구상흑연(HSK 2504.10.9000)\n"
        "2. 연장기간: 2032. 5. 1. ~ 2032. 10. 31.\n3. 시험용 시료는 제외함"
    )

    assert told(text) == [
        "kr-motie 2032-04-06 full",
        (
            "amend | kr-strategic-items | from 2032-05-01 | until 2032-10-31 |"
            " 인상흑연 2504101000 | 구상흑연 2504109000"
        ),
    ]


def test_a_part_that_begins_on_a_day_of_its_own_is_a_measure_of_its_own() -> None:
    text = (
        "輸出注意事項の一部改正について\n2032年4月6日\n経済産業省\n"
        "輸出管理に関する通達の一部を下記のとおり改正し、2032年5月1日から施行する。\n"
        "1．別紙1中「確認」を「照合」に改める。\n2．別紙2（誓約書の様式）を別添のとおり改める。\n"
        "ただし、2の改正は、2032年9月1日から施行する。"
    )

    assert told(text) == [
        "jp-meti 2032-04-06 full",
        "amend | jp-export-order | from 2032-05-01",
        "amend | jp-export-order | from 2032-09-01",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "별표 2에 철강, 화학 분야 24개 품목을 추가한다.",
        "별표 2에 기계 등 9개 품목을 추가한다.",
    ],
)
def test_how_many_goods_of_which_fields_are_added_names_none_of_them(sentence: str) -> None:
    text = f"전략물자 수출입고시 개정\n산업통상부 고시 제2032-3호\n2032년 4월 6일\n{sentence}"

    [act] = extract.understand(read_text(text))

    assert isinstance(act, Announcement)
    assert act.understood == "part"


def test_a_table_of_names_is_read() -> None:
    page = (
        "<h1>「外国ユーザーリスト」の改正</h1><p>令和9年1月29日</p><p>経済産業省</p><p>経済産業省は、"
        "下表の2団体を外国ユーザーリストに掲載することとしました。適用は令和9年2月5日からです。"
        "</p><table><tr><th>No.</th><th>国名</th><th>企業名、"
        "組織名</th><th>別名</th></tr><tr><td>1</td><td>パキスタン</td><td>Shakarpur Foundry"
        " Works</td><td>Shakarpur Casting</td></tr><tr><td>2</td><td>イラン</td><td>Kerman Rocket"
        " Industries Group</td><td></td></tr></table>"
    )
    [act] = extract.understand(read_html(BeautifulSoup(page, "lxml")))
    assert isinstance(act, Announcement)
    [measure] = act.measures
    assert [(each.names["en"], each.aliases) for each in measure.entities] == [
        ("Shakarpur Foundry Works", ("Shakarpur Casting",)),
        ("Kerman Rocket Industries Group", ()),
    ]


@pytest.mark.parametrize(
    "text",
    [
        (
            "輸出貿易管理令の改正案に対する意見公募の結果について\n令和9年3月3日\n経済産業省\n品目を追加する改正を検討しています。"
        ),
        "経済産業大臣の会見概要\n令和9年3月3日\n問：資産凍結の対象を追加しますか。\n答：検討中です。",
        "輸出許可の実績\n令和9年3月3日\n経済産業省\n外国ユーザーリストに追加された者への輸出はなかった。",
        "전략물자 제도 설명회 개최\n산업통상부\n2029년 3월 3일\n품목이 추가된 내용을 설명한다.",
        "대외무역법 시행령 개정안 입법예고\n산업통상부 공고 제2029-1호\n허가를 면제하고자 한다.",
        "전략물자 판정 실무 안내\n산업통상부\n2032년 3월 3일\n별표 2에 품목이 추가되었다.",
        "독자제재 관련 브리핑\n외교부\n2029년 3월 3일\n추가 제재는 검토할 계획이다.",
    ],
)
def test_what_decides_nothing_is_not_told(text: str) -> None:
    assert told(text) == []


def test_a_notice_on_how_controls_are_run_is_told_with_its_terms() -> None:
    text = (
        "補完的輸出規制の対象となる工作機械に係る輸出管理の運用について\n令和9年3月3日\n経済産業省\n"
        "需要者が軍又は軍関係機関である場合には、原則として許可しない。"
    )

    [act] = extract.understand(read_text(text))

    assert isinstance(act, Announcement)
    assert (act.understood, act.published) == ("none", "2027-03-03")
    assert [term.text for term in act.terms] == ["applications are refused for: military users"]


def test_what_the_ministries_of_another_country_control_is_no_control_of_ones_own() -> None:
    text = (
        "中国の輸出管理措置に関する情報提供について\n令和9年3月3日\n経済産業省\n3月1日、中国商務部及び税関総署は、"
        "チタン関連品目を輸出管理の対象とする旨を公告し、4月1日から実施するとしています。"
    )

    facts = extract.understand(read_text(text))

    assert [fact.measures for fact in facts if isinstance(fact, Announcement)] in ([], [()])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年五月一日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和六十三年十二月二十日", "1988-12-20"),
        ("2031年1月9日", "2031-01-09"),
    ],
)
def test_days_of_eras_are_read(text: str, day: str) -> None:
    match = JAPANESE.day.search(text)
    assert match is not None
    assert read_day(match, "", JAPANESE) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("2030. 5. 14.", "2030-05-14"), ("2030년 5월 14일", "2030-05-14"), ("9월 2일", "2029-09-02")],
)
def test_days_with_points_are_read(text: str, day: str) -> None:
    match = KOREAN.day.search(text)
    assert match is not None
    assert read_day(match, "2029-01-01", KOREAN) == day


def test_titles_say_whether_a_page_must_be_read() -> None:
    assert extract.may_concern("外国ユーザーリストの改正について")
    assert not extract.may_concern("輸出管理に関する説明会のご案内")
    assert extract.may_concern("전략물자 수출입고시 개정")
    assert not extract.may_concern("전략물자 설명회 안내")


FREEZE_IN_PARTS = """
外国為替及び外国貿易法に基づく資産凍結等の措置について

令和13年9月4日
外務省
財務省

我が国は、これまで関連決議に基づき、累次の措置を講じてきた。
これを受け、外為法に基づき、以下の措置を実施する。

（１）支払の原則禁止
外為法に基づき、北朝鮮に住所等を有する者に対する支払を原則禁止とする措置を講じることとし、9月11日から実施する。

（２）資産凍結等の措置
新たに2団体が追加指定されたことに伴い、これらに対する資産凍結等の措置を講じ、令和13年9月4日から実施する。
"""


def test_each_part_of_a_freeze_begins_on_its_own_day_with_or_without_a_year() -> None:
    assert told(FREEZE_IN_PARTS) == [
        "jp-mofa 2031-09-04 part",  # whom it lists stands elsewhere
        "add | jp-asset-freezes | from 2031-09-11",
        "add | jp-asset-freezes | from 2031-09-04",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "我が国は、これまで累次の措置を講じてきたが、今般これを解除する。",
        "国際連合安全保障理事会において決議が採択され、対象者に1団体を追加した。",
        "今般、甲国への輸出を禁止する措置を講じています。",
    ],
)
def test_what_is_done_now_is_no_history(sentence: str) -> None:
    (act,) = extract.understand(
        read_text(FREEZE_IN_PARTS.replace("これを受け", f"{sentence}\nこれを受け"))
    )
    assert isinstance(act, Announcement)

    read = [each.quote for each in (*act.measures, *act.not_read)]
    assert any(sentence in quote for quote in read)
    assert not any("これまで関連決議" in quote for quote in read)


def test_a_verb_before_brackets_closes_its_sentence() -> None:
    text = """
北朝鮮に係る対応措置について
令和13年4月9日
経済産業省
北朝鮮を仕向地とする貨物について、輸出承認義務を課し、輸出を禁止します（関係条文：外国為替及び外国貿易法（以下「外為法」という。）第48条）。
"""

    assert told(text)[1:] == ["restrict | jp-export-order | KP"]


def test_the_head_of_a_korean_law_portal_dates_its_act() -> None:
    text = """
전략물자 수출입고시
[시행 2031. 5. 10.] [산업통상부고시 제2031-71호, 2031. 4. 26., 일부개정.]
「대외무역법」 제19조에 따라 「전략물자 수출입고시」 일부를 다음과 같이 개정하여 고시합니다.
별표 2에 이온빔 식각장비(3B001)를 추가한다.
제1조(시행일) 이 고시는 2031년 5월 10일부터 시행한다.
"""

    assert told(text)[0].startswith("kr-motie 2031-04-26")


@pytest.mark.parametrize(
    ("rows", "goods"),
    [
        ([("品名", "HSコード"), ("真空ポンプ", "8414.10")], [("真空ポンプ", "841410")]),
        ([("No.", "HS코드", "품목명"), ("1", "8412.21", "실린더")], [("실린더", "841221")]),
        ([("品名", "数量"), ("真空ポンプ", "8414")], []),
        ([("企業名", "HSコード"), ("真空ポンプ工業", "8414.10")], []),
        ([("品名", "HSコード"), ("真空ポンプ", "別途")], []),
    ],
)
def test_goods_of_a_table_are_read_where_a_column_has_their_numbers(
    rows: list[tuple[str, ...]], goods: list[tuple[str, str]]
) -> None:
    lines = [Line("\t".join(row), "\t".join(row), row) for row in rows]

    found = list_table_goods(lines, JAPANESE)

    assert [(item.names["ja"], *item.hs) for item in found] == goods


@pytest.mark.parametrize("number", ["8460299000", "8460.29.9000", "8460.29-9000"])
def test_goods_in_a_sentence_have_their_whole_tariff_number(number: str) -> None:
    text = (
        "전략물자 수출입고시 일부개정고시\n산업통상부 고시 제2026-164호\n2026년 9월 3일\n산업통상부장관\n"
        f"별표 2의2(상황허가 대상품목)에 연삭기(HSK {number})를 추가한다.\n"
    )

    (act,) = (
        fact for fact in extract.understand(read_text(text)) if isinstance(fact, Announcement)
    )

    assert [item.hs for measure in act.measures for item in measure.items] == [("8460299000",)]
