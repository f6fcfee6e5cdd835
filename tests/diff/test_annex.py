import hashlib
from datetime import timedelta

import msgspec
import pytest
from acts import control, listing

from monitor.alert.event import NoticeKind
from monitor.diff.annex import AnnexReading, complete_with_annexes
from monitor.fetch.body import IN_MEMORY
from monitor.model import Action, Announcement, Attachment, Measure, Start, Unread, to_json
from monitor.render.alert import compose_alert
from monitor.store import ALERTS

LIST = control(61, "2B902.a", "1C914.b")


def bare(*unread: Unread) -> Announcement:
    """No. 61 as its own page shows it: a measure without items, and a list in a file of its own."""
    (measure,) = LIST.measures
    return msgspec.structs.replace(
        LIST,
        measures=(msgspec.structs.replace(measure, items=()),),
        not_read=unread,
        understood="part" if unread else "full",
    )


OPEN = (
    Unread(what="items", why="see the attachments"),
    Unread(what="attachment", why="a file of its own", quote="物项列表"),
)


def codes(act: Announcement) -> list[str]:
    return [code for measure in act.measures for item in measure.items for code in item.codes]


def test_what_an_annex_lists_is_the_acts_own_and_answers_what_its_page_left_open():
    whole = complete_with_annexes(bare(*OPEN), [AnnexReading("1.物项列表", (LIST,))])

    assert codes(whole) == ["2B902.a", "1C914.b"]
    assert (whole.understood, whole.not_read) == ("full", ())
    assert whole.measures == LIST.measures  # poured into the measure that the page has


def test_an_annex_that_cannot_be_read_is_named_in_the_act():
    whole = complete_with_annexes(
        bare(*OPEN), [AnnexReading("1.物项列表", failure="unreadable: a scan")]
    )

    assert whole.understood == "part"
    assert Unread(what="annex", why="unreadable: a scan", quote="1.物项列表") in whole.not_read


def test_an_annex_that_was_not_opened_stays_named_when_another_was():
    other = Unread(what="attachment", why="a file of its own", quote="名单")
    whole = complete_with_annexes(bare(*OPEN, other), [AnnexReading("1.物项列表", (LIST,))])

    assert (whole.understood, whole.not_read) == ("part", (other,))


def test_an_annex_that_is_read_in_part_leaves_its_act_understood_in_part():
    assert (
        complete_with_annexes(
            bare(), [AnnexReading("list", (msgspec.structs.replace(LIST, understood="part"),))]
        ).understood
        == "part"
    )


def test_a_guideline_that_lists_nothing_leaves_the_act_as_it_was_read():
    whole = complete_with_annexes(bare(OPEN[0]), [AnnexReading("指引")])

    assert whole.not_read == (OPEN[0],)


def test_a_list_of_another_act_is_not_poured_into_this_one():
    assert (
        codes(complete_with_annexes(bare(), [AnnexReading("list", (control(62, "1E902.a"),))]))
        == []
    )


def test_a_list_for_which_the_page_has_no_measure_is_a_measure_of_its_own():
    act = msgspec.structs.replace(
        bare(), measures=(Measure(action=LIST.measures[0].action, register="cn-watch-list"),)
    )

    assert len(complete_with_annexes(act, [AnnexReading("list", (LIST,))]).measures) == 2


def test_of_several_measures_a_list_is_poured_into_the_one_that_does_the_same_to_its_register_and_the_others_stay():
    (measure,) = bare().measures
    others = [
        msgspec.structs.replace(measure, action=Action.REMOVE),
        msgspec.structs.replace(measure, register="cn-watch-list"),
        msgspec.structs.replace(measure, action=Action.SUSPEND, register=None),
    ]
    act = msgspec.structs.replace(bare(), measures=(others[0], others[1], measure, others[2]))

    whole = complete_with_annexes(act, [AnnexReading("list", (LIST,))])

    assert whole.measures == (others[0], others[1], *LIST.measures, others[2])


def test_an_annex_without_a_title_answers_for_no_other_file():
    assert complete_with_annexes(bare(OPEN[1]), [AnnexReading("", (LIST,))]).not_read == (OPEN[1],)


def publish(ministry, annex_url: str) -> None:
    ministry.publish(
        "61",
        msgspec.structs.replace(
            bare(*OPEN), attachments=(Attachment(title="物项列表", url=annex_url),)
        ),
    )


async def test_an_act_is_told_together_with_its_annex(desk, ministry):
    await desk.poll()
    ministry.hidden.add("annex")
    publish(ministry, ministry.publish("annex", LIST))
    await desk.poll()

    (owed,) = await desk.waiting("alerts")
    notice = await desk.notice(owed)

    assert codes(notice.fact) == ["2B902.a", "1C914.b"]
    assert notice.fact.understood == "full"


async def test_an_alert_names_the_bytes_of_every_annex_that_was_read_for_it(desk, ministry):
    await desk.poll()
    ministry.hidden.add("annex")
    publish(ministry, ministry.publish("annex", LIST))
    await desk.poll()
    (owed,) = await desk.waiting(ALERTS)
    alert = compose_alert(await desk.notice(owed))

    (line,) = [line for line in alert.details if line.label == "Annex read"]
    assert line.text == f"物项列表, SHA-256 {hashlib.sha256(to_json(LIST)).hexdigest()[:12]}"


async def test_an_annex_that_comes_late_is_told_in_the_acts_thread(desk, ministry):
    await desk.poll()
    url = ministry.publish("annex", LIST)
    ministry.hidden.add("annex")
    ministry.status["annex"] = 503
    publish(ministry, url)
    await desk.poll()
    first = await desk.owed()
    ministry.status.clear()
    for _ in range(3):
        await desk.poll(after=timedelta(minutes=31))

    owed = await desk.waiting("alerts")
    late = [await desk.notice(one) for one in owed if one.kind is NoticeKind.AMENDED]

    assert [kind for kind, _ in first] == [NoticeKind.ACT]
    assert [codes(notice.fact) for notice in late] == [["2B902.a", "1C914.b"]]
    assert codes(late[0].body.before) == []


ERROR = "<html><h1>404</h1><p>您访问的页面不存在</p></html>"


async def test_an_annex_in_whose_place_an_error_came_is_told_when_it_comes(desk, ministry):
    await desk.poll()
    url = ministry.publish("annex", ERROR)
    ministry.hidden.add("annex")
    publish(ministry, url)
    await desk.poll()
    ministry.publish("annex", LIST)
    await desk.poll(after=timedelta(minutes=31))

    owed = [one for one in await desk.waiting("alerts") if one.kind is NoticeKind.AMENDED]
    assert [codes((await desk.notice(one)).fact) for one in owed] == [["2B902.a", "1C914.b"]]


async def test_an_error_in_the_place_of_an_annex_takes_nothing_from_its_act(desk, ministry):
    await desk.poll()
    ministry.hidden.add("annex")
    publish(ministry, ministry.publish("annex", LIST))
    await desk.poll()
    ministry.publish("annex", ERROR)
    for _ in range(3):
        await desk.poll(after=timedelta(hours=2))

    assert [kind for kind, _ in await desk.owed()] == [NoticeKind.ACT]


async def test_an_annex_too_large_to_be_held_is_read_with_its_act_and_the_acts_beside_it_are_told(
    desk, ministry
):
    await desk.poll()
    ministry.hidden.add("annex")
    publish(ministry, ministry.publish("annex", to_json(LIST).decode() + " " * IN_MEMORY))
    ministry.publish("62", control(62, "1E902.a"))
    assert await desk.poll() == []

    told = await desk.notices()
    assert {
        notice.fact.key: codes(notice.fact) for notice in told if notice.kind is NoticeKind.ACT
    } == {
        "mofcom-2025-61": ["2B902.a", "1C914.b"],
        "mofcom-2025-62": ["1E902.a"],
    }


async def test_an_act_is_told_although_a_mistake_of_ours_keeps_its_annex_from_being_read(
    desk, ministry, monkeypatch
):
    await desk.poll()
    ministry.hidden.add("annex")
    publish(ministry, ministry.publish("annex", LIST))
    read = desk.pipeline.readers.read_page

    async def stumbling(reader, page, **more):
        if reader == "toy.annex":
            raise TypeError("a mistake of ours")
        return await read(reader, page, **more)

    monkeypatch.setattr(desk.pipeline.readers, "read_page", stumbling)

    assert await desk.poll() == []
    (owed,) = await desk.waiting(ALERTS)
    act = (await desk.notice(owed)).fact
    assert [unread.what for unread in act.not_read if "a mistake of ours" in unread.why] == [
        "annex"
    ]


def test_an_act_that_was_not_understood_stays_so_until_an_annex_lists_something():
    unread = (Unread(what="act", why="published, not understood: read it"),)
    unknown = msgspec.structs.replace(bare(), measures=(), understood="none", not_read=unread)

    assert complete_with_annexes(unknown, []).understood == "none"
    assert complete_with_annexes(unknown, [AnnexReading("list", (LIST,))]).understood == "part"


def part_of(act: Announcement, *measures: Measure, **changes: object) -> Announcement:
    return msgspec.structs.replace(act, measures=measures, **changes)


def per_measure(act: Announcement) -> list[list[str]]:
    """What each measure covers: its codes, or the names of those it lists."""
    return [
        [
            *(code for item in measure.items for code in item.codes),
            *(one.names["en"] for one in measure.entities),
        ]
        for measure in act.measures
    ]


def measure_of(quote: str = "", **changes: object) -> Measure:
    (measure,) = bare().measures
    return msgspec.structs.replace(measure, quote=quote, **changes)


FIRM = listing(11, "Acme")
SEVERAL = {
    "clauses of one decision with two starts": (
        [
            measure_of(
                "采取以下措施:",
                clauses=("一(一)", "一(二)"),
                starts=Start(on="2025-12-01", basis="explicit"),
            ),
            measure_of(
                "采取以下措施:",
                clauses=("一(三)",),
                starts=Start(on="2025-10-09", basis="publication"),
            ),
        ],
        ["1.物项列表"],
        [["2B902.a", "1C914.b"], ["2B902.a", "1C914.b"]],
    ),
    "one control of several names the annex": (
        [measure_of("对下列物项实施出口管制:"), measure_of("对附件1所列物项实施出口管制。")],
        ["附件1:物项列表"],
        [[], ["2B902.a", "1C914.b"]],
    ),
    "each control names an annex of its own": (
        [
            measure_of("附件一所列物项自公布之日起管制。"),
            measure_of("附件二所列物项自12月1日起管制。"),
        ],
        ["2.物项列表"],
        [[], ["2B902.a", "1C914.b"]],
    ),
    "a run of annexes": (
        [measure_of("附件1至附件3所列物项"), measure_of("附件4、5所列物项")],
        ["附件5 物项列表"],
        [[], ["2B902.a", "1C914.b"]],
    ),
    "an annex in the middle of a run": (
        [measure_of("附件1至附件3所列物项"), measure_of("附件4、5所列物项")],
        ["附件2 物项列表"],
        [["2B902.a", "1C914.b"], []],
    ),
    "an English act": (
        [measure_of("the items listed in Annex II"), measure_of("the items listed in Annex III")],
        ["Annex III: list of items"],
        [[], ["2B902.a", "1C914.b"]],
    ),
    "a ban on the same goods beside the control": (
        [
            measure_of("对附件1所列物项实施出口管制。"),
            measure_of("禁止附件1所列物项对美国出口。", action=Action.RESTRICT),
        ],
        ["1.物项列表"],
        [["2B902.a", "1C914.b"], ["2B902.a", "1C914.b"]],
    ),
    "a ban alone": (
        [measure_of("禁止附件所列物项对美国出口。", action=Action.RESTRICT, register=None)],
        ["物项列表"],
        [["2B902.a", "1C914.b"]],
    ),
    "goods are never poured into a list of firms": (
        [
            measure_of("将附件1所列实体列入", register="cn-watch-list"),
            measure_of("对附件1所列物项实施出口管制"),
        ],
        ["1.物项列表"],
        [[], ["2B902.a", "1C914.b"]],
    ),
    "two decisions of which neither names an annex": (
        [measure_of("对有关物项实施出口管制"), measure_of("对其他物项实施出口管制")],
        ["物项列表"],
        [["2B902.a", "1C914.b"], []],
    ),
}


@pytest.mark.parametrize(("measures", "titles", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_an_annex_goes_to_every_measure_that_names_it(measures, titles, expected):
    listed = part_of(LIST, msgspec.structs.replace(LIST.measures[0], register=None))
    whole = complete_with_annexes(
        part_of(LIST, *measures), [AnnexReading(title, (listed,)) for title in titles]
    )

    assert per_measure(whole) == expected


def test_each_annex_of_several_goes_to_the_measure_that_names_it():
    act = part_of(
        FIRM, *(measure_of(f"将附件{n}所列实体列入", register="cn-watch-list") for n in (1, 2))
    )
    parts = [
        AnnexReading(
            title, (part_of(FIRM, msgspec.structs.replace(one.measures[0], register=None)),)
        )
        for title, one in [("附件1", FIRM), ("附件2", listing(11, "Beta"))]
    ]

    assert per_measure(complete_with_annexes(act, parts)) == [["Acme"], ["Beta"]]


def test_the_number_of_an_annex_is_its_place_where_its_title_has_none():
    files = (Attachment(title="物项列表甲", url="a"), Attachment(title="物项列表乙", url="b"))
    act = part_of(LIST, measure_of("附件1所列物项"), measure_of("附件2所列物项"), attachments=files)

    assert per_measure(complete_with_annexes(act, [AnnexReading("物项列表乙", (LIST,))])) == [
        [],
        ["2B902.a", "1C914.b"],
    ]


def test_a_measure_that_no_annex_reached_keeps_the_act_open():
    open_items = [
        Unread(what="items", why="see the attachments", quote=quote)
        for quote in ("附件1所列物项", "附件2所列物项")
    ]
    act = part_of(
        LIST,
        measure_of("附件1所列物项"),
        measure_of("附件2所列物项"),
        not_read=tuple(open_items),
        understood="part",
    )

    whole = complete_with_annexes(act, [AnnexReading("1.物项列表", (LIST,))])

    assert (whole.understood, whole.not_read) == ("part", (open_items[1],))


def test_a_measure_on_a_part_of_an_annex_has_its_items_and_says_that_the_part_was_not_told_apart():
    whole = complete_with_annexes(
        part_of(LIST, measure_of("附件1第二部分所列物项")), [AnnexReading("1.物项列表", (LIST,))]
    )

    assert per_measure(whole) == [["2B902.a", "1C914.b"]]
    assert (whole.understood, [unread.what for unread in whole.not_read]) == ("part", ["items"])
