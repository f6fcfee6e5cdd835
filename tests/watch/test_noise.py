"""What is no name is taken off one, and it is said what that was."""

import pytest
from cases import read_cases

from monitor.watch.noise import Cleaned, clean_name


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Acme (DO NOT USE)", Cleaned("Acme", ("a lock: “(DO NOT USE)”",))),
        ("*** BLOCKED *** Acme GmbH", Cleaned("Acme GmbH", ("a lock: “*** BLOCKED ***”",))),
        ("100234 - Acme", Cleaned("Acme", ("an account number: “100234 -”",))),
        ("Acme [1234567]", Cleaned("Acme", ("an account number: “[1234567]”",))),
        ("Acme Ltd - EUR", Cleaned("Acme Ltd", ("a currency: “- EUR”",))),
        ("Acme c/o Foo", Cleaned("Acme", ("an addressee: “c/o Foo”",))),
        ("Attn: Acme Ltd", Cleaned("Acme Ltd", ("an addressee: “Attn:”",))),
        ("Attention Deficit Ltd", Cleaned("Attention Deficit Ltd")),
        ("Acme, 4 Main St, Leeds", Cleaned("Acme", ("an address: “, 4 Main St, Leeds”",))),
        ("Acme; Hauptstr. 7", Cleaned("Acme", ("an address: “; Hauptstr. 7”",))),
        ("Acme, Bar & 7 Drive Ltd", Cleaned("Acme, Bar & 7 Drive Ltd")),
        ("甲公司（地址：北京市1号）", Cleaned("甲公司", ("an address: “（地址：北京市1号）”",))),
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


@pytest.mark.parametrize(
    "written",
    read_cases("""
        #REF!
        #DIV/0!
        #WERT!
        #¿NOMBRE?
        #N/A
        #NV
        Err:502
        s.o.
        dto.
        Ditto
        〃
        -"-
        同上
        as above
        """),
)
def test_an_error_of_a_spreadsheet_and_a_mark_for_the_same_are_no_names(written: str):
    assert clean_name(written) == Cleaned("")


@pytest.mark.parametrize("written", ["Dito Sama AG", "S.O. GmbH", "Idemia", "上記商事", "Do Ltd"])
def test_a_name_that_begins_like_such_a_mark_is_a_name(written: str):
    assert clean_name(written) == Cleaned(written)
