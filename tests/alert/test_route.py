"""Who is told: rules of config.toml over acts, editions and reports."""

import msgspec
import pytest
from acts import control, listing, press, suspension

from monitor.alert.event import Decision, NoticeKind, Post
from monitor.alert.route import (
    Router,
    Severity,
    breaks_quiet_hours,
    describe_rule,
    extract_features,
)
from monitor.config import RouteSettings
from monitor.diff import ChangeKind
from monitor.model import Announcement, Edition, PageChange, RowChange
from monitor.watch.values import Match, MatchVerdict, Relation, ScreeningResult

SUPPLIER = Match(
    kind="exact", score=1.0, verdict=MatchVerdict.MATCH, reason="the same name", entry="Acme", key="supplier:acme",
    relation=Relation.SUPPLIER,
    subject="Acme",
)  # fmt: skip
TOUCHED = ScreeningResult(names=1, products=0, listed=1, found=(SUPPLIER,))
OWED = Decision(ChangeKind.NEW, "event", posts=(Post(NoticeKind.ACT, "event"),))


def told(
    found, *rules: RouteSettings, topics=None, touches: ScreeningResult | None = None
) -> tuple[str, ...]:
    (post,) = Router(rules, topics).addressed(OWED, found, touches).posts
    return post.to


def edition(*actions: str) -> Edition:
    changes = tuple(
        RowChange(action=action, id=str(at), name=f"Firm {at}") for at, action in enumerate(actions)
    )
    return Edition(
        key="un-sc-1", register="un-sc", authority="un-sc", rows=3, before=3, changes=changes
    )


def test_what_no_rule_fits_goes_to_alerts():
    assert told(control(61, "1C909")) == ("alerts",)
    assert told(control(61, "1C909"), RouteSettings(to=("desk",), authority=("us-*",))) == (
        "alerts",
    )


def test_every_rule_that_fits_adds_its_destinations_once():
    rules = (
        RouteSettings(to=("alerts", "asia"), authority=("cn-*",)),
        RouteSettings(to=("asia", "items"), register=("cn-dual-use-items",)),
        RouteSettings(to=("europe",), authority=("eu-*",)),
    )

    assert told(control(61, "1C909"), *rules) == ("alerts", "asia", "items")


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (RouteSettings(to=("desk",), action=("suspend",)), [False, True, False]),
        (RouteSettings(to=("desk",), register=("cn-unreliable-*",)), [False, False, True]),
        (
            RouteSettings(to=("desk",), action=("add",), register=("cn-dual-use-items",)),
            [True, False, False],
        ),
        (RouteSettings(to=("desk",), severity=Severity.HIGH), [True, True, True]),
        (RouteSettings(to=("desk",), severity=Severity.CRITICAL), [False, False, False]),
    ],
)
def test_a_rule_fits_when_all_its_conditions_do(rule, fits):
    acts = [
        control(61, "1C909"),
        suspension(70, "mofcom-2025-61"),
        listing(10, "Halifax International Security Forum"),
    ]

    assert [told(act, rule) == ("desk",) for act in acts] == fits


def test_a_topic_is_known_by_any_of_its_words_whatever_their_case():
    rule = RouteSettings(to=("desk",), topic=("security",))
    topics = {"security": ("安全论坛", "SECURITY forum")}

    assert told(listing(10, "Halifax International Security Forum"), rule, topics=topics) == (
        "desk",
    )
    assert told(listing(10, "TechInsights"), rule, topics=topics) == ("alerts",)


def test_what_touches_the_readers_own_is_critical_whatever_it_is():
    assert told(
        press("TechInsights"),
        RouteSettings(to=("desk",), severity=Severity.CRITICAL),
        touches=TOUCHED,
    ) == ("desk",)


@pytest.mark.parametrize(
    ("found", "severity"),
    [
        (control(61, "1C909"), Severity.HIGH),
        (press("TechInsights"), Severity.LOW),
        (edition("amend", "amend"), Severity.LOW),
        (edition("amend", "remove"), Severity.NORMAL),
        (edition("amend", "remove", "add"), Severity.HIGH),
    ],
)
def test_how_much_a_change_matters_is_what_it_does(found, severity):
    assert extract_features(found).severity is severity


def test_those_whom_a_rule_mentions_are_called_in_each_message():
    rules = (
        RouteSettings(to=("alerts",), mention=("here",)),
        RouteSettings(to=("desk",), mention=("U0123456", "here")),
    )
    (post,) = Router(rules).addressed(OWED, control(61, "1C909")).posts

    assert post.mentions == ("here", "U0123456")
    assert post.severity == "high"


def test_an_act_that_was_not_understood_may_be_anybodys_and_is_as_severe_as_one_that_adds():
    act = Announcement(key="mofcom-2030-9", authority="cn-mofcom", title="公告", understood="none")
    rules = (
        RouteSettings(to=("items",), register=("cn-dual-use-items",), severity=Severity.HIGH),
        RouteSettings(to=("removals",), action=("remove",)),
        RouteSettings(to=("europe",), authority=("eu-*",)),
    )

    assert extract_features(act).severity is Severity.HIGH
    assert told(act, *rules) == ("items", "removals")


@pytest.mark.parametrize(
    ("severity", "kind", "heard"),
    [
        (Severity.CRITICAL, NoticeKind.ACT, True),
        (Severity.HIGH, NoticeKind.ACT, False),
        (Severity.CRITICAL, NoticeKind.PARENT, False),
        (Severity.CRITICAL, NoticeKind.COMPLETED, True),
        (Severity.LOW, NoticeKind.STATE, True),
    ],
)
def test_in_quiet_hours_what_is_critical_is_said_and_how_an_event_stands(severity, kind, heard):
    assert breaks_quiet_hours(severity, kind) == heard


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ((), ""),
        (
            (RouteSettings(to=["desk"], register=["cn-countermeasures"]),),
            "no rule of config.toml fits it",
        ),
    ],
)
def test_that_no_rule_fits_is_said_only_where_there_are_rules(rules, why):
    (post,) = Router(rules).addressed(OWED, control(57, "1C909")).posts

    assert post.why == {"alerts": why}


def test_a_message_says_which_rules_send_it_to_each_destination():
    rules = (
        RouteSettings(to=("desk", "asia"), register=("cn-dual-use-items",)),
        RouteSettings(to=("asia",), authority=("cn-*",), severity=Severity.HIGH),
    )
    (post,) = Router(rules).addressed(OWED, control(57, "1C909")).posts

    assert post.why == {
        "desk": "rule 1 (register cn-dual-use-items) fits",
        "asia": (
            "rule 1 (register cn-dual-use-items) and rule 2 (authority cn-*, severity high or"
            " more) fit"
        ),
    }


def test_a_rule_says_what_it_asks_for_and_does_not_get():
    asks = RouteSettings(
        to=("desk",),
        authority=("us-*", "eu-*"),
        register=("un-sc",),
        action=("remove",),
        severity=Severity.CRITICAL,
        topic=("gold",),
    )
    (verdict,) = (
        Router((asks,), {"gold": ("gold",)})
        .routing(extract_features(control(57, "1C909")))
        .verdicts
    )
    (of_press,) = (
        Router((RouteSettings(to=("desk",), action=("add",)),))
        .routing(extract_features(press("Dedrone")))
        .verdicts
    )

    assert not verdict.fits
    assert verdict.unmet == (
        "authority is cn-mofcom, and us-* or eu-* is asked for",
        "register is cn-dual-use-items, and un-sc is asked for",
        "action is add, and remove is asked for",
        "severity is high, below critical",
        "no word of gold stands in it",
    )
    assert of_press.unmet == ("it has no action, and add is asked for",)
    assert describe_rule(RouteSettings(to=("desk",))) == "(whatever it is)"


@pytest.mark.parametrize(
    ("change", "authority"),
    [
        (PageChange(page="page:circulars"), "page"),
        (PageChange(page="page:circulars", authority="hk-customs"), "hk-customs"),
    ],
    ids=["nobody's", "of an authority"],
)
def test_a_change_of_a_watched_page_is_of_its_authority_if_it_has_one_and_is_on_no_register(
    change, authority
):
    rules = (
        RouteSettings(to=("pages",), authority=(authority,)),
        RouteSettings(to=("items",), register=("*",)),
    )

    assert told(change, *rules) == ("pages",)
    assert extract_features(change).severity is Severity.NORMAL
    assert extract_features(change, touches=True).severity is Severity.CRITICAL


@pytest.mark.parametrize(
    "found",
    [control(57, "1C909"), edition("amend"), press("Dedrone")],
    ids=["an act", "an edition", "the press"],
)
def test_what_is_understood_fits_a_rule_by_what_it_is_and_touches_nobody_unless_it_does(found):
    rules = (
        RouteSettings(to=("desk",), register=("jp-*",)),
        RouteSettings(to=("desk",), action=("repeal",)),
    )

    assert told(found, *rules) == ("alerts",)
    assert extract_features(found).severity is not Severity.CRITICAL
    assert extract_features(found, touches=True).severity is Severity.CRITICAL


def test_rules_see_the_register_of_an_edition_and_of_the_press():
    assert told(
        edition("amend"), RouteSettings(to=("desk",), register=("un-*",), action=("amend",))
    ) == ("desk",)
    assert told(
        press("Dedrone"), RouteSettings(to=("desk",), authority=("press",), register=("cn-*",))
    ) == ("desk",)


def test_what_only_may_touch_the_readers_own_is_no_more_severe_for_it():
    alike = msgspec.structs.replace(SUPPLIER, verdict=MatchVerdict.POSSIBLE)
    possible = ScreeningResult(names=1, products=0, listed=1, found=(alike,))
    (post,) = Router().addressed(OWED, press("TechInsights"), possible).posts

    assert post.severity is Severity.LOW


def test_a_message_bears_the_topics_of_which_a_word_stands_in_it():
    topics = {"chips": ("wafer",), "security": ("SECURITY forum", "x")}
    (post,) = (
        Router((), topics)
        .addressed(OWED, listing(10, "Halifax International Security Forum"))
        .posts
    )

    assert post.topics == ("security",)


def test_what_is_told_to_nobody_has_no_destinations_but_what_it_touches():
    silent = Decision(ChangeKind.NEW, "event")

    assert Router().addressed(silent, control(57, "1C909"), TOUCHED) == Decision(
        ChangeKind.NEW, "event", touches=TOUCHED
    )
