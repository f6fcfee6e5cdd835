"""Shares within the cell of an owner, and what of a row is not read and may be an owner."""

import pytest
from cases import read_cases
from each import for_each

from monitor.watch.entries import Entry, Owner, Party
from monitor.watch.lists import read_entries
from monitor.watch.stakes import Holder, read_holders
from monitor.watch.tables import find_field


def read(text: str) -> tuple[Entry, ...]:
    return read_entries("s.csv", text.encode(), None).entries


def owners(*held: str) -> list[Holder]:
    """`Acme Ltd=60`, `Acme Ltd=` where no share is stated."""
    pairs = (one.rpartition("=") for one in held)
    return [Holder(name, float(share) if share else None) for name, _, share in pairs]


@for_each(
    ("cell", "held"),
    read_cases("""
        Nordlicht Holding AG | ['Nordlicht Holding AG=']
        Nordlicht Holding AG (60%) | ['Nordlicht Holding AG=60']
        Nordlicht Holding AG 60,5 % | ['Nordlicht Holding AG=60.5']
        Nordlicht Holding AG: 60 Prozent | ['Nordlicht Holding AG=60']
        Nordlicht AG hält 60 % der Anteile | ['Nordlicht AG=60']
        60 % Nordlicht AG | ['Nordlicht AG=60']
        100%-ige Tochter der Nordlicht AG | ['Nordlicht AG=100']
        60% owned by Northlight Inc. | ['Northlight Inc.=60']
        Northlight Inc. [60 % stake] | ['Northlight Inc.=60']
        Northlight Inc. 60 per cent | ['Northlight Inc.=60']
        Lumière SA (60 % des parts) | ['Lumière SA=60']
        détenu à 60 % par Lumière SA | ['Lumière SA=60']
        北光公司（51%） | ['北光公司=51']
        北光公司 持股51％ | ['北光公司=51']
        持股51%的北光公司 | ['北光公司=51']
        株式会社北光 51%出資 | ['株式会社北光=51']
        북광 주식회사 지분 51% | ['북광 주식회사=51']
        ООО Север (51 %) | ['ООО Север=51']
        Acme Ltd 40 %, Northlight Inc. 60 % | ['Acme Ltd=40', 'Northlight Inc.=60']
        40 % Acme Ltd and 60 % Northlight Inc. | ['Acme Ltd=40', 'Northlight Inc.=60']
        Acme Ltd (40%) / Northlight Inc. (60%) | ['Acme Ltd=40', 'Northlight Inc.=60']
        北光公司51%，张三49% | ['北光公司=51', '张三=49']
        Northlight Inc. 25-50 % | ['Northlight Inc.=']  # a range is no share
        - | []
        n/a | []
        """),
)
def test_an_owner_is_named_without_its_share(cell: str, held: list[str]) -> None:
    assert [*read_holders([cell])] == owners(*held)


@pytest.mark.parametrize(
    "cell",
    [
        "wholly owned by Northlight Inc.",
        "majority: Northlight Inc.",
        "Mehrheit Nordlicht AG",
        "Nordlicht-Konzern",
        "Northlight Inc. via Nord Ltd",
        "Northlight Inc. 0.6",
        "Northlight Inc. 1/2",
        "60 %",
    ],
)
def test_a_cell_that_may_be_no_name_is_said_to_be_unread(cell: str) -> None:
    (party,) = read(f"Supplier;Parent company\nAcme Ltd;{cell}\n")
    assert party.unread == (f"owner: {cell}",)


@pytest.mark.parametrize(
    "name", ["Bank of Norden", "Compagnie de Saint-Lumière", "3K Company", "nordlicht AG"]
)
def test_an_owner_that_is_understood_is_not_said_to_be_unread(name: str) -> None:
    (party,) = read(f"Supplier;Parent company\nAcme Ltd;{name}\n")
    assert isinstance(party, Party)
    assert (party.parent, party.unread) == (name, ())


def test_the_share_beside_an_owner_counts_and_of_two_the_larger() -> None:
    one, other = read("Supplier;Parent;Share\nAcme Ltd;Nord AG (60 %);\nBeta Ltd;Nord AG 40 %;60\n")
    assert [party.all_owners for party in (one, other)] == [(Owner(name="Nord AG", share=60),)] * 2


@pytest.mark.parametrize(
    ("heading", "field"),
    read_cases(
        """
        Eigentümer | parent
        Propriétaire du fournisseur | parent
        Actionnaire principal | parent
        Socio | parent
        Właściciel | parent
        Владелец | parent
        实控人 | parent
        主要株主 | parent
        주요주주 | parent
        Shareholders | parent
        Ultimate beneficial owner | parent
        Code de contrôle | codes
        Código de control | codes
        Dual-Use-Nr. | codes
        Güterlistennummer | codes
        管制分类编码 | codes
        輸出規制コード | codes
        통제번호 | codes
        """
    ),
)
def test_owners_and_codes_are_known_by_their_headings(heading: str, field: str) -> None:
    assert find_field(heading) == field


def test_owner_is_who_owns_a_firm_where_firms_stand_below_it() -> None:
    ours, theirs = (
        "Supplier;Owner\nAcme Ltd;Ana Ruiz\n",
        "Supplier;Owner\nAcme Ltd;Northlight Inc.\n",
    )
    assert [(one.owner, one.all_owners) for one in read(ours)] == [("Ana Ruiz", ())]
    assert [(one.owner, one.all_owners) for one in read(theirs)] == [
        ("", (Owner(name="Northlight Inc."),))
    ]


@pytest.mark.parametrize(
    ("table", "unread"),
    [
        ("Supplier;Kapitalinfo\nAcme Ltd;Northlight Inc. (60 %)\n", ["Northlight Inc. (60 %)"]),
        ("供应商名称;资本\n甲公司;北光公司\n", ["北光公司"]),
        ("Product;Prüfung\nServo drive;2B001\n", ["2B001"]),
        ("Supplier;Stadt;Bank\nAcme Ltd;Nordstadt;-\n", []),
    ],
)
def test_what_may_be_an_owner_or_a_code_and_is_not_read_is_said_of_its_row(table, unread) -> None:
    told = read_entries("s.csv", table.encode(), None)
    heading = table.partition("\n")[0].split(";")[1]
    assert [one.unread for one in told.entries] == [tuple(f"“{heading}”: {one}" for one in unread)]
    assert any("not read, and may be" in line for line in told.unusable) == bool(unread)


def test_goods_of_two_firms_in_a_row_do_not_stand_again_and_a_line_is_said_once() -> None:
    text = "Supplier;Country;Part\nAcme Ltd / Nord GmbH;D/XX;Gear\n"
    told = read_entries("s.csv", text.encode(), None)
    assert [line for line in told.unusable if "Gear" in line] == []
    assert [line for line in told.unusable if "XX" in line] == [
        "s.csv row 2: country 'XX' is not known; kept without"
    ]
    assert [one.country for one in told.entries if isinstance(one, Party)] == ["DE", "DE"]
