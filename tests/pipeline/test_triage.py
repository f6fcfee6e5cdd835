"""What people ask for in their own words is found; what other commands ask of the daemon is done by it, on record."""

from datetime import UTC, datetime

import msgspec
import pytest
from acts import control, listing, suspension
from clicks import LI, asked

from monitor.errors import ConfigError, MonitorError
from monitor.history import History
from monitor.pipeline import triage
from monitor.pipeline.control import Poll
from monitor.pipeline.orders import Orders
from monitor.triage.values import Verb
from monitor.watch.entries import Product


async def test_the_daemon_does_what_a_command_asks_and_wakes_those_who_deliver(desk, ministry):
    woken: list[bool] = []
    orders = Orders(desk.pipeline, begin=None, wake=lambda: woken.append(True), met=None)
    await desk.poll()
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    await orders.answer(Poll(triage=asked(Verb.TAKE)))
    with pytest.raises(MonitorError, match="say what was decided"):
        await orders.answer(Poll(triage=asked(Verb.DONE)))
    done = await desk.pipeline.history(History.handlings)

    assert woken == [True]
    assert [(each.verb, each.by, each.refused) for each in done] == [
        (Verb.TAKE, "Li Wei", ""),
        (Verb.DONE, "Li Wei", "say what was decided"),
    ]


async def test_a_day_on_which_something_begins_and_something_ends_is_known_for_both(desk, ministry):
    await desk.poll()
    ends, begins = suspension(70, "mofcom-2025-57"), control(70, "1C909.a").measures[0]
    begins = msgspec.structs.replace(begins, starts=msgspec.structs.replace(begins.starts, on="2026-11-10"))
    ministry.publish("70", msgspec.structs.replace(ends, measures=(*ends.measures, begins)))
    await desk.poll()
    case = await desk.pipeline.history(History.case, "mofcom-2025-70")

    def rests(history: History, until: str) -> tuple[str, str]:
        wish = triage.Wish(Verb.SNOOZE, case.event, until=until)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        wanted = triage.asked(history, desk.pipeline.config, desk.pipeline.registry, wish, LI, "key", now)
        return wanted.event, wanted.until

    assert case.dates == {"2025-11-07": "begins", "2026-11-10": "begins and ends"}
    rest = (case.event, "2026-11-10T00:00:00Z")
    assert [await desk.pipeline.history(rests, until) for until in ("begins", "ends")] == [rest] * 2


async def test_a_product_is_muted_by_the_key_or_the_name_of_its_entry(desk):
    await desk.pipeline.history(History.watch, [Product(name="Rare Magnet")], desk.clock.now())

    def subject(history: History, name: str) -> str:
        return triage.subject(f"product:{name}", desk.pipeline.config, desk.pipeline.registry, history)

    named = [await desk.pipeline.history(subject, name) for name in ("Rare Magnet", "product:raremagnet")]

    assert named == ["product:product:raremagnet"] * 2
    with pytest.raises(ConfigError, match="is not on the watch list"):
        await desk.pipeline.history(subject, "Rare Magnets Ltd")
