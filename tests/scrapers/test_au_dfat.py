from collections.abc import Sequence
from pathlib import Path

import pytest
from papers import word, workbook
from registers_europe import ERROR_PAGE, OTHER_XML, REGISTRY, URL, changes, golden, read, refusal

from monitor.source.page import Body, Page, Register

HEADER = (
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Date of Birth",
    "Control Date",
    "Committees",
)


def sheet(*names: tuple[str, str, str], header: Sequence[str] = HEADER) -> bytes:
    """A workbook of these references, names and kinds of name."""
    return workbook(
        header,
        *(
            (ref, name, "Individual", kind, "1970", "2026-02-02", "1267")
            for ref, name, kind in names
        ),
    )


AKHUND = ("2", "Mohammad Hassan Akhund", "Primary Name")
ALIAS = ("2a", "Mohammed Hasan Akhund", "Alias")
OTHER = ("3", "Abdul Kabir", "Primary Name")


def test_au_names_of_a_reference_are_one_record_even_past_others(tmp_path: Path) -> None:
    together, apart, before = (
        sheet(AKHUND, ALIAS, OTHER),
        sheet(AKHUND, OTHER, ALIAS),
        sheet(ALIAS, OTHER, AKHUND),
    )

    assert len(read("au_dfat.consolidated", together)) == 1 + 2
    assert changes("au_dfat.consolidated", together, apart, tmp_path) == []
    assert changes("au_dfat.consolidated", together, before, tmp_path) == []


def test_au_a_reference_in_use_twice_is_two_records(tmp_path: Path) -> None:
    twice = sheet(
        AKHUND,
        ALIAS,
        OTHER,
        ("2", "Gulbuddin Hekmatyar", "Primary Name"),
        ("2a", "Gulabudin", "Alias"),
    )
    [(action, known_as, _)] = changes(
        "au_dfat.consolidated", sheet(AKHUND, ALIAS, OTHER), twice, tmp_path
    )

    assert (action, known_as) == ("add", "2|GULBUDDIN HEKMATYAR")


def test_au_a_reference_given_to_somebody_else_is_a_removal_and_an_addition(tmp_path: Path) -> None:
    found = changes(
        "au_dfat.consolidated",
        sheet(AKHUND, OTHER),
        sheet(("2", "Gulbuddin Hekmatyar", "Primary Name"), OTHER),
        tmp_path,
    )

    assert [(action, known_as) for action, known_as, _ in found] == [
        ("add", "2|GULBUDDIN HEKMATYAR"),
        ("remove", "2|MOHAMMAD HASSAN AKHUND"),
    ]


@pytest.mark.parametrize(
    "new",
    [
        [("2", "Hassan Akhund", "Primary Name"), ALIAS],
        [("2", "Mullah Hasan", "Primary Name"), ("2a", "Mohammad Hassan Akhund", "Alias")],
    ],
    ids=["most of the name", "the old name is an alias"],
)
def test_au_a_new_name_of_the_same_person_is_an_amendment(
    new: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    [(action, _, fields)] = changes(
        "au_dfat.consolidated", sheet(AKHUND, ALIAS, OTHER), sheet(*new, OTHER), tmp_path
    )

    assert action == "amend"
    assert fields["name"] == ("Mohammad Hassan Akhund", new[0][1])


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (
            golden("au_dfat.consolidated")[: len(golden("au_dfat.consolidated")) * 7 // 10],
            {"unreadable"},
        ),
        (sheet(AKHUND, header=("Number", *HEADER[1:])), {"layout"}),
        (sheet(AKHUND, ("", "nobody's name", "Alias")), {"layout"}),
        (sheet(), {"layout"}),
        (word("A letter."), {"layout"}),
        (ERROR_PAGE, {"error-page"}),
        (OTHER_XML, {"error-page"}),
        (b"", {"empty"}),
    ],
    ids=[
        "cut",
        "heading renamed",
        "row without reference",
        "no rows",
        "another file",
        "error",
        "another document",
        "empty",
    ],
)
def test_au_what_is_not_the_whole_list_is_refused(body: bytes, kinds: set[str]) -> None:
    assert refusal("au_dfat.consolidated", body) in kinds


@pytest.mark.parametrize(
    ("cell", "measures", "unread"),
    [
        ("TRUE", {"measures": "Travel Ban"}, ()),
        ("Yes", {"measures": "Travel Ban"}, ()),
        ("FALSE", {}, ()),
        ("N/A", {}, ()),
        ("", {}, ()),
        ("Applies", {}, ("Travel Ban: Applies",)),
        ("Y", {}, ("Travel Ban: Y",)),
    ],
)
def test_au_a_measure_is_told_and_words_that_are_neither_yes_nor_no_are_said_to_be_unread(
    cell: str, measures: dict[str, str], unread: tuple[str, ...]
) -> None:
    body = workbook(
        (*HEADER, "Travel Ban"),
        ("2", "Abdul Kabir", "Individual", "Primary Name", "1970", "2026-02-02", "1267", cell),
    )
    register = REGISTRY.reader("au_dfat.consolidated")(Page(url=URL, body=Body(body)))
    assert isinstance(register, Register)
    (listing,) = (register.read(record.raw) for record in register.records)

    assert {name: told for name, told in listing.fields.items() if name == "measures"} == measures
    assert listing.unread == unread
