"""What people ask for in their own words is found; what other commands ask of the daemon is done
by it, on record.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from acts import control, listing, suspension
from arrivals import arrive
from cases import read_cases
from clicks import LI, asked
from log_lines import recorded

from monitor.config import Config, DestinationSettings
from monitor.errors import ConfigError, MonitorError
from monitor.run import triage
from monitor.run.daemon import Daemon
from monitor.source.registry import Registry
from monitor.store import History, handling, watched
from monitor.store.threaded import HistoryThread
from monitor.triage.values import Verb
from monitor.watch.entries import Product


async def test_the_daemon_does_what_a_command_asks_and_wakes_those_who_deliver(
    desk, ministry, monkeypatch
):
    woken: list[bool] = []
    daemon = Daemon(desk.pipeline, {})
    monkeypatch.setattr(daemon, "_wake", lambda: woken.append(True))
    await desk.poll()
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    await daemon.answer(asked(Verb.TAKE))
    with pytest.raises(MonitorError, match="give the decision"):
        await daemon.answer(asked(Verb.DONE))
    done = await desk.pipeline.history(handling.list_handlings)

    assert woken == [True]
    assert [(each.verb, each.by, each.refused) for each in done] == [
        (Verb.TAKE, "Li Wei", ""),
        (Verb.DONE, "Li Wei", "give the decision"),
    ]


async def test_a_day_on_which_something_begins_and_something_ends_is_known_for_both(desk, ministry):
    await desk.poll()
    ends, begins = suspension(70, "mofcom-2025-57"), control(70, "1C909.a").measures[0]
    begins = msgspec.structs.replace(
        begins, starts=msgspec.structs.replace(begins.starts, on="2026-11-10")
    )
    ministry.publish("70", msgspec.structs.replace(ends, measures=(*ends.measures, begins)))
    await desk.poll()
    case = await desk.pipeline.history(handling.find_case, "mofcom-2025-70")

    def rests(history: History, until: str) -> tuple[str, str]:
        wish = triage.Wish(Verb.SNOOZE, case.event, until=until)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        wanted = triage.make_triage_request(
            history, desk.pipeline.config, desk.pipeline.registry, wish, LI, "key", now
        )
        return wanted.event, wanted.until

    assert case.dates == {"2025-11-07": "begins", "2026-11-10": "begins and ends"}
    rest = (case.event, "2026-11-10T00:00:00Z")
    assert [await desk.pipeline.history.run(rests, until) for until in ("begins", "ends")] == [
        rest
    ] * 2


async def test_a_product_is_muted_by_the_key_or_the_name_of_its_entry(desk):
    await desk.pipeline.history(watched.add, [Product(name="Rare Magnet")], desk.clock.now())

    def subject(history: History, name: str) -> str:
        return triage.parse_mute_subject(
            f"product:{name}", desk.pipeline.config, desk.pipeline.registry, history
        )

    named = [
        await desk.pipeline.history.run(subject, name)
        for name in ("Rare Magnet", "product:raremagnet")
    ]

    assert named == ["product:product:raremagnet"] * 2
    with pytest.raises(ConfigError, match="is not on the watch list"):
        await desk.pipeline.history.run(subject, "Rare Magnets Ltd")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[History]:
    """A store in which the listing of one firm was told."""
    with History(tmp_path) as history:
        arrive(history, listing(10, "Halifax Forum"))
        yield history


CONFIG = Config(
    packages=("toy_scrapers",),
    destinations={"desk": DestinationSettings(way={"slack": "C0DESK"})},
    topics={"holmium": ["钬"]},
)
NOW = datetime(2025, 10, 8, tzinfo=UTC)


def wished(
    history: History, verb: Verb, what: str = "uel-2025-10", now: datetime = NOW, **more: str
):
    return triage.make_triage_request(
        history, CONFIG, Registry(CONFIG), triage.Wish(verb, what, **more), LI, "key", now
    )


@pytest.mark.parametrize(
    ("to", "is_one"), [("alerts", True), ("ops", True), ("desk", True), ("dask", False)]
)
def test_somebody_is_told_at_a_destination_that_there_is(told: History, to: str, is_one: bool):
    if is_one:
        assert wished(told, Verb.TELL, to=to).to == to
    else:
        with pytest.raises(
            ConfigError, match="no destination is called 'dask'; did you mean 'desk'"
        ):
            wished(told, Verb.TELL, to=to)


def test_where_nobody_is_told_a_destination_is_not_looked_at_and_where_nothing_ends_no_end(
    told: History,
):
    wanted = wished(told, Verb.TAKE, to="nowhere")

    assert (wanted.to, wanted.until, wanted.event, wanted.pairs, wanted.key) == (
        "nowhere",
        "",
        "uel-2025-10",
        (),
        "key",
    )
    assert wished(told, Verb.MUTE, "", to="topic:holmium").event == ""


@pytest.mark.parametrize(
    "subject",
    [
        "source:toy.notices",
        "source:toy",
        "register:un-sc",
        "topic:holmium",
        "register:cn-unreliable-entities",
    ],
)
def test_what_there_is_can_be_muted(told: History, subject: str):
    assert wished(told, Verb.MUTE, to=subject, until="3 days").to == subject


@pytest.mark.parametrize(
    ("subject", "why"),
    read_cases(
        """
        register: | no register is called ''
        register:un-sd | no register is called 'un-sd'; did you mean 'un-sc'?
        topic:holmum | no topic is called 'holmum'; did you mean 'holmium'?
        un-sc | 'un-sc': name the subject of the mute as one of source, register
        source:no.such | no.such
        """
    ),
)
def test_what_there_is_not_can_not_be_muted_and_the_nearest_is_said(
    told: History, subject: str, why: str
):
    with pytest.raises(ConfigError) as refused:
        wished(told, Verb.MUTE, to=subject, until="3 days")

    assert why in str(refused.value)


def test_a_day_of_the_event_itself_is_one_that_is_still_to_come(told: History):
    assert wished(told, Verb.SNOOZE, until="begins").until == "2025-10-09T00:00:00Z"
    for now, until in ((datetime(2025, 10, 9, tzinfo=UTC), "begins"), (NOW, "ends")):
        with pytest.raises(
            ConfigError, match=f"--until: nothing of this event {until} on a day to come"
        ):
            wished(told, Verb.SNOOZE, until=until, now=now)
    with pytest.raises(ConfigError, match="nothing of this event begins"):
        wished(told, Verb.MUTE, "", to="topic:holmium", until="begins")


@pytest.mark.parametrize(
    ("what", "way"),
    [
        ("uel-2025-1", "did you mean 'uel-2025-10'?"),
        ("???", "`monitor triage` lists those that are open"),
    ],
)
def test_an_event_that_nobody_was_told_of_is_refused_with_the_nearest(
    told: History, what: str, way: str
):
    with pytest.raises(ConfigError) as refused:
        wished(told, Verb.TAKE, what)

    assert str(refused.value) == f"{what!r} is no event that was sent; {way}"


def test_without_topics_it_is_said_that_there_are_none(told: History):
    with pytest.raises(
        ConfigError, match=r"no topic is called 'rare'; config.toml names none under \[topics\]"
    ):
        triage.parse_mute_subject("topic:rare", Config(), Registry(CONFIG), told)


def test_an_entry_that_the_event_does_not_touch_is_refused_with_those_that_it_does(told: History):
    wish = triage.Wish(Verb.NOT_OURS, "uel-2025-10", entries=("Acme",))
    with pytest.raises(
        ConfigError, match="'Acme' is no entry that this event touches; it touches: none"
    ):
        triage.make_triage_request(told, CONFIG, Registry(CONFIG), wish, LI, "key", NOW)


async def test_what_is_done_and_what_is_refused_is_a_line_of_the_log(told: History, tmp_path: Path):
    thread = HistoryThread(told)
    with recorded() as log:
        await triage.apply_triage_order(thread, asked(Verb.TAKE), NOW)
        refused = await triage.apply_triage_order(thread, asked(Verb.DONE), NOW)
        took, not_done = log()

    assert (took["event"], took["about"], took["did"], took.get("refused")) == (
        "triage",
        "uel-2025-10",
        "take",
        None,
    )
    assert (not_done["event"], not_done["did"], not_done["refused"]) == (
        "triage",
        "done",
        refused.refused,
    )
