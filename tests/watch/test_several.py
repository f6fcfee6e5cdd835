"""Several firms in a cell, several tables on a sheet, and lists without headings: all of it is
read, and it is said how.
"""

import pytest
from cases import read_cases
from workbooks import make_workbook

from monitor.names.name import split_names
from monitor.watch.entries import Party
from monitor.watch.lists import Imported, read_entries
from monitor.watch.values import Relation

ACME, BETA = ("Acme Ltd", Relation.SUPPLIER, "GB"), ("Beta GmbH", Relation.SUPPLIER, "GB")
SUPPLIERS = "Supplier,Country\n"


def entries(read: Imported) -> list[tuple[str, str, str | None]]:
    return [(entry.name, entry.relation, getattr(entry, "country", None)) for entry in read.entries]


@pytest.mark.parametrize(
    ("text", "found", "said"),
    [
        (
            f"{SUPPLIERS}Acme Ltd; Beta GmbH,GB\n",
            [ACME, BETA],
            "name 'Acme Ltd; Beta GmbH' is read as 2 firms",
        ),
        (f"{SUPPLIERS}Acme Ltd / Beta GmbH,GB\n", [ACME, BETA], "is read as 2 firms"),
        # of two columns that may hold names, one has numbers
        (
            "VENDOR|NAME|CTRY\n1001|ACME LTD|GB\n1002|BETA GMBH|GB\n",
            [("ACME LTD", *ACME[1:]), ("BETA GMBH", *BETA[1:])],
            "“VENDOR” is party, “NAME” is name",
        ),
        # who knows
        (
            f"{SUPPLIERS}Acme; Beta,GB\n",
            [("Acme; Beta", Relation.SUPPLIER, "GB")],
            "read as suppliers",
        ),
        (
            f"{SUPPLIERS}甲公司 北京市海淀区中关村大街1号,GB\n",
            [("甲公司", Relation.SUPPLIER, "GB")],
            "an address",
        ),
        (
            f"{SUPPLIERS}Acme Ltd,GB\n,\nCustomer,Country\nGamma SA,FR\n",
            [ACME, ("Gamma SA", Relation.CUSTOMER, "FR")],
            "read as customers, headings in row 4",
        ),
        (
            f"Nr,{SUPPLIERS}1,Acme Ltd,GB\n,,\nMore of them,,\n{SUPPLIERS}Beta GmbH,GB\n",
            [ACME, BETA],
            "headings in row 5: “Supplier” is party",
        ),
        (
            "Acme Ltd,GB,12\nBeta GmbH,GB,13\n",
            [ACME, BETA],
            "without headings; is it so? --map A=name says otherwise",
        ),
        (
            f"{SUPPLIERS}Acme Ltd,GB\nPage 2 of 2,\n{SUPPLIERS}Beta GmbH,GB\nNo. of suppliers: 2,\n",
            [ACME, BETA],
            "row 6: 'No. of suppliers: 2' is no name",
        ),
        (
            f'{SUPPLIERS}Acme Ltd,GB\n"Please add new firms below, not between! (Joan)",\n',
            [ACME],
            "row 3: 'Please add new firms below, not between! (Joan)' is no name",
        ),
        (
            f"{SUPPLIERS}Sons of the late Ezra Mill Co.,GB\n",
            [("Sons of the late Ezra Mill Co.", *ACME[1:])],
            "read as suppliers",
        ),
        # `Code` is a control code elsewhere; here none looks like one
        (
            "Code,Supplier,Country\nF0211,Acme Ltd,GB\nF0214,Beta GmbH,GB\n",
            [ACME, BETA],
            "“Code” is ref",
        ),
        (
            "供应商名称,国家/地区\n甲公司,香港\n",
            [("甲公司", Relation.SUPPLIER, "HK")],
            "“国家/地区” is country",
        ),
        (
            "업체명,국가\n삼성전자 주식회사,대한민국\n",
            [("삼성전자 주식회사", Relation.SUPPLIER, "KR")],
            "“업체명” is party",
        ),
        (
            f"{SUPPLIERS}{'Acme Ltd,GB' + chr(10)}" * 1 + "Acme Ltd,GB\n" * 3,
            [ACME],
            "row 3 (and in 2 further rows): Acme Ltd stands",
        ),
    ],
)
def test_what_a_list_says_in_its_own_way_is_read_and_said(
    text: str, found: list[tuple[str, str, str | None]], said: str
):
    read = read_entries("l.csv", text.encode(), None)

    assert entries(read) == found
    assert any(said in line for line in (*read.taken, *read.remarks, *read.unusable))


def test_one_name_with_the_numbers_of_two_firms_is_said():
    read = read_entries(
        "l.csv", b"Supplier,VAT\nAcme GmbH,DE111111125\nAcme GmbH,DE222222228\n", None
    )

    assert "but not another VAT number: DE111111125, DE222222228" in read.unusable[0]


def test_a_second_sheet_of_customers_is_no_list_of_suppliers():
    names = [["Name", "Country"], ["Acme Ltd", "GB"]]
    body = make_workbook({"Suppliers": names, "Customers": names})

    assert entries(read_entries("l.xlsx", body, None)) == [
        ACME,
        ("Acme Ltd", Relation.CUSTOMER, "GB"),
    ]
    told = read_entries("l.xlsx", body, Relation.SUPPLIER)
    assert entries(told) == [ACME]
    assert told.unused == (
        (
            "l.xlsx [Customers] row 1: these are customers and not suppliers; import them --as"
            " customer"
        ),
    )


def test_the_second_half_of_a_name_goes_on_with_the_first_whatever_the_halves_are_called():
    read = read_entries("l.csv", b"Rag. soc. 1,Rag. soc. 2\nAcme,Ltd\nBeta GmbH,\n", None)
    halves = [(one.name, one.aliases) for one in read.entries if isinstance(one, Party)]

    assert halves == [("Acme Ltd", ("Acme", "Ltd")), ("Beta GmbH", ())]


def test_tables_beside_each_other_are_two_lists_and_a_form_that_repeats_is_of_several_firms():
    headings = ["Company", "Town", "Country"]
    beside = [
        ["Suppliers", "", "", "", "Customers", "", ""],
        [*headings, "", *headings],
        ["Acme Ltd", "Leeds", "GB", "", "Gamma SA", "Lyon", "FR"],
        ["Beta GmbH", "Leeds", "GB"],
    ]
    form = [
        ["Company:", "Acme Ltd"], ["Country:", "GB"], ["Town:", "Leeds"], [],
        ["Company:", "Beta GmbH"], ["Country:", "GB"],
    ]  # fmt: skip
    read = read_entries("l.xlsx", make_workbook({"S": beside}), None)

    assert entries(read) == [ACME, BETA, ("Gamma SA", Relation.CUSTOMER, "FR")]
    assert "not used: “Town” (F)" in read.unused[-1]
    assert entries(read_entries("l.xlsx", make_workbook({"S": form}), None)) == [ACME, BETA]


def test_a_firm_behind_an_address_in_one_cell_is_kept():
    body = 'Supplier\n"Acme Ltd, 4 Main St; Beta GmbH"\n'

    read = read_entries("l.csv", body.encode(), None)
    assert [entry.name for entry in read.entries] == ["Acme Ltd", "Beta GmbH"]


@pytest.mark.parametrize(
    ("cell", "names"),
    read_cases("""
        Dedrone (now Axon) | ('Dedrone', 'Axon')
        Foo GmbH f/k/a Bar GmbH | ('Foo GmbH', 'Bar GmbH')
        John Smith t/a Smith Metals | ('John Smith', 'Smith Metals')
        Foo Ltd trading as Bar | ('Foo Ltd', 'Bar')
        Foo GmbH (formerly known as Bar KG) | ('Foo GmbH', 'Bar KG')
        Foo GmbH vormals Bar KG | ('Foo GmbH', 'Bar KG')
        アクメ株式会社（旧ベータ株式会社） | ('アクメ株式会社', 'ベータ株式会社')
        甲科技有限公司（原名：乙科技有限公司） | ('甲科技有限公司', '乙科技有限公司')
        Now Foods Inc | ('Now Foods Inc',)
        旧金山贸易公司 | ('旧金山贸易公司',)
        """),
)
def test_a_cell_that_says_what_a_firm_was_called_gives_both_names(
    cell: str, names: tuple[str, ...]
):
    assert split_names(cell) == names
