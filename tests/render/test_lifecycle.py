"""How a part of a measure stands, in words."""

from datetime import date

import msgspec
import pytest
from acts import control, listing, suspension

from monitor.model import Action, Entity, Item, Measure, Start, Unread
from monitor.render.lifecycle import because, both, during, said, state, subject
from monitor.timeline import Cause, Lifecycle, Span, Status

CONTROL, SUSPENSION = control(57, "1C909.a"), suspension(70, "mofcom-2025-57")
FIRST, LAST = date(2025, 11, 7), date(2026, 11, 10)


def span(status: Status, until: date = date.max, **more) -> Span:
    return Span(FIRST, until, status, (), **more)


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        (span(Status.IN_FORCE), "in force"),
        (span(Status.ENDED, why="repealed"), "ended: repealed"),
        (span(Status.SUSPENSION_ENDED, last=LAST), "suspension ended on 10 Nov 2026 with no extension seen"),
    ],
)
def test_a_status_is_said_with_what_was_not_seen(stretch: Span, words: str):
    assert said(stretch) == words


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
        (span(Status.SUSPENSION_ENDED, last=LAST), "suspension ended on 10 Nov 2026 (Beijing), no extension seen"),
        (span(Status.ENDED, why="removed"), "ended (removed) from 7 Nov 2025 (Beijing)"),
    ],
)
def test_how_it_stands_is_said_with_the_day_until_which_and_whose_day_that_is(stretch: Span, words: str):
    assert state(life(), stretch) == words


def test_a_stretch_whose_last_day_nobody_knows_only_begins():
    assert during(life(), span(Status.SUSPENDED, LAST)) == "7 Nov 2025 to 10 Nov 2026 (Beijing)"
    assert during(life(), span(Status.IN_FORCE)) == "from 7 Nov 2025 (Beijing)"


def test_a_part_is_told_by_what_it_names_its_clauses_and_where_that_goes():
    (measure,) = CONTROL.measures
    some = life(clauses=("一",), items=measure.items, destinations=("US", "JP"))

    assert subject(some) == "1C909.a 物项1C909.a · clause 1 · to the United States and Japan"


def test_of_many_names_the_first_is_told_and_of_goods_of_many_codes_how_many():
    (named,) = listing(10, "A Ltd", "B Ltd", "C Ltd", "D Ltd").measures
    (goods,) = control(58, "1C909.a", "1C910.a", "1C911.a", "1C912.a").measures

    assert subject(life(entities=named.entities)) == "A Ltd and 3 more"
    assert subject(life(items=goods.items)) == "4 items (1C909, 1C910, 1C911 …)"
    assert subject(life(items=(*control(58, "1C909.a", "1C909.b", "1C909.c", "1C909.d").measures[0].items,))) == (
        "1C909.a 物项1C909.a and 3 more"
    )


def test_goods_have_their_english_and_their_heading_beside_the_chinese():
    metal = Item(names={"zh": "金属钬"}, codes=("1C909.a",), hs=("28053019",))

    assert both(metal) == "1C909.a 金属钬 (holmium, metal) HS 28053019"
    assert (
        both(Entity(names={"zh": "反无人机技术公司", "en": "Dedrone by Axon"}, kind="org"))
        == "Dedrone by Axon (反无人机技术公司)"
    )


def test_the_rest_of_an_act_is_told_by_the_clauses_that_have_a_life_of_their_own():
    assert subject(life(SUSPENSION, apart=("二", "三"))) == "suspension of MOFCOM No. 57 of 2025 · all but clauses 2 and 3"


def test_of_an_act_that_was_not_seen_nothing_is_claimed_that_it_does():
    (measure,) = listing(10, "Dedrone").measures

    assert subject(life(entities=measure.entities, seen=False)) == "act not seen"


def test_a_control_whose_goods_could_not_be_read_says_so():
    act = msgspec.structs.replace(
        CONTROL, title="公布对稀土相关物项实施出口管制的决定", not_read=(Unread(what="items", why="in an annex", quote="物项"),)
    )
    assert subject(life(act)) == "rare earths (items not read)"


def test_words_that_hold_the_day_already_are_quoted_once():
    measure = Measure(
        action="add", quote="自公布之日起施行", starts=Start(on="2025-10-09", basis="publication", quote="公布之日")
    )
    apart = Measure(action="add", quote="决定实施管制", starts=Start(on="2025-10-09", basis="explicit", quote="10月9日"))

    assert because(Cause(CONTROL, measure)) == "MOFCOM No. 57 of 2025: “自公布之日起施行”"
    assert because(Cause(CONTROL, apart)) == "MOFCOM No. 57 of 2025: “决定实施管制 … 10月9日”"


def test_an_act_without_words_is_named_and_nothing_is_quoted():
    assert because(Cause(CONTROL, Measure(action="add"))) == "MOFCOM No. 57 of 2025"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.REMOVE, "removal from MOFCOM No. 57 of 2025"),
        (Action.SUSPEND, "suspension of MOFCOM No. 57 of 2025"),
        (Action.ADD, "extension of MOFCOM No. 57 of 2025"),
        (Action.INVESTIGATE, "investigation of MOFCOM No. 57 of 2025"),
    ],
)
def test_a_part_that_names_nobody_is_called_by_what_it_does_to_which_act(action: Action, words: str):
    (measure,) = SUSPENSION.measures
    act = msgspec.structs.replace(SUSPENSION, measures=(msgspec.structs.replace(measure, action=action),))

    assert subject(life(act)) == words
