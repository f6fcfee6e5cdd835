"""Acts of Taiwan and Hong Kong in their own lay-outs are told, and what is written of them is none."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement, Fact

NOTICE = "經濟部公告：修正「輸往某國之高科技貨品清單」，自中華民國131年2月1日生效"
GAZETTED = """{site}{notice}
{notice}
經濟部　公告
中華民國131年1月16日
貿管字第1317022518號
主　　旨：修正「輸往某國之高科技貨品清單」，自中華民國131年2月1日生效。
公告事項：
一、旨揭清單新增工具機等3項貨品，修正後清單如附件。
部　　長　王某某
"""
DESIGNATION = """保安局局長就危害國家安全的潛逃者行使權力

　　保安局局長今日（一月十六日）{power}，於憲報刊登公告，指明以下兩名人士為有關潛逃者，並禁止任何人向他們提供資金：

　　甲大文（KAP Tai-man）
　　乙小明（YUET Siu-ming）

完

2042年1月16日（星期四）
香港時間11時30分
"""


def understand(page: str) -> list[Fact]:
    return list(extract.understand(read_text(page)))


@pytest.mark.parametrize(
    "site", ["公報資訊網－", "某部全球資訊網 | ", "公報資訊網 > 公告及送達 > "]
)
def test_a_notice_below_the_name_of_its_site_is_told(site: str) -> None:
    (act,) = understand(GAZETTED.format(site=site, notice=NOTICE))
    assert isinstance(act, Announcement)
    assert (act.authority, act.title, act.published) == ("tw-trade", NOTICE, "2042-01-16")


def test_what_the_press_says_below_its_own_name_is_no_act() -> None:
    told = understand(
        f"某某新聞網－{NOTICE}\n{NOTICE}\n（記者甲某某／台北報導）經濟部表示，清單已經修正，業者應注意。"
    )
    assert not [fact for fact in told if isinstance(fact, Announcement)]


@pytest.mark.parametrize(
    "power",
    ["行使《維護國家安全條例》（2024年第6號條例）賦予的權力", "根據《某條例》第89條", "行使權力"],
)
def test_a_designation_that_is_gazetted_today_is_told(power: str) -> None:
    (act,) = understand(DESIGNATION.format(power=power))
    assert isinstance(act, Announcement)
    assert (act.authority, act.published) == ("hk-government", "2042-01-16")


@pytest.mark.parametrize(
    "power", ["表示，政府將行使《某條例》賦予的權力", "回應查詢時說，他曾行使《某條例》賦予的權力"]
)
def test_a_designation_to_come_or_of_before_is_no_act(power: str) -> None:
    told = understand(DESIGNATION.format(power=power))
    assert not [fact for fact in told if isinstance(fact, Announcement)]
