"""What is no name is taken off one, and it is said what that was."""

import pytest
from cases import read_cases
from each import for_each

from monitor.watch.noise import Cleaned, clean_name


@for_each(
    ("written", "clean", "removed"),
    read_cases("""
        Acme (DO NOT USE) | Acme | a lock: “(DO NOT USE)”
        *** BLOCKED *** Acme GmbH | Acme GmbH | a lock: “*** BLOCKED ***”
        100234 - Acme | Acme | an account number: “100234 -”
        Acme [1234567] | Acme | an account number: “[1234567]”
        Acme Ltd - EUR | Acme Ltd | a currency: “- EUR”
        Acme c/o Foo | Acme | an addressee: “c/o Foo”
        Attn: Acme Ltd | Acme Ltd | an addressee: “Attn:”
        Attention Deficit Ltd | Attention Deficit Ltd | ""
        Acme, 4 Main St, Leeds | Acme | an address: “, 4 Main St, Leeds”
        Acme; Hauptstr. 7 | Acme | an address: “; Hauptstr. 7”
        Acme, Bar & 7 Drive Ltd | Acme, Bar & 7 Drive Ltd | ""
        甲公司（地址：北京市1号） | 甲公司 | an address: “（地址：北京市1号）”
        Acme Inc /DE/ | Acme Inc | a mark of the stock exchange: “/DE/”
        ==Acme # | Acme | marks: “== #”
        100234 - Acme - EUR | Acme | an account number: “100234 -”; a currency: “- EUR”
        BLOCKED | "" | a lock: “BLOCKED”
        One-time vendor | "" | ""
        TRUE | "" | ""
        2025-01-02 | "" | ""
        2025-01-02 08:30:00 | "" | ""
        31.12.2024 | "" | ""
        True Motion Ltd | True Motion Ltd | ""
        Acme   Ltd | Acme Ltd | ""
        Acme (BLOCKED) Ltd | Acme Ltd | a lock: “Acme (BLOCKED) Ltd”
        "" | "" | ""
        """),
)
def test_what_is_taken_off_a_name_is_said(written: str, clean: str, removed: str):
    made = clean_name(written)

    assert (made.name, "; ".join(made.removed)) == (clean, removed)


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
