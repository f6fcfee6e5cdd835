import msgspec
import pytest
from acts import control, listing, suspension

from monitor.alert.notice import Notice, NoticeKind, count
from monitor.model import Action, Announcement, Measure


def in_thread(act: Announcement, kind: NoticeKind = NoticeKind.ACT) -> Notice:
    return Notice("1", kind, "cn_mofcom.notices", "cn-mofcom", "2025-10-09T01:00:00Z", in_thread=True, act=act)


def ending(action: Action) -> Announcement:
    return Announcement(
        key="mofcom-2025-70", authority="cn-mofcom", title="公告", measures=(Measure(action=action),), understood="full"
    )


@pytest.mark.parametrize(
    "act", [listing(10, "Dedrone"), suspension(70, "mofcom-2025-61"), ending(Action.REPEAL), ending(Action.RESUME)], ids=str
)
def test_in_a_thread_whom_an_act_lists_and_what_it_ends_is_said_in_the_channel_too(act: Announcement):
    assert in_thread(act).reaches_channel


def test_in_a_thread_goods_and_a_correction_are_said_there_alone():
    assert not in_thread(control(56, "2B902.a")).reaches_channel
    assert not in_thread(ending(Action.ADD)).reaches_channel
    assert not in_thread(listing(10, "Dedrone"), NoticeKind.PARENT).reaches_channel


def test_whom_and_what_the_measures_of_an_act_list_is_counted_together():
    goods, names = control(56, "2B902.a", "2B903"), listing(10, *"ABC")
    both = msgspec.structs.replace(goods, measures=(*goods.measures, *names.measures))

    assert count(both) == 5
