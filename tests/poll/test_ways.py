"""Sixty days of forty offices, each of which then publishes in a way of its own; the first half
is quiet.
"""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from conftest import Desk
from examples import long, sweep
from year import ways
from year.ways import DAY, HOUR, MINUTE, WAYS, Site, Sites, Way
from year.world import Heard, World

from monitor.alert.event import NoticeKind
from monitor.config import Config, FetchSettings
from monitor.config.pages import PageSettings
from monitor.config.times import Duration
from monitor.poll.assembly import open_pipeline
from monitor.poll.replay import StoryClock
from monitor.store import ALERTS, OPS

BEGINS = datetime(2025, 10, 3, 1, 0, tzinfo=UTC)
HALF, NEVER = 30 * DAY, 99 * DAY
FIRST = (NoticeKind.ACT, NoticeKind.PAGE)  # of an act, of a page of config.toml
HOT = [f"商务部公告2024年第{number}号 关于对若干物项实施出口管制的公告" for number in range(1, 40)]
SOURCES = {
    each.name: "page:counted" if each.name == "beside_a_counter" else f"ministries.m{at}"
    for at, each in enumerate(WAYS)
}
AT_ONCE = [
    each.name
    for each in WAYS
    if each.age is None and each.bound < HOUR and not each.by_json and not each.of_clock
]
WITHIN_A_DAY = [each.name for each in WAYS if each.bound == DAY]


class Season:
    """Forty sites that are watched, and what came of each way."""

    def __init__(self, world: World, sites: dict[str, Site], pause: timedelta) -> None:
        self.world, self.sites, self._pause = world, sites, pause
        self.waits: dict[str, timedelta | None] = {}
        self._dice = random.Random(0)
        self._ways = {each.name: each for each in WAYS}
        for site in sites.values():
            self._ripple(site)

    async def rest(self, until: timedelta) -> None:
        """Nothing is hidden: each office publishes once, on a day of its own, and the links
        beside its list change.
        """
        while self.world.now < until:
            alive = [name for name in self._ways if name not in self.waits]
            for at, name in enumerate(self._ways):
                day = 13 if name == "edited_after_20_days" else at % 25
                if self.world.now // DAY <= day < (self.world.now + self._pause) // DAY:
                    self.sites[name].publish()
            for name in alive:
                self._ripple(self.sites[name])
            step = min(self._pause, until - self.world.now)
            await self.world.live(step, every=step, sources=[SOURCES[name] for name in alive])

    def _ripple(self, site: Site) -> None:
        if len(site.beside) == 2 or self._dice.random() < 0.1:
            links = "".join(
                f"<dd><a href='/hot/{HOT.index(title)}'>{title}</a></dd>"
                for title in self._dice.sample(HOT, 5)
            )
            site.beside[2:3] = [f"<dl>{links}</dl>"]

    async def happen(self, *names: str) -> None:
        """Let them happen, and look as often as is due until each is told, or it is too late."""
        world, left = self.world, {name: self._ways[name] for name in names}
        words = {name: each.happens(self.sites[name]) for name, each in left.items()}
        since, begins = world.now, {where: len(heard) for where, heard in world.heard.items()}
        bound = max(each.bound for each in left.values())
        while left and world.now - since < bound:
            every = max(bound / 24, 5 * MINUTE)
            await world.live(every, every=every, sources=[SOURCES[name] for name in left])
            for name, each in [*left.items()]:
                where = OPS if each.is_sign else ALERTS
                if first := self._find(each, world.heard[where][begins[where] :], words[name]):
                    self.waits[name] = first.at - since
                    del left[name]
        self.waits |= dict.fromkeys(left)

    async def file_in_the_morning(self, name: str) -> None:
        """A rule comes when the hours of its office have begun by the new time of winter; it is
        looked at as is scheduled.
        """
        morning = ways.AFTER_THE_CLOCKS_CHANGED - BEGINS
        await self.world.live_by_schedule(SOURCES[name], since=morning - HOUR, until=morning)
        words, begins = self._ways[name].happens(self.sites[name]), len(self.world.heard[ALERTS])
        await self.world.live_by_schedule(
            SOURCES[name], since=morning, until=morning + self._ways[name].bound
        )
        first = self._find(self._ways[name], self.world.heard[ALERTS][begins:], words)
        self.waits[name] = first.at - morning if first else None

    def _find(self, each: Way, heard: Sequence[Heard], words: Sequence[str]) -> Heard | None:
        ours = [one for one in heard if not each.is_sign or SOURCES[each.name] in one.head]
        return next(
            (one for one in ours if any(word in f"{one.key}\n{one.text}" for word in words)), None
        )


@asynccontextmanager
async def season(folder: Path, pause: timedelta) -> AsyncIterator[Season]:
    clock, numbers = StoryClock(BEGINS), count(101)
    sites = {each.name: Site(f"m{at}", clock, numbers) for at, each in enumerate(WAYS)}
    for each in WAYS:
        each.before(sites[each.name])
        for age in range(30, 0, -5):
            sites[each.name].publish(day=f"{BEGINS - age * DAY:%Y-%m-%d}")
    counted = f"https://{sites['beside_a_counter'].name}.example/list/"
    config = Config(
        packages=("scrapers", "toy_ministries"),
        only=("ministries.*",),
        page=(PageSettings(name="counted", url=counted, rows="#t tr", every=Duration(minutes=5)),),
        fetch=FetchSettings(robots=False, gap=Duration(milliseconds=1)),
    )
    transport = Sites({site.name: site for site in sites.values()})
    async with open_pipeline(config, folder, clock, transport=lambda _: transport) as pipeline:
        yield Season(World(Desk(pipeline, clock), *SOURCES.values()), sites, pause)


async def lived(season: Season) -> None:
    """The second half: what is told at once one after the other, all else together, then what is
    edited when it is old.
    """
    for name in AT_ONCE:
        await season.happen(name)
    await season.file_in_the_morning("in_the_morning_after_the_clocks_changed")
    await season.happen(*WITHIN_A_DAY)
    await season.rest(33 * DAY + HOUR)
    await season.happen("edited_after_5_days", "annex_edited_alone")
    await season.happen("edited_after_20_days")
    await season.rest(61 * DAY)
    await season.happen("edited_after_60_days")
    await season.happen("while_our_clock_is_set_back")


@pytest.mark.parametrize("days", [*long(4), *sweep(1)])  # between two looks while nothing is hidden
async def test_in_sixty_days_each_of_forty_ways_is_told_within_its_bound_and_nothing_else_in_the_quiet_half(
    days: int, tmp_path: Path
):
    assert len(WAYS) == 40
    async with season(tmp_path / "store", days * DAY) as made:
        world = made.world
        await world.look()
        made.sites["edited_after_60_days"].issue_aged()
        await made.rest(28 * DAY)
        for name in ("edited_after_5_days", "annex_edited_alone"):
            made.sites[name].issue_aged()
        await made.rest(HALF)
        quiet, signs = [*world.heard[ALERTS]], [*world.heard[OPS]]
        await lived(made)

    told = [one for one in quiet if one.kind in FIRST]
    published = [act for site in made.sites.values() for act in site.published]
    assert signs == []
    assert {one.kind for one in quiet} <= {*FIRST, NoticeKind.PARENT}
    assert [
        act for act in published if sum(act in f"{one.key}\n{one.text}" for one in told) != 1
    ] == []
    assert len(told) == len(published)
    assert {
        each.name: made.waits[each.name]
        for each in WAYS
        if (made.waits[each.name] or NEVER) > each.bound
    } == {}
