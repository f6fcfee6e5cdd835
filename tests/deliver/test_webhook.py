import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cases import read_cases
from command import FAR
from notices import saturated, saved
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server
from werkzeug import Response

from monitor.deliver.webhook import Webhook, sign_body
from monitor.errors import ConfigError, DeliveryError
from monitor.poll.replay import StoryClock

SECRET = "canary-0123456789"
NOW = datetime(2025, 10, 9, 8, 4, tzinfo=UTC)
ACT = saved("act-largest")


def hook(url: str, **more: Any) -> Webhook:
    return Webhook(
        "desk", url, **{"secret": SECRET, "timeout": FAR, "clock": StoryClock(NOW), **more}
    )


@pytest.fixture
def desk(httpserver: HTTPServer) -> Webhook:
    return hook(httpserver.url_for(f"/in?token={SECRET}"))


def answers(server: HTTPServer, status: int = 200, body: str = "", **headers: str) -> None:
    server.expect_ordered_request("/in", method="POST").respond_with_response(
        Response(body, status, headers)
    )


def refusal(channel: Webhook, notice=ACT) -> DeliveryError:
    with pytest.raises(DeliveryError) as refused:
        channel.post(notice, thread=None)
    return refused.value


def test_notice_is_posted_as_the_json_a_terminal_prints(httpserver, desk):
    answers(httpserver)

    assert desk.post(ACT, thread=None) == ""
    ((request, _),) = httpserver.log
    told = request.get_json()
    assert (told["key"], told["kind"]) == (ACT.key, "act")
    assert len(told["facts"]["measures"][0]["entities"]) == 24
    assert request.headers["Idempotency-Key"] == ACT.key
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["User-Agent"].startswith("regulatory-monitor")


def test_receiver_can_prove_who_sent_it_when_and_what(httpserver, desk):
    answers(httpserver)
    desk.post(ACT, thread=None)

    ((request, _),) = httpserver.log
    timestamp, body = request.headers["X-Monitor-Timestamp"], request.get_data()
    assert timestamp == str(int(NOW.timestamp()))
    assert request.headers["X-Monitor-Signature"] == sign_body(SECRET, timestamp, body)
    assert sign_body(SECRET, timestamp, body) != sign_body(SECRET, timestamp, body + b" ")
    assert sign_body(SECRET, timestamp, body) != sign_body(SECRET, "0", body)


def test_signature_is_the_one_openssl_computes():
    # printf 'v1:1760000000:{}' | openssl dgst -sha256 -hmac key
    assert (
        sign_body("key", "1760000000", b"{}")
        == "v1=01ab131eb85037c65c77f9bc0ccee7bfee78f924f5d202672b2cb250063b6704"
    )


def test_without_a_secret_nothing_is_signed(httpserver):
    answers(httpserver)
    hook(httpserver.url_for("/in"), secret=None).post(ACT, thread=None)

    ((request, _),) = httpserver.log
    assert "X-Monitor-Signature" not in request.headers


def test_edit_is_posted_too_and_says_that_it_is_one(httpserver, desk):
    answers(httpserver)

    assert desk.update(saved("parent-largest"), "") == ""
    ((request, _),) = httpserver.log
    assert request.get_json()["kind"] == "parent"


def test_repeat_says_so_under_the_same_key(httpserver, desk):
    answers(httpserver)
    desk.post(replace(ACT, repeated=True), thread=None)

    ((request, _),) = httpserver.log
    assert request.get_json()["repeated"] is True
    assert request.headers["Idempotency-Key"] == ACT.key
    assert not desk.searchable
    assert desk.find(ACT.key, thread=None, since=None) is None


@pytest.mark.parametrize("status", [200, 201, 202, 204, 208])
def test_success_is_success(httpserver, desk, status):
    answers(httpserver, status)

    assert desk.post(ACT, thread=None) == ""


def test_known_key_is_sent(httpserver, desk):
    answers(httpserver, 409)
    answers(httpserver, 409, **{"Idempotency-Key": ACT.key})

    assert desk.post(replace(ACT, repeated=True), thread=None) == ""
    assert desk.post(ACT, thread=None) == ""


def test_conflict_over_a_message_that_was_never_sent_loses_nothing(httpserver, desk):
    answers(httpserver, 409)

    error = refusal(desk)
    assert (error.outcome, error.retry_after) == ("refused", 300)


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    read_cases(
        """
        429 | "7" | 7
        503 | "7" | 7
        429 | "99999" | 900
        429 | "0" | 30
        429 | soon | 30
        503 | Thu, 09 Oct 2025 08:05:00 GMT | 60
        408 | "" | 30
        425 | "" | 30
        """
    ),
)
def test_patience_is_had_as_long_as_asked_within_reason(httpserver, desk, status, header, seconds):
    answers(httpserver, status, **({"Retry-After": header} if header else {}))

    error = refusal(desk)
    assert (error.outcome, error.retry_after) == ("refused", seconds)


@pytest.mark.parametrize("status", [401, 403, 404, 407, 410, 301, 307])
def test_what_a_person_must_mend_loses_nothing(httpserver, desk, status):
    answers(httpserver, status, Location=httpserver.url_for("/elsewhere"))

    error = refusal(desk)
    assert (error.outcome, error.retry_after, error.closed) == ("refused", 300, True)
    assert str(status) in str(error)
    assert len(httpserver.log) == 1  # a redirect is not followed


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_message_that_is_never_taken_is_permanent(httpserver, desk, status):
    answers(httpserver, status)

    assert refusal(desk).outcome == "permanent"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_failure_with_the_message_in_its_hands_is_unknown(httpserver, desk, status):
    answers(httpserver, status)

    assert refusal(desk).outcome == "unknown"


def test_nobody_there_is_a_refusal():
    error = refusal(hook("http://127.0.0.1:1/in"))

    assert error.outcome == "refused"
    assert "127.0.0.1" not in str(error)


async def silence(exchange: Exchange) -> None:
    await asyncio.sleep(2)


async def reset(exchange: Exchange) -> None:
    exchange.reset()


@pytest.mark.parametrize(
    "script",
    [
        silence,
        reset,
        b"",
        b"HTTP/1.1 2",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nBroken\r\n\r\n",
    ],
    ids=["silence", "reset", "close", "half a line", "no HTTP", "broken header"],
)
async def test_silence_and_broken_lines_are_unknown(script):
    async with raw_server(script) as server:
        error = await asyncio.to_thread(refusal, hook(server.url, timeout=0.5))

    assert error.outcome == "unknown"


async def test_what_comes_after_the_status_is_not_waited_for():
    async with raw_server(answer(b"a word", length=5_000_000)) as server:
        assert await asyncio.to_thread(lambda: hook(server.url).post(ACT, thread=None)) == ""


@pytest.mark.parametrize("text", ["甲\r\nX-Evil: 1", "\ud800", "%0d%0a", "é\x00"])
def test_no_text_can_add_a_header(httpserver, text):
    httpserver.expect_request("/in").respond_with_data("")
    channel = hook(httpserver.url_for("/in"))
    for notice in saturated(text, 1):
        channel.post(replace(notice, key=f"press:{text}"), thread=None)

    assert all("X-Evil" not in request.headers for request, _ in httpserver.log)
    assert {request.get_json()["key"] for request, _ in httpserver.log} == {f"press:{text}"}


@pytest.mark.parametrize(
    "url",
    ["desk.example/in", "file:///etc/passwd", f"https://desk.example/{SECRET}\n", "https://e x/"],
)
def test_address_that_is_none_is_refused_unshown(url):
    with pytest.raises(ConfigError, match="destinations.desk.webhook") as refused:
        hook(url)
    assert SECRET not in str(refused.value)
    assert "desk.example" not in str(refused.value)


def test_neither_address_nor_secret_is_ever_shown(httpserver, desk, caplog):
    caplog.set_level("WARNING")
    answers(httpserver, 500)
    answers(httpserver, 403)
    errors = [refusal(desk), refusal(desk), refusal(hook(f"http://127.0.0.1:1/{SECRET}"))]

    shown = caplog.text + repr(desk) + desk.name
    for error in errors:
        shown += repr(error) + repr(error.__cause__) + repr(error.__context__)
    assert SECRET not in shown
    assert "127.0.0.1" not in shown


def test_a_trial_that_meets_a_conflict_is_no_success(httpserver, desk):
    answers(httpserver, 409)

    with pytest.raises(DeliveryError, match="409"):
        desk.try_out("Is it there?")
    ((request, _),) = httpserver.log
    assert request.get_json() == {
        "key": "doctor:2025-10-09T08:04:00Z",
        "kind": "test",
        "headline": "Is it there?",
    }


def test_who_could_be_taken_for_anybody_is_advised_to_sign():
    assert hook("https://desk.example/in").advice == ""
    assert hook("https://desk.example/in", secret=None).advice.startswith(
        "not signed: name a variable in destinations.desk.secret"
    )


def test_a_message_bears_the_time_of_the_machine_where_no_other_clock_is_given(httpserver):
    answers(httpserver)
    before = int(time.time())
    hook(httpserver.url_for("/in"), clock=None).post(ACT, thread=None)

    ((request, _),) = httpserver.log
    assert before <= int(request.headers["X-Monitor-Timestamp"]) <= time.time()


@pytest.mark.parametrize("name", ["details-largest", "rows-largest"])
def test_what_stood_in_the_message_is_left_out(httpserver, desk, name):
    assert desk.post(saved(name), thread="") == ""
    assert httpserver.log == []
