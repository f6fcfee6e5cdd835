"""Pages of config.toml through the whole pipeline: first read, change, noise, evidence, the
watch list.
"""

import itertools
from datetime import timedelta

import msgspec
import pytest
from clicks import click
from werkzeug import Request, Response

from monitor.alert.event import NoticeKind
from monitor.config import WatchSettings
from monitor.config.pages import PageSettings
from monitor.config.times import parse_setting
from monitor.fetch import is_rendered
from monitor.poll.readers import Readers
from monitor.render.alert import compose_alert
from monitor.source.page import Body
from monitor.store import ALERTS, OPS, handling, sightings
from monitor.triage.values import Verb

TEXT = """<html><head><title>Export notices</title></head><body><nav><a href="/">Home</a></nav><main id="content">
<h1>Export notices</h1><p>Exports of gallium need a licence from 1 May on, whatever the destination.</p>
<p>Forms are sent to the licensing office.</p>{more}</main></body></html>"""


class Site:
    """Pages whose bodies the test sets, each one after the other as it is asked for, the last
    one for ever.
    """

    def __init__(self, server) -> None:
        self.server = server
        self.asked = 0
        self.headers: list[dict[str, str]] = []
        self._turns = {}

    def says(
        self, *bodies: str, path: str = "/watched", kind: str = "text/html; charset=utf-8"
    ) -> None:
        if path not in self._turns:
            self.server.expect_request(path).respond_with_handler(self._answer)
        self._turns[path] = (itertools.chain(bodies, itertools.repeat(bodies[-1])), kind)

    def _answer(self, request: Request) -> Response:
        self.asked += 1
        self.headers.append(dict(request.headers))
        turns, kind = self._turns[request.path]
        return Response(next(turns), content_type=kind)


@pytest.fixture
def site(httpserver):
    return Site(httpserver)


@pytest.fixture
def watching(open_desk, toy_config, site):
    """Opens a desk that watches one page, as the keys say."""

    def opened(**keys):
        table = {"name": "notices", "url": site.server.url_for("/watched"), **keys}
        page = msgspec.convert(table, PageSettings, dec_hook=parse_setting)
        return open_desk(config=msgspec.structs.replace(toy_config, page=(page,)))

    return opened


async def look(desk, **options):
    return await desk.poll(source="page:notices", **options)


async def alert(desk, place: int = -1):
    owed = (await desk.waiting())[place]
    return compose_alert(await desk.notice(owed))


async def test_the_first_read_is_a_baseline_and_a_change_is_told_once_as_words(watching, site):
    site.says(TEXT.format(more=""))
    async with watching(text="#content") as desk:
        assert await look(desk) == []
        assert await desk.owed() == []
        site.says(TEXT.format(more="").replace("1 May", "1 June"))
        assert await look(desk) == []
        await look(desk)
        assert [kind for kind, _ in await desk.owed()] == [NoticeKind.PAGE]
        told = await alert(desk)
        assert (
            told.headline
            == "notices changed: … need a licence from 1 [-May-] [+June+] on, whatever the"
            " destination."
        )
        assert [(line.label, line.text) for line in told.facts] == [
            ("Reworded", "… need a licence from 1 [-May-] [+June+] on, whatever the destination.")
        ]


async def test_a_page_that_closed_and_comes_cut_is_a_failure_and_no_change(watching, site):
    whole = TEXT.format(more="<p>Tungsten stays free.</p>")
    half = whole[: whole.index("Forms are sent") + 11]
    async with watching(text="#content") as desk:
        for body, kinds in ((whole, []), (half, ["truncated"]), (whole, [])):
            site.says(body)
            assert [failure.kind for failure in await look(desk)] == kinds
        assert await desk.owed() == []


async def test_a_page_that_never_closed_is_read_as_it_comes(watching, site):
    open_one = TEXT.removesuffix("</body></html>")
    async with watching(text="#content") as desk:
        for more in ("", "<p>Germanium too.</p>"):
            site.says(open_one.format(more=more))
            assert await look(desk) == []
        assert [kind for kind, _ in await desk.owed()] == [NoticeKind.PAGE]


async def test_a_page_that_asks_to_sign_in_is_a_failure_and_what_stood_before_stays_known(
    watching, site
):
    wall = "<title>Sign in</title><main id=content><form><input type=password></form></main>"
    async with watching(text="#content") as desk:
        for body in (wall, TEXT.format(more=""), wall, TEXT.format(more="<p>Germanium too.</p>")):
            site.says(body)
            kinds = [failure.kind for failure in await look(desk)]
            assert kinds == (["sign-in"] if body == wall else [])
        assert [kind for kind, _ in await desk.owed()] == [NoticeKind.PAGE]
        assert "Germanium too." in (await alert(desk)).headline


async def test_the_bytes_of_what_was_told_lie_in_the_archive(watching, site):
    site.says(TEXT.format(more=""))
    async with watching(text="#content") as desk:
        await look(desk)
        site.says(TEXT.format(more="<p>Annex II lists germanium.</p>"))
        await look(desk)
        (owed,) = await desk.waiting(ALERTS)
        notice = await desk.notice(owed)
        assert b"Annex II lists germanium" in desk.pipeline.archive.get(notice.evidence.sha256)


async def test_a_change_that_was_told_is_taken_and_decided_like_any_other_alert(watching, site):
    site.says(TEXT.format(more=""))
    async with watching(text="#content") as desk:
        await look(desk)
        for month in ("1 June", "1 July"):
            site.says(TEXT.format(more="").replace("1 May", month))
            await look(desk)
        newest, oldest = await desk.pipeline.history(handling.list_cases)
        await click(desk, Verb.TAKE, oldest.event)
        told = [(await alert(desk, place)).status for place in (0, 1)]

    assert told == [("Taken by Li Wei, 9 Oct 2025, 01:15 UTC",), ()]
    assert newest.event.startswith("page:notices:")


async def test_a_new_link_is_told_as_a_new_page_and_an_edit_of_it_as_a_change(watching, site):
    site.says(TEXT.format(more=""), path="/one")
    site.says('<ul><li><a href="/one">One</a></li></ul>')
    async with watching(links="li a") as desk:
        await look(desk)
        assert await desk.owed() == []
        site.says(TEXT.format(more="<p>Second notice.</p>"), path="/two")
        site.says(
            '<ul><li><a href="/two?sessionid=8a7b">Two</a></li><li><a href="/one">One</a></li></ul>'
        )
        await look(desk)
        assert (await alert(desk)).headline == "notices: new page: Export notices"
        site.says(TEXT.format(more="<p>Second notice, corrected.</p>"), path="/two")
        await look(desk, after=timedelta(days=2))
        assert (await alert(desk)).headline.startswith("notices changed: ")
        assert len(await desk.owed()) == 2


ROWS = """<table id="t"><tr><th>No.</th><th>Firm</th><th>Until</th></tr>{rows}</table>"""


async def test_rows_are_known_by_their_key_and_their_order_means_nothing(watching, site):
    first, second = (
        "<tr><td>7</td><td>Alpha</td><td>May</td></tr>",
        "<tr><td>8</td><td>Beta</td><td>June</td></tr>",
    )
    site.says(ROWS.format(rows=first + second))
    async with watching(rows="#t tr", key="No.") as desk:
        await look(desk)
        site.says(ROWS.format(rows=second + first))
        await look(desk)
        assert await desk.owed() == []
        site.says(ROWS.format(rows=second + first.replace("May", "July")))
        await look(desk)
        told = await alert(desk)
        assert [(line.label, line.text) for line in told.facts] == [
            ("Reworded", "7 | Alpha | [-May-] [+July+]")
        ]


async def test_values_of_json_are_watched_by_path(watching, site):
    site.says('{"items": [{"id": 1, "state": "open"}]}', kind="application/json")
    async with watching(json="$.items[*]", key="id") as desk:
        await look(desk)
        site.says(
            '{"items": [{"id": 1, "state": "closed"}, {"id": 2, "state": "open"}]}',
            kind="application/json",
        )
        await look(desk)
        told = await alert(desk)
        assert [(line.label, line.text) for line in told.facts] == [
            ("Added", "id: 2; state: open"),
            ("Reworded", "id: 1; state: [-open-] [+closed+]"),
        ]


FEED = '<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
ITEM = "<item><title>{0}</title><link>https://ministry.example/{0}</link></item>"


async def test_a_feed_tells_its_new_entries_and_not_those_that_leave_it(watching, site):
    site.says(FEED.format(items=ITEM.format("a") + ITEM.format("b")), kind="application/rss+xml")
    async with watching(feed=True) as desk:
        await look(desk)
        site.says(
            FEED.format(items=ITEM.format("c") + ITEM.format("a")), kind="application/rss+xml"
        )
        await look(desk)
        told = await alert(desk)
        assert [(line.label, line.text, line.url) for line in told.facts] == [
            ("Added", "c", "https://ministry.example/c")
        ]


async def test_a_banner_that_rotates_with_each_request_is_never_told(watching, site):
    banners = [
        "Buy umbrellas now",
        "Coffee from the mountains",
        "Trains to everywhere",
        "Hear the orchestra play",
    ]
    pages = itertools.cycle(TEXT.format(more=f"<p>{banner}</p>") for banner in banners)
    site.says(*itertools.islice(pages, 200))
    async with watching(text="#content") as desk:
        for _ in range(10):
            assert await look(desk) == []
        assert await desk.owed() == []


async def test_a_true_change_beside_a_rotating_banner_is_told(watching, site):
    banners = [
        "Buy umbrellas now",
        "Coffee from the mountains",
        "Trains to everywhere",
        "Hear the orchestra play",
    ]
    pages = [TEXT.format(more=f"<p>{banner}</p>") for banner in banners]
    site.says(*pages * 20)
    async with watching(text="#content") as desk:
        for _ in range(3):
            await look(desk)
        site.says(*[page.replace("1 May", "1 June") for page in pages] * 20)
        for _ in range(3):
            await look(desk)
        told = await alert(desk)
        assert [line.label for line in told.facts] == ["Reworded"]
        assert len(await desk.owed()) == 1


async def test_an_old_copy_and_a_new_one_in_turns_are_told_once_the_new_one_stays(watching, site):
    old, new = TEXT.format(more=""), TEXT.format(more="").replace("1 May", "1 June")
    site.says(old)
    async with watching(text="#content") as desk:
        await look(desk)
        site.says(new, old, new, old, new, old, new, new)
        for _ in range(6):
            await look(desk)
        assert len(await desk.owed()) == 1


async def test_counters_cost_no_second_request_and_no_evidence(watching, site):
    site.says(TEXT.format(more="<p>Page views: 1,024</p>"))
    async with watching(text="#content") as desk:
        await look(desk)
        site.says(TEXT.format(more="<p>Page views: 1,031</p>"))
        asked = site.asked
        await look(desk)
        assert site.asked == asked + 1
        assert await desk.owed() == []
        (known,) = await desk.pipeline.history(sightings.list_watched_addresses, "page:notices")
        assert [(ignored.why, ignored.after) for ignored in known.noise.ignored] == [
            ("a counter", "Page views: 1,031")
        ]


FIRM = "<tr><td>{0}</td><td>Firm {1}</td></tr>"


async def test_figures_that_change_at_every_look_are_told_a_few_times_and_then_said_to_be_noise_in_one_remark(
    watching, site
):
    def rows(look: int, *more: str) -> str:
        return ROWS.format(
            rows="".join(
                [
                    *more,
                    *(FIRM.format(5000 + 7 * look + at, name) for at, name in enumerate("ABCD")),
                ]
            )
        )

    site.says(rows(0))
    async with watching(rows="#t tr", every="5 minutes") as desk:
        await look(desk)
        for number in range(1, 8):
            site.says(rows(number))
            await look(desk)
        assert len(await desk.owed()) == 4
        assert await desk.troubles() == [NoticeKind.ALTERNATES]
        site.says(rows(8, FIRM.format(1, "E, of concern: 2 firms added")))
        await look(desk)
        told = await alert(desk)
        assert [(line.label, line.text) for line in told.facts] == [
            ("Added", "1 | Firm E, of concern: 2 firms added")
        ]


async def test_headers_come_from_the_environment_and_are_never_stored(
    watching, site, monkeypatch, tmp_path
):
    monkeypatch.setenv("MINISTRY_KEY", "canary-5417")
    site.says(TEXT.format(more=""))
    async with watching(text=True, headers={"X-Key": "MINISTRY_KEY"}) as desk:
        assert await look(desk) == []
        assert site.headers[-1]["X-Key"] == "canary-5417"
    stored = b"".join(
        path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()
    )
    assert b"canary-5417" not in stored
    assert b"MINISTRY_KEY" in stored


async def test_a_header_that_the_page_gives_back_is_never_stored_and_no_change_when_it_is_another(
    watching, site, monkeypatch, tmp_path
):
    def echo(key: str) -> str:
        return TEXT.format(more=f"<p>Signed in with {key}.</p><a href='/next?key={key}'>Next</a>")

    async with watching(text=True, headers={"X-Key": "MINISTRY_KEY"}) as desk:
        for key in ("canary-5417", "canary-8823"):
            monkeypatch.setenv("MINISTRY_KEY", key)
            site.says(echo(key))
            assert await look(desk) == []
        assert await desk.owed() == []
        site.says(echo("canary-8823").replace("1 May", "1 June"))
        assert await look(desk) == []
        assert len(await desk.owed()) == 1
        (known,) = await desk.pipeline.history(sightings.list_watched_addresses, "page:notices")
        assert b"Signed in with [redacted]." in desk.pipeline.archive.get(known.evidence.sha256)
    stored = b"".join(
        path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()
    )
    assert b"canary" not in stored


async def test_a_name_of_the_watch_list_in_the_words_that_came_is_told_first(
    open_desk, toy_config, site, tmp_path
):
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("name\nHarbour Metals Ltd\n")
    page = PageSettings(name="notices", url=site.server.url_for("/watched"), text="#content")
    config = msgspec.structs.replace(
        toy_config, page=(page,), watch=WatchSettings(suppliers=(str(suppliers),))
    )
    site.says(TEXT.format(more=""))
    async with open_desk(config=config) as desk:
        await look(desk)
        site.says(TEXT.format(more="<p>The licence of Harbour Metals Ltd. is revoked.</p>"))
        await look(desk)
        told = await alert(desk)
        assert told.headline.startswith(
            "Your supplier Harbour Metals Ltd is named: notices changed: The licence of"
        )
        (notice,) = await desk.notices()
        assert notice.severity == "critical"


async def test_a_variable_that_is_not_set_is_the_failure_of_that_page(watching, site):
    site.says(TEXT.format(more=""))
    async with watching(text=True, headers={"X-Key": "NOBODY_SET_THIS"}) as desk:
        (failure,) = await look(desk)
        assert str(failure).endswith(
            ": header X-Key: NOBODY_SET_THIS is not set in the environment"
        )


async def test_a_page_whose_last_bytes_other_settings_can_not_read_begins_anew_and_that_is_said(
    watching, site
):
    site.says(TEXT.format(more=""))
    async with watching(text="#content") as desk:
        await look(desk)
    site.says(TEXT.format(more="<div id='more'>More words.</div>"))
    async with watching(text="#more") as desk:
        await look(desk)
        assert [kind for kind, _ in await desk.owed(OPS)] == [NoticeKind.REMARK]
        told = await desk.notice((await desk.waiting(OPS))[-1])
        assert "It begins anew: what changed since then was not told" in told.problem.text
        assert await desk.owed() == []


async def test_other_settings_are_no_change_of_the_page(watching, site):
    site.says(TEXT.format(more="<div id='more'>More words.</div>"))
    async with watching(text="#content") as desk:
        await look(desk)
    site.says(TEXT.format(more="<div id='more'>More words.</div>") + "<!-- moved -->")
    async with watching(text="#more") as desk:
        await look(desk)
        assert await desk.owed() == []
    site.says(TEXT.format(more="<div id='more'>More words, and others.</div>"))
    async with watching(text="#more") as desk:
        await look(desk)
        assert len(await desk.owed()) == 1


SCRIPTED = """<html><title>Notices</title><body><main id="content">Loading</main><script>fetch('/words')
.then(answer => answer.text()).then(words => { document.getElementById('content').innerHTML = words })</script></body></html>"""


@pytest.mark.long
async def test_words_that_a_script_writes_are_watched_and_kept_as_a_browser_had_them(
    watching, site, monkeypatch
):
    monkeypatch.setattr("monitor.fetch.fetcher.is_root", lambda: False)  # the tests may be run so
    site.says("<p>Exports of gallium need a licence from 1 May on.</p>", path="/words")
    site.says(SCRIPTED)
    async with watching(text="#content", render=True) as desk:
        assert (await look(desk), await desk.owed()) == ([], [])
        site.says("<p>Exports of gallium need a licence from 1 June on.</p>", path="/words")
        await look(desk)
        assert (
            await alert(desk)
        ).headline == "notices changed: … need a licence from 1 [-May-] [+June+] on."
        (owed,) = await desk.waiting(ALERTS)
        notice = await desk.notice(owed)
        assert is_rendered(Body(desk.pipeline.archive.get(notice.evidence.sha256)))
    async with watching(text="#content") as desk:
        assert await look(desk) == []
        assert len(await desk.waiting(ALERTS)) == 1
        (told,) = await desk.notices(OPS)
        assert "it was kept as a browser had it" in told.problem.text


async def test_a_page_that_moves_only_beside_its_text_is_read_no_more_until_its_text_moves(
    watching, site, monkeypatch
):
    asked, read = [], Readers.read_page

    async def counting(readers, name, page, **options):
        asked.append(name)
        return await read(readers, name, page, **options)

    monkeypatch.setattr(Readers, "read_page", counting)
    beside = "<div class='clock'>It is {minute} past eight</div>"

    def at(minute: int, day: str = "1 May") -> str:
        return (
            TEXT.format(more="")
            .replace("<nav>", beside.format(minute=minute) + "<nav>")
            .replace("1 May", day)
        )

    async with watching(text="#content") as desk:
        for minute in range(5):
            site.says(at(minute))
            await look(desk)
        learnt = len(asked)
        site.says(at(6, "1 June"))
        await look(desk)

        assert learnt == 3  # at first, when the clock was first seen to move, and once more
        assert [kind for kind, _ in await desk.owed()] == [NoticeKind.PAGE]
