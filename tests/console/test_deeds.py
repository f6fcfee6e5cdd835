"""Who may has things done in a browser: as in Slack, once, on record, and by a form of ours
alone.
"""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete
from tampering import tamper

from monitor.cli import once
from monitor.cli.setting import Setting
from monitor.config import Config
from monitor.config.settings import TriageSettings, WatchSettings
from monitor.console import pages
from monitor.console.guard import Door
from monitor.model import Action, Entity, Measure, Opinion, Reply
from monitor.store import History, acts, handling, notices, opinions
from monitor.store.tables import OutboxRow
from monitor.triage.values import Stage, Verb

EVENT = "uel-2025-10"
PROXY = Door(
    "127.0.0.1", user_header="X-User", proxies=frozenset({"127.0.0.1"}), deciders=frozenset({"li"})
)
LI, ANA = {"X-User": "li"}, {"X-User": "ana"}


@pytest.fixture
def opened(open_console, store: Path):
    """A console over a store that may be written, by these settings."""

    def opening(config: Config | None = None, door: Door = PROXY):
        settings = config or Config()
        setting = Setting(config_file=None, store_named=str(store), salvaged=settings)

        def order(request):
            return once.give_order(setting, request, without="nothing was sent")

        return open_console(store, door=door, config=settings, order=order)

    return opening


def forms(page: str) -> dict[str, dict[str, str]]:
    """The hidden fields of each form of deeds of a page."""
    found = {}
    for form in re.findall(r'<form class="fields" action="/deed".*?</form>', page, re.DOTALL):
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        found[hidden["verb"]] = {name: unescape(value) for name, value in hidden.items()}
    return found


async def look(client, path: str = f"/act/{EVENT}", user=LI) -> dict[str, dict[str, str]]:
    return forms((await client.get(path, headers=user)).text)


def known(store: Path) -> handling.Case:
    with History(store, read_only=True) as history:
        return history(handling.find_case, EVENT)


async def test_an_event_is_taken_and_decided_and_its_page_says_by_whom(opened, store):
    async with opened() as client:
        shown = await look(client)
        took = await client.post("/deed", data=shown["take"], headers=LI)
        event = took.headers["Location"]
        decided = await client.post(
            "/deed",
            data={**(await look(client, event))["done"], "decision": "no effect"},
            headers=LI,
        )
        page = await client.get(event, headers=ANA)
        of_act = await client.get(f"/act/{EVENT}", headers=ANA)

    assert "No effect (decided by li, " in of_act.text
    assert "Take it" not in of_act.text
    assert (took.status_code, event, decided.status_code) == (
        303,
        f"/event/{known(store).event}",
        303,
    )
    assert (known(store).handled.stage, known(store).handled.by, known(store).owner) == (
        Stage.DONE,
        "li",
        "console:li",
    )
    assert "no effect" in page.text
    assert forms(page.text) == {}


async def test_an_event_says_of_a_list_that_came_later_what_the_page_of_its_act_says(
    opened, tmp_path
):
    file = tmp_path / "products.csv"
    file.write_text("name,hs,materials\nNdFeB magnets,8505.11,neodymium; dysprosium\n")
    async with opened(Config(watch=WatchSettings(products=(str(file),)))) as client:
        of_act = await client.get("/act/mofcom-2025-70", headers=LI)
        of_event = await client.get("/event/mofcom-2025-70", headers=LI)
    said = [line.text for line in BeautifulSoup(of_act.text, "lxml").select(".told, .touch")]
    ours = [text for text in said if text.startswith("Your product NdFeB magnets")]

    assert ours
    assert all(f"as it is now: {text}" in unescape(of_event.text) for text in ours)


async def test_nobody_is_asked_to_take_an_act_that_nobody_was_told_of(opened, store):
    async with opened() as client:
        told = await client.get(f"/act/{EVENT}", headers=LI)
        tamper(store, delete(OutboxRow))
        untold = await client.get(f"/act/{EVENT}", headers=LI)

    assert "Take it, and read" in told.text
    assert "Take it" not in untold.text
    assert "Read the notice" in untold.text


async def test_the_forms_of_an_act_name_the_acts_that_they_are_done_with(opened):
    async with opened() as client:
        of_act = await client.get("/act/mofcom-2025-61", headers=LI)

    (note,) = BeautifulSoup(of_act.text, "lxml").select("section[aria-labelledby=deeds] > p.why")
    assert note.text.startswith("It is done with the whole event, also with")
    assert "mofcom-2025-62" in [link["href"].rpartition("/")[2] for link in note.select("a")]


async def test_a_form_is_done_once_however_often_it_is_sent(opened, store):
    async with opened() as client:
        form = (await look(client))["take"]
        answers = [await client.post("/deed", data=form, headers=LI) for _ in range(3)]
    with History(store, read_only=True) as history:
        done = history(handling.list_handlings, known(store).event)

    assert {answer.status_code for answer in answers} == {303}
    assert [one.via for one in done].count("console") == 1


async def test_an_event_rests_and_what_it_is_about_is_muted(opened, store):
    async with opened() as client:
        shown = await look(client)
        rests = await client.post(
            "/deed", data={**shown["snooze"], "until": "2026-12-24"}, headers=LI
        )
        muted = await client.post(
            "/deed",
            data={**shown["mute"], "until": "2026-12-24", "to": "register:cn-unreliable-entities"},
            headers=LI,
        )
    with History(store, read_only=True) as history:
        done = [(one.verb, one.refused) for one in history(handling.list_handlings)][-2:]

    assert (rests.status_code, muted.status_code) == (303, 303)
    assert done == [(Verb.SNOOZE, ""), (Verb.MUTE, "")]


async def find_tick(client, mark: str) -> str:
    """What a tick at a mark sends."""
    page = (await client.get(f"/act/{EVENT}", headers=LI)).text
    return re.search(rf'value="({re.escape(mark)} [0-9a-f]+)"', page)[1]


async def test_a_reading_is_completed_by_the_words_of_its_page(opened, store):
    with History(store, read_only=True) as history:
        measure = history(acts.load_acts, [EVENT])[EVENT].measures[0]
    name = next(iter(measure.entities[0].names.values()))
    said = {"text": "another firm", "quote": name}

    async def send(client, **ticked):
        form = (await look(client))["review"]
        return await client.post("/deed", data={**form, **said, **ticked}, headers=LI)

    async with opened() as client:
        old = await find_tick(client, "1.1")
        done = await send(client, strike=old)
        moved = await send(client, strike=old)
        wrong = await send(client, strike=await find_tick(client, "1.1"), quote="not there")
        log = (await client.get(f"/event/{known(store).event}", headers=LI)).text
    with History(store, read_only=True) as history:
        act = history(acts.load_acts, [EVENT])[EVENT]

    struck = next(iter(measure.entities[0].names.values()))
    assert re.search(rf"struck add [^<]*{re.escape(struck)}[^<]*; another firm", log)
    assert (done.status_code, act.reviewed.by, len(act.measures[0].entities)) == (
        303,
        "li",
        len(measure.entities) - 1,
    )
    assert "stand on no page" in wrong.text
    assert "the reading has changed since this form was opened: open it again" in moved.text


async def test_a_reading_is_added_to_by_fields_with_names_and_a_refusal_keeps_what_was_typed(
    opened, store
):
    with History(store, read_only=True) as history:
        before = history(acts.load_acts, [EVENT])[EVENT].measures
    name = next(iter(before[0].entities[0].names.values()))
    typed = {
        "measure": "new", "action": "restrict", "kind": "person", "name": name[:5],
        "ends": "2026-11-10", "says": "", "text": "the page says so", "quote": f"{name[:5]} & more",
    }  # fmt: skip

    async with opened() as client:
        form = (await look(client))["review"]
        tick = await find_tick(client, "1.1")
        refused = await client.post("/deed", data={**form, **typed, "strike": tick}, headers=LI)
        again = {**forms(refused.text)["review"], **typed, "quote": name}
        no_deed = await client.post("/deed", data={**again, "action": ""}, headers=LI)
        done = await client.post("/deed", data=again, headers=LI)
    with History(store, read_only=True) as history:
        added = history(acts.load_acts, [EVENT])[EVENT].measures[-1]

    page = BeautifulSoup(refused.text, "lxml")
    shown = {field["name"]: field.get("value") for field in page.select("details[open] input")}
    chosen = {one.parent["name"]: one["value"] for one in page.select("option[selected]")}
    assert (refused.status_code, page.select_one(".wrong").text) == (
        404,
        f"these words stand on no page of {EVENT} as it was read last: {typed['quote']!r}",
    )
    assert page.select_one("#quote").text == typed["quote"]
    kept = {name: value for name, value in typed.items() if name != "quote"}
    assert {**shown, **chosen}.items() >= kept.items()
    assert [box["value"] for box in page.select("input[checked]")] == [tick]
    assert "choose the deed of the measure that was not read" in no_deed.text
    assert (done.status_code, added.action, added.ends.on, added.entities[0].kind) == (
        303, Action.RESTRICT, "2026-11-10", "person",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        ({"measure": "2"}, []),
        ({"measure": "2", "goods": "Dy"}, ["2.item=Dy"]),
        (
            {"measure": "2", "code": "1C905", "hs": "8505", "goods": "Dy"},
            ["2.code=1C905 Dy", "2.hs=8505 Dy"],
        ),
        (
            {"measure": "1", "action": "repeal", "register": "r"},
            ["1.action=repeal", "1.register=r"],
        ),
        (
            {"measure": "new", "action": "add", "register": "r", "starts": "2026-01-02"},
            ["new=add r", "3.starts=2026-01-02"],
        ),
        ({"measure": "1", "term": "duty", "says": "report"}, ["1.duty=report"]),
    ],
)
def test_fields_say_what_the_command_line_says(typed, added):
    assert list(pages.list_added(dict.fromkeys(pages.ADDED, "") | typed, 2)) == added


async def test_what_a_second_reader_says_is_accepted_by_one_tick(opened, store):
    with History(store) as history:
        act = history(acts.load_acts, [EVENT])[EVENT]
        ((_, (sha256, *_)),) = history(notices.list_pages_of_act, EVENT)
        quote = next(iter(act.measures[0].entities[0].names.values()))
        firm = Entity(names={"en": "Gamma Optics"}, kind="org")
        said = Measure(action=Action.ADD, entities=(firm,), quote=quote)
        reply = Reply(opinion=Opinion(model="m", measures=(said,)))
        question = opinions.Question(act, sha256, None)
        history(opinions.record_reply, question, "m", reply, datetime(2026, 1, 2, tzinfo=UTC))
    async with opened() as client:
        page = (await client.get(f"/act/{EVENT}", headers=LI)).text
        form = (await look(client))["review"]
        done = await client.post(
            "/deed", data={**form, "said": await find_tick(client, "s1")}, headers=LI
        )
    with History(store, read_only=True) as history:
        act = history(acts.load_acts, [EVENT])[EVENT]

    assert "so, as the second reader (unconfirmed) says: s1 add Gamma Optics" in page
    assert (done.status_code, act.reviewed.by, act.measures[-1].entities) == (303, "li", (firm,))


@pytest.mark.parametrize("wrong", ["", "x", ".", "a.b", "of another"])
async def test_without_the_token_of_a_page_of_the_user_s_own_nothing_is_done(opened, store, wrong):
    before = known(store).handled
    door = Door(
        "127.0.0.1", user_header="X-User", proxies=PROXY.proxies, deciders=frozenset({"li", "ana"})
    )
    async with opened(door=door) as client:
        token = (await look(client, user=ANA))["take"]["token"] if wrong == "of another" else wrong
        answer = await client.post(
            "/deed", data={"verb": "take", "what": EVENT, "token": token}, headers=LI
        )

    assert answer.status_code == 403
    assert known(store).handled == before


@pytest.mark.parametrize(
    "user",
    [ANA, {}, {"X-User": ""}, [("X-User", "ana"), ("X-User", "li")]],
    ids=["reads", "no", "empty", "two"],
)
async def test_who_may_only_read_has_no_form_and_no_deed(opened, store, user):
    before = known(store).handled
    async with opened() as client:
        form = (await look(client))["take"]
        page = await client.get(f"/act/{EVENT}", headers=user)
        answer = await client.post("/deed", data=form, headers=user)

    assert "/deed" not in page.text
    assert answer.status_code in (403, 405)
    assert known(store).handled == before


async def test_a_header_of_somebody_who_is_no_proxy_names_nobody(opened):
    door = Door(
        "127.0.0.1",
        user_header="X-User",
        proxies=frozenset({"10.0.0.1"}),
        token="wide open",
        deciders=PROXY.deciders,
    )
    password = {**LI, "Authorization": "Bearer wide open"}
    async with opened(door=door) as client:
        page = await client.get(f"/act/{EVENT}", headers=password)
        answer = await client.post("/deed", data={"verb": "take"}, headers=password)

    assert (page.status_code, "/deed" in page.text, answer.status_code) == (200, False, 405)


async def test_the_roles_of_triage_hold_here_too_and_a_refusal_is_on_record(opened, store):
    config = Config(triage=TriageSettings(allowed=("compliance",), roles={"compliance": ("ana",)}))
    async with opened(config) as client:
        answer = await client.post(
            "/deed", data={**(await look(client))["done"], "decision": "no effect"}, headers=LI
        )
    with History(store, read_only=True) as history:
        last = history(handling.list_handlings)[-1]

    assert "not permitted: that takes the role compliance" in answer.text
    assert last.refused == "not permitted: that takes the role compliance"


async def test_what_means_nothing_is_said_in_a_line(opened):
    async with opened() as client:
        form = (await look(client))["take"]
        unknown = await client.post("/deed", data={**form, "verb": "erased"}, headers=LI)
        nobody = await client.post(
            "/deed", data={**(await look(client))["take"], "what": "nothing"}, headers=LI
        )

    assert (unknown.status_code, nobody.status_code) == (400, 400)
    assert "by one of the forms" in unknown.text
    assert "is no event that was sent" in unescape(nobody.text)


def dismissals(page: str) -> list[dict[str, str]]:
    """The hidden fields of each form that dismisses a match, or takes that back."""
    found = re.findall(r'<form action="/dismiss".*?</form>', page, re.DOTALL)
    return [
        {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
        for form in found
    ]


async def test_us_says_how_many_of_ours_nothing_is_like(opened, tmp_path):
    file = tmp_path / "suppliers.csv"
    file.write_text("Name\nQuuxworth Ropery\nDedrone by Axon\nZibblecott Mills\n")
    config = Config(watch=WatchSettings(suppliers=(str(file),)))
    async with opened(config) as client:
        page = BeautifulSoup((await client.get("/us", headers=LI)).text, "lxml")
    link = page.select_one("a[href='#watched']")

    assert re.search(
        r"2 of \w+ entries of the watch list: nothing on record is like them", link.parent.text
    )
    assert page.select_one("#watched").find(string="Quuxworth Ropery")


async def test_a_match_is_dismissed_on_us_and_that_is_taken_back_there(opened):
    async with opened() as client:
        shown = dismissals((await client.get("/us", headers=LI)).text)
        done = await client.post("/dismiss", data=shown[0], headers=LI)
        dismissed = (await client.get("/us", headers=LI)).text
        (undoing,) = (
            form
            for form in dismissals(dismissed)
            if form["undo"] and form["subject"] == shown[0]["subject"]
        )
        await client.post("/dismiss", data=undoing, headers=LI)
        after = dismissals((await client.get("/us", headers=LI)).text)

    assert (done.status_code, done.headers["Location"]) == (303, "/us#decisions")
    assert ": dismissed" in dismissed or ">dismissed" in dismissed
    assert dismissed.count("not ours, says li, ") == 1
    assert "not ours, says li, 8 Nov 2025" not in dismissed  # that is the day of the answers
    assert [(form["entry"], form["subject"]) for form in after] == [
        (form["entry"], form["subject"]) for form in shown
    ]


@pytest.mark.parametrize("amiss", [{"token": "x"}, {"entry": "nobody at all"}, {"subject": " "}])
async def test_no_match_is_dismissed_by_a_form_that_is_not_ours_or_names_nothing(opened, amiss):
    async with opened() as client:
        shown = dismissals((await client.get("/us", headers=LI)).text)
        refused = await client.post("/dismiss", data={**shown[0], **amiss}, headers=LI)
        seen = (await client.get("/us", headers=LI)).text

    assert refused.status_code in {400, 403}
    assert [form["subject"] for form in dismissals(seen)] == [form["subject"] for form in shown]


async def test_who_may_not_decide_has_no_button_on_us_and_may_not_dismiss(opened):
    roles = TriageSettings(roles={"lead": ("ana",)}, allowed=("lead",))
    async with opened(Config(triage=roles)) as client:
        shown = dismissals((await client.get("/us", headers=LI)).text)
        without_role = await client.post("/dismiss", data=shown[0], headers=LI)
        read_only = await client.get("/us", headers=ANA)
        refused = await client.post("/dismiss", data=shown[0], headers=ANA)

    assert "takes the role lead" in without_role.text
    assert dismissals(read_only.text) == []
    assert refused.status_code == 405
