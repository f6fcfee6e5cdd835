"""An act that says how many come or go names those in its annex, if they are as many."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

TAIWAN = """經濟部國際貿易署公告：修正「戰略性高科技貨品輸出管制實體名單」

發文日期：中華民國131年1月16日
發文字號：貿管字第1317019264號
主旨：公告修正「戰略性高科技貨品輸出管制實體名單」，並自即日生效。
公告事項：
一、{deed}
署長　王某某

{title}
{entries}
"""
THREE = """1. Alpha Optics Co., Ltd.（甲光學有限公司），中國大陸
2. Beta Sanat Company，伊朗
3. Gamma Tools (Pvt.) Ltd.，巴基斯坦"""
LATIN = ["Alpha Optics Co., Ltd.", "Beta Sanat Company", "Gamma Tools (Pvt.) Ltd."]


def read_act(deed: str, *, title: str = "附件　實體名單", entries: str = THREE) -> Announcement:
    page = TAIWAN.format(deed=deed, title=title, entries=entries)
    (act,) = extract.understand(read_text(page))
    assert isinstance(act, Announcement)
    return act


@pytest.mark.parametrize(
    ("deed", "action"),
    [
        ("新增3個實體至旨揭名單（如附件）。", "add"),
        ("為防止武器擴散，增列3家實體，詳附件。", "add"),
        ("自旨揭名單刪除3筆實體（詳見附件）。", "remove"),
        ("移除3個實體。", "remove"),
    ],
)
def test_as_many_as_the_annex_has_come_or_go(deed: str, action: str) -> None:
    (measure,) = read_act(deed).measures
    assert (measure.action, measure.register) == (action, "tw-shtc")
    assert [each.names["en"] for each in measure.entities] == LATIN
    assert measure.entities[0].names["zh"] == "甲光學有限公司"


@pytest.mark.parametrize("title", ["附件", "附件1　新增實體名單", "附件：新增實體一覽表"])
def test_the_annex_may_have_its_title_behind_the_label(title: str) -> None:
    if "：" in title:
        title = "附件：\n新增實體一覽表"
    (measure,) = read_act("新增3個實體至旨揭名單。", title=title).measures
    assert [each.names["en"] for each in measure.entities] == LATIN


@pytest.mark.parametrize(
    "deed",
    [
        "新增4個實體至旨揭名單（如附件）。",
        "本次新增2個實體，刪除1個實體（如附件）。",
        "旨揭名單業已新增3個實體，擬刪除若干實體。",
    ],
)
def test_who_of_the_annex_is_meant_must_be_sure(deed: str) -> None:
    act = read_act(deed)
    assert not [each for measure in act.measures for each in measure.entities]
    assert act.understood != "full"
