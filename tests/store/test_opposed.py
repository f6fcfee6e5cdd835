"""Two laws at once: both are put side by side, and nothing is concluded."""

from acts import entity
from arrivals import NOW, arrive
from statutes import act

from monitor.ask.knowledge import Knowledge
from monitor.ask.lines import OpposedLine, list_story_lines
from monitor.ask.stories import show
from monitor.model import Action, Measure
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, History, notices, outbox

FIRM = entity("Alpha Refining Co.", "甲石化有限公司")
FORBIDS = Measure(
    action=Action.RESTRICT,
    register="cn-blocking-orders",
    entities=(FIRM,),
    quote="不得承认、执行、遵守上述措施。",
)
ORDER = act("mofcom-2030-14", FORBIDS, published="2030-05-02")
DEMANDS = Measure(
    action=Action.ADD,
    register="us-ofac-sdn",
    entities=(entity("Alpha Refining Co."),),
    quote="is being designated",
)
LISTING = act("fr-2030-12345", DEMANDS, published="2030-04-01", authority="us-ofac")
UNRELATED = Measure(
    action=Action.ADD,
    register="us-ofac-sdn",
    entities=(entity("Beta Shipping"),),
    quote="is being designated",
)


def told(history: History, key: str) -> list[tuple[str, str]]:
    """What the alert on an act says of two laws, as (register, quote) of each side."""
    owed = next(owed for owed in history(outbox.list_pending, ALERTS) if owed.key == f"{key}:act")
    return [
        (side.register, side.quote)
        for pair in history(notices.compose_notice, owed.id).opposed
        for side in pair
    ]


BOTH = [("cn-blocking-orders", "不得承认、执行、遵守上述措施。")]


def test_an_order_that_protects_a_firm_is_told_beside_the_list_on_which_the_firm_stands(
    history: History,
):
    arrive(history, LISTING)
    arrive(history, LISTING, ORDER)

    assert told(history, "mofcom-2030-14") == [*BOTH, ("us-ofac-sdn", "Alpha Refining Co.")]
    assert told(history, "fr-2030-12345") == [*BOTH, ("us-ofac-sdn", "is being designated")]


def test_the_alert_shows_both_with_their_words_and_concludes_nothing(tmp_path):
    with History(tmp_path) as history:
        arrive(history, ORDER)
        arrive(history, ORDER, LISTING)
        owed = next(
            owed for owed in history(outbox.list_pending, ALERTS) if owed.key == "fr-2030-12345:act"
        )
        lines = [
            line.text
            for line in compose_alert(history(notices.compose_notice, owed.id)).facts
            if line.label == "Two laws at once"
        ]

    assert lines == [
        "甲石化有限公司, blocking orders (2 May 2030): “不得承认、执行、遵守上述措施。”",
        "Alpha Refining Co., US SDN List (1 Apr 2030): “is being designated”",
    ]


def test_a_firm_that_only_one_of_them_names_is_no_pair(history: History):
    arrive(
        history, act("fr-2030-12345", UNRELATED, published="2030-04-01", authority="us-ofac"), ORDER
    )

    assert told(history, "mofcom-2030-14") == []


def test_the_story_of_the_order_or_of_the_firm_has_both(tmp_path):
    with History(tmp_path) as history:
        arrive(history, LISTING, ORDER)
        stories = [
            show(Knowledge(history), about) for about in ("mofcom-2030-14", "Alpha Refining Co.")
        ]

    for story in stories:
        assert {side.register for pair in story.opposed for side in pair} == {
            "cn-blocking-orders",
            "us-ofac-sdn",
        }
        (line, *_) = [
            line for line in list_story_lines(story, NOW) if isinstance(line, OpposedLine)
        ]
        assert (line.forbids.quote, line.demands.register) == (
            "不得承认、执行、遵守上述措施。",
            "us-ofac-sdn",
        )


def test_the_story_of_a_firm_holds_all_acts_that_name_it_against_the_order(tmp_path):
    days = [f"2030-06-{day:02}" for day in range(1, 26)]
    listings = [
        act(f"fr-2030-{20000 + at}", DEMANDS, published=day, authority="us-ofac")
        for at, day in enumerate(days)
    ]
    with History(tmp_path) as history:
        arrive(history, *listings, ORDER)
        story = show(Knowledge(history), "Alpha Refining Co.")

    assert {demands.on for _, demands in story.opposed} >= set(days)
