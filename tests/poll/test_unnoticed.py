"""A publisher's site over weeks: quiet is no sign, and what is on our subjects is read first. How
soon each way to publish is told, `test_ways` has.
"""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import msgspec
import pytest
from acts import control
from conftest import Desk, Ministry
from examples import sweep
from werkzeug import Request, Response
from year.world import World

from monitor.config import Config
from monitor.poll.assembly import open_pipeline

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CODES = "1C909.a"
TITLE = "商务部公告2025年第{}号 公布对物项实施出口管制的决定"
HOT = [f"商务部公告2024年第{number}号 关于对若干物项实施出口管制的公告" for number in range(1, 40)]


class Site:
    """A ministry's list at /shelf, its acts the newest first, and what happens to it. Counts
    what it is asked for.
    """

    def __init__(self, ministry: Ministry, httpserver) -> None:
        self.ministry, self.moment = ministry, "2025-10-09"
        self.rows: list[tuple[str, str]] = []
        self.beside = ["<a href='/home'>首页</a>", "<a href='/contact'>联系我们</a>"]
        self.leads = ""  # where the list redirects to
        self.serve: Callable[[], list[tuple[str, str]]] = lambda: self.rows
        self.second: list[tuple[str, str]] = []  # rows that only the second page has
        self.asked: list[str] = []
        httpserver.expect_request("/shelf").respond_with_handler(self._list)
        httpserver.expect_request("/elsewhere/shelf").respond_with_handler(self._list)
        httpserver.expect_request("/shelf/index.html").respond_with_handler(self._list)

    def issue(
        self, number: int, *, title: str = TITLE, listed: bool = True, day: str = ""
    ) -> tuple[str, str]:
        path = f"content_{number}.html"
        self.ministry.publish(
            path, msgspec.structs.replace(control(number, CODES), published=day or self.moment)
        )
        row = (path, title.format(number))
        if listed:
            self.rows.insert(0, row)
        return row

    def _list(self, request: Request) -> Response:
        page = request.args.get("page", "1")
        self.asked.append(f"{request.path}?{page}")
        if request.path == "/shelf" and self.leads:
            return Response(status=301, headers={"Location": self.leads})
        rows = self.second if page == "2" else self.serve()
        items = "".join(f"<li><a href='/{path}'>{title}</a></li>" for path, title in rows)
        more = (
            "<a class='next' href='/shelf?page=2'>下一页</a>" if self.second and page == "1" else ""
        )
        body = f"<html><div>{''.join(self.beside)}</div><ul>{items}</ul>{more}</html>"
        return Response(body, content_type="text/html; charset=utf-8")


@pytest.fixture
def site(ministry, httpserver) -> Site:
    made = Site(ministry, httpserver)
    for number in range(10, 22):
        made.issue(number, day=f"2025-09-{number:02}")
    return made


@pytest.fixture
def opened(toy_config: Config, tmp_path, clock, site) -> Callable[..., AsyncIterator[World]]:
    @asynccontextmanager
    async def opened(**options) -> AsyncIterator[World]:
        async with open_pipeline(toy_config, tmp_path / "store", clock, **options) as pipeline:
            yield World(Desk(pipeline, clock), "toy.shelf")

    return opened


@pytest.fixture
async def world(opened) -> AsyncIterator[World]:
    async with opened() as made:
        yield made


# What happens to lists all the time, and is no sign.


@pytest.mark.parametrize("every", [12 * HOUR, *sweep(6 * HOUR)])
async def test_what_happens_to_a_list_all_the_time_is_no_sign(world, site, every: timedelta):
    dice = random.Random(0)

    def hot() -> str:
        links = "".join(
            f"<dd><a href='/hot/{HOT.index(title)}'>{title}</a></dd>"
            for title in dice.sample(HOT, 5)
        )
        return f"<dl>{links}</dl>"

    nav, number = [*site.beside], 21
    for week in range(6):
        site.beside = [*nav, hot()]
        await world.live(2 * DAY, every=every)
        site.beside = [*nav, hot()]
        site.issue(number := number + 1)
        site.rows = site.rows[:12]
        await world.live(DAY, every=every)
        if week == 1:  # one of several servers is behind for two hours
            rows = site.rows[1:]
            site.serve = lambda rows=rows: rows
            await world.live(2 * HOUR, every=30 * MINUTE)
            site.serve = lambda: site.rows
        if week == 2:
            nav.append("<a href='/data'>公告</a>")
        if week == 3:  # the newest is withdrawn
            path, _ = site.rows.pop(0)
            site.ministry.status[path] = 404
        if week == 4:
            site.leads = "/shelf/index.html"
            nav.append("<a href='/special'>学习贯彻党的二十届四中全会精神</a>")
        if week == 5:
            dice.shuffle(site.rows)
        site.beside = [*nav, hot()]
        await world.live(4 * DAY, every=every)

    assert world.signs == []


async def test_a_list_that_leads_to_its_day_ever_since_is_no_sign(world, site, httpserver):
    for day in range(1, 29):
        httpserver.expect_request(f"/2025/10/{day}/list").respond_with_handler(site._list)
    for day in range(1, 29):
        site.leads = f"/2025/10/{day}/list"
        await world.live(DAY, every=12 * HOUR)

    assert world.signs == []


async def test_what_led_elsewhere_for_two_weeks_is_how_it_is(world, site):
    await world.live(7 * DAY, every=12 * HOUR)
    site.leads = "/elsewhere/shelf"
    await world.live(13 * DAY, every=12 * HOUR)
    assert [head.rpartition(": ")[2] for head, _ in world.signs] == ["moved"]
    await world.live(20 * DAY, every=12 * HOUR)

    assert [head.rpartition(": ")[2] for head, _ in world.signs] == ["moved"]


# Page 2.


async def test_a_second_page_that_the_first_leads_to_no_more_is_left_alone(world, site):
    site.second = [site.issue(number, listed=False) for number in (5, 6)]
    await world.live(DAY)
    site.second = []
    await world.live(HOUR, every=5 * MINUTE)
    site.asked.clear()
    await world.live(6 * HOUR, every=5 * MINUTE)

    assert site.asked.count("/shelf?2") <= 1


# Floods: what is read first.


@pytest.mark.parametrize("place", ["above", *sweep("below")])
async def test_beside_three_hundred_other_links_what_is_on_our_subjects_is_read_first(
    world, site, place
):
    await world.live(HOUR)
    others = [
        (f"other_{number}.html", f"关于召开第{number}次工作会议的通知") for number in range(300)
    ]
    for path, _ in others:
        site.ministry.publish(path, "nothing")
    site.rows = (
        [*others, *site.rows] if place == "above" else [*site.rows[:1], *others, *site.rows[1:]]
    )
    row = site.issue(62)
    if place == "above":  # the newest act stands below all of them
        site.rows.remove(row)
        site.rows.insert(300, row)
    failing = ["other_0.html", "other_299.html"]  # the newest is one of the two
    site.ministry.status |= dict.fromkeys(failing, 503)
    site.ministry.asked.clear()
    await world.live(5 * MINUTE, every=5 * MINUTE)
    read = [path for path, _ in site.ministry.asked]

    assert "content_62.html" in read[:2]  # two are asked for at a time
    assert len([path for path in read if path.startswith("other")]) == 199
    assert [head.rpartition(": ")[2] for head, _ in world.signs] == ["many new links at once"]

    site.ministry.status.clear()
    await world.live(55 * MINUTE, every=5 * MINUTE)
    later = [path for path, _ in site.ministry.asked[len(read) :] if path.startswith("other")]
    assert {path for path, _ in others} <= {*read, *later}
    # of 101; two are asked for at a time, so that the last may come behind one that failed
    assert {*later[:100]}.isdisjoint(read), "what failed before comes after what is new"
    assert len(world.signs) == 1


# Slow to see: a replica.


async def test_of_six_servers_of_which_five_are_behind_news_is_seen_in_half_the_time(world, site):
    dice, waits = random.Random(4), []
    await world.live(DAY)
    for number in range(40, 46):
        before = [*site.rows]
        site.issue(number)
        site.serve = lambda before=before: site.rows if dice.random() < 1 / 6 else before
        since = world.now
        while f"mofcom-2025-{number}:act" not in world.told:
            await world.live(5 * MINUTE, every=5 * MINUTE)
        waits.append(world.told[f"mofcom-2025-{number}:act"] - since)
        await world.live(2 * HOUR, every=5 * MINUTE)
        site.serve = lambda: site.rows
        await world.live(4 * HOUR)

    assert sum(waits, timedelta()) / len(waits) <= 15 * MINUTE
    assert world.signs == []
