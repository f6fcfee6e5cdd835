"""What one act changes, for whom and from when."""

import msgspec
import pytest
from notices import act, company, listing

from monitor.model import (
    Action,
    Announcement,
    Attachment,
    End,
    Entity,
    Item,
    Measure,
    Start,
    Stated,
    Target,
    Term,
    Unread,
)
from monitor.render.acts import (
    format_since,
    get_start_and_end,
    list_act_details,
    list_act_lines,
    list_shortfalls,
    make_act_tables,
    summarize_act,
)

FROM = Start(on="2025-11-08", basis="explicit")


def control(*names: str, **more) -> Measure:
    items = tuple(Item(names={"zh": name}) for name in names)
    return Measure(
        action=Action.ADD, register="cn-dual-use-items", items=items, starts=FROM, **more
    )


def shown(*measures: Measure, **more) -> dict[str, str]:
    whole = msgspec.structs.replace(act(*measures), **more)
    return {line.label: line.text for line in list_act_lines(whole, {})}


@pytest.mark.parametrize(
    ("measure", "title", "on"),
    [
        (
            control("金属钬", "氧化铒"),
            "公布决定",
            "Rare earths: holmium, metal (金属钬); erbium, oxide (氧化铒)",
        ),
        (control("某设备甲"), "公布决定", "Equipment … (某设备甲)"),
        (control(), "公布对稀土相关物项实施出口管制的决定", "Rare earths"),
        (control(), "公布决定", None),
    ],
)
def test_what_is_controlled_is_told_with_what_it_means(measure, title, on):
    told = shown(measure, title=title)

    assert told["What"] == "Exports of these items need a MOFCOM licence"
    assert told.get("On") == on


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (Action.SUSPEND, "The acts below will not be applied"),
        (Action.RESUME, "The acts below will be applied again"),
        (Action.REPEAL, "The acts below will no longer be applied"),
        (Action.AMEND, "The acts below will be applied as amended"),
        (Action.REPLACE, "The acts below will give way to this act"),
    ],
)
def test_what_becomes_of_an_earlier_act_is_told(action, told):
    earlier = Measure(action=action, amends=(Target(key="mofcom-2025-57"),), starts=FROM)

    assert shown(earlier) == {
        "What": told,
        "On": "MOFCOM No. 57 of 2025",
        "When": "From 8 Nov 2025 (Beijing)",
    }


def on(day: str) -> Start:
    return Start(on=day, basis="explicit")


def adds(*entities: Entity, register: str | None = "xx-list", **more) -> Measure:
    return Measure(action=Action.ADD, register=register, entities=entities, starts=FROM, **more)


def until(day: str, **more) -> End:
    return End(on=day, basis="explicit", **more)


def suspends(*numbers: int, **more) -> Measure:
    return Measure(
        action=Action.SUSPEND,
        amends=tuple(Target(key=f"mofcom-2025-{number}") for number in numbers),
        **more,
    )


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        (
            (suspends(57, starts=FROM, ends=until("2026-11-10")),),
            "From 8 Nov 2025 (Beijing) until 10 Nov 2026",
        ),
        (
            (
                Measure(
                    action=Action.AMEND,
                    amends=(Target(key="mofcom-2025-57"),),
                    ends=until("2026-11-10"),
                ),
            ),
            "Until 10 Nov 2026",
        ),
        ((suspends(57),), "On a day that it does not state"),
        (
            (suspends(57, ends=until("2026-11-10")),),
            "Until 10 Nov 2026 (from when is not stated)",
        ),
        (
            (suspends(57, starts=FROM, clauses=("一",)), suspends(58, clauses=("二",))),
            "From 8 Nov 2025 (Beijing) for clause 1 and a day not stated for clause 2",
        ),
        (
            (
                suspends(57, starts=FROM),
                suspends(58, starts=on("2025-12-01"), clauses=("二", "三")),
            ),
            "From 8 Nov 2025 (Beijing) and 1 Dec 2025 (Beijing) for clauses 2 and 3",
        ),
        (
            (
                suspends(57, ends=until("2026-11-10"), starts=FROM),
                suspends(58, ends=until("2026-12-10"), starts=FROM),
            ),
            "From 8 Nov 2025 (Beijing) until 10 Nov 2026 and 10 Dec 2026",
        ),
        ((control("金属钬", clauses=("一",)),), "From 8 Nov 2025 (Beijing)"),
    ],
)
def test_days_are_told_once_where_they_are_one_and_with_their_clauses_where_they_are_not(
    measures, told
):
    assert shown(*measures)["When"] == told


def test_the_goods_of_the_acts_it_changes_are_told_where_these_are_known():
    known = {
        f"mofcom-2025-{number}": act(control(name))
        for number, name in ((57, "金属钬"), (58, "锂电池"))
    }

    assert "On: MOFCOM No. 57, 58 and 59 of 2025 (rare earths and batteries)." in summarize_act(
        act(suspends(57, 58, 59, starts=FROM)), known
    )


@pytest.mark.parametrize(
    ("measure", "what", "on"),
    [
        (adds(company("甲", "A")), "MOFCOM adds A to the xx-list", "A (甲)"),
        (
            Measure(
                action=Action.INVESTIGATE,
                entities=(company("甲", "A"), company("乙", "B")),
                starts=FROM,
            ),
            "MOFCOM opens an investigation of 2 names",
            "A (甲); B (乙)",
        ),
        (
            adds(stated=Stated(entities=28)),
            "MOFCOM adds 28 names (as stated) to the xx-list",
            "28 names as stated",
        ),
        (
            adds(stated=Stated(entries=1)),
            "MOFCOM adds 1 name (as stated) to the xx-list",
            "1 name as stated",
        ),
    ],
)
def test_whom_it_concerns_and_how_is_told_of_registers_whose_meaning_nobody_knows(
    measure, what, on
):
    assert shown(measure) == {"What": what, "On": on, "When": "From 8 Nov 2025 (Beijing)"}


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (Item(names={"zh": "某物", "en": "a thing"}, codes=("1C909",)), "A thing (某物)"),
        (Item(names={"zh": "", "ja": "物"}), "物"),
        (Item(names={}, codes=("1C909.a", "1C909.b")), "1C909.a, 1C909.b"),
        (Item(names={}), "An unnamed item"),
    ],
)
def test_an_item_is_told_by_the_best_name_that_it_has(item, told):
    assert shown(Measure(action=Action.ADD, register="xx-list", items=(item,)))["On"] == told


def test_goods_of_the_title_are_no_matter_of_whom_it_names():
    measure = Measure(action=Action.RESTRICT, entities=(company("甲", "A"),), starts=FROM)
    told = shown(measure, title="对稀土实施管制")

    assert (told["What"], told["On"]) == ("MOFCOM restricts dealings with A", "A (甲)")


@pytest.mark.parametrize(("count", "more"), [(3, ""), (4, "; 1 more change below")])
def test_three_changes_are_told_and_the_others_counted(count: int, more: str):
    lists = (Measure(action=Action.AMEND, register=f"list-{at}") for at in range(count))

    assert shown(*lists)["What"].endswith(f"MOFCOM amends the list-2{more}")


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        ((FROM,), " from 8 Nov 2025 (Beijing)"),
        ((FROM, FROM), " from 8 Nov 2025 (Beijing)"),
        ((FROM, on("2025-12-01")), " from 8 Nov 2025 (Beijing) and 1 Dec 2025 (Beijing)"),
        ((FROM, None), " from 8 Nov 2025 (Beijing) and a day not stated"),
        ((None,), ""),
        ((), ""),
    ],
)
def test_the_days_of_an_act_are_said_those_of_its_parts_too(starts, told):
    assert format_since(act(*(suspends(57, starts=start) for start in starts))) == told


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        ((), ("", "")),
        ((suspends(57),), ("", "")),
        ((suspends(57, starts=FROM, ends=until("2026-11-10")),), ("8 Nov 2025", "10 Nov 2026")),
        (
            (suspends(57, starts=FROM), suspends(58, starts=FROM, ends=until("2026-11-10"))),
            ("8 Nov 2025", "suspended: 10 Nov 2026"),
        ),
        (
            (
                suspends(57, starts=FROM, clauses=("一",)),
                suspends(58, starts=on("2025-12-01"), clauses=("二", "三")),
            ),
            ("clause 1: 8 Nov 2025; clauses 2 and 3: 1 Dec 2025", ""),
        ),
    ],
)
def test_days_of_an_act_are_told_to_be_compared(measures, told):
    assert get_start_and_end(act(*measures)) == told


def test_what_its_reader_looks_up_is_told_where_there_is_something():
    earlier = act(key="mofcom-2025-57", title="公布决定", url="https://e.cn/57")
    whole = act(
        suspends(57),
        Measure(
            action=Action.REPEAL,
            amends=(Target(key="mofcom-2025-58", clauses=("二",)), Target(key="mofcom-2025-57")),
        ),
        title="关于暂停的公告",
        number="商务部公告2025年第70号",
        attachments=(Attachment(title="", url="https://e.cn/1.pdf"), Attachment(title="附件2")),
        legal_basis=("《出口管制法》", "《对外贸易法》"),
    )
    lines = [
        (line.label, line.text, line.url)
        for line in list_act_details(whole, {earlier.key: earlier})
    ]

    assert lines == [
        ("Title", "关于暂停的公告", ""),
        ("Number", "商务部公告2025年第70号", ""),
        ("Suspended", "MOFCOM No. 57 of 2025: 公布决定", "https://e.cn/57"),
        ("Ended", "clause 2 of MOFCOM No. 58 of 2025", ""),
        ("Ended", "MOFCOM No. 57 of 2025: 公布决定", "https://e.cn/57"),
        ("Annex", "attachment", "https://e.cn/1.pdf"),
        ("Annex", "附件2", ""),
        ("Legal basis", "《出口管制法》, 《对外贸易法》", ""),
    ]
    assert [line.label for line in list_act_details(act(title="甲", number="甲"), {})] == ["Title"]
    assert [line.text for line in list_act_details(act(title=""), {})] == ["MOFCOM No. 99 of 2025"]
    untitled = msgspec.structs.replace(earlier, title="")
    assert [line.text for line in list_act_details(act(suspends(57)), {earlier.key: untitled})][
        1:
    ] == ["MOFCOM No. 57 of 2025"]


MEMBER = Entity(names={"en": "A Sub"}, kind="org", parent="甲")


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (None, []),
        (Stated(), []),
        (Stated(entities=3, entries=2), []),
        (Stated(entities=4), ["the text states 4 names; 3 were read"]),
        (Stated(entries=3), ["the text states 3 entries; 2 were read"]),
        (
            Stated(entities=0, entries=0),
            ["the text states 0 names; 3 were read", "the text states 0 entries; 2 were read"],
        ),
    ],
)
def test_a_count_of_names_or_of_entries_that_is_not_met_is_said(stated, told):
    assert (
        list(
            list_shortfalls(act(listing(company("甲", "A"), MEMBER, company("乙"), stated=stated)))
        )
        == told
    )


UNREAD = (Unread(what="annex 2", why="no file came", quote="附件2"),)


@pytest.mark.parametrize(
    ("understood", "unread", "told"),
    [
        ("full", (), []),
        ("part", (), ["parts of the text; open the notice"]),
        ("none", (), ["the text as a whole; open the notice"]),
        ("part", UNREAD, ["annex 2 (no file came): “附件2”"]),
        ("full", UNREAD, ["annex 2 (no file came): “附件2”"]),
    ],
)
def test_what_was_not_understood_is_said_and_where_nobody_knows_which_that_too(
    understood, unread, told
):
    assert (
        list(
            list_shortfalls(msgspec.structs.replace(act(), understood=understood, not_read=unread))
        )
        == told
    )


def only(*measures: Measure) -> list[tuple[str, ...]]:
    (table,) = make_act_tables(act(*measures))
    return list(table.rows)


@pytest.mark.parametrize(
    ("entity", "row"),
    [
        (Entity(names={"zh": "甲", "en": "A"}, kind="org"), ("A", "甲", "-")),
        (
            Entity(names={"zh": "甲", "en": "A"}, kind="org", parent="母"),
            ("↳ A", "甲", "member of 母"),
        ),
        (Entity(names={"en": "A"}, kind="org", parent="母"), ("↳ A", "", "member of 母")),
        (Entity(names={"ja": "甲社"}, kind="vessel", country="JP"), ("甲社", "", "Japan; vessel")),
        (
            Entity(names={"en": "A"}, kind="person", role="chair", aliases=("B", "C")),
            ("A", "", "chair; also B, C"),
        ),
        (Entity(names={"en": "A"}, kind="other"), ("A", "", "-")),
    ],
)
def test_a_row_has_both_scripts_and_what_else_is_known(entity, row):
    full = Entity(names={"zh": "丙", "en": "C"}, kind="org", role="-")  # so that no column is empty

    assert tuple(cell or "" for cell in only(listing(entity, full))[0]) == tuple(
        cell.replace("-", "") for cell in row
    )


def test_of_names_on_several_lists_each_row_says_on_which():
    lists = (listing(company("甲")), Measure(action=Action.INVESTIGATE, entities=(company("乙"),)))

    assert only(*lists) == [("add: Unreliable Entity List", "甲"), ("investigate", "乙")]
    assert only(lists[0], suspends(57)) == [("甲",)]


def test_an_item_has_its_english_from_the_text_or_else_from_the_words_that_are_known():
    items = (
        Item(
            names={"zh": "金属钬", "en": "holmium metal"},
            codes=("1C909.a", "1C909.b"),
            hs=("28053019", "2846"),
            note="n",
        ),
        Item(names={"zh": "砂轮"}),
        Item(names={"zh": "镝相关物项"}),
        Item(names={"en": "a thing"}),
    )

    assert only(Measure(action=Action.ADD, items=items)) == [
        ("1C909.a, 1C909.b", "holmium metal", "金属钬", "28053019, 2846", "n"),
        ("", "grinding wheels", "砂轮", "", ""),
        ("", "dysprosium …", "镝相关物项", "", ""),
        ("", "a thing", "", "", ""),
    ]


def test_goods_that_two_measures_control_from_different_days_are_counted_and_shown_once():
    measures = (
        control("金属钬", "氧化铒", clauses=("1",)),
        control("金属钬", "氧化铒", clauses=("3",)),
    )
    told: Announcement = act(*measures, title="公布决定")

    assert summarize_act(told, {}).startswith(
        "What: Exports of these items need a MOFCOM licence. On: Rare earths: holmium, metal"
        " (金属钬); erbium, oxide (氧化铒). When: "
    )
    assert [len(table.rows) for table in make_act_tables(told)] == [2]


@pytest.mark.parametrize(
    ("register", "said"),
    [
        ("cn-unreliable-entities", "The act states its own measures, see its duties"),
        ("cn-countermeasures", "The act states its own measures, see its duties"),
        ("us-ofac-sdn", "Property is blocked; US persons may not deal with them without a licence"),
    ],
)
def test_what_rules_allow_is_not_told_of_an_act_whose_own_measures_were_read(register, said):
    duty = Term(kind="duty", text="the listed may not invest anew in China")
    measure = Measure(
        action=Action.ADD, register=register, entities=(company("甲", "A"),), terms=(duty,)
    )

    assert shown(measure)["What"] == said


def test_an_act_is_what_it_does_on_what_and_when_in_english_before_the_original():
    four = tuple(company(f"公司{n}", f"Company {n}, Inc.") for n in range(4))

    assert shown(listing(*four, starts=FROM)) == {
        "What": (
            "The list's rules of 19 Sep 2020 allow bans on trade with China, on investment, entry,"
            " work and stay there, and fines. Each act states its own measures"
        ),
        "On": (
            "Company 0, Inc. (公司0); Company 1, Inc. (公司1); Company 2, Inc. (公司2); and 1 more"
        ),
        "When": "From 8 Nov 2025 (Beijing)",
    }
    assert shown(listing(company("甲"), starts=FROM))["On"] == "甲"


def test_who_must_act_stands_beside_what_is_done():
    scope = Term(kind="scope", text="binds firms abroad", quote="-")
    controlled = Item(names={"zh": "金属钬"}, codes=("1C909.a",))
    line = shown(
        Measure(
            action=Action.ADD,
            register="cn-dual-use-items",
            items=(controlled,),
            starts=FROM,
            terms=(scope,),
        )
    )

    assert line["What"] == "Exports of these items need a MOFCOM licence; binds firms abroad"
    assert line["On"].endswith("holmium, metal (金属钬)")


def test_of_what_was_not_understood_no_line_says_anything():
    assert shown(understood="none") == {}
    assert shown() == {}
    assert summarize_act(act(), {}) == "What it does was not understood: read it."
