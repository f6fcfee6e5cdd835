"""What is no name is taken off one, and it is said what that was."""

import pytest

from monitor.watch.lists import Cleaned, clean_name


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Acme (DO NOT USE)", Cleaned("Acme", ("a lock: “(DO NOT USE)”",))),
        ("*** BLOCKED *** Acme GmbH", Cleaned("Acme GmbH", ("a lock: “*** BLOCKED ***”",))),
        ("100234 - Acme", Cleaned("Acme", ("an account number: “100234 -”",))),
        ("Acme [1234567]", Cleaned("Acme", ("an account number: “[1234567]”",))),
        ("Acme Ltd - EUR", Cleaned("Acme Ltd", ("a currency: “- EUR”",))),
        ("Acme c/o Foo", Cleaned("Acme", ("an addressee: “c/o Foo”",))),
        ("Acme Inc /DE/", Cleaned("Acme Inc", ("a mark of the stock exchange: “/DE/”",))),
        ("==Acme #", Cleaned("Acme", ("marks: “== #”",))),
        (
            "100234 - Acme - EUR",
            Cleaned("Acme", ("an account number: “100234 -”", "a currency: “- EUR”")),
        ),
        ("BLOCKED", Cleaned("", ("a lock: “BLOCKED”",))),
        ("One-time vendor", Cleaned("")),
        ("Acme   Ltd", Cleaned("Acme Ltd")),
        ("Acme (BLOCKED) Ltd", Cleaned("Acme Ltd", ("a lock: “Acme (BLOCKED) Ltd”",))),
        ("", Cleaned("")),
    ],
)
def test_what_is_taken_off_a_name_is_said(written: str, clean: Cleaned):
    assert clean_name(written) == clean
