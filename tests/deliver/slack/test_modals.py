"""What Slack asks beside a click: within its limits, whatever the names, and what was answered."""

from datetime import UTC, datetime

import pytest
from each import for_each
from slack_sdk.models.views import View
from socket_peer import saved

from monitor.config import redact
from monitor.deliver.slack import modals
from monitor.model import Evidence, Severity
from monitor.render.keepers import explain_event
from monitor.triage.values import Case, Handled, Offer, Pair, Verb
from monitor.watch.values import Match, MatchVerdict, Relation

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
PLACE = "C0SOCKET01:1700000000.000100"


def case(text: str = "Acme", pairs: int = 2, event: str = "uel-2025-10") -> Case:
    match = Match(
        kind="name",
        score=0.9,
        verdict=MatchVerdict.MATCH,
        reason=text,
        entry=text,
        key=text,
        relation=Relation.SUPPLIER,
        subject=text,
    )
    return Case(
        event=event,
        authority="cn-mofcom",
        opened_at=NOW,
        severity=Severity.CRITICAL,
        handled=Handled(),
        told={"alerts": NOW, text: None},
        pairs=tuple(Pair(f"{text}{number}", text, text, text) for number in range(pairs)),
        dates={"2025-10-09": "begins", "2025-12-01": "begins", "2026-11-10": "ends"},
        registers=("cn-unreliable-entities",),
        sources=("cn_mofcom.announcements",),
        products=(f"product:{text}",),
        matches=(match,),
        why={"alerts": text},
        evidence=Evidence(
            url=f"https://e.cn/{text}", sha256="a" * 64, fetched_at="2025-10-09T01:00:00Z"
        ),
    )


def offer(text: str, count: int) -> Offer | None:
    lines = [(f"{number}.{number}", text) for number in range(count)]
    return Offer("uel-2025-10", lines, lines) if count else None


def views(about: Case, text: str = "no effect") -> dict[Verb | str, dict]:
    return {
        Verb.DONE: modals.make_done_view(about, PLACE, [text, "contract checked"]),
        Verb.NOT_OURS: modals.make_not_ours_view(about, PLACE),
        Verb.SNOOZE: modals.snooze(about, PLACE, "2025-10-09"),
        Verb.MUTE: modals.mute(about, PLACE, [text]),
        Verb.TELL: modals.tell(about, PLACE, ["alerts", "ops", text[:100]]),
        Verb.REVIEW: modals.make_review_view(about, PLACE, offer(text, len(about.pairs))),
        "why": modals.make_why_view(list(explain_event(about, text))),
    }


HOSTILE = [
    "Acme",
    "<!channel>",
    "<@U1> <http://evil.example|ok>",
    "&lt;!here&gt;",
    "\x1b[31m\u202ered",
    "",
    "名" * 3_000,
]


@for_each("text", HOSTILE)
@for_each("pairs", [0, 2, 30, 300])
def test_a_modal_keeps_to_slack_s_limits_and_shows_no_markup(text, pairs):
    for view in views(case(text, pairs), text[:75] or "–").values():
        View(
            **{name: part for name, part in view.items() if name != "type"}, type="modal"
        ).validate_json()
        assert len(view.get("private_metadata", "")) <= 3_000
        assert len(view["title"]["text"]) <= 24
        assert 1 <= len(view["blocks"]) <= 100
        for text_object in texts(view):
            assert text_object["type"] in {"plain_text", "text"}
            assert 1 <= len(text_object["text"]) <= 3_000
            assert text_object["text"] == redact.clean(text_object["text"])
        for element in (block["element"] for block in view["blocks"] if block["type"] == "input"):
            assert len(element.get("options", ())) <= (
                10 if element["type"] == "checkboxes" else 100
            )
            assert "options" not in element or element["options"]
            assert all(len(option["text"]["text"]) <= 75 for option in element.get("options", ()))
            assert all(1 <= len(option["value"]) <= 150 for option in element.get("options", ()))


@pytest.mark.parametrize(("count", "says"), [(100, False), (300, True)])
def test_a_review_says_what_it_has_no_room_for(count, says):
    view = modals.make_review_view(case(), PLACE, offer("Acme", count))

    assert ("the first 100 of 300; `monitor review uel-2025-10` has all" in str(view)) is says


def texts(value: object):
    """Every object of a view that shows text."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts(part)


def chose(value: str) -> dict:
    return {"selected_option": {"value": value}}


ANSWERS = [
    (
        Verb.DONE,
        {"decision": chose("no effect"), "text": {"value": "no order"}},
        {"decision": "no effect", "text": "no order"},
    ),
    (
        Verb.DONE,
        {"decision": chose("no effect"), "text": {"value": None}},
        {"decision": "no effect"},
    ),
    (Verb.SNOOZE, {"until": {"selected_date": "2025-11-03"}}, {"until": "2025-11-03T00:00:00Z"}),
    (
        Verb.SNOOZE,
        {"subject": chose("2025-12-01"), "until": {"selected_date": None}},
        {"until": "2025-12-01T00:00:00Z"},
    ),
    (Verb.SNOOZE, {"subject": chose("2025-12-01"), "until": {}}, {"until": "2025-12-01T00:00:00Z"}),
    (
        Verb.SNOOZE,  # a day that is picked goes before a day of the act
        {"subject": chose("2025-12-01"), "until": {"selected_date": "2025-11-03"}},
        {"until": "2025-11-03T00:00:00Z"},
    ),
    (
        Verb.MUTE,
        {"subject": chose("topic:rare"), "until": {"selected_date": "2025-10-16"}},
        {"to": "topic:rare", "until": "2025-10-16T00:00:00Z"},
    ),
    (Verb.TELL, {"to": chose("ops")}, {"to": "ops"}),
    (
        Verb.NOT_OURS,
        {"pairs": {"selected_options": [{"value": "0f"}]}, "text": {"value": "another firm"}},
        {"pairs": ("0f",), "text": "another firm"},
    ),
]


@pytest.mark.parametrize(("verb", "answers", "says"), ANSWERS)
def test_what_was_saved_is_what_is_asked(verb, answers, says):
    asked = modals.parse_answer(saved(views(case())[verb], answers))
    nothing = {"decision": "", "to": "", "until": "", "text": "", "pairs": ()}

    assert (asked.verb, asked.event, asked.person.handle) == (verb, "uel-2025-10", "slack:U0LI")
    assert {name: getattr(asked, name) for name in nothing} == nothing | says
    assert asked.key == modals.parse_answer(saved(views(case())[verb], answers)).key


def test_an_event_with_too_long_a_key_is_known_by_the_place_of_the_message():
    view = modals.make_done_view(case(event="press:" + "x" * 5_000), PLACE, ["no effect"])

    assert modals.parse_answer(saved(view, {})).event == PLACE


def test_whom_everybody_was_told_nobody_is_asked_to_tell():
    view = modals.tell(case("ops"), PLACE, ["alerts", "ops"])

    assert "submit" not in view


def question(view: View, name: str) -> dict:
    """One of a modal's questions."""
    return next(block for block in view["blocks"] if block.get("block_id") == name)


@pytest.mark.parametrize(
    ("verb", "optional"),
    [
        (Verb.DONE, {"decision": False, "text": True}),
        (Verb.NOT_OURS, {"pairs": False, "text": True}),
        (Verb.SNOOZE, {"subject": True, "until": True}),
        (Verb.MUTE, {"subject": False, "until": False, "text": True}),
        (Verb.TELL, {"to": False, "text": True}),
    ],
)
def test_what_has_to_be_answered_is_asked_for_and_a_remark_may_be_left_out(verb, optional):
    questions = [
        block for block in views(case(), "ops")[verb]["blocks"] if block["type"] == "input"
    ]

    assert {block["block_id"]: block["optional"] for block in questions} == optional
    assert all(block["element"]["multiline"] for block in questions if block["block_id"] == "text")


def test_one_rests_until_a_day_of_the_act_that_is_still_to_come_or_until_any_day():
    view = modals.snooze(case(), PLACE, "2025-10-09")
    late = modals.snooze(case(), PLACE, "2026-11-10")

    assert [option["value"] for option in question(view, "subject")["element"]["options"]] == [
        "2025-12-01",
        "2026-11-10",
    ]
    assert [block["block_id"] for block in late["blocks"][:-1]] == ["until"]
    assert "The whole thread is snoozed" in str(late["blocks"][-1])
    assert not question(late, "until")["optional"]  # there is nothing else to answer


@pytest.mark.parametrize(("pairs", "kind"), [(10, "checkboxes"), (11, "multi_static_select")])
def test_all_matches_are_chosen_at_first_in_boxes_as_far_as_slack_has_them(pairs, kind):
    asked = question(modals.make_not_ours_view(case(pairs=pairs), PLACE), "pairs")["element"]

    assert asked["type"] == kind
    assert len(asked["options"]) == pairs
    assert asked["initial_options"] == asked["options"]


@pytest.mark.parametrize(("pairs", "said"), [(100, False), (101, True)])
def test_that_matches_were_left_out_is_said_only_where_some_were(pairs, said):
    words = "These are the first 100 of 101; once they are dismissed"
    assert (words in str(modals.make_not_ours_view(case(pairs=pairs), PLACE))) == said


def test_where_no_match_is_left_one_may_still_say_that_it_is_not_theirs():
    view = modals.make_not_ours_view(case(pairs=0), PLACE)

    assert "No match is left on record" in str(view["blocks"][0])
    assert "No match is left" not in str(modals.make_not_ours_view(case(), PLACE))
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == ["text"]


@pytest.mark.parametrize(("length", "offered"), [(150, True), (151, False)])
def test_what_slack_has_no_room_for_can_not_be_muted_there(length, offered):
    topic = "t" * (length - len("topic:"))
    options = question(modals.mute(case(), PLACE, [topic]), "subject")["element"]["options"]

    assert (f"topic:{topic}" in [option["value"] for option in options]) == offered
    assert "source:cn_mofcom.announcements" in [option["value"] for option in options]


@pytest.mark.parametrize(
    ("lines", "last"), [(100, "line 99"), (101, "… and 2 more, which `monitor show --why` has.")]
)
def test_why_it_was_told_is_shown_whole_where_slack_has_the_room(lines, last):
    shown = modals.make_why_view(["", *(f"line {number}" for number in range(lines))])["blocks"]

    assert len(shown) == 100
    assert [text["text"] for text in texts(shown)][:2] == ["line 0", "line 1"]
    assert [text["text"] for text in texts(shown)][-2:] == ["line 98", last]


def test_the_same_answers_are_one_click_in_whatever_order_they_come_and_others_are_another():
    view = views(case())[Verb.DONE]
    answers = {"decision": chose("no effect"), "text": {"value": "no order"}}
    keys = [
        modals.parse_answer(saved(view, given, at=at)).key
        for given, at in (
            (answers, 0),
            (dict(reversed(answers.items())), 0),
            ({**answers, "text": {"value": "an order"}}, 0),
            (answers, 1),
        )
    ]

    assert keys[0] == keys[1]
    assert len({*keys}) == 3


def test_a_refusal_stands_beside_the_first_question_even_below_words_of_ours():
    view = modals.make_not_ours_view(case(pairs=0), PLACE)

    assert view["blocks"][0]["type"] == "rich_text"
    assert modals.find_first_block(saved(view, {})) == "text"
    assert modals.find_first_block(saved(views(case())[Verb.MUTE], {})) == "subject"
