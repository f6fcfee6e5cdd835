"""Servers that keep to a schema, ignore it, refuse it, answer late, cut off, or not at all: an
answer of the form, or none.
"""

import json
import threading

import msgspec
import pytest
from command import FAR
from werkzeug import Request, Response

from monitor.config.settings import SecondReaderSettings
from monitor.config.times import Duration
from monitor.model import Action
from monitor.second.client import Client, NoAnswer

ANSWER = {"measures": [{"action": "add", "quote": "列入清单"}], "title_en": "A title"}
UNKNOWN_DEED = '{"measures": [{"action": "bless", "quote": "x"}]}'
SAID = json.dumps(ANSWER, ensure_ascii=False)


def completion(content, **usage):
    return json.dumps(
        {
            "choices": [{"message": {"role": "assistant", "content": content}}],
            "usage": usage or None,
        }
    )


@pytest.fixture
def serve(httpserver):
    """A server that answers as it is told to, from the request's body; what it was asked."""
    asked = []

    def begin(make, **settings):
        def handle(request: Request) -> Response:
            asked.append((dict(request.headers), body := request.get_json()))
            made = make(body)
            return (
                made
                if isinstance(made, Response)
                else Response(made, content_type="application/json")
            )

        httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(
            handle
        )
        url = httpserver.url_for("/v1")
        chosen = SecondReaderSettings(url=url, model="some-model", allow_private=True)
        return Client(
            msgspec.structs.replace(chosen, **settings), "regulatory-monitor/test", key="canary"
        ), asked

    return begin


async def ask(client):
    try:
        return await client.ask("决定将甲公司列入清单。", "公告", ["cn-unreliable-entities"])
    finally:
        await client.aclose()


async def test_a_server_that_keeps_to_the_schema_is_asked_once(serve):
    client, asked = serve(lambda _: completion(SAID, prompt_tokens=70, completion_tokens=9))

    answer, used = await ask(client)

    assert answer.measures[0].action is Action.ADD
    assert (used.asked, used.answered) == (70, 9)
    ((headers, body),) = asked
    assert headers["Authorization"] == "Bearer canary"
    assert body["response_format"]["json_schema"]["schema"]["additionalProperties"] is False
    assert "canary" not in json.dumps(body)


@pytest.mark.parametrize(
    "content",
    [f"Here you are:\n```json\n{SAID}\n```\nAnything else?", f"Sure. {SAID}", SAID],
)
async def test_prose_around_an_answer_is_no_part_of_it(serve, content):
    client, _ = serve(lambda _: completion(content))

    answer, used = await ask(client)

    assert answer.title_en == "A title"
    assert used.asked > 100  # no server said what it used: the characters count


async def test_a_server_that_refuses_a_schema_is_asked_for_an_object_and_then_in_words(serve):
    def refuse(body):
        return (
            Response('{"error": "response_format"}', 400)
            if "response_format" in body
            else completion(SAID)
        )

    client, asked = serve(refuse)

    await client.ask("决定。", "公告", [])
    await ask(client)

    forms = [body.get("response_format", {}).get("type") for _, body in asked]
    assert forms == ["json_schema", "json_object", None, None]  # it is remembered
    assert '"additionalProperties"' in asked[-1][1]["messages"][0]["content"]


async def test_a_model_that_takes_no_temperature_is_asked_without(serve):
    client, asked = serve(
        lambda body: (
            Response('{"error": "unsupported: temperature"}', 400)
            if "temperature" in body
            else completion(SAID)
        )
    )

    await ask(client)

    assert ["temperature" in body for _, body in asked] == [True, False]


async def test_the_answer_has_a_limit_by_the_name_that_the_server_takes(serve):
    client, asked = serve(
        lambda body: (
            Response('{"error": "use max_completion_tokens instead of max_tokens"}', 400)
            if "max_tokens" in body
            else completion(SAID)
        ),
        answer=700,
    )

    await ask(client)

    assert [body.get("max_completion_tokens") for _, body in asked] == [None, 700]


async def test_no_question_is_sent_without_a_limit_of_its_answer(serve):
    client, asked = serve(
        lambda body: Response(f'{{"error": "{" ".join(body)}: too large"}}', 400), answer=700
    )

    with pytest.raises(NoAnswer, match="it answers 400"):
        await ask(client)

    limits = [body.get("max_tokens") or body.get("max_completion_tokens") for _, body in asked]
    assert limits == [700] * len(asked)
    assert 1 < len(asked) < 8


@pytest.mark.parametrize("said", ["", "I can't help with that.", SAID[:-9], UNKNOWN_DEED, "{}"])
async def test_what_is_no_answer_of_the_form_is_asked_for_once_more_and_then_given_up(serve, said):
    client, asked = serve(lambda _: completion(said))

    with pytest.raises(NoAnswer, match="in no form that can be read") as raised:
        await ask(client)

    assert len(asked) == 2
    assert raised.value.used.asked > 0  # it cost all the same


async def test_a_second_answer_counts_where_the_first_was_none(serve):
    contents = iter(["nonsense", SAID])
    client, asked = serve(lambda _: completion(next(contents)))

    answer, _ = await ask(client)

    assert len(answer.measures) == 1
    assert "no JSON" in asked[1][1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("response", "words", "wait"),
    [
        (Response("slow down", 429, {"Retry-After": "30"}), "429", 30.0),
        (Response("no such model", 404), "404", 3600.0),
        (Response("who are you", 401), "401", 3600.0),
        (Response("down", 503), "503", 3600.0),
        (Response("moved", 302, {"Location": "http://127.0.0.1:1/"}), "302", 3600.0),
    ],
)
async def test_a_refusal_says_its_status_and_when_to_ask_again(serve, response, words, wait):
    client, asked = serve(lambda _: response)

    with pytest.raises(NoAnswer, match=words) as raised:
        await ask(client)

    assert raised.value.wait == wait
    assert len(asked) == 1
    assert "canary" not in str(raised.value)


async def test_a_slow_server_is_left_at_the_deadline(serve):
    left = threading.Event()
    client, _ = serve(lambda _: left.wait(FAR) and completion(SAID), deadline=Duration(seconds=0.3))

    with pytest.raises(NoAnswer, match="no answer within") as raised:
        await ask(client)
    left.set()

    used = raised.value.used  # the question went out, and may cost: a cap has to know
    assert (used.asked > 100, used.answered == client.settings.answer) == (True, True)


async def test_an_endless_answer_is_cut(serve):
    client, _ = serve(lambda _: completion("x" * 3_000_000), answer=700)

    with pytest.raises(NoAnswer, match="no whole answer came") as raised:
        await ask(client)

    assert raised.value.used.answered == 700  # as much as it may have cost: a cap has to know


async def test_a_private_address_is_asked_only_where_that_is_allowed(serve):
    client, asked = serve(lambda _: completion(SAID), allow_private=False)

    with pytest.raises(
        NoAnswer, match=r"private address; see allow_private under \[second_reader\]"
    ):
        await ask(client)

    assert asked == []
