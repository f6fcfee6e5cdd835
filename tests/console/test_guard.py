"""Each way in that is no way in is tried."""

import base64
import time

import pytest
from consoles import post_screening

from monitor.config import ConsoleSettings
from monitor.config.variables import Variable
from monitor.console import guard
from monitor.console.guard import GUESSES, LARGEST, POSTS, SLOWLY, Door, Pace, make_door
from monitor.errors import ConfigError

EVERYWHERE = Door("0.0.0.0", hosts=frozenset({"monitor.example"}), token="wide open")
BEHIND_PROXY = Door("127.0.0.1", user_header="X-Forwarded-User", proxies=frozenset({"127.0.0.1"}))
WRITING = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW")
PATHS = (
    "/",
    "/us",
    "/search?q=x",
    "/register/rolls.roll",
    "/api/v1/acts",
    "/api/v1/matches",
    "/evidence/ab",
    "/nowhere",
)


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"anybody:{password}".encode()).decode()}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        "10.0.0.7",
        "[::1",
        "0.0.0.0",
    ],
)
async def test_a_name_that_was_made_to_point_here_reads_nothing(client, host):
    for path in ("/us", "/api/v1/matches", "/style.css"):
        answer = await client.get(path, headers={"Host": host})

        assert answer.status_code == 421
        assert "supplier" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8080", "localhost:9", "LOCALHOST", "[::1]:8080"]
)
async def test_this_machine_by_its_own_names_is_answered(client, host):
    assert (await client.get("/style.css", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1.evil.example:8080",
        "null",
        "",
        "http://127.0.0.1:9090",
        "file://",
        "http://[",
    ],
)
async def test_a_page_of_another_host_can_ask_nothing(client, origin):
    for method, path in (("GET", "/us"), ("POST", "/screen"), ("POST", "/api/v1/screen")):
        answer = await client.request(method, path, headers={"Origin": origin})

        assert answer.status_code == 403
        assert not any(name.startswith("access-control") for name in answer.headers)


async def test_what_another_page_would_embed_is_refused_and_what_a_link_leads_to_is_not(client):
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert (await client.get("/style.css", headers=embedded)).status_code == 403
    assert (await client.get("/style.css", headers=followed)).status_code == 200


async def test_its_own_form_may_screen(client):
    answer = await post_screening(
        client, names="TechInsights", headers={"Origin": "http://127.0.0.1:8080"}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("method", WRITING)
async def test_nothing_is_written_but_a_screening_asked(client, method):
    answers = [await client.request(method, path) for path in PATHS]

    assert {answer.status_code for answer in answers} == {405}
    assert {answer.headers["Allow"] for answer in answers} == {"GET, HEAD"}
    assert (await client.request(method, "/screen")).status_code in (
        {403} if method == "POST" else {405}
    )


async def test_every_answer_forbids_scripts_frames_and_guesses_of_its_type(client):
    for path in (*PATHS, "/style.css", "/openapi.json", "/asof?day=x"):
        answer = await client.get(path)
        policy = answer.headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy or policy == "sandbox"
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not any(name.startswith("access-control") for name in answer.headers)


def test_beyond_this_machine_it_does_not_listen_before_somebody_says_who_may_look(monkeypatch):
    for host in ("0.0.0.0", "::", "10.1.2.3", "monitor.example"):
        with pytest.raises(ConfigError, match=r"--host .*console\.token or console\.user_header"):
            make_door(ConsoleSettings(), host)
    for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost"):
        assert make_door(ConsoleSettings(), host).is_local
    with pytest.raises(ConfigError, match="console.token: MONITOR_CONSOLE_TOKEN is not set"):
        make_door(ConsoleSettings(token=Variable("MONITOR_CONSOLE_TOKEN")), "0.0.0.0")
    monkeypatch.setenv("MONITOR_CONSOLE_TOKEN", "wide open")
    assert (
        make_door(ConsoleSettings(token=Variable("MONITOR_CONSOLE_TOKEN")), "0.0.0.0").token
        == "wide open"
    )


def test_who_may_write_is_not_said_without_a_header_that_names_them():
    with pytest.raises(ConfigError, match=r"console\.decide: .*console\.user_header"):
        make_door(ConsoleSettings(decide=("li",)), "127.0.0.1")
    made = make_door(ConsoleSettings(decide=("li",), user_header="X-User"), "127.0.0.1")
    assert made.deciders == {"li"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("wide"),
        basic(""),
        {"Authorization": "Bearer wide"},
        {"Authorization": "Basic %%%"},
        {"Authorization": "wide open"},
        {"X-Forwarded-User": "admin"},
        {"Authorization": "Bearer "},
    ],
)
async def test_without_the_password_nothing_is_seen(open_console, headers):
    async with open_console(door=EVERYWHERE, base="http://monitor.example") as client:
        answer = await client.get("/us", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "supplier" not in answer.text


async def test_who_has_the_password_sees_it(open_console):
    async with open_console(door=EVERYWHERE, base="http://monitor.example") as client:
        assert (await client.get("/style.css", headers=basic("wide open"))).status_code == 200
        assert (
            await client.get("/style.css", headers={"Authorization": "Bearer wide open"})
        ).status_code == 200


async def test_a_password_is_not_guessed_fast_and_the_right_one_is_always_served(open_console):
    async with open_console(door=EVERYWHERE, base="http://monitor.example") as client:
        tried = [
            (await client.get("/style.css", headers=basic(f"{number}"))).status_code
            for number in range(GUESSES)
        ]
        took = []
        for password in ("11", "wide open"):
            began = time.monotonic()
            tried.append((await client.get("/style.css", headers=basic(password))).status_code)
            took.append(time.monotonic() - began)

    assert tried == [401] * GUESSES + [429, 200]
    assert min(took) >= SLOWLY  # that one is right shows no sooner


async def test_wrong_passwords_slow_down_their_own_address_alone(open_console, monkeypatch):
    monkeypatch.setattr(guard, "SLOWLY", 0.0)
    async with open_console(door=EVERYWHERE, base="http://monitor.example") as client:

        def at(address: str) -> None:
            client._transport.client = (address, 1)

        for number in range(GUESSES + 1):
            at(f"2001:db8::{number:x}")
            await client.get("/style.css", headers=basic("wrong"))
        answers = {}
        for address in ("2001:db8::ffff", "2001:db8:1::1", "10.0.0.7"):
            at(address)
            answers[address] = (await client.get("/style.css", headers=basic("wrong"))).status_code

    assert answers == {"2001:db8::ffff": 429, "2001:db8:1::1": 401, "10.0.0.7": 401}


async def test_who_may_not_ask_keeps_no_connection(open_console):
    async with open_console(door=EVERYWHERE, base="http://monitor.example") as client:
        refused = await client.get("/style.css", headers=basic("wrong"))
        served = await client.get("/style.css", headers=basic("wide open"))

    assert refused.headers["Connection"] == "close"
    assert "Connection" not in served.headers


async def test_a_proxys_word_is_believed_of_the_proxy_alone(open_console, kept_store):
    async with open_console(door=BEHIND_PROXY) as client:
        assert (await client.get("/style.css")).status_code == 403
        assert (
            await client.get("/style.css", headers={"X-Forwarded-User": " "})
        ).status_code == 403
        assert (
            await client.get("/style.css", headers={"X-Forwarded-User": "kim"})
        ).status_code == 200
    elsewhere = Door(
        "0.0.0.0",
        hosts=frozenset({"monitor.example"}),
        user_header="X-Forwarded-User",
        proxies=frozenset({"10.0.0.2"}),
    )
    async with open_console(door=elsewhere, base="http://monitor.example") as client:
        assert (
            await client.get("/style.css", headers={"X-Forwarded-User": "kim"})
        ).status_code == 403


async def test_a_long_body_is_not_taken_whatever_it_says_of_its_length(client):
    async def endless():
        for _ in range(LARGEST // 65_536 + 2):
            yield b"x" * 65_536

    said = await client.post(
        "/api/v1/screen", content=b"x", headers={"Content-Length": str(LARGEST + 1)}
    )
    lied = await client.post("/api/v1/screen", content=endless())
    as_form = await client.post(
        "/screen", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )

    assert (said.status_code, lied.status_code) == (413, 413)
    assert as_form.status_code in {400, 413}


async def test_screening_is_for_people_and_has_a_pace(client):
    tried = [
        (await client.post("/api/v1/screen", content=b"no names")).status_code
        for _ in range(POSTS + 1)
    ]

    assert tried == [400] * POSTS + [429]


def test_a_pace_is_of_each_asker_and_of_the_last_minute():
    clock = [0.0]
    pace = Pace(2, lambda: clock[0])
    for _ in range(2):
        pace.count("kim")

    assert (pace.allows("kim"), pace.allows("lee")) == (False, True)
    clock[0] = 60.0
    assert pace.allows("kim")
