"""The buttons of an alert: within Slack's limits, and what a click on one of them says."""

from dataclasses import replace

import pytest
from each import for_each
from notices import NAMES, saturated, saved
from slack_sdk.models.blocks import ActionsBlock
from socket_peer import click, reaction

from monitor.alert.event import HANDLED, NoticeKind
from monitor.deliver.slack import modals
from monitor.deliver.slack.blocks import fits_slack, make_payload
from monitor.render.alert import compose_alert
from monitor.triage.values import Person, Verb

EVENT = "mofcom-2025-57"
ABOUT = replace(saved("act-smallest"), event=EVENT)


def row(notice) -> list[dict]:
    """The elements of a message's row of buttons."""
    form = make_payload(compose_alert(notice), with_buttons=True)
    assert fits_slack(form["blocks"])
    for block in form["blocks"]:
        if block["type"] == "actions":
            ActionsBlock(
                **{name: part for name, part in block.items() if name != "type"}
            ).validate_json()
            return block["elements"]
    return []


def message(notice) -> dict:
    return {
        "ts": "1700000000.000100",
        "blocks": make_payload(compose_alert(notice), with_buttons=True)["blocks"],
    }


@for_each("name", NAMES)
def test_what_people_act_on_has_buttons_within_slack_s_limits_and_nothing_else_has(name):
    notice = replace(saved(name), event=EVENT)
    ours = [element for element in row(notice) if element["action_id"].startswith(modals.ACTION)]

    called = {NoticeKind.UNTAKEN: 1, NoticeKind.DUE: 3}
    assert len(ours) == (5 if notice.kind in HANDLED else called.get(notice.kind, 0))
    for element in ours:
        assert len(element["action_id"]) <= 255
        assert len(element.get("value", "")) <= 2000
        assert len(element.get("options", ())) <= 5
        assert all(
            len(option["value"]) <= 150 and len(option["text"]["text"]) <= 75
            for option in element.get("options", ())
        )


def test_of_no_event_there_is_nothing_to_take():
    assert [element["action_id"] for element in row(replace(ABOUT, event=""))] == ["open_notice"]


@pytest.mark.parametrize("text", ["<!channel>", "<@U1>|x", "\x1b[31m\u202ered", "x" * 5_000])
def test_a_hostile_event_is_no_markup_and_never_too_long(text):
    for notice in saturated(text):
        for element in row(replace(notice, event=f"press:{text}")):
            assert "<" not in str(element.get("text"))
            assert len(element.get("value", "")) <= 2000


def test_a_click_names_its_event_and_itself_for_ever():
    first = click(message(ABOUT), "triage_take", at=1)
    asked, again = (
        modals.parse_click(first),
        modals.parse_click(click(message(ABOUT), "triage_take", at=1)),
    )

    assert (asked.verb, asked.event, asked.person.handle, asked.person.name) == (
        Verb.TAKE,
        EVENT,
        "slack:U0LI",
        "li",
    )
    assert asked.key == again.key
    assert asked.key != modals.parse_click(click(message(ABOUT), "triage_take", at=2)).key
    assert asked.key != modals.parse_click(click(message(ABOUT), "triage_take", "ana", at=1)).key


def test_what_is_in_the_menu_is_about_the_same_event():
    body = click(message(ABOUT), modals.MORE, choice="mute")

    assert (modals.parse_verb(body), modals.parse_event(body)) == (Verb.MUTE, EVENT)


def test_a_button_that_opens_a_page_says_nothing():
    body = click(message(replace(ABOUT)), "triage_take")
    body["actions"][0]["action_id"] = modals.OPEN_NOTICE

    assert modals.parse_verb(body) == ""


@pytest.mark.parametrize(
    ("emoji", "verb", "decision"),
    [
        ("eyes", Verb.TAKE, ""),
        ("white_check_mark", Verb.DONE, "done, by a reaction"),
        ("tada", None, ""),
    ],
)
def test_a_reaction_is_a_click_where_it_means_one(emoji, verb, decision):
    asked = modals.parse_reaction(reaction("1700000000.000100", emoji))

    assert (asked and asked.verb) == verb
    assert asked is None or asked.decision == decision
    assert asked is None or asked.event == "C0SOCKET01:1700000000.000100"
    assert asked is None or asked.person == Person("slack:U0LI", "")
    assert (
        asked is None
        or asked.key == modals.parse_reaction(reaction("1700000000.000100", emoji)).key
    )


def test_only_what_needs_no_further_word_stands_out():
    styles = {element["action_id"]: element.get("style") for element in row(ABOUT)}

    assert {action for action, style in styles.items() if style} == {"triage_take"}
    assert styles["triage_take"] == "primary"


@pytest.mark.parametrize(("length", "known_by"), [(1_900, "its key"), (1_901, "its place")])
def test_a_click_names_its_event_by_its_key_as_long_as_slack_has_room_for_it(length, known_by):
    event = f"press:{'x' * (length - len('press:'))}"
    body = click(message(replace(ABOUT, event=event)), "triage_take")

    assert (
        modals.parse_event(body)
        == {"its key": event, "its place": "C0SOCKET01:1700000000.000100"}[known_by]
    )


def test_a_click_in_a_message_of_which_slack_tells_nothing_is_about_its_place():
    body = {"container": {"channel_id": "C1", "message_ts": "1.2"}}

    assert modals.parse_event(body) == "C1:1.2"
    assert modals.parse_event({**body, "message": {"ts": "1.2"}}) == "C1:1.2"
    assert modals.parse_place({}) == ":"


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"username": "li", "name": "li.wei"}, "li"),
        ({"username": "li"}, "li"),
        ({"name": "li.wei"}, "li.wei"),
        ({}, "U0LI"),
        ({"username": "Li\x1b \u202e Wei"}, "Li Wei"),
        ({"username": "\u202e"}, "U0LI"),
    ],
)
def test_who_clicks_is_called_by_what_slack_says_of_them(user, name):
    assert modals.parse_person({"id": "U0LI", **user}) == Person("slack:U0LI", name)


def test_text_on_a_button_is_never_empty_and_draws_no_picture():
    assert modals.make_plain_text("") == {"type": "plain_text", "text": "–", "emoji": False}
    assert modals.make_plain_text("Take :eyes:")["text"] == "Take :eyes:"


def test_a_reaction_to_a_file_or_to_nothing_means_nothing():
    body = reaction("1700000000.000100", "eyes")
    of_file = {**body, "event": {**body["event"], "item": {"type": "file", "file": "F1"}}}
    of_nothing = {
        **body,
        "event": {name: part for name, part in body["event"].items() if name != "item"},
    }

    assert [modals.parse_reaction(each) for each in (of_file, of_nothing)] == [None, None]


def test_a_reaction_is_known_by_slack_s_number_and_without_one_by_when_it_was_made():
    def asked(at: int, **more) -> str:
        found = modals.parse_reaction({**reaction("1700000000.000100", "eyes", at=at), **more})
        assert found
        return found.key

    assert asked(1) != asked(2)
    assert asked(1, event_id="Ev9") == asked(2, event_id="Ev9")
    assert asked(1, event_id=None) != asked(2, event_id=None)
