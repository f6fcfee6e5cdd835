"""Who may do what, by the roles of config.toml."""

import pytest

from monitor.config import TriageSettings
from monitor.triage.values import (
    Person,
    TriageRequest,
    Verb,
    explain_refusal,
    list_groups,
    list_roles,
)

SETTINGS = TriageSettings(
    roles={"compliance": ("S0COMPLIANCE", "U0ANA"), "trade": ("S0TRADE",)},
    decide=("compliance", "trade"),  # of an earlier version: goes before `allowed`
    allowed=("compliance",),
)
TODAY = "2026-12-01"
GROUPS = {"S0COMPLIANCE": {"U0MEI"}, "S0TRADE": {"U0LI", "U0MEI"}}


@pytest.mark.parametrize(
    ("member", "has"),
    [
        ("U0ANA", ["compliance"]),
        ("U0MEI", ["compliance", "trade"]),
        ("U0LI", ["trade"]),
        ("U0TOM", []),
    ],
)
def test_a_member_has_the_roles_that_name_them_or_a_group_of_theirs(member, has):
    assert list_roles(SETTINGS, member, GROUPS) == has


def test_of_a_group_that_nobody_could_ask_for_nobody_is_a_member():
    assert list_roles(SETTINGS, "U0MEI", {}) == []
    assert list_groups(SETTINGS) == ["S0COMPLIANCE", "S0TRADE"]


@pytest.mark.parametrize(
    ("verb", "has", "may"),
    [
        (Verb.TAKE, [], True),
        (Verb.TELL, [], True),
        (Verb.DONE, ["trade"], True),
        (Verb.DONE, [], False),
        (Verb.NOT_OURS, ["trade"], False),
        (Verb.NOT_OURS, ["compliance"], True),
        (Verb.MUTE, ["trade"], False),
        (Verb.UNMUTE, ["trade"], False),
    ],
)
def test_what_takes_a_role_is_refused_to_who_has_none_of_those(verb, has, may):
    assert (explain_refusal(SETTINGS, asked(verb), has, TODAY) == "") is may


def asked(verb: Verb, until: str = "") -> TriageRequest:
    return TriageRequest("k", verb, "mofcom-2025-61", Person("slack:U0TOM", ""), until=until)


@pytest.mark.parametrize(
    ("until", "has", "may"),
    [
        ("2026-12-02T09:00:00Z", [], True),
        ("2026-12-08T23:59:00Z", [], True),
        ("2026-12-09T00:00:00Z", [], False),
        ("2027-12-01T00:00:00Z", [], False),
        ("2027-12-01T00:00:00Z", ["trade"], True),
    ],
)
def test_whoever_may_not_decide_lets_an_event_rest_for_a_week_at_most(until, has, may):
    refused = explain_refusal(SETTINGS, asked(Verb.SNOOZE, until), has, TODAY)
    assert refused == (
        ""
        if may
        else "not permitted: a rest of more than 7 days takes the role compliance or trade"
    )


def test_where_no_role_is_asked_for_everybody_may():
    assert explain_refusal(TriageSettings(), asked(Verb.MUTE), [], TODAY) == ""
    assert explain_refusal(TriageSettings(), asked(Verb.SNOOZE, "2027-11-30"), [], TODAY) == ""
