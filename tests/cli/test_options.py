"""Who wants something, as several commands take it."""

import getpass

import pytest

from monitor.cli.setting import parse_person


@pytest.mark.parametrize(
    ("by", "name"), [("Li Wei", "Li Wei"), (" Li\u202e  Wei\n", "Li Wei"), (" \u202e", "liwei")]
)
def test_somebody_is_known_by_what_is_shown_of_their_name(by: str, name: str, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "liwei")

    assert parse_person(by) == name
