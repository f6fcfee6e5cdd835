"""Feeds and calendars as they are served: the files of the command line, behind the same guard
as all else.
"""

import icalendar
import pytest
from atoms import complaints, read
from consoles import HERE, HOSTILE

from monitor.config import Config
from monitor.console.guard import Door

TOPICS = Config(topics={"rare-earths": ("稀土",)})


async def test_a_feed_is_served_with_its_own_address_and_is_no_page(client):
    answer = await client.get("/feeds/register-un-sc.atom")

    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    assert complaints(answer.content) == []
    assert f'href="{HERE}/feeds/register-un-sc.atom"' in answer.text
    assert len(read(answer.content).entries) == 2


async def test_the_ids_are_those_of_the_files_whatever_the_host(open_console):
    bodies = []
    for base in (HERE, "http://localhost:9"):
        async with open_console(base=base) as client:
            bodies.append(read((await client.get("/feeds/register-un-sc.atom")).content))
    one, other = bodies

    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]
    assert one.feed.id == other.feed.id
    assert one.feed.id.startswith("urn:uuid:")


async def test_the_calendar_is_served_whole_and_by_topic(open_console):
    async with open_console(config=TOPICS) as client:
        whole = await client.get("/feeds/calendar.ics")
        some = await client.get("/feeds/topic-rare-earths.ics")

    assert (
        whole.headers["Content-Type"]
        == some.headers["Content-Type"]
        == "text/calendar; charset=utf-8"
    )
    events = [
        icalendar.Calendar.from_ical(answer.content).walk("VEVENT") for answer in (whole, some)
    ]
    assert len(events[0]) > len(events[1]) > 0


async def test_the_page_lists_every_feed_that_has_an_entry_and_each_leads_somewhere(open_console):
    async with open_console(config=TOPICS) as client:
        page = (await client.get("/feeds")).text
        for path in ("all.atom", "calendar.ics", "authority-cn-mofcom.atom", "register-cn-unreliable-entities.atom",
                     "topic-rare-earths.atom", "topic-rare-earths.ics", "watch-product-magnetdrive-ff1507a3.atom"):  # fmt: skip
            assert f'href="/feeds/{path}"' in page
            assert (await client.get(f"/feeds/{path}")).status_code == 200
        assert "/feeds/authority-eu.atom" not in page
        assert "more have no entry yet" in page


@pytest.mark.parametrize(
    "name",
    [
        "nothing.atom",
        "register-un-sc.ics",
        "register-un-sc.xml",
        "all",
        "watch-x.atom",
        "topic-.ics",
    ],
)
async def test_what_is_no_feed_is_said_to_be_none(client, name):
    answer = await client.get(f"/feeds/{name}")

    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (
        404,
        "text/plain",
    )
    assert "/feeds lists all" in answer.text


async def test_an_empty_store_is_no_empty_feed(open_console, tmp_path):
    async with open_console(store=tmp_path / "none") as client:
        answer = await client.get("/feeds/all.atom")

    assert (answer.status_code, "no act and no register was read yet" in answer.text) == (404, True)


async def test_nobody_reads_a_feed_without_the_token(open_console):
    async with open_console(door=Door("127.0.0.1", token="only-us")) as client:
        refused = await client.get("/feeds/register-un-sc.atom")
        given = await client.get("/feeds/register-un-sc.atom", auth=("reader", "only-us"))

    assert (refused.status_code, given.status_code) == (401, 200)


async def test_words_that_are_made_to_do_harm_are_text_in_a_feed(open_console, hostile_store):
    async with open_console(store=hostile_store) as client:
        page = await client.get("/feeds")
        for path in ("/feeds/register-cn-dual-use-items.atom", "/feeds/register-un-sc.atom"):
            answer = await client.get(path)

            assert complaints(answer.content) == []
            assert "<script" not in answer.text
            assert "javascript:alert" not in "".join(
                entry.get("link", "") for entry in read(answer.content).entries
            )
    assert HOSTILE not in page.text
