"""Pages that move without saying anything else, and acts whose dates, addresses and numbers are
not what one expects.
"""

import random
from datetime import timedelta
from functools import cache

import msgspec
import pytest
from acts import control, listing
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alert.event import NoticeKind
from monitor.diff import compare
from monitor.model import Announcement
from monitor.source.page import Body, Page
from monitor.source.scraper import read_all
from monitor.store import notices
from scrapers import cn_mofcom

ACT, AMENDED = NoticeKind.ACT, NoticeKind.AMENDED
DAY = timedelta(days=1)
NAMES = (
    "海湾无人机公司（Gulf Drones, Inc.）",
    "北方雷达集团（Northern Radar Group）",
    "橡树系统公司（Oak Systems LLC）",
)
NOTICE = """<html><head><title>公告</title><meta name="PubDate" content="2026-03-05"></head><body>
<div class="art-title">不可靠实体清单工作机制关于将三家美国企业列入不可靠实体清单的公告</div>
<div class="art-con art-con-bottonmLine">
<p>不可靠实体清单工作机制公告〔2026〕4号</p>
<p>为维护国家主权、安全、发展利益，不可靠实体清单工作机制决定将下列实体列入不可靠实体清单，禁止其从事与中国有关的进出口活动。</p>
<p>本公告自公布之日起实施。</p>
{names}
</div></body></html>"""
BETWEEN = ("", " ", "\n", "\t ", "\u3000", "\u00a0", "<!-- -->", "\u200b", "\u00ad")


def notice(order: list[int], dice: random.Random) -> Announcement:
    """The same notice: its entries in this order, with what nobody sees between its tags and
    within its words.
    """
    entries = [f"<p>{number}.{_unseen(NAMES[at], dice)}</p>" for number, at in enumerate(order, 1)]
    html = NOTICE.format(names=dice.choice(BETWEEN[:7]).join(entries)).replace(
        "</p>\n<p>", f"</p>{dice.choice(BETWEEN[:7])}<p>"
    )
    facts = read_all(
        cn_mofcom.announcement, Page("https://www.mofcom.gov.cn/art_1.html", Body(html.encode()))
    )
    assert isinstance(facts, list)
    (act,) = [fact for fact in facts if isinstance(fact, Announcement)]
    return act


def _unseen(name: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(name) - 1)
    return f"{dice.choice(('', ' ', chr(0x3000)))}{name[:at]}{dice.choice(('', chr(0x200B), chr(0xAD)))}{name[at:]}"


@cache
def first() -> Announcement:
    return notice([0, 1, 2], random.Random(0))


def test_the_notice_that_is_shuffled_is_understood():
    assert first().understood == "full"
    assert len(first().measures[0].entities) == len(NAMES)


@settings(max_examples=200)
@given(st.permutations([0, 1, 2]), st.integers(0, 10**9))
def test_two_hundred_shuffles_and_unseen_letters_are_no_event(order: list[int], seed: int):
    again = notice(order, random.Random(seed))

    assert again.key == first().key
    assert compare(again, known=first(), last=first()) is None


async def test_an_index_in_another_order_and_other_words_around_it_is_no_event(desk, ministry):
    for number in range(6):
        ministry.publish(str(number), listing(number, f"Firm {number}"))
    await desk.poll()
    dice = random.Random(0)
    for _ in range(20):
        pages = list(ministry.pages.items())
        dice.shuffle(pages)
        ministry.pages = dict(pages)
        await desk.poll()

    assert await desk.owed() == []


@pytest.mark.both
async def test_an_act_published_again_at_another_address_with_another_title_is_told_once(
    desk, ministry
):
    await desk.poll()
    act = listing(10, "Firm 10")
    ministry.publish("10", act)
    await desk.poll()
    ministry.publish(
        "10-again",
        msgspec.structs.replace(act, title="Notice of the working mechanism, as corrected"),
    )
    del ministry.pages["10"]
    await desk.poll()
    await desk.poll(after=DAY)

    assert await desk.owed() == [(ACT, "uel-2025-10:act")]


async def test_a_title_that_is_edited_is_no_event(desk, ministry):
    await desk.poll()
    act = listing(10, "Firm 10")
    ministry.publish("10", act)
    await desk.poll()
    ministry.publish("10", msgspec.structs.replace(act, title="Another title"))
    await desk.poll(after=DAY)

    assert await desk.owed() == [(ACT, "uel-2025-10:act")]


async def test_an_address_that_is_used_again_for_another_act_is_one_new_act_and_no_removal(
    desk, ministry
):
    await desk.poll()
    ministry.publish("page", listing(10, "Firm 10"))
    await desk.poll()
    ministry.publish("page", control(11, "1C909.a"))
    await desk.poll(after=DAY)
    await desk.poll(after=DAY)

    assert await desk.owed() == [(ACT, "uel-2025-10:act"), (ACT, "mofcom-2025-11:act")]


@pytest.mark.parametrize(
    "published",
    ["2026-05-01", "2025-09-29", None],
    ids=["in the future", "ten days ago", "without a day"],
)
async def test_an_act_is_told_once_whatever_day_it_bears(desk, ministry, published: str | None):
    await desk.poll()
    ministry.publish("10", msgspec.structs.replace(listing(10, "Firm 10"), published=published))
    await desk.poll()
    for _ in range(20):
        await desk.poll(after=DAY)

    owed = [kind for kind, _ in await desk.owed()]
    assert owed.count(ACT) == 1
    assert set(owed) <= {ACT, NoticeKind.REMINDER}
    first = (await desk.waiting())[0]
    notice = await desk.pipeline.history.run(
        lambda history: history(notices.compose_notice, first.id)
    )
    assert notice.fact.published == published
    assert notice.first_seen.startswith("2025-10-09")  # so that a late one is seen to be late
