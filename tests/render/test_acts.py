"""What one act changes, for whom and from when, in a sentence."""

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
CONTROLS = "exports of these items need a MOFCOM licence."


def control(*names: str, **more) -> Measure:
    items = tuple(Item(names={"zh": name}) for name in names)
    return Measure(
        action=Action.ADD, register="cn-dual-use-items", items=items, starts=FROM, **more
    )


def said(measure: Measure, title: str = "公告") -> str:
    told: Announcement = act(measure, title=title)
    return summarize_act(told, {}).removeprefix("From 8 Nov 2025 (Beijing)")


@pytest.mark.parametrize(
    ("measure", "title", "told"),
    [
        (control("金属钬", "氧化铒"), "公布决定", f", for rare earths (2 items): {CONTROLS}"),
        (control("某设备甲", "某设备乙"), "公布决定", f", for 2 items: {CONTROLS}"),
        (control("某设备甲"), "公布决定", f", for 某设备甲: {CONTROLS}"),
        (control(), "公布对稀土相关物项实施出口管制的决定", f", for rare earths: {CONTROLS}"),
        (control(), "公布决定", f", for whom or what it names: {CONTROLS}"),
        (
            control("金属钬", ends=End(on="2026-11-10", basis="explicit")),
            "公布决定",
            f" until 10 Nov 2026, for rare earths (金属钬): {CONTROLS}",
        ),
    ],
)
def test_what_is_controlled_is_told_in_words_with_what_it_means(measure, title, told):
    assert said(measure, title) == told


def test_on_one_day_for_all_its_parts_none_is_named():
    assert said(control("金属钬", clauses=("一",))) == f", for rare earths (金属钬): {CONTROLS}"


def test_whoever_leaves_a_list_is_named():
    leaving = listing(company("甲", "Alpha"), company("乙", "Beta"), starts=FROM)
    removal = Measure(
        action=Action.REMOVE, register=leaving.register, entities=leaving.entities, starts=FROM
    )
    one = Measure(
        action=Action.REMOVE, register=leaving.register, entities=leaving.entities[:1], starts=FROM
    )

    assert said(removal) == ", Alpha and Beta are off the Unreliable Entity List (不可靠实体清单)."
    assert said(one) == ", Alpha is off the Unreliable Entity List (不可靠实体清单)."


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (Action.SUSPEND, ", MOFCOM No. 57 of 2025 will not be applied."),
        (Action.RESUME, ", MOFCOM No. 57 of 2025 will be applied again."),
        (Action.REPEAL, ", MOFCOM No. 57 of 2025 will no longer be applied."),
        (Action.AMEND, ", MOFCOM No. 57 of 2025 will be applied as amended."),
        (Action.REPLACE, ", MOFCOM No. 57 of 2025 will give way to this act."),
    ],
)
def test_what_becomes_of_an_earlier_act_is_told(action, told):
    assert said(Measure(action=action, amends=(Target(key="mofcom-2025-57"),), starts=FROM)) == told


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
            (suspends(57, starts=FROM),),
            "From 8 Nov 2025 (Beijing), MOFCOM No. 57 of 2025 will not be applied.",
        ),
        (
            (suspends(57, starts=FROM, ends=until("2026-11-10")),),
            (
                "From 8 Nov 2025 (Beijing) until 10 Nov 2026, MOFCOM No. 57 of 2025 will not be"
                " applied."
            ),
        ),
        (
            (
                Measure(
                    action=Action.AMEND,
                    amends=(Target(key="mofcom-2025-57"),),
                    starts=FROM,
                    ends=until("2026-11-10"),
                ),
            ),
            (
                "From 8 Nov 2025 (Beijing) until 10 Nov 2026, MOFCOM No. 57 of 2025 will be applied"
                " as amended."
            ),
        ),
        (
            (
                Measure(
                    action=Action.AMEND,
                    amends=(Target(key="mofcom-2025-57"),),
                    ends=until("2026-11-10"),
                ),
            ),
            "Until 10 Nov 2026, MOFCOM No. 57 of 2025 will be applied as amended.",
        ),
        (
            (suspends(57),),
            "On a day that it does not state, MOFCOM No. 57 of 2025 will not be applied.",
        ),
        (
            (suspends(57, ends=until("2026-11-10")),),
            (
                "Until 10 Nov 2026 (from when is not stated), MOFCOM No. 57 of 2025 will not be"
                " applied."
            ),
        ),
        (
            (suspends(57, starts=FROM, clauses=("一",)), suspends(58, clauses=("二",))),
            (
                "From 8 Nov 2025 (Beijing) for clause 1 and a day not stated for clause 2,"
                " MOFCOM No. 57 and 58 of 2025 will not be applied."
            ),
        ),
        (
            (
                suspends(57, starts=FROM),
                suspends(58, starts=on("2025-12-01"), clauses=("二", "三")),
            ),
            (
                "From 8 Nov 2025 (Beijing) and 1 Dec 2025 (Beijing) for clauses 2 and 3,"
                " MOFCOM No. 57 and 58 of 2025 will not be applied."
            ),
        ),
        (
            (
                suspends(57, ends=until("2026-11-10"), starts=FROM),
                suspends(58, ends=until("2026-12-10"), starts=FROM),
            ),
            (
                "From 8 Nov 2025 (Beijing) until 10 Nov 2026 and 10 Dec 2026,"
                " MOFCOM No. 57 and 58 of 2025 will not be applied."
            ),
        ),
    ],
)
def test_days_are_told_once_where_they_are_one_and_with_their_clauses_where_they_are_not(
    measures, told
):
    assert summarize_act(act(*measures), {}) == told


def test_the_goods_of_the_acts_it_changes_are_told_where_these_are_known():
    known = {
        f"mofcom-2025-{number}": act(control(name))
        for number, name in ((57, "金属钬"), (58, "锂电池"))
    }

    assert summarize_act(act(suspends(57, 58, 59, starts=FROM)), known).endswith(
        "MOFCOM No. 57, 58 and 59 of 2025 (rare earths and batteries) will not be applied."
    )


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (adds(company("甲", "A")), ", A is on the xx-list."),
        (adds(company("甲", "A"), company("乙", "B")), ", A and B are on the xx-list."),
        (adds(company("甲", "A"), register=None), ", A is under control."),
        (adds(), ", what it names is on the xx-list."),
        (
            Measure(
                action=Action.ADD,
                register="xx-list",
                items=(Item(names={"zh": "某设备"}),),
                starts=FROM,
            ),
            ", 某设备 is on the xx-list.",
        ),
        (
            Measure(action=Action.REMOVE, entities=(company("甲", "A"),), starts=FROM),
            ", A is off the list.",
        ),
        (
            Measure(
                action=Action.INVESTIGATE,
                entities=(company("甲", "A"), company("乙", "B")),
                starts=FROM,
            ),
            ", MOFCOM opens an investigation of 2 names (A and B).",
        ),
        (
            Measure(action=Action.INVESTIGATE, entities=(company("甲", "A"),), starts=FROM),
            ", MOFCOM opens an investigation of A.",
        ),
        (
            Measure(action=Action.SUSPEND, register="cn-dual-use-items", starts=FROM),
            ", MOFCOM suspends measures under the dual-use export control list.",
        ),
        (adds(stated=Stated(entities=28)), ", 28 names as stated are on the xx-list."),
        (adds(stated=Stated(entries=1)), ", 1 name as stated is on the xx-list."),
    ],
)
def test_whom_it_concerns_and_how_is_told_of_registers_whose_meaning_nobody_knows(measure, told):
    assert said(measure) == told


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("AB", "A and B are"),
        ("ABC", "A, B and C are"),
        ("ABCD", "A, B, C and 1 more are"),
        ("ABCDE", "A, B, C and 2 more are"),
    ],
)
def test_three_names_are_told_and_the_others_counted(names, told):
    measure = adds(*(company(name, name) for name in names))

    assert said(measure) == f", {told} on the xx-list."


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (Item(names={"zh": "某物", "en": "a thing"}, codes=("1C909",)), "a thing"),
        (Item(names={"zh": "某物"}, codes=("1C909",)), "某物"),
        (Item(names={"zh": "", "ja": "物"}), "物"),
        (Item(names={}, codes=("1C909.a", "1C909.b")), "1C909.a, 1C909.b"),
        (Item(names={}), "an unnamed item"),
    ],
)
def test_one_item_is_told_by_the_best_name_that_it_has(item, told):
    assert (
        said(Measure(action=Action.ADD, register="xx-list", items=(item,), starts=FROM))
        == f", {told} is on the xx-list."
    )


def test_goods_of_the_title_are_no_matter_of_whom_it_names():
    measure = Measure(action=Action.RESTRICT, entities=(company("甲", "A"),), starts=FROM)

    assert said(measure, "对稀土实施管制") == ", MOFCOM restricts dealings with A."
    assert said(adds(company("甲", "A")), "对稀土实施管制") == ", A is on the xx-list."


def sentences(count: int) -> str:
    return summarize_act(
        act(
            *(
                Measure(action=Action.AMEND, register=f"list-{at}", starts=FROM)
                for at in range(count)
            )
        ),
        {},
    )


def test_three_changes_are_told_in_sentences_and_the_others_counted():
    assert sentences(3).endswith("MOFCOM amends the list-2.")
    assert sentences(4).endswith("MOFCOM amends the list-2. 1 more change below.")
    assert sentences(5).endswith("MOFCOM amends the list-2. 2 more changes below.")
    assert sentences(0) == "What it does was not understood: read it."


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

    assert "rare earths (2 items)" in summarize_act(told, {})
    assert [len(table.rows) for table in make_act_tables(told)] == [2]


def shown(*measures: Measure, **more) -> dict[str, str]:
    whole = msgspec.structs.replace(act(*measures), **more)
    return {line.label: line.text for line in list_act_lines(whole, {})}


LAST = End(on="2026-11-10", basis="explicit")


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


def test_an_act_that_changes_others_says_what_becomes_of_them():
    suspension = Measure(
        action=Action.SUSPEND, amends=(Target(key="mofcom-2025-57"),), starts=FROM, ends=LAST
    )

    assert shown(suspension) == {
        "What": "The acts below will not be applied",
        "On": "MOFCOM No. 57 of 2025",
        "When": "From 8 Nov 2025 (Beijing) until 10 Nov 2026",
    }


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
