"""Clicks over a real WebSocket: on record before Slack is told, once however often they come,
and seen in the message.
"""

import asyncio
import gc
import threading
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from acts import listing
from notices import saved as saved_notice
from socket_peer import APP, BOT, CHANNEL, SocketPeer, click, is_settled, reaction, saved

from monitor.config import SlackSettings, TriageSettings, WatchSettings
from monitor.deliver.destinations import channels
from monitor.deliver.sending import deliver
from monitor.deliver.slack import socket_mode
from monitor.deliver.slack.blocks import make_payload
from monitor.deliver.slack.socket_mode import DEAF, SocketMode
from monitor.deliver.terminal import Terminal
from monitor.model import Action, Entity, Measure, Opinion, Reply
from monitor.render.alert import compose_alert
from monitor.run.desk import TriageDesk, keep_hearing
from monitor.store import acts, handling, opinions, watched
from monitor.triage.values import Stage, Verb

EVENT = "uel-2025-10"
ELSEWHERE = replace(saved_notice("act-smallest"), event="mofcom-2025-57")
PATIENCE = 20.0


@pytest.fixture
def peer(monkeypatch):
    running = SocketPeer(seed=7, lose=0.2, twice=0.3)
    running.groups["S0COMPLIANCE"] = ["U0MEI"]
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP)
    yield running
    running.stop()


@pytest.fixture
def toy_config(toy_config, peer: SocketPeer, tmp_path):
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("Name\nTechInsights Inc.\nAcme Widgets Ltd\n")
    return msgspec.structs.replace(
        toy_config,
        slack=SlackSettings(channel=CHANNEL, api=peer.api, gap=timedelta(0), grace=timedelta(0)),
        watch=WatchSettings(suppliers=(str(suppliers),)),
        triage=TriageSettings(
            roles={"compliance": ("S0COMPLIANCE", "U0ANA")}, mute=("compliance",)
        ),
    )


class Room:
    """A desk at which clicks are heard, and a channel in which they are made."""

    def __init__(self, desk, peer: SocketPeer) -> None:
        self.desk, self.peer = desk, peer
        self.bots = channels(desk.pipeline.config, Terminal())
        self.numbers = iter(range(10_000))

    async def told(self) -> None:
        """Everything that is owed arrives."""
        assert await deliver(self.desk.pipeline.history, self.bots, self.desk.clock) == []

    async def click(
        self, action: str, name: str = "li", *, key: str = f"{EVENT}:act", choice: str = ""
    ):
        message = self.peer.messages[self.peer.ts_of(key)]
        body = click(message, action, name, at=next(self.numbers), choice=choice)
        return await self.heard("interactive", body)

    async def save(self, answers: dict, name: str = "li"):
        """Fill in the modal that was opened last."""
        (*_, view) = await self.opened()
        return await self.heard("interactive", saved(view, answers, name, at=next(self.numbers)))

    async def opened(self, count: int = 1) -> list[dict]:
        """The modals, once so many are open: a click is acknowledged before its modal opens."""
        await self.until(lambda: len(self.peer.told("views.open")) >= count)
        return [each["view"] for each in self.peer.told("views.open")]

    async def heard(self, kind: str, body: dict):
        envelope = await asyncio.to_thread(self.peer.deliver, kind, body)
        await self.until(lambda: envelope.acks)
        return envelope

    async def until(self, is_so) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, "it never came"
            await asyncio.sleep(0.01)

    async def done(self) -> list[tuple[str, str, str]]:
        return [
            (each.verb, each.by, each.refused)
            for each in await self.desk.pipeline.history(handling.list_handlings)
        ]

    @property
    def buttons(self) -> str:
        return str(self.peer.messages[self.peer.ts_of(f"{EVENT}:act")]["text"])


@asynccontextmanager
async def hearing(desk, peer: SocketPeer):
    """A listing was told, and who clicks in its message is heard."""
    room = Room(desk, peer)
    await desk.poll()
    task = asyncio.create_task(
        keep_hearing(desk.pipeline, lambda: None, lambda error: None, look_every=0.1)
    )
    await room.until(lambda: peer.connections)
    try:
        yield room
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        peer.relay.close()  # what still comes finds the loop running
        ending = [thread for thread in threading.enumerate() if thread.name == "socket mode"]
        await asyncio.to_thread(lambda: [thread.join() for thread in ending])


@pytest.fixture
async def room(desk, ministry, peer: SocketPeer):
    async with hearing(desk, peer) as heard:
        ministry.publish("10", listing(10, "TechInsights", "Acme Widgets"))
        await desk.poll()
        await heard.told()
        yield heard


async def test_who_takes_it_stands_in_the_message_and_slack_is_told_only_after_it_is_on_record(
    room,
):
    envelope = await room.click("triage_take")
    on_record = await room.done()
    await room.told()

    assert on_record == [("take", "li", "")]
    assert envelope.acks
    assert "Taken by li" in room.buttons


async def test_clicks_through_disconnects_duplicates_and_lost_acknowledgements_are_on_record_once(
    room,
):
    names = [f"p{number:03}" for number in range(12)]
    for number, name in enumerate(names):
        if number == 5:
            await asyncio.to_thread(room.peer.disconnect)
        message = room.peer.messages[room.peer.ts_of(f"{EVENT}:act")]
        clicked = click(message, "triage_take", name, at=number)
        await asyncio.to_thread(room.peer.deliver, "interactive", clicked, surely_twice=number == 3)
    await room.until(lambda: not room.peer.waiting)
    await room.told()
    done = await room.done()
    case = await room.desk.pipeline.history(handling.find_case, EVENT)

    assert sorted(by for _, by, _ in done) == names
    assert f"Taken by {case.handled.by}" in room.buttons


async def test_a_decision_is_asked_for_in_a_modal_and_stands_in_the_message(room):
    await room.click("triage_done")
    await room.save(
        {
            "decision": {"selected_option": {"value": "contract checked"}},
            "text": {"value": "<!channel> no order"},
        }
    )
    await room.told()

    assert await room.done() == [("done", "li", "")]
    assert "Contract checked: &lt;!channel&gt; no order (decided by li" in room.buttons


async def test_not_ours_dismisses_the_pairs_that_are_ticked(room):
    await room.click("triage_not-ours")
    (view,) = await room.opened()
    boxes = view["blocks"][0]["element"]["options"]
    await room.save({"pairs": {"selected_options": boxes[:1]}, "text": {"value": "another firm"}})
    dismissed = await room.desk.pipeline.history(watched.list_dismissals)

    assert [box["text"]["text"] for box in boxes] == [
        "Acme Widgets Ltd is not Acme Widgets",
        "TechInsights Inc. is not TechInsights",
    ]
    assert [(each.entry_name, each.by) for each in dismissed] == [("Acme Widgets Ltd", "li")]


async def hear_second_reader(desk) -> None:
    """A second reader says of the act that another firm is listed."""
    history, now = desk.pipeline.history, desk.clock.now()
    (question,) = await history(opinions.list_questions, "m", now, always=True)
    firm = Entity(names={"en": "Gamma Optics"}, kind="org")
    said = Measure(action=Action.ADD, entities=(firm,), quote="TechInsights")
    reply = Reply(asked=1, answered=1, opinion=Opinion(model="m", measures=(said,)))
    await history(opinions.record_reply, question, "m", reply, now)


async def test_what_a_second_reader_says_is_accepted_by_a_click_and_what_was_read_struck(room):
    await hear_second_reader(room.desk)
    await room.told()
    await room.click("triage_review")
    (view,) = await room.opened()
    accepts, strikes = (
        block["element"]["options"]
        for block in view["blocks"]
        if block.get("block_id") in ("said", "strike")
    )
    await room.save(
        {
            "said": {"selected_options": accepts},
            "strike": {
                "selected_options": [each for each in strikes if each["value"].startswith("1.2 ")]
            },
        }
    )
    await room.told()
    act = (await room.desk.pipeline.history(acts.load_acts, [EVENT]))[EVENT]

    assert await room.done() == [("review", "li", "")]
    assert [entity.names for measure in act.measures for entity in measure.entities] == [
        {"en": "TechInsights"},
        {"en": "Gamma Optics"},
    ]
    assert act.reviewed.by == "li"
    assert "unconfirmed" not in room.buttons
    assert "triage_review" not in str(room.peer.messages[room.peer.ts_of(f"{EVENT}:act")])  # done


async def test_a_review_of_words_that_changed_since_is_refused_with_the_reason(room):
    await hear_second_reader(room.desk)
    await room.told()
    await room.click("triage_review")
    (view,) = await room.opened()
    (strikes,) = (
        block["element"]["options"] for block in view["blocks"] if block.get("block_id") == "strike"
    )
    first = next(each for each in strikes if each["value"].startswith("1.1 "))
    answer = {"strike": {"selected_options": [first]}, "text": {"value": "another firm"}}
    await room.save(answer)

    # now `1.1` is what was `1.2` when this form was opened
    envelope = await room.save(answer, "ana")
    act = (await room.desk.pipeline.history(acts.load_acts, [EVENT]))[EVENT]
    unknown = await room.save({"said": {"selected_options": [{"value": "s9"}]}})

    done, (verb, by, refused), (_, _, unheard) = await room.done()
    assert (done, verb, by) == (("review", "li", ""), "review", "ana")
    assert (
        refused == unheard == ("the reading has changed since this form was opened: open it again")
    )
    assert envelope.answers[0]["errors"] == unknown.answers[0]["errors"] == {"said": refused}
    assert [entity.names["en"] for entity in act.measures[0].entities] == ["Acme Widgets"]


async def test_who_may_not_is_told_so_in_private_and_it_is_on_record(room):
    for number, name in enumerate(("li", "ana", "mei"), start=1):
        await room.click("triage_more", name, choice="mute")
        await room.opened(number)
        answers = {
            "subject": {"selected_option": {"value": "register:cn-unreliable-entities"}},
            "until": {"selected_date": "2025-10-16"},
        }
        last = await room.save(answers, name)
    refused, *allowed = await room.done()

    assert refused == ("mute", "li", "not permitted: that takes the role compliance")
    assert [(verb, by, why) for verb, by, why in allowed] == [
        ("mute", "ana", ""),
        ("mute", "mei", ""),
    ]
    assert last.answers[0] is None
    (first,) = [
        each for each in room.peer.envelopes.values() if each.payload["type"] == "view_submission"
    ][:1]
    assert first.answers[0] == {"response_action": "errors", "errors": {"subject": refused[2]}}
    assert {each.role for each in await room.desk.pipeline.history(handling.list_handlings)} == {
        "",
        "compliance",
    }


async def test_a_reaction_is_a_second_way_and_on_record_before_slack_is_told(room):
    await room.heard("events_api", reaction(room.peer.ts_of(f"{EVENT}:act"), "eyes", at=1))
    taken = await room.done()
    await room.heard(
        "events_api", reaction(room.peer.ts_of(f"{EVENT}:act"), "white_check_mark", at=2)
    )
    await room.heard("events_api", reaction("1.2", "eyes", at=3))

    assert taken == [("take", "U0LI", "")]
    assert await room.done() == [*taken, ("done", "U0LI", "")]


async def test_why_it_was_told_is_shown_to_who_asks(room):
    await room.click("triage_more", choice="why")
    shown = str(await room.opened())

    assert (
        "Your supplier Acme Widgets Ltd and 1 more are on China's Unreliable Entity List" in shown
    )
    assert "Touches TechInsights Inc., which is TechInsights" in shown
    assert await room.done() == []


async def test_a_click_opens_what_asks_for_a_further_word_or_says_in_private_why_not(room):
    for action, choice in (("triage_snooze", ""), ("triage_more", "tell")):
        await room.click(action, choice=choice)
    stranger = {
        "ts": "1.2",
        "blocks": make_payload(compose_alert(ELSEWHERE), with_buttons=True)["blocks"],
    }
    await room.heard("interactive", click(stranger, "triage_done", at=99))
    await room.until(lambda: room.peer.told("chat.postEphemeral"))

    titles = {view["title"]["text"] for view in await room.opened(2)}
    assert titles == {"Snooze until", "Tell"}
    assert "Not done: the monitor knows no such event" in str(room.peer.told("chat.postEphemeral"))
    assert await room.done() == []


async def test_a_deaf_connection_is_noticed_within_a_minute_and_a_click_meanwhile_is_not_lost(
    desk, ministry, peer, monkeypatch
):
    monkeypatch.setattr(socket_mode, "PING", 600.0)
    now = [0.0]
    room = Room(desk, peer)
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    await room.told()
    triage = TriageDesk(desk.pipeline, asyncio.get_running_loop(), lambda: None, lambda error: None)
    ear = SocketMode(
        BOT, APP, triage, desk.pipeline.config.triage, base_url=peer.api, monotonic=lambda: now[0]
    )
    await asyncio.to_thread(ear.look)
    await room.until(lambda: peer.connections and is_settled(ear))
    await asyncio.to_thread(ear.look)
    peer.relay.freeze()
    message = peer.messages[peer.ts_of(f"{EVENT}:act")]
    envelope = await asyncio.to_thread(peer.deliver, "interactive", click(message, "triage_take"))
    while not peer.told("apps.connections.open")[1:]:
        now[0] += 10.0
        assert now[0] <= 60.0, "nobody noticed"
        await asyncio.to_thread(ear.look)
    await room.until(lambda: envelope.acks)

    assert now[0] > DEAF
    assert await room.done() == [("take", "li", "")]
    await asyncio.to_thread(ear.close)


async def test_without_an_app_token_nobody_listens_and_no_message_has_buttons(
    desk, ministry, peer, monkeypatch
):
    monkeypatch.delenv("SLACK_APP_TOKEN")
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    await Room(desk, peer).told()
    await keep_hearing(desk.pipeline, lambda: None, lambda error: None)

    assert peer.told("apps.connections.open") == []
    assert "triage_" not in str(peer.told("chat.postMessage"))


async def test_what_the_history_refuses_for_want_of_room_is_not_acknowledged_and_said(
    room, monkeypatch, caplog
):
    from monitor.errors import StoreFull  # noqa: PLC0415

    def full(*_: object) -> None:
        raise StoreFull("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(handling, "handle", full)
        message = room.peer.messages[room.peer.ts_of(f"{EVENT}:act")]
        envelope = await asyncio.to_thread(
            room.peer.deliver, "interactive", click(message, "triage_take")
        )
        await room.until(
            lambda: (
                len(envelope.sent) > 1
                and "a click was not acknowledged: the disk is full" in caplog.text
            )
        )
        assert envelope.acks == []
    await room.until(lambda: envelope.acks)

    assert (
        await room.desk.pipeline.history(handling.find_case, EVENT)
    ).handled.stage is Stage.TAKEN
    assert [verb for verb, _, _ in await room.done()] == [Verb.TAKE]


# The library leaves the socket of a tunnel that was refused to whoever collects garbage.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_it_goes_through_the_proxy_that_the_environment_names(desk, peer, monkeypatch):
    asked: list[str] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.append(head.partition(" HTTP/")[0])
        body = b'{"ok": true, "url": "wss://wss.slack.example:443/link/"}'
        if head.startswith("POST"):
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (len(body), body)
            )
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(proxy, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        triage = TriageDesk(
            desk.pipeline, asyncio.get_running_loop(), lambda: None, lambda error: None
        )
        ear = SocketMode(BOT, APP, triage, TriageSettings(), base_url="http://slack.example/api/")
        await asyncio.to_thread(ear.look)
        await asyncio.to_thread(ear.close)
        gc.collect()

    assert list(dict.fromkeys(asked)) == [
        "POST http://slack.example/api/apps.connections.open",
        "CONNECT wss.slack.example:443",
    ]
