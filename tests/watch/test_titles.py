"""What stands above the headings of a list is no heading, and a list that gives no name is refused."""

import pytest
from workbooks import make_workbook

from monitor.ask.screen import parse_question
from monitor.errors import MonitorError
from monitor.watch.lists import Imported, read_entries

BODY = [["1", "TechInsights Inc.", "Ottawa"], ["2", "Dedrone by Axon", "Kassel"]]
NAMES = ["TechInsights Inc.", "Dedrone by Axon"]


def read_rows(*rows: list[str], mapped: dict[str, str] | None = None) -> Imported:
    return read_entries("l.xlsx", make_workbook({"S": rows}), None, mapped)


@pytest.mark.parametrize(
    "title",
    [
        "Supplier list 2026",
        "Lieferantenliste Einkauf 2026 – Stand 3. März",
        "2026年度合格供应商名录",
        "Supplier",  # a heading word, and the next row holds the headings
    ],
)
@pytest.mark.parametrize("headings", [["Nr.", "Firmierung", "Ort"], ["No.", "Company", "Town"]])
def test_a_title_is_no_heading(title: str, headings: list[str]):
    read = read_rows([title], [], headings, *BODY)

    assert [entry.name for entry in read.entries] == NAMES
    assert "headings in row 3" in read.taken[0]
    assert read.unused[0] == f"l.xlsx [S]: not used, above the headings: “{title}”"


def test_what_stands_above_the_headings_is_counted_where_it_is_much():
    above = [[f"{letter} Ltd"] for letter in "ABCDEFGH"]
    read = read_rows(*above, ["No.", "Company", "Town"], *BODY)

    assert read.unused[0].endswith("“E Ltd”, “F Ltd” (and 2 further cells)")


def test_the_title_of_a_table_turns_no_columns_into_rows():
    text = (
        "Supplier register;;\nby J. Doe;;\nSupplier;;Bought\nName;Land;2026\nAcme;DE;1\nBeta;DE;2\n"
    )

    assert [entry.name for entry in read_entries("l.csv", text.encode(), None).entries] == [
        "Acme",
        "Beta",
    ]


def test_words_below_known_headings_that_are_called_like_some_turn_no_table():
    text = "name,kind\nAcme,supplier\nBeta,supplier\n1C909,product\n"
    read = read_entries("l.csv", text.encode(), None)

    assert [entry.name for entry in read.entries] == ["Acme", "Beta", "1C909"]


def test_unknown_headings_are_named_with_the_option_that_explains_them():
    read = read_rows(
        ["Partner 2026"], ["Lfd.", "Anschrift", "Stadt"], *BODY, ["3", "Foo GmbH", "X"]
    )

    assert [entry.name for entry in read.entries] == ["Anschrift", *NAMES, "Foo GmbH"]
    assert (
        "if row 2 holds the headings (Lfd., Anschrift, Stadt), --map Anschrift=name"
        in read.taken[0]
    )
    assert "row 1: only in columns that are not used: 'Partner 2026'" in read.unusable[0]
    told = read_rows(["Partner 2026"], ["Lfd.", "Anschrift"], *BODY, mapped={"Anschrift": "name"})
    assert [entry.name for entry in told.entries] == NAMES


def test_a_column_that_is_mapped_by_its_letter_keeps_its_first_row():
    text = b"TechInsights Inc.,x\nFoo,y\n"

    read = read_entries("l.csv", text, None, {"A": "name"})
    assert [entry.name for entry in read.entries] == ["TechInsights Inc.", "Foo"]
    assert "without headings: “column A” is name" in read.taken[0]


def test_a_cell_beyond_the_headings_of_a_sheet_takes_no_row_away():
    read = read_rows(["Company"], ["Acme Ltd"], ["Beta Ltd", "", "paid"])

    assert [entry.name for entry in read.entries] == ["Acme Ltd", "Beta Ltd"]
    assert "not used, since it has no heading: C" in read.unused[0]


def test_text_with_more_cells_than_headings_is_told_once():
    read = read_entries("l.csv", b"Supplier,Land\nAcme, Inc.,US\nBeta, Inc.,US\nFoo,US\n", None)

    assert [entry.name for entry in read.entries] == ["Foo"]
    assert read.unusable == (
        (
            "l.csv row 2 (and in 1 further rows): more cells than headings; put a name with a comma"
            " into quotation marks"
        ),
    )


def test_a_file_whose_names_are_formulas_without_values_says_so_and_how_to_mend_it(tmp_path):
    (tmp_path / "l.xlsx").write_bytes(make_workbook({"L": [["Name"], [("=B2", "")]]}))

    with pytest.raises(MonitorError, match="gives no name: .*row 2: a formula without a value"):
        parse_question(str(tmp_path / "l.xlsx"))


@pytest.mark.parametrize("rows", ["-,US\nn/a,\n", "", "Acme, Inc.,US\n"])
def test_a_file_that_gives_no_name_clears_nobody(tmp_path, rows: str):
    (tmp_path / "l.csv").write_text(f"Supplier,Country\n{rows}")

    with pytest.raises(
        MonitorError, match="nothing was screened: .* gives no name: .*--map"
    ) as told:
        parse_question(str(tmp_path / "l.csv"))
    assert type(told.value) is MonitorError  # exit code 1
