"""A power loss at every write of the real program: what was posted is never found unsent, what
was recorded is owed.
"""

import json
import os
import random
import re
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from acts import control, suspension
from command import environment
from disk import Image, Step, hindrance, images, list_steps, recorded
from emulator import twice
from werkzeug import Request, Response

from monitor.deliver.channel import Channel, Pace
from monitor.deliver.sending import deliver
from monitor.poll.replay import StoryClock
from monitor.store import ALERTS, DATABASE, History
from monitor.store.threaded import HistoryThread

FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal")
KEY = re.compile(rb'"event_payload": \{"key": "([^"]+)"')
# images from before the tables were there; each has to make them anew, which takes half a second
UNMADE = 2


@pytest.fixture
def slack(httpserver, settings: Path) -> list[str]:
    """A Slack that takes everything; the keys it took."""
    taken: list[str] = []
    ts = count(1)

    def post(request: Request) -> Response:
        asked = request.get_json()
        if "metadata" in asked:
            taken.append(asked["metadata"]["event_payload"]["key"])
        told = {"ok": True, "channel": asked["channel"], "ts": f"1760000000.{next(ts):06}"}
        return Response(json.dumps(told), content_type="application/json")

    for method in ("chat.postMessage", "chat.update"):
        httpserver.expect_request(f"/api/{method}").respond_with_handler(post)
    httpserver.expect_request("/api/conversations.history").respond_with_json(
        {"ok": True, "messages": []}
    )
    place = (
        '[slack]\nchannel = "C1"\nops_channel = "C2"\ngap = "0.001 seconds"\napi ='
        f' "{httpserver.url_for("/api/")}"\n'
    )
    settings.write_text(settings.read_text().replace("[fetch]", f"{place}[fetch]"))
    return taken


@pytest.fixture
def steps(ministry, settings: Path, slack: list[str], tmp_path: Path) -> list[Step]:
    """What the program did on the disk and said to Slack: a baseline, two packages of acts, and
    an act that suspends.
    """
    if why := hindrance():
        (pytest.fail if os.environ.get("CI") and "installed" in why else pytest.skip)(why)
    store = (tmp_path / "store").resolve()
    secrets = {**environment(), "SLACK_BOT_TOKEN": "xoxb-canary", "NO_PROXY": "*"}
    found: list[Step] = []
    for day, acts in enumerate(([], [1, 2, 3, 4], [5, 6, 7], [8])):
        for number in acts:
            ministry.publish(
                str(number),
                control(number, "1C909.a") if number < 8 else suspension(8, "mofcom-2025-1"),
            )
        command = [sys.executable, "-m", "monitor", "--config", settings, "poll", "toy.notices"]
        found += recorded(command, store, tmp_path / f"strace-{day}", secrets)
    # The eight acts, the details of the two that open a thread, and the effect of the last in the
    # first one's.
    assert len(slack) == len({*slack}) == 11
    return found


class Slack(Channel):
    """A channel that took what it took before the power went."""

    name, searchable, pace = "channel", True, Pace(gap=0)

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def post(self, notice, *, thread):
        self.said.append(notice.key)
        return f"C1:{len(self.said)}"

    def update(self, notice, receipt):
        return receipt

    def find(self, key, *, thread, since):
        return f"C1:{self.said.index(key)}" if key in self.said else None


def keys(said: tuple[bytes, ...]) -> list[str]:
    return [json.loads(b'"' + key + b'"') for key in KEY.findall(b"".join(said))]


def unmade(image: Image) -> bool:
    """Whether the tables are not there yet."""
    return not any(b"alembic_version" in content for content in image.files.values())


def rows(store: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(store / DATABASE)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def check(image: Image, store: Path) -> History:
    """The image opens, is whole, owes what it recorded, and knows of everything that Slack may
    have.
    """
    history = History(image.lay(store))
    states = dict(rows(store, "SELECT key, state FROM outbox"))
    recorded_acts = {key for (key,) in rows(store, "SELECT key FROM change")}
    read = {
        address.rpartition("/")[2]
        for (address,) in rows(store, "SELECT identity FROM address WHERE NOT owed AND NOT start")
    }

    assert rows(store, "PRAGMA integrity_check") == [("ok",)]
    assert [key for key in keys(image.said) if states.get(key) not in {"sending", "sent"}] == []
    assert {f"{key}:act" for key in recorded_acts} <= states.keys()
    assert {f"mofcom-2025-{number}" for number in read - {"about"}} <= recorded_acts
    return history


async def told_in_the_end(history: History, took: list[str]) -> list[str]:
    """What Slack has when all that is owed was delivered after the power came back."""
    thread, channel = HistoryThread(history), Slack(took)
    clock = StoryClock(datetime.now(UTC) + timedelta(hours=1))
    assert await deliver(thread, {ALERTS: channel}, clock) == []
    thread.close()
    return channel.said


@pytest.mark.parametrize(
    ("call", "step"),
    [
        (("fdatasync(7</store/wal>", ") = 0"), Step("sync", "wal")),
        (("fsync(7</store/wal>", ") = 0"), Step("sync", "wal")),
        (('unlink("/store/wal"', ") = 0"), Step("gone", "wal")),
        (("ftruncate(7</store/wal>, 512", ") = 0"), Step("cut", "wal", 512)),
        (
            (r'pwrite64(7</store/wal>, "\x61\x62", 2, 512', ") = 2"),
            Step("write", "wal", 512, b"ab"),
        ),
    ],
    ids=lambda value: value.what if isinstance(value, Step) else value[0].partition("(")[0],
)
def test_a_call_counts_when_it_ends_also_where_another_thread_interrupts_its_record(
    call: tuple[str, str], step: Step
):
    said = r'12 sendto(5<socket:[1]>, "\x61", 1, 0, NULL, 0) = 1'
    begins, ends = call
    whole = [f"11 {begins}{ends}", said]
    torn = [
        f"11 {begins} <unfinished ...>",
        said,
        f"11 <... {begins.partition('(')[0]} resumed>{ends}",
    ]

    assert list_steps(whole, Path("/store")) == [step, Step("said", content=b"a")]
    assert list_steps(torn, Path("/store")) == [Step("said", content=b"a"), step]


@pytest.mark.parametrize(
    "call",
    ["fdatasync(7</store/wal>) = -1 EIO (Input/output error)", "fsync(7) = 0", "unlink(NULL) = 0"],
)
def test_a_call_that_fails_or_is_not_understood_is_never_passed_over(call: str):
    with pytest.raises(AssertionError, match="failed, or is not understood"):
        list_steps([f"11 {call}"], Path("/store"))


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(50, id="50-images", marks=pytest.mark.long),
        pytest.param(1_000, id="1000-images", marks=pytest.mark.sweep),
    ],
)
async def test_after_a_power_loss_at_any_write_nothing_is_lost_or_told_twice(most, steps, tmp_path):
    dice = random.Random(7)
    found = list(images(steps, FILES, seed=7))
    empty = [image for image in found if unmade(image)]
    made = [image for image in found if not unmade(image)]
    chosen = [
        *dice.sample(empty, min(UNMADE, len(empty))),
        *dice.sample(made, min(most, len(made))),
    ]
    for number, image in enumerate(chosen):
        store = tmp_path / f"image-{number}"
        history = check(image, store)
        states = dict(
            rows(
                store,
                "SELECT key, state FROM outbox WHERE destination = 'alerts' AND kind != 'parent'",
            )
        )
        # Whether a post on its way had arrived when the power went, nobody knows.
        took = [key for key in keys(image.said) if states[key] == "sent" or dice.random() < 0.5]
        said = await told_in_the_end(history, took)
        assert twice(said) == []
        assert set(states) <= set(said)
    print(f"steps: {len(steps)}, images: {len(found)}, checked: {len(chosen)}")  # noqa: T201 - a sweep tells what it measured

    assert len(made) >= most
