"""How a part of a measure stands, in words."""

from datetime import date

import msgspec
import pytest
from acts import control, listing, suspension

from monitor.model import (
    DIRECTION,
    Action,
    End,
    Entity,
    Item,
    LastRead,
    Measure,
    Start,
    Target,
    Unread,
)
from monitor.render.lifecycle import (
    describe_status,
    describe_subject,
    format_because,
    format_bilingual_name,
    format_in_force_since,
    format_period,
    format_state,
)
from monitor.timeline import Cause, Ending, Lifecycle, Span, Status

CONTROL, SUSPENSION = control(57, "1C909.a"), suspension(70, "mofcom-2025-57")
FIRST, LAST = date(2025, 11, 7), date(2026, 11, 10)


def span(status: Status, until: date = date.max, **more) -> Span:
    return Span(FIRST, until, status, (), **more)


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        (span(Status.IN_FORCE), "in force"),
        (span(Status.ENDED, why=Ending.REPEALED), "ended: repealed"),
        (
            span(Status.SUSPENSION_ENDED, last=LAST),
            "suspension ended on 10 Nov 2026, no extension seen",
        ),
    ],
)
def test_a_status_is_said_with_what_was_not_seen(stretch, words):
    assert describe_status(stretch) == words


def test_a_suspension_whose_extension_nobody_would_have_seen_was_only_to_end():
    ended = span(
        Status.SUSPENSION_ENDED, last=LAST, read=LastRead(of="cn-mofcom", at="2025-11-07T09:00:00Z")
    )

    said = (
        "MOFCOM was last read on 7 Nov 2025: an extension would not have been seen; the suspension"
        " was to end on 10 Nov 2026"
    )
    assert describe_status(ended) == said
    assert format_state(life(), ended) == f"{said} (Beijing)"


def life(act=CONTROL, *, seen: bool = True, **more) -> Lifecycle:
    (measure,) = act.measures
    return Lifecycle(Cause(act, measure), seen, **more)


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        (span(Status.ANNOUNCED), "announced, from 8 Nov 2025 (Beijing)"),
        (span(Status.IN_FORCE), "in force"),
        (span(Status.IN_FORCE, LAST), "in force until 10 Nov 2026 (Beijing)"),
        (span(Status.SUSPENDED, LAST), "suspended until 10 Nov 2026 (Beijing)"),
        (span(Status.SUSPENDED), "suspended, no last day stated"),
        (
            span(Status.SUSPENSION_ENDED, last=LAST),
            "suspension ended on 10 Nov 2026 (Beijing), no extension seen",
        ),
        (span(Status.ENDED, why=Ending.REMOVED), "ended (removed) from 7 Nov 2025 (Beijing)"),
    ],
)
def test_how_it_stands_is_said_with_the_day_until_which_and_whose_day_that_is(stretch, words):
    assert format_state(life(), stretch) == words


def test_how_it_stands_is_no_certainty_where_its_text_may_say_the_opposite():
    doubt = Unread(what=DIRECTION, why="read as an addition, but the text says “不再”")

    assert (
        format_state(
            life(msgspec.structs.replace(CONTROL, not_read=(doubt,))), span(Status.IN_FORCE)
        )
        == "in force, unless its text says the opposite"
    )


def test_a_stretch_whose_last_day_nobody_knows_only_begins():
    assert (
        format_period(life(), span(Status.SUSPENDED, LAST)) == "7 Nov 2025 to 10 Nov 2026 (Beijing)"
    )
    assert format_period(life(), span(Status.IN_FORCE)) == "from 7 Nov 2025 (Beijing)"


def test_a_part_is_told_by_what_it_names_its_clauses_and_where_that_goes():
    (measure,) = CONTROL.measures
    some = life(clauses=("一",), items=measure.items, destinations=("US", "JP"))

    assert (
        describe_subject(some) == "1C909.a 物项1C909.a · clause 1 · to the United States and Japan"
    )


def test_of_many_names_the_first_is_told_and_of_goods_of_many_codes_how_many():
    (named,) = listing(10, "A Ltd", "B Ltd", "C Ltd", "D Ltd").measures
    (goods,) = control(58, "1C909.a", "1C910.a", "1C911.a", "1C912.a").measures

    assert describe_subject(life(entities=named.entities)) == "A Ltd and 3 more"
    assert describe_subject(life(items=goods.items)) == "4 items (1C909, 1C910, 1C911 …)"
    assert (
        describe_subject(
            life(
                items=(*control(58, "1C909.a", "1C909.b", "1C909.c", "1C909.d").measures[0].items,)
            )
        )
        == "1C909.a 物项1C909.a and 3 more"
    )


def test_goods_have_their_english_and_their_heading_beside_the_chinese():
    metal = Item(names={"zh": "金属钬"}, codes=("1C909.a",), hs=("28053019",))

    assert format_bilingual_name(metal) == "1C909.a holmium, metal (金属钬) HS 28053019"
    assert (
        format_bilingual_name(
            Entity(names={"zh": "反无人机技术公司", "en": "Dedrone by Axon"}, kind="org")
        )
        == "Dedrone by Axon (反无人机技术公司)"
    )


def test_the_rest_of_an_act_is_told_by_the_clauses_that_have_a_life_of_their_own():
    assert (
        describe_subject(life(SUSPENSION, apart=("二", "三")))
        == "suspension of MOFCOM No. 57 of 2025 · all but clauses 2 and 3"
    )


def test_a_control_whose_goods_could_not_be_read_says_so():
    act = msgspec.structs.replace(
        CONTROL,
        title="公布对稀土相关物项实施出口管制的决定",
        not_read=(Unread(what="items", why="in an annex", quote="物项"),),
    )
    assert describe_subject(life(act)) == "rare earths (items not read)"


def test_words_that_hold_the_day_already_are_quoted_once():
    measure = Measure(
        action="add",
        quote="自公布之日起施行",
        starts=Start(on="2025-10-09", basis="publication", quote="公布之日"),
    )
    apart = Measure(
        action="add",
        quote="决定实施管制",
        starts=Start(on="2025-10-09", basis="explicit", quote="10月9日"),
    )

    assert format_because(Cause(CONTROL, measure)) == "MOFCOM No. 57 of 2025: “自公布之日起施行”"
    assert (
        format_because(Cause(CONTROL, apart)) == "MOFCOM No. 57 of 2025: “决定实施管制 … 10月9日”"
    )


def test_an_act_without_words_is_named_and_nothing_is_quoted():
    assert format_because(Cause(CONTROL, Measure(action="add"))) == "MOFCOM No. 57 of 2025"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.REMOVE, "removal from MOFCOM No. 57 of 2025"),
        (Action.SUSPEND, "suspension of MOFCOM No. 57 of 2025"),
        (Action.ADD, "extension of MOFCOM No. 57 of 2025"),
        (Action.INVESTIGATE, "investigation of MOFCOM No. 57 of 2025"),
    ],
)
def test_a_part_that_names_nobody_is_called_by_what_it_does_to_which_act(action, words):
    (measure,) = SUSPENSION.measures
    act = msgspec.structs.replace(
        SUSPENSION, measures=(msgspec.structs.replace(measure, action=action),)
    )

    assert describe_subject(life(act)) == words


BEGUN = Span(date(2025, 11, 8), date.max, Status.IN_FORCE, ())
UNDATED = msgspec.structs.replace(
    CONTROL, measures=(msgspec.structs.replace(CONTROL.measures[0], starts=None),)
)


@pytest.mark.parametrize(
    ("act", "spans", "stretch", "words"),
    [
        (CONTROL, (BEGUN,), BEGUN, "8 Nov 2025 (Beijing)"),
        (
            CONTROL,
            (span(Status.ANNOUNCED), BEGUN),
            Span(LAST, LAST, Status.SUSPENDED, ()),
            "8 Nov 2025 (Beijing)",
        ),
        # which says it already
        (CONTROL, (span(Status.ANNOUNCED), BEGUN), span(Status.ANNOUNCED), ""),
        (
            CONTROL,
            (span(Status.SUSPENDED), BEGUN),
            span(Status.SUSPENDED),
            "was to begin 8 Nov 2025 (Beijing)",
        ),
        (
            CONTROL,
            (span(Status.SUSPENDED),),
            span(Status.SUSPENDED),
            "was to begin 8 Nov 2025 (Beijing)",
        ),
        (UNDATED, (), span(Status.SUSPENDED), ""),
        (UNDATED, (), span(Status.ANNOUNCED), ""),
    ],
)
def test_since_when_it_holds_is_told_or_from_when_it_was_to(act, spans, stretch, words):
    assert format_in_force_since(life(act, spans=spans), stretch) == words


@pytest.mark.parametrize(
    ("stretch", "words", "plain"),
    [
        (span(Status.ANNOUNCED), "announced", "announced"),
        (span(Status.ANNOUNCED, LAST), "announced until 10 Nov 2026 (Beijing)", "announced"),
        (span(Status.SUSPENSION_ENDED), "suspension ended", "suspension ended"),
        (span(Status.IN_FORCE, last=LAST), "in force", "in force"),
    ],
)
def test_a_day_that_nobody_knows_is_not_told(stretch, words, plain):
    assert format_state(life(UNDATED), stretch) == words
    assert describe_status(stretch) == plain


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("A", "A"),
        ("ABC", "A; B; C"),
        ("ABCD", "A and 3 more"),
    ],
)
def test_three_names_are_told_and_of_more_the_first(names, words):
    (measure,) = listing(10, *names).measures

    assert describe_subject(life(entities=measure.entities)) == words


def test_goods_of_several_kinds_are_told_by_what_the_act_calls_them():
    act = msgspec.structs.replace(CONTROL, title="公布对稀土相关物项实施出口管制的决定")
    (measure,) = control(58, "1C909.a", "1C910.a", "1C911.a", "1C912.a").measures
    (named,) = listing(10, *"ABCD").measures

    assert (
        describe_subject(life(act, items=measure.items))
        == "rare earths: 4 items (1C909, 1C910, 1C911 …)"
    )
    assert (
        describe_subject(life(act, items=measure.items, entities=named.entities)) == "A and 3 more"
    )
    assert describe_subject(life(act)) == "rare earths"


def test_what_is_known_of_a_part_is_told_with_what_it_is_about_first():
    unread = msgspec.structs.replace(CONTROL, not_read=(Unread(what="items", why="in an annex"),))

    assert describe_subject(life(unread)) == "items not read"
    assert describe_subject(life()) == ""
    assert (
        describe_subject(life(unread, clauses=("一", "二"), apart=("三",), seen=False))
        == "act not seen · clauses 1 and 2 · all but clause 3"
    )


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (
            Item(names={"zh": "金属钬", "en": "holmium"}, codes=("1C909.a", "1C909.b")),
            "1C909.a 1C909.b holmium (金属钬)",
        ),
        (Item(names={"en": "holmium"}), "holmium"),
        (Item(names={"zh": "某物"}), "某物"),
        (Item(names={}, codes=("1C909",), hs=("2846", "2805")), "1C909 HS 2846, 2805"),
        (Entity(names={"zh": "甲"}, kind="org"), "甲"),
        (Entity(names={"en": "A"}, kind="org"), "A"),
        (Entity(names={"zh": "A", "en": "A"}, kind="org"), "A"),
        (Entity(names={"ja": "甲社"}, kind="org"), "甲社"),
    ],
)
def test_a_thing_is_told_in_each_script_once(thing, words):
    assert format_bilingual_name(thing) == words


def test_the_days_that_the_quoted_words_do_not_give_are_quoted_behind_them():
    ends = End(on="2026-11-10", basis="explicit", quote="至2026年11月10日")
    measure = Measure(
        action="suspend",
        quote="停止实施",
        starts=Start(on="2025-11-10", basis="explicit"),
        ends=ends,
    )

    assert (
        format_because(Cause(SUSPENSION, measure))
        == "MOFCOM No. 70 of 2025: “停止实施 … 至2026年11月10日”"
    )
    assert format_because(Cause(SUSPENSION, msgspec.structs.replace(measure, quote=""))).endswith(
        ": “至2026年11月10日”"
    )


def test_a_suspension_that_ended_says_up_to_when_no_extension_was_seen():
    ended = span(
        Status.SUSPENSION_ENDED,
        last=LAST,
        read=LastRead(of="cn-mofcom", at="2026-11-29T12:00:00Z", fresh=True),
    )

    assert (
        describe_status(ended)
        == "suspension ended on 10 Nov 2026, no extension seen by 29 Nov 2026 12:00 UTC"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Measure(action=Action.REMOVE, register="cn-unreliable-entities"),
            "removal from the Unreliable Entity List: A Ltd",
        ),
        (
            Measure(action=Action.REMOVE, amends=(Target(key="uel-2025-10"),)),
            "removal from UEL Notice No. 10 of 2025: A Ltd",
        ),
        (
            Measure(action=Action.SUSPEND, amends=(Target(key="mofcom-2025-57"),)),
            "suspension of MOFCOM No. 57 of 2025: A Ltd",
        ),
        (Measure(action=Action.ADD, amends=(Target(key="mofcom-2025-57"),)), "A Ltd"),
    ],
)
def test_what_an_act_does_to_a_listing_is_told_apart_from_the_listing(change, words):
    (listed,) = listing(10, "A Ltd").measures
    by = msgspec.structs.replace(CONTROL, measures=(change,))

    assert describe_subject(life(by, entities=listed.entities)) == words
