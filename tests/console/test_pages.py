"""What is looked at says what the command line says, and nothing that is foreign does anything."""

import asyncio
import csv
import io
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from acts import control, listing
from arrivals import arrive
from bs4 import BeautifulSoup
from cases import read_cases
from command import run
from consoles import HOSTILE, LOOKED_AT, NOW, post_screening
from sqlalchemy import and_, delete, func, update
from tampering import repeat_row, tamper

from monitor.alert.event import NoticeKind
from monitor.ask import copies
from monitor.clock import SystemClock
from monitor.config import Config, OtherListSettings, WatchSettings
from monitor.console.law import LINES, NAMED, RECORDED
from monitor.console.pages import LONGEST, PAGES
from monitor.console.registers import CHANGES
from monitor.diff.acts import ChangeKind
from monitor.evidence import verify
from monitor.model import Item
from monitor.store import History, handling, watched
from monitor.store.tables import (
    ActRow,
    ChangeRow,
    ListedRow,
    OutboxRow,
    ReadingRow,
    WatchedRow,
)
from monitor.triage.values import Person, TriageRequest, Verb
from monitor.watch.entries import Party, Product

DOING = {"style", "srcdoc", "autofocus"}


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def words(answer) -> str:
    return " ".join(page(answer).get_text(" ").split())


async def test_every_page_answers_and_says_what_it_rests_on(seen):
    for path, answer in seen.items():
        assert answer.status_code == 200, path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert re.search(
            r"coverage: (no act and no register was read yet|\d of \d+ (?:official )?source)",
            words(answer),
        ), path


async def test_the_field_in_which_one_looks_up_holds_what_was_looked_up_and_nothing_else(seen):
    held = {path: page(answer).select_one("#find")["value"] for path, answer in seen.items()}

    assert {path: value for path, value in held.items() if value} == {
        "/search?q=dysprosium": "dysprosium",
        "/search?q=cn-dual-use-items": "cn-dual-use-items",
    }


async def test_every_page_can_be_used_by_keyboard_and_by_who_hears_it(seen):
    for path, answer in seen.items():
        whole = page(answer)

        assert len(whole.select("h1")) == 1
        assert whole.select_one("a.skip")["href"] == "#main"
        assert whole.html["lang"] == "en"
        for field in whole.select("input:not([type=hidden]), select, textarea"):
            named = field.find_parent("label") or whole.select_one(f"label[for='{field['id']}']")
            assert named, (path, field)
        ids = [node["id"] for node in whole.select("[id]")]
        assert len(ids) == len({*ids})
        assert all(
            picture.get("aria-label") or picture.get("aria-hidden")
            for picture in whole.select("svg")
        )


async def test_the_same_words_as_on_a_terminal(client, kept_store):
    for path, command in (
        ("/asof?day=2025-11-15", ("asof", "2025-11-15")),
        (
            "/asof?day=2025-11-15&entity=TechInsights",
            ("asof", "2025-11-15", "--entity", "TechInsights"),
        ),
        ("/search?q=mofcom-2025-61", ("show", "mofcom-2025-61")),
    ):
        shown, printed = (
            words(await client.get(path)),
            run("--store", kept_store, *command).stdout.splitlines(),
        )
        subjects = {
            line.split("\t")[0]
            for line in printed[1:]
            if line.split("\t")[2:3] and line.split("\t")[1:2] != [""]
        }
        told = [
            subject
            for subject in subjects
            if subject and subject not in ("when", "act", "recorded", "subject")
        ]

        assert told
        assert [
            subject
            for subject in told
            if " ".join(subject.split()) not in shown and "UTC" not in subject
        ] == [], path


async def test_today_tells_what_bites_whom_it_touches_and_how_fresh_each_authority_is(seen):
    shown = words(seen["/"])

    touching = page(seen["/"]).select_one("section[aria-labelledby=touching]").get_text(" ")
    assert "Your" in touching
    assert "is touched by it. " not in touching  # what touches nobody is told below
    assert "is touched by it. " in shown
    assert "The next 30 days" in shown
    assert "takes effect" in shown
    assert "MOFCOM 2 of" in shown
    assert "China suspends" in shown


async def test_an_act_stands_beside_its_archived_page_with_the_quoted_words_marked(client):
    answer = await client.get("/act/mofcom-2025-61")
    archived = page(answer).select_one("article.archived")

    assert "suspended until 10 Nov 2026 (Beijing)" in words(answer)
    assert "自2025年12月1日起" in [mark.get_text() for mark in archived.select("mark")]
    assert len(archived.get_text()) > len(
        "".join(mark.get_text() for mark in archived.select("mark"))
    )
    evidence = page(answer).select_one("a[href^='/evidence/']")["href"]
    bytes_of_it = await client.get(evidence)
    assert bytes_of_it.status_code == 200
    assert "稀土".encode() in bytes_of_it.content


async def test_what_was_archived_is_a_file_to_keep_and_never_a_page_of_this_origin(client):
    link = page(await client.get("/act/mofcom-2025-61")).select_one("a[href^='/evidence/']")["href"]
    for address in (link, link.replace("/evidence/", "/api/v1/evidence/")):
        answer = await client.get(address)

        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    "name",
    ["ab", "0" * 64, "..%2f..%2fhistory.sqlite", "../history.sqlite", "%00", "A" * 64, "é" * 64],
)
async def test_only_bytes_that_something_rests_on_are_given_out(client, name):
    assert (await client.get(f"/evidence/{name}")).status_code == 404


async def test_a_picture_has_a_bar_for_each_stretch_and_says_the_same_in_words(client):
    whole = page(await client.get("/timeline?about=mofcom-2025-61"))
    lanes = whole.select("svg.bars")

    assert {bar["class"][0] for bar in whole.select("svg.bars rect")} >= {"suspended", "announced"}
    assert any("suspended until 10 Nov 2026" in lane["aria-label"] for lane in lanes)
    assert all(
        0 <= float(bar["x"].rstrip("%")) <= 100 and float(bar["width"].rstrip("%")) > 0
        for bar in whole.select(".bars rect")
    )


async def test_a_register_is_searched_as_of_a_day_and_says_what_changed_between_two(client):
    listed = words(await client.get("/register/rolls.roll?q=beta"))
    changed = words(await client.get("/register/un-sc?since=2025-10-01&until=2025-11-30"))
    before = words(await client.get("/register/rolls.roll?on=2020-01-01"))
    unknown = await client.get("/register/rolls.rolls")

    assert "Beta" in listed
    assert "Gamma" not in listed
    assert "What changed" in changed
    assert "add" in changed
    assert "is not known before" in before
    assert "no row" not in before.partition("is not known before")[0]
    assert unknown.status_code == 404
    assert "did you mean rolls.roll?" in words(unknown)


IS_EDITION = and_(
    ChangeRow.kind == ChangeKind.EDITION,
    func.json_extract(ChangeRow.fact, "$.register") == "un-sc",
    ChangeRow.fact.icontains("beta"),
)


async def test_of_very_many_changes_the_newest_are_shown_and_that_there_are_older_is_said(
    open_console, store
):
    asked = "/register/un-sc?since=2025-10-01&until=2025-12-31"
    async with open_console(store) as client:
        whole = await client.get(asked)
        later = [{"at": NOW + timedelta(seconds=number)} for number in range(CHANGES)]
        repeat_row(store, ChangeRow, IS_EDITION, later)
        cut = await client.get(f"{asked}&q=beta")

    assert "older changes" not in whole.text
    assert "older changes between these days are not shown" in words(cut)
    assert len(page(cut).select("[aria-label='What changed'] tbody tr")) == CHANGES


async def test_what_is_cut_short_says_how_much_there_is(open_console, store):
    with History(store) as history:
        arrive(history, control(99, *(f"9A{number}" for number in range(NAMED + 7))))
    later = [{"at": NOW + timedelta(seconds=number)} for number in range(RECORDED)]
    repeat_row(store, ChangeRow, ChangeRow.key == "mofcom-2025-61", later)
    async with open_console(store) as client:
        cut = page(await client.get("/asof?day=2025-11-15&register=cn-dual-use-items"))
        act = words(await client.get("/act/mofcom-2025-61"))

    counts = [int(line.get_text().rpartition(": ")[2]) for line in cut.select("summary")]
    assert NAMED + 7 in counts
    assert len(cut.select(".names li")) == NAMED
    left = re.findall(r"and (\d+) more, which --json", cut.get_text())
    assert sum(map(int, left)) == sum(counts) - NAMED
    assert "older changes are not shown" in act


async def test_of_an_act_in_which_nothing_was_found_it_is_not_said_that_nothing_is_on_record(
    open_console, store
):
    tamper(
        store,
        *[
            update(table)
            .where(table.fact.contains("mofcom-2025-70"))
            .values(fact=func.json_set(table.fact, "$.measures", func.json("[]")))
            for table in (ActRow, ChangeRow, ReadingRow)
        ],
    )
    async with open_console(store) as client:
        shown = [
            words(await client.get(f"/{place}=mofcom-2025-70"))
            for place in ("search?q", "timeline?about")
        ]

    assert ["no listing and no control was found in it" in answer for answer in shown] == [
        True,
        True,
    ]
    assert not any("othing on record is about it" in answer for answer in shown)


async def test_registers_of_which_nothing_stands_are_on_record_all_the_same(open_console):
    async with open_console(now=datetime(1990, 1, 1, tzinfo=UTC)) as client:
        shown = words(await client.get("/registers"))

    said = "parts of acts not over today, by what is on record: 0"
    assert f"Unreliable Entity List (不可靠实体清单) : {said}" in shown
    assert "no act of one is on record" not in shown


async def test_no_source_is_well_that_should_have_been_read_since(open_console):
    said = []
    # of the 7th is the last good read
    for now in (datetime(2025, 11, 7, 9, 20, tzinfo=UTC), NOW + timedelta(days=120)):
        async with open_console(now=now) as client:
            said.append(
                [cause.get_text() for cause in page(await client.get("/sources")).select("main li")]
            )

    assert [any(cause.startswith("well: ") for cause in causes) for causes in said] == [True, False]
    assert any(cause.startswith("not read as often as they should be: ") for cause in said[1])


async def test_what_was_told_is_seen_behind_any_number_of_messages_that_tell_nothing(
    open_console, store
):
    more = [{"key": f"more:{number}"} for number in range(400)]
    repeat_row(store, OutboxRow, OutboxRow.kind == NoticeKind.ROWS, more)
    async with open_console(store) as client:
        shown = words(await client.get("/"))

    assert "Nothing was told yet" not in shown
    assert "China suspends" in shown


async def test_our_list_is_shown_with_its_matches_and_names_are_screened(client):
    ours = words(await client.get("/us"))
    pasted = words(await post_screening(client, names="TechInsights\nNobody At All Ltd"))
    file = {"file": ("names.csv", b"name\nTechInsights\n", "text/csv")}
    from_file = words(await post_screening(client, files=file))

    assert "What of our watch list is on record" in ours
    assert "TechInsights" in pasted
    assert "nothing alike" in pasted
    assert "compared with" in pasted
    assert "mofcom" in from_file or "uel-2025-10" in from_file


async def test_who_is_only_owned_by_who_is_listed_is_shown_with_that_tie(client):
    file = {
        "file": (
            "names.csv",
            b"Vendor,Parent,Owner %\nSuzhou Magnet Works,TechInsights Inc.,60\n",
            "text/csv",
        )
    }
    shown = words(await post_screening(client, files=file))

    assert (
        "Suzhou Magnet Works is owned 60 % by TechInsights Inc. / TechInsights公司: listed as"
        in shown
    )
    assert "Suzhou Magnet Works: listed" not in shown


async def test_what_is_pasted_is_screened_beside_what_is_in_a_file(client):
    file = {"file": ("names.csv", b"name\nTechInsights\n", "text/csv")}
    both = words(await post_screening(client, names="Nobody At All Ltd", files=file))
    spoilt = await post_screening(
        client, names="TechInsights", files={"file": ("names.csv", b"", "text/csv")}
    )

    assert "TechInsights: listed" in both
    assert "Nobody At All Ltd: nothing alike" in both
    assert spoilt.status_code == 400  # rather than half of what was asked


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "config.toml", "./README.md", "../store/history.sqlite"]
)
async def test_a_pasted_name_is_never_taken_for_a_file_of_this_machine(client, name):
    answer = await post_screening(client, names=name)

    assert answer.status_code == 200
    assert "root:" not in answer.text
    assert "SQLite" not in answer.text


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.csv", b""),
        ("a.xlsx", b"PK\x03\x04 no book"),
        ("a.csv", b"\xff\xfe\x00\x01" * 50),
        ("", b"x"),
    ],
)
async def test_a_file_that_is_no_list_is_an_answer_in_words(client, name, body):
    answer = await post_screening(client, files={"file": (name, body, "text/csv")})

    assert answer.status_code == 400
    assert page(answer).select_one("[role=alert]").get_text()


async def test_more_names_than_one_may_ask_are_refused_with_the_way_out(client):
    for named in ("Firm {}", "84{:04}"):
        answer = await post_screening(
            client, names="\n".join(named.format(number) for number in range(501))
        )

        assert answer.status_code == 400
        assert "monitor screen FILE" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    read_cases(
        """
        /search?q=zzzzqqq | 404 | nothing
        /asof?day=2025-02-30 | 400 | 2025-02-28
        /asof?day=2025-11-15&register=nonsense | 404 | no register is called
        /act/mofcom-1999-1 | 404 | mofcom
        /nowhere | 404 | nothing is here
        """
    ),
)
async def test_what_nobody_knows_is_an_error_in_words(client, path, status, said):
    answer = await client.get(path)

    assert (answer.status_code, said in answer.text) == (status, True)


async def test_after_a_miss_the_form_stays_with_what_was_asked(client):
    shown = page(await client.get("/asof?day=2025-11-15&entity=Zweigwerk&destination=Nowhereland"))
    kept = {field["name"]: field["value"] for field in shown.select("main input[value]")}

    assert "no place is called 'Nowhereland'" in shown.select_one("main .wrong").text
    assert (kept["day"], kept["entity"], kept["destination"]) == (
        "2025-11-15", "Zweigwerk", "Nowhereland",
    )  # fmt: skip


async def test_two_days_of_a_register_that_acts_make_are_compared(client):
    asked = "/asof?register=cn-unreliable-entities&day={}&before={}"
    came = page(await client.get(asked.format("2025-10-10", "2025-10-08")))
    went = page(await client.get(asked.format("2025-10-08", "2025-10-10")))
    same = page(await client.get(asked.format("2025-10-11", "2025-10-10")))
    registers = page(await client.get("/registers"))

    assert [head.text for head in came.select("main h2")] == [
        "On 10 Oct 2025, not so on 8 Oct 2025"
    ]
    assert {link.text for link in came.select(".line a[href^='/act']")} == {"uel-2025-10"}
    assert "TechInsights Inc." in came.select_one(".names").text
    assert came.select_one(".lines").text == went.select_one(".lines").text
    assert "nothing on record that you asked about differs" in same.select_one("main").text
    assert registers.select('a[href="/asof?register=cn-unreliable-entities"]')


async def test_the_day_of_the_last_read_makes_no_difference_between_two_days(client):
    asked = "/asof?register=cn-dual-use-items&day=2025-11-15&before=2025-11-01"
    changed = page(await client.get(asked)).select("section .lines a[href^='/act']")

    assert "mofcom-2025-57" in {link.text for link in changed}  # suspended between the days
    assert "mofcom-2025-18" not in {link.text for link in changed}


async def test_what_the_store_learns_is_seen_at_once(open_console, store):
    async with open_console(store) as client:
        before = await client.get("/us")
        renamed = func.replace(WatchedRow.entry, "TechInsights", "Zweigwerk")
        tamper(store, update(WatchedRow).values(entry=renamed))
        after = await client.get("/us")

    assert "Zweigwerk" not in before.text
    assert "Zweigwerk" in after.text


async def test_no_answer_says_where_the_store_lies(open_console, store):
    lost = next((store / "archive").rglob("*.zst"))
    for body in (store / "archive").rglob("*.zst"):
        body.write_bytes(b"damaged")
    async with open_console(store) as client:
        asked = (
            "/",
            "/us",
            "/sources",
            "/act/mofcom-2025-61",
            f"/evidence/{lost.stem}",
            "/api/v1/sources",
        )
        answers = [await client.get(path) for path in asked]
        shutil.rmtree(store)
        answers += [await client.get(path) for path in asked]
        _spoilt(store)
        answers += [await client.get(path) for path in ("/", "/us", "/api/v1/acts")]

    assert [
        answer.url.path
        for answer in answers
        if str(store) in answer.text or str(store.parent) in answer.text
    ] == []
    assert {answer.status_code for answer in answers[-3:]} == {503}
    assert all(answer.status_code < 500 or answer.status_code == 503 for answer in answers)


def _spoilt(store: Path) -> None:
    store.mkdir()
    (store / "history.sqlite").write_bytes(b"no database at all, but long enough to be one" * 40)


async def test_a_store_that_was_never_filled_says_so(open_console, tmp_path):
    async with open_console(tmp_path / "none") as client:
        answer, sources = await client.get("/"), await client.get("/sources")

    assert sources.status_code == 200
    assert "monitor poll --all" in words(sources)
    assert "cn_mofcom.announcements" in words(sources)
    assert answer.status_code == 404
    assert "this store: no act and no register was read yet, so nothing can be said" in words(
        answer
    )


async def test_no_foreign_text_does_anything(open_console, hostile_store):
    asked = HOSTILE[:LONGEST]
    named = (
        f"/search?q={asked}",
        f"/timeline?about={asked}",
        f"/act/{asked}",
        f"/asof?day={asked}",
        f"/search?q={HOSTILE}",
    )
    planted = 0
    async with open_console(hostile_store) as client:
        for path in (*LOOKED_AT, *named):
            answer = await client.get(path)
            whole = page(answer)
            planted += "alert(1)" in whole.get_text()

            assert answer.status_code in {200, 400, 404}, path
            assert (
                whole.select("script, img, iframe, object, embed, style, base, meta[http-equiv]")
                == []
            ), path
            for node in whole.find_all():
                assert [
                    name
                    for name in node.attrs
                    if name.startswith("on") or name in {"style", "srcdoc", "autofocus"}
                ] == [], node
                for name in ("href", "src", "action", "formaction", "xlink:href"):
                    assert str(node.get(name, "/")).startswith(("/", "#", "http://", "https://")), (
                        node
                    )
            assert "49" not in [text.strip() for text in whole.find_all(string=True)]
    assert planted > 8  # it was there to do something


@pytest.mark.parametrize(
    "name", ["gone.csv", f"{'x' * 300}gone.csv"], ids=["that is gone", "at which nobody can look"]
)
async def test_a_watch_list_that_can_not_be_read_is_said_and_what_needs_none_is_answered(
    open_console, tmp_path, caplog, name
):
    config = Config(watch=WatchSettings(suppliers=(str(tmp_path / name),)))
    async with open_console(config=config) as client:
        today, *_ = asked = [
            await client.get("/"),
            await client.get("/us"),
            await client.get("/search?q=mofcom-2025-61"),
            await client.get("/act/mofcom-2025-61"),
            await client.post("/api/v1/screen", json={"names": ["TechInsights"]}),
        ]

    assert [answer.status_code for answer in asked] == [200, 503, 200, 200, 503]
    assert "the watch list can't be read now" in words(today)
    assert "touches 0 entries" not in words(today)
    assert not any("gone.csv" in answer.text for answer in asked)
    assert "gone.csv" in caplog.text


async def test_nothing_is_unknown_by_a_name_that_an_entry_of_an_unread_list_may_have(
    open_console, tmp_path
):
    unread = Config(watch=WatchSettings(suppliers=(str(tmp_path / "gone.csv"),)))
    statuses = []
    for config in (Config(), unread):
        async with open_console(config=config) as client:
            statuses.append((await client.get("/search?q=zzzzqqq")).status_code)

    assert statuses == [404, 503]


async def test_of_a_watch_list_that_gives_no_name_it_is_said_that_nothing_is_compared_with_it(
    open_console, store, tmp_path
):
    rows = tmp_path / "suppliers.csv"
    rows.write_text("name,country\n,CN\n")
    tamper(store, delete(WatchedRow), delete(OutboxRow))
    async with open_console(
        store, config=Config(watch=WatchSettings(suppliers=(str(rows),)))
    ) as client:
        today, ours = [words(await client.get(path)) for path in ("/", "/us")]
        matches = await client.get("/api/v1/matches")

    assert matches.status_code == 503
    for told in (today, ours, matches.text):
        assert "the watch list can't be read now, so that nothing is compared with it" in told


async def test_a_mistake_of_ours_is_said_where_it_is_served_and_nowhere_else(
    client, monkeypatch, caplog
):
    def mistaken(_):
        raise ValueError("what nobody elsewhere should read")

    monkeypatch.setattr("monitor.console.screenings.make_findings", mistaken)
    answer = await client.get("/us")

    assert answer.status_code == 500
    assert "a mistake of the monitor's own" in answer.text.replace("&#39;", "'")
    assert "nobody elsewhere" not in answer.text
    assert "ValueError: what nobody elsewhere should read (test_pages.py, line" in caplog.text


def test_every_page_has_an_address_of_its_own():
    assert len({place.path for place in PAGES}) == len(PAGES)


async def test_the_evidence_of_an_act_and_of_a_name_is_a_pack_that_can_be_checked(client, tmp_path):
    for about, place in (("uel-2025-10", "/act/uel-2025-10"), ("Dedrone", "/search?q=Dedrone")):
        link = page(await client.get(place)).select_one("a[href^='/pack']")["href"]
        answer = await client.get(link)
        (tmp_path / "pack.zip").write_bytes(answer.content)

        assert answer.headers["Content-Disposition"] == f'attachment; filename="{about}.zip"'
        assert list(verify.find_complaints(tmp_path / "pack.zip")) == []
    assert (await client.get("/pack?of=Nobody")).status_code == 404


async def test_what_a_list_of_others_says_is_marked_as_theirs_and_one_that_is_lost_is_said(
    open_console, tmp_path
):
    (tmp_path / "list.json").write_text(
        '{"id": "NK-1", "schema": "Company", "properties": {"name": ["Sunrise Drones Ltd"]}}'
    )
    lists = (
        OtherListSettings(name="OS", file=str(tmp_path / "list.json")),
        OtherListSettings(name="lost", file=str(tmp_path / "lost.json")),
    )
    async with open_console(config=Config(screen_against=lists)) as client:
        told = words(await post_screening(client, names="Sunrise Drones"))

    assert "listed by others" in told
    assert "OS, a list of others, as of 2" in told
    assert "lost, a list of others: nothing was compared with it: lost.json: can't be read" in told
    assert str(tmp_path) not in told


async def test_that_a_list_did_not_come_is_said_as_soon_as_it_is_known(open_console, store):
    lists = (OtherListSettings(name="OS", url="http://127.0.0.1:9/list.json"),)
    config = Config(screen_against=lists)

    async with open_console(store, config=config) as client:
        before = words(await post_screening(client, names="Sunrise Drones"))
        await asyncio.to_thread(copies.refresh_copies, config, store, SystemClock())
        after = words(await post_screening(client, names="Sunrise Drones"))

    assert "127.0.0.1: was not asked for yet" in before
    assert "127.0.0.1 is a private address" in after


async def test_who_has_what_was_told_or_what_was_decided_is_said_beside_it(open_console, store):
    with History(store) as history:
        touching = next(case for case in history(handling.list_cases, every=True) if case.matches)
        history(
            handling.handle,
            TriageRequest(
                key="1",
                verb=Verb.TAKE,
                event=touching.event,
                person=Person("login:liwei", "Li Wei"),
            ),
            NOW,
        )

        async with open_console(store) as client:
            today, us = words(await client.get("/")), words(await client.get("/us"))
            assert "Taken by Li Wei" in today
            assert f"{touching.event} taken Li Wei" in us

            history(
                handling.handle,
                TriageRequest(
                    key="2",
                    verb=Verb.NOT_OURS,
                    event=touching.event,
                    person=Person("login:liwei", "Li Wei"),
                ),
                NOW + timedelta(days=2),  # after the last message of it
            )
            told, us = await client.get("/"), words(await client.get("/us"))
            cards_of_today = [card.get_text() for card in page(told).select(".line")]
            decided = [card for card in cards_of_today if "Not ours (decided by Li Wei" in card]
            assert decided
            assert not any("Act now" in card or "Take it" in card for card in decided)
            assert f"{touching.event} done: not ours Li Wei" in us


async def test_of_a_long_answer_a_page_is_shown_with_where_it_goes_on(open_console, store):
    firms = [listing(99, f"Firm {number}") for number in range(2 * LINES)]
    measures = tuple(measure for one in firms for measure in one.measures)
    with History(store) as history:
        arrive(history, msgspec.structs.replace(firms[0], measures=measures))
    async with open_console(store) as client:
        first = page(await client.get("/asof?day=2025-11-15"))
        onward = first.select_one("a[rel=next]")["href"]
        second = page(await client.get(onward))

    lines = [
        [line.get_text(" ", strip=True) for line in one.select("li.line")]
        for one in (first, second)
    ]
    assert len(lines[0]) == len(lines[1]) == LINES
    assert not {*lines[0]} & {*lines[1]}
    assert f"{LINES + 1} to {2 * LINES} of" in second.get_text(" ")


async def test_every_page_says_what_may_be_relied_on_and_what_waits(open_console, store):
    with History(store) as history:
        (waiting,) = history(lambda session: [handling.count_untaken(session)])
    said = {}
    for now in (NOW, NOW + timedelta(days=386)):
        async with open_console(store, now=now) as client:
            pages = [
                page(await client.get(path))
                for path in ("/", "/us", "/asof?day=2025-11-15", "/search?q=zzzzqqq")
            ]
        lines = [
            [" ".join(line.get_text(" ").split()) for line in one.select(".banner li")]
            for one in pages
        ]
        assert all(each == lines[0] for each in lines)
        said[now] = lines[0]
    soon, later = said.values()

    assert soon[0].startswith("Not read since: MOFCOM 7 Nov 2025")
    assert not any("suspension" in line for line in soon)
    assert [
        line
        for line in later
        if line.startswith("Suspensions that ended, and no act was seen since")
        and "seen since: 7, the last after 10 Nov 2026" in line
    ]
    for line in (
        "Never read: ",
        "Removals held, since nothing proves them: 22 · US FCC Covered List",
        "Acts not understood, or in part: 3",
        f"Events that nobody has taken: {waiting}",
    ):
        assert any(each.startswith(line) for each in later), line
    assert any(link["href"] == "/act/mofcom-2025-18" for link in pages[0].select(".banner a"))


async def test_an_event_is_one_card_with_how_its_acts_stand_now(open_console):
    shown = {}
    for now in (NOW + timedelta(days=30), NOW + timedelta(days=386)):
        async with open_console(now=now) as client:
            cards = page(await client.get("/")).select("section[aria-labelledby=told] li")
        shown[now] = [" ".join(card.get_text(" ").split()) for card in cards]
    soon, later = (
        [card for card in cards if "MOFCOM No. 95 of 2025 now" in card] for cards in shown.values()
    )

    assert len(soon) == len(later) == 1
    # days that were counted from when they were told
    assert not any("takes effect" in card for card in later)
    assert "2 other messages, the last on " in soon[0]
    assert (
        "MOFCOM No. 95 of 2025 now: MOFCOM was last read on 7 Nov 2025; by what is on record, "
        in soon[0]
    )
    assert "the suspension was to end on 10 Nov 2026 (Beijing)" in later[0]


async def test_how_an_act_stands_is_worded_alike_wherever_it_is_asked_for_and_first_how_old_that_is(
    open_console,
):
    async with open_console(now=NOW + timedelta(days=386)) as client:
        day, act, screened = [
            (await client.get("/api/v1/asof?day=2026-11-29&entity=TechInsights")).json()["results"],
            (await client.get("/api/v1/acts/uel-2025-10")).json()["measures"],
            (await client.post("/api/v1/screen", json={"names": ["TechInsights"]})).json()[
                "results"
            ],
        ]
        nothing = words(await client.get("/asof?day=2026-11-29&register=cn-countermeasures"))
    said = {
        *(each["part"]["state"] for each in day),
        *(each["measure"]["state"] for each in act),
        *(each["stands"]["state"] for each in screened if each.get("act")),
    }

    assert said == {"MOFCOM was last read on 7 Nov 2025; by what is on record, in force"}
    assert (
        "MOFCOM was last read on 7 Nov 2025: a measure would not have been seen; nothing on record"
        " that you asked about" in nothing
    )


async def test_words_of_archived_pages_are_found_with_their_act_and_its_state(client):
    answer = await client.get("/search?q=军事用途")
    found = page(answer).select(".passage")

    assert found
    assert "用于军事用途的出口申请" in found[0].blockquote.get_text()
    assert found[0].select_one("h3 a")["href"].startswith("/act/")
    assert page(answer).select("script") == []


async def test_a_miss_says_how_far_it_goes(client):
    for path in ("/search?q=Nobody+At+All", "/name?of=Nobody+At+All", "/search?q=9999.99"):
        said = words(await client.get(path))
        assert re.search(
            r"as far as \d+ of \d+ sources say|none of \d+ sources is up to date", said
        )


async def test_goods_that_an_act_names_lead_to_how_they_stand(client):
    act = page(await client.get("/act/mofcom-2025-57"))
    goods = page(await client.get(act.select_one("ul.names a")["href"]))

    lines = [line.get_text(" ") for line in goods.select("main li.line")]
    assert any(
        "1C909" in line and "suspended until 10 Nov 2026" in line and "MOFCOM No. 57" in line
        for line in lines
    )


async def test_a_name_has_a_page_with_its_lists_and_ties_and_the_same_as_a_file(client):
    shown = page(await client.get("/name?of=TechInsights"))
    file = await client.get("/name.csv?of=TechInsights")
    nobody = await client.get("/name?of=zzzzqqq")

    listed = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in shown.select("[aria-label='Lists and acts'] tbody tr")
    ]
    assert any(
        row[0] == "Unreliable Entity List" and row[3] == "9 Oct 2025" and row[5] == "uel-2025-10"
        for row in listed
    )
    assert "TechInsights公司" in shown.select_one("main").get_text()
    assert any("parent group" in tie.get_text() for tie in shown.select("main li"))
    assert shown.select_one('a[href="/api/v1/entities?name=TechInsights"]')
    heads, *lines = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert heads[:5] == ["list", "called", "state", "since", "until"]
    assert [line[5] for line in lines] == [row[5] for row in listed]
    assert nobody.status_code == 404
    assert "would not have been seen" in nobody.text or "nothing on record" in nobody.text


async def test_each_entry_of_the_watch_list_is_one_row_of_us_and_its_other_hits_are_within_it(
    client,
):
    table = page(await client.get("/us")).select_one(
        '[aria-label="What of our watch list is on record"]'
    )

    ours = [row.select_one("td").get_text(strip=True) for row in table.select("tbody > tr")]
    assert len(ours) == len(set(ours)) > 0
    assert table.select("details .line")


async def test_of_a_long_watch_list_the_first_entries_are_shown_and_the_others_counted(
    open_console, store
):
    with History(store) as history:
        many = [Party(name=f"Lieferant {number} Metallbau") for number in range(1_300)]
        history(watched.add, many, NOW)
        every = len(history(watched.list_entries))
    async with open_console(store) as client:
        shown = page(await client.get("/us"))

    rows = shown.select("div[aria-label='The watch list'] tbody tr")
    assert len(rows) == 200
    assert f"and {every - 200:,} more, see monitor watch" in shown.select_one("main").get_text()


async def test_the_page_of_an_act_says_what_us_says_of_our_goods(open_console, store):
    names = {61: "含镝的钕铁硼永磁材料", 18: "镝相关物项"}
    acts = {number: control(number, "1C905.a") for number in names}
    with History(store) as history:
        for number, act in acts.items():
            item = Item(names={"zh": names[number]}, codes=("1C905.a",) if number == 61 else ())
            own = msgspec.structs.replace(act.measures[0], items=(item,))
            found = msgspec.structs.replace(act, key=f"gac-2024-{number}", measures=(own,))
            arrive(history, found)
        history(watched.add, [Product(name="NdFeB magnet")], NOW)
    async with open_console(store) as client:
        us, shown = words(await client.get("/us")), words(await client.get("/act/gac-2024-18"))

    assert "both are of dysprosium, if ours contains it" in us
    assert "Your product NdFeB magnet may fall under dysprosium" in shown
    assert "both are of dysprosium, if ours contains it" in shown


async def test_english_names_stand_first_wherever_a_name_is_shown(open_console, store):
    with History(store) as history:
        history(watched.add, [Party(name="TechInsights")], NOW)
    async with open_console(store) as client:
        us, name = words(await client.get("/us")), words(await client.get("/name?of=TechInsights"))
        screened = words(await post_screening(client, names="TechInsights"))

    assert "as TechInsights Inc. / TechInsights公司" in us
    assert "as TechInsights Inc. / TechInsights公司" in screened
    assert "Names TechInsights Inc.; TechInsights公司" in name


async def test_the_page_of_a_supplier_whose_owner_is_listed_says_so(open_console, store):
    with History(store) as history:
        owned = Party(name="Ottawa Teardown Labs Ltd", parent="TechInsights Inc.", share=60.0)
        history(watched.add, [owned], NOW)
    async with open_console(store) as client:
        us = page(await client.get("/us"))
        link = us.find("a", string="Ottawa Teardown Labs Ltd")
        shown = await client.get(link["href"])

    assert shown.status_code == 200
    assert "owned 60 % by" in words(shown)
    assert page(shown).select_one("main a[href*='TechInsights']")


async def test_a_code_that_no_act_prints_leads_to_what_has_it_on_the_watch_list(
    open_console, tmp_path
):
    (tmp_path / "products.csv").write_text("name,hs\nRotor magnet,8505.11\nPump,8413.70\n")
    watch = WatchSettings(products=(str(tmp_path / "products.csv"),))
    async with open_console(config=Config(watch=watch)) as client:
        shown = words(await client.get("/search?q=8505.11"))

    assert "no act on record prints this code" in shown
    assert "look up what has it on your watch list: Rotor magnet and Magnet drive;" in shown


async def test_rows_of_a_register_are_answered_a_page_at_a_time_with_what_they_say(
    open_console, store
):
    says = {ListedRow.details: '{"measures":"asset freeze"}', ListedRow.ends: "2026-01-31"}
    tamper(store, update(ListedRow).values(says))
    asked = "day=2025-12-14&register=us-fcc-covered"
    async with open_console(store) as client:
        every = (await client.get(f"/api/v1/asof?{asked}&limit=1000")).json()["results"]
        first, rest = [page(await client.get(f"/asof?{asked}&from={n}")) for n in (0, 20)]
        ahead = page(await client.get("/asof?day=2026-02-01&register=us-fcc-covered"))
        name = words(await client.get(f"/name?of={every[0]['row']['name']}"))

    assert [len(shown.select(".line")) for shown in (first, rest)] == [len(every), len(every) - 20]
    assert f"21 to {len(every)} of {len(every)} lines" in rest.get_text()
    assert {(each["row"]["ends"], *each["row"]["details"]) for each in every} == {
        ("2026-01-31", "measures")
    }
    assert "measures asset freeze" in first.get_text()
    assert "measures asset freeze" in name
    assert "ended 31 Jan 2026 (Washington) by its own row" in ahead.get_text()
