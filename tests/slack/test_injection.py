"""No text from a page calls anybody or leads anywhere; judged by a reader of Slack's markup that
is not our renderer.
"""

import json
from typing import Any

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from mrkdwn import Live, live, of_message
from notices import saturated

from monitor.deliver.slack.blocks import make_payload, make_plain_payload
from monitor.render.alert import compose_alert
from monitor.render.values import Alert

HOSTILE = (
    "<!channel>", "<!here>", "<!everyone>", "<!channel|channel>", "<!subteam^S123|team>", "<!date^0^{date}|x>",
    "<@U123>", "<@U123|boss>", "<@W1>", "<#C123>", "<#C123|general>", "<#C123|>",
    "<http://evil.example>", "<https://evil.example|Ministry of Commerce>", "<mailto:x@evil.example|write>",
    "<tel:+49123|call>", "<ftp://evil.example/x>", "<javascript:alert(1)|x>", "<slack://open>", "<evil.example|x>",
    "http://evil.example", "https://evil.example/a?b=c&d=<e>", "HTTPS://EVIL.EXAMPLE", "see:https://evil.example.",
    "hxxp<http://evil.example>", "x<y<!here>z", "<<!here>>", "<\n!here>", "< !here>", "<!here", "!here>", ">", "<", "<>",
    "&lt;!here&gt;", "&amp;lt;!here&amp;gt;", "&#60;!here&#62;", "\uff1c!here\uff1e", "<\u200b!here>", "<\u202e!here>",
    "<!\u00adhere>", "<\x00!here>", "\U0001f600<@U1>\u202c", "*<!here>*", "`<!here>`", "```<!here>```", "~<@U1>~",
    "> <!here>", "|<http://evil.example|", "\\<!here\\>", "<!here>\n<!here>", "a\r<!here>", "a\u2028<!here>\u2029", "@channel",
    "@here", "@everyone", ":fire:", '"},{"type":"broadcast","range":"here"', "{{<!here>}}", "%3C!here%3E", "\\u003c!here\\u003e",
    "<https://e.cn/|<!here>>", "https://e.cn/<!here>", "https://e.cn@evil.example/", "https://e.cn/|https://evil.example",
)  # fmt: skip
OURS = ("https://e.cn/", "https://www.mofcom.gov.cn/")
PIECES = [
    "<",
    ">",
    "&",
    "|",
    "!",
    "@",
    "#",
    "://",
    "http",
    "here",
    "channel",
    "\n",
    "\u202e",
    "\u200b",
    "&lt;",
    "&gt;",
    ";",
]
foreign = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.builds("{}{}{}".format, st.text(max_size=9), st.sampled_from(HOSTILE), st.text(max_size=9)),
    st.builds(lambda text, times: text * times, st.sampled_from(HOSTILE), st.integers(1, 400)),
)


def sent(form: dict[str, Any]) -> dict[str, Any]:
    """The message as it arrives."""
    return json.loads(json.dumps(form))


def leads_away(found: Live, text: str) -> bool:
    """Whether it is more than a link to the page that was read; whose address it is only where
    the text is one.
    """
    whole = "".join(character for character in text if character.isprintable()).strip().lower()
    ours = found.what.startswith(
        (*OURS, "http://", "https://") if whole.startswith(("http://", "https://")) else OURS
    )
    return (
        found.kind != "link"
        or not ours
        or bool({*found.what} & {*"<>| \n"})
        or not found.what.isascii()
    )


def assert_nothing_lives(alert: Alert, text: str, *, threaded: bool) -> None:
    form = sent(make_payload(alert, threaded=threaded))
    assert live(form["text"]) == []
    assert [found for found in of_message(form) if leads_away(found, text)] == []
    assert live(sent(make_plain_payload(alert, threaded=threaded))["text"]) == (
        [Live("link", alert.url)] if alert.url else []
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_made_to_call_or_lead_away_does_neither(text):
    for alert in map(compose_alert, saturated(text)):
        assert_nothing_lives(alert, text, threaded=False)
        assert_nothing_lives(alert, text, threaded=True)


KINDS = len(saturated(""))


@examples(300)
@given(foreign, st.integers(0, KINDS - 1), st.booleans())
def test_no_text_comes_alive(text, kind, threaded):
    assert_nothing_lives(compose_alert(saturated(text)[kind]), text, threaded=threaded)


@pytest.mark.sweep
@examples(1_500)
@given(foreign, st.integers(0, KINDS - 1), st.booleans())
def test_none_of_thousands_of_texts_comes_alive(text, kind, threaded):
    assert_nothing_lives(compose_alert(saturated(text)[kind]), text, threaded=threaded)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<!here> <@U1> <#C1|x>", ["special", "user", "channel"]),
        ("<https://e.cn|x> https://e.cn", ["link", "bare link"]),
        ("a < b, <>, <\n!here>, &lt;!here&gt;", []),
        ("<<!here>", ["special"]),
    ],
)
def test_the_judge_sees_what_is_alive(text, kinds):
    assert [found.kind for found in live(text)] == kinds


def test_the_judge_looks_into_blocks():
    form = {
        "text": "",
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}},
            {"type": "broadcast"},
        ],
    }

    assert [found.kind for found in of_message(form)] == ["special", "broadcast"]
