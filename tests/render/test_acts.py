"""What one act changes, for whom and from when, in a sentence."""

import pytest
from notices import act, company, listing

from monitor.model import Action, Announcement, End, Item, Measure, Start, Stated, Target
from monitor.render.acts import summary

FROM = Start(on="2025-11-08", basis="explicit")
CONTROLS = "exports of these items need a MOFCOM licence."


def control(*names: str, **more) -> Measure:
    items = tuple(Item(names={"zh": name}) for name in names)
    return Measure(action=Action.ADD, register="cn-dual-use-items", items=items, starts=FROM, **more)


def said(measure: Measure, title: str = "公告") -> str:
    told: Announcement = act(measure, title=title)
    return summary(told, {}).removeprefix("From 8 Nov 2025 (Beijing)")


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
def test_what_is_controlled_is_told_in_words_with_what_it_means(measure: Measure, title: str, told: str) -> None:
    assert said(measure, title) == told


def test_on_one_day_for_all_its_parts_none_is_named() -> None:
    assert said(control("金属钬", clauses=("一",))) == f", for rare earths (金属钬): {CONTROLS}"


def test_whoever_leaves_a_list_is_named() -> None:
    leaving = listing(company("甲", "Alpha"), company("乙", "Beta"), starts=FROM)
    removal = Measure(action=Action.REMOVE, register=leaving.register, entities=leaving.entities, starts=FROM)
    one = Measure(action=Action.REMOVE, register=leaving.register, entities=leaving.entities[:1], starts=FROM)

    assert said(removal) == ", Alpha and Beta are off the Unreliable Entity List (不可靠实体清单)."
    assert said(one) == ", Alpha is off the Unreliable Entity List (不可靠实体清单)."


def test_names_that_the_text_only_counts_are_counted() -> None:
    assert said(listing(stated=Stated(entities=28), starts=FROM)).startswith(", for 28 names as stated: no trade with China")


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
def test_what_becomes_of_an_earlier_act_is_told(action: Action, told: str) -> None:
    assert said(Measure(action=action, amends=(Target(key="mofcom-2025-57"),), starts=FROM)) == told


def test_of_many_things_the_first_are_told_and_the_others_counted() -> None:
    many = [Measure(action=action, amends=(Target(key="x-2025-1"),), starts=FROM) for action in (Action.SUSPEND, Action.REPEAL)]
    many += [Measure(action=action, amends=(Target(key="x-2025-2"),), starts=FROM) for action in (Action.AMEND, Action.REPLACE)]

    assert summary(act(*many), {}).endswith(" 1 more change below.")
