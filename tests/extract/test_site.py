"""Pages under the menus of their sites."""

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

REGULATION = """COUNCIL IMPLEMENTING REGULATION (EU) 2031/412
of 22 February 2031
implementing Regulation (EC) No 1183/2005 concerning restrictive measures
THE COUNCIL OF THE EUROPEAN UNION,
HAS ADOPTED THIS REGULATION:
Article 1
The following entry is deleted from Annex I: Quarta Trading LLC.
Done at Brussels, 22 February 2031."""
ORDER = """关于全面暂停进口日本乳制品的公告
发布日期：2031-03-08
海关总署决定自2031年3月5日起全面暂停进口原产地为日本的乳制品。
特此公告。
海关总署
2031年3月4日"""
NOTICE = """북한 관련 금융제재대상자 추가 지정
등록일  2031-03-19
정부는 개인 1명을 2031년 3월 22일 0시부로 금융제재대상자로 추가 지정한다.
개인(1명)
김갑을"""


@pytest.mark.parametrize(
    ("menus", "page"),
    [
        (("Choose the experimental features you want to try", "European flag", "EN"), REGULATION),
        (("Skip to main content", "Home > Law > Regulations"), REGULATION),
        (("网站无障碍  进入老年模式", "您当前的位置：首页 >> 通知公告", "菜单导航"), ORDER),
        (("本站导览", "服务大厅 | 便民 | 我要投稿", "您当前的位置：首页", ">> 公告"), ORDER),
        (("본문 바로가기", "재정경제부", "홈 > 뉴스 > 보도자료 > 보도·참고자료"), NOTICE),
    ],
    ids=["a portal of law", "a path", "a city's site", "a broken path", "a Korean ministry"],
)
def test_an_act_below_the_menus_of_a_site_is_read_as_without_them(menus, page):
    (below,) = extract.understand(read_text("\n".join((*menus, page))))

    assert below.title in page.replace("\n", " ")
    assert below.measures
    assert below.published.startswith("2031-")


def test_the_owner_of_a_site_above_its_path_is_no_title():
    page = (
        "中华人民共和国商务部\n当前位置：首页 > 政策发布\n关于商务部公告2031年第58号附件的更正\n"
        "商务部公告2031年第58号（公布将2家实体列入出口管制管控名单）附件序号2有误，现更正如下：\n"
        "原为“海格洛夫公司（Haeglof AG）”，应为“海格洛夫公司（Haeglof Inc.）”。\n"
        "商务部\n2031年10月15日"
    )
    (told,) = extract.understand(read_text(page))

    assert told.title == "关于商务部公告2031年第58号附件的更正"
    assert told.key != "mofcom-2031-58"


LISTING = """{}商务部公告2031年第7号 公布将海格洛夫公司列入不可靠实体清单的决定
根据《不可靠实体清单规定》，决定将海格洛夫公司（Haeglof Inc.）列入不可靠实体清单。
本公告自2031年3月5日起施行。
商务部
2031年3月5日
{}"""
FIELDS = "标　　题：关于将海格洛夫公司列入不可靠实体清单的公告\n发文机关：商务部\n\n"
PAGER = (
    "上一篇：商务部公告2031年第6号 公布将乙公司移出不可靠实体清单的决定\n"
    "标签：实体  管制\n网站标识码：4300000068　湘ICP备05004038号"
)


def test_what_a_site_prints_in_fields_around_an_act_decides_nothing():
    (told,) = extract.understand(read_text(LISTING.format(FIELDS, PAGER)))

    assert told.understood == "full"
    assert [measure.action for measure in told.measures] == ["add"]


@pytest.mark.parametrize(
    "below",
    [
        "第二批：拉斯科公司（Rasko Inc.）",
        "受控方：拉斯科公司",
        "目的地：日本",
        "生效日期：2031年4月1日",
        "例外：民用货物",
        "废止：商务部公告2030年第3号",
    ],
)
def test_a_field_below_an_act_that_may_add_to_it_is_told(below):
    (told,) = extract.understand(read_text(LISTING.format("", below)))

    assert told.understood == "part"
    assert any(below in left.quote for left in told.not_read)


def test_a_search_page_below_a_menu_is_no_act():
    told = extract.understand(
        read_text(
            "网站导航\n当前位置：首页 > 搜索\n商务部公告2031年第1号 公布对铪实施出口管制的决定\n"
            "商务部公告2031年第2号 公布暂停实施有关公告的决定\n共2条"
        )
    )

    assert not [fact for fact in told if getattr(fact, "measures", ())]


def test_a_search_page_with_its_own_title_is_no_act():
    told = extract.understand(
        read_text(
            "Search - GOV.UK\nShowing 1 - 2 of 148 results\nFinancial Sanctions, Russia\n"
            "A financial sanctions notice was issued on 17 November 2031 which removed 2 entries"
            " from the list.\nDocument type: Notice"
        )
    )

    assert not [fact for fact in told if hasattr(fact, "measures")]


def test_words_of_a_list_and_of_its_instrument_are_nobody():
    told = extract.understand(
        read_text(
            "Two persons listed under the Autonomous Sanctions Regulations 2011\n25 March 2031\n"
            "In accordance with regulation 6A(2), the Minister for Foreign Affairs has designated"
            " for targeted financial sanctions, by legislative instrument (Autonomous Sanctions"
            " (Designated Persons and Entities) Amendment (No. 2) Instrument 2031):\n"
            "Aliases for these persons are included in DFAT's Consolidated List."
        ),
        authority="au-dfat",
    )

    assert [entity for fact in told for each in fact.measures for entity in each.entities] == []
    assert all(fact.understood != "full" for fact in told)


USERS = """「外国ユーザーリスト」を改正しました
本文へ｜English｜サイトマップ｜お問合せ
ホーム ＞ ニュースリリース ＞ 2031年度9月一覧
2031年9月24日
経済産業省は、「外国ユーザーリスト」を改正し、本日公表しました。
改正後のリストは、2031年10月1日から適用します。"""
FREEZE = """ある国の関係者に対する資産凍結等の措置の対象者の追加について
外務省
メニュー　外務省について　会見・発表・広報　外交政策　国・地域
トップページ ＞ 会見・発表・広報 ＞ 報道発表
報道発表
2031年5月21日
我が国は、本日、閣議了解を経て、外務省告示により、資産凍結等の措置の対象者として次の団体を追加した。
（対象者）
団体
1　ミナト計器社（Minato Pribor LLC）"""


@pytest.mark.parametrize("page", [USERS, FREEZE], ids=["a ministry", "another"])
def test_menus_between_the_title_and_the_path_say_nothing_of_its_subject(page):
    (told,) = extract.understand(read_text(page))

    assert told.measures


ACT = (
    "商务部公告2042年第8号 公布将有关实体列入出口管制管控名单\n{}\n根据《中华人民共和国出口管制法》，"
    "决定将甲光学公司（Alpha Optics Inc.）列入出口管制管控名单。\n本公告自公布之日起实施。\n{}\n商务部\n"
    "2042年1月11日\n{}"
)
RULE = (
    "Addition to the Entity List\nDepartment of Commerce\nBureau of Industry and Security\n{}\n"
    "May 3, 2033\nBIS adds Alpha Optics Inc. to the Entity List. This rule is effective May 3, 2033."
    "\n{}\n{}"
)


@for_each(
    "line",
    [
        "商务部网站 | 新闻发布 | 政策发布 | 首页 | 无障碍浏览",
        "隱私權政策｜網站導覽｜聯絡我們",
        "Home About MOFCOM News Release Policy Release Trade & Investment Services 中文",
        "主办单位：某部 网站管理：某司 ICP备案：京ICP备05004093号 网站标识码：bm22000001",
        "Browse   Search   Reader Aids   My FR",
        "View document | Downloads | Authorises | Help | Contact | Office of Parliamentary Counsel",
        "© 2033, Government of Somewhere. Last Updated 10 June 2033",
        "Security Council › Press Release",
        "Yours faithfully,",
        "(on behalf of the Ministry of Commerce)",
        "4 For enquiries, please email customs@example.org or call 1234 5678",
    ],
)
@for_each("page", [ACT, RULE], ids=["Chinese", "English"])
@for_each("place", range(3))
def test_a_line_of_the_site_changes_nothing_of_an_act(page: str, place: int, line: str) -> None:
    (plain,) = extract.understand(read_text(page.format("", "", "")))
    lines = ["", "", ""]
    lines[place] = line
    (act,) = extract.understand(read_text(page.format(*lines)))
    assert isinstance(plain, Announcement)
    assert isinstance(act, Announcement)
    assert (act.measures, act.not_read, act.understood) == (plain.measures, (), "full")


@pytest.mark.parametrize(
    "line",
    [
        "Bolt Radar Ltd. | Carl Hague | Dora Optics LLC",
        "乙雷达公司 | 丙研究所 | 丁学院",
        "Search vessels of Bolt Radar Ltd. are added.",
        "Home Bolt Radar Ltd. is added to the list too",
        "ICP备案。乙雷达公司一并列入出口管制管控名单。",
        "(on behalf of Bolt Radar Ltd., which is added too)",
    ],
)
def test_a_line_that_only_looks_like_one_is_not_passed_over(line: str) -> None:
    act, *_ = extract.understand(
        read_text((ACT if not line.isascii() else RULE).format("", line, ""))
    )
    assert isinstance(act, Announcement)
    assert act.understood == "part" or any(
        "Bolt" in name or "乙雷达" in name
        for made in act.measures
        for each in made.entities
        for name in each.spellings
    )


@pytest.mark.parametrize(
    "page",
    [
        (
            "Recent Actions\nOFAC Recent Actions\nMay 11, 2033 - Chad-related Designations Removals\n"
            "May 9, 2033 - Chad-related Designations\n1 2 3 Next\nDisplaying 1 - 5 of 1,912"
        ),
        (
            "미 상무부, 중국 기업 4곳 추가\n(워싱턴=연합뉴스) 홍길동 기자 = 미국 상무부 산업안보국은 2033년 5월 9일 "
            "중국 기업 4곳을 전략물자 수출통제 명단에 추가했다고 밝혔다."
        ),
        "米商務省、輸出規制に4社追加\n【ワシントン時事】米商務省は9日、外国ユーザーリストに4社を追加した。",
    ],
    ids=["a list of titles", "a Korean agency", "a Japanese agency"],
)
def test_lists_of_titles_and_what_agencies_report_are_no_acts(page: str) -> None:
    assert not [
        each for each in extract.understand(read_text(page)) if isinstance(each, Announcement)
    ]
