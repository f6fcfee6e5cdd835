"""Columns of two kinds of firms are two firms, and a row of totals is nobody."""

import pytest
from cases import read_cases

from monitor.watch.entries import Party
from monitor.watch.lists import Imported, read_entries
from monitor.watch.values import Relation


def read(text: str, relation: Relation | None = Relation.SUPPLIER) -> Imported:
    return read_entries("s.csv", text.encode(), relation)


def parties(imported: Imported) -> str:
    """Each with its relation, its names and its country."""
    return "; ".join(
        f"{one.relation} {', '.join((one.name, *one.aliases))} ({one.country})"
        for one in imported.entries
        if isinstance(one, Party)
    )


@pytest.mark.parametrize(
    ("text", "relation", "found", "unused"),
    read_cases("""
        Supplier,Country,Customer / Skydio,US,Teal | supplier | supplier Skydio (US) | “Customer” (C, customers)
        Lieferant;Land;Kunde / Skydio;US;Teal | supplier | supplier Skydio (US) | “Kunde” (C, customers)
        供应商名称,国家,客户名称 / Skydio,US,Teal | supplier | supplier Skydio (US) | “客户名称” (C, customers)
        Supplier,Country,Customer / Skydio,US,Teal | customer | customer Teal (None) | “Supplier” (A, suppliers)
        Supplier,Country,Customer / Skydio,US,Teal | None | supplier Skydio (US); customer Teal (None) | ""
        Vendor,Manufacturer / Skydio,Teal | supplier | supplier Skydio (None) | “Manufacturer”
        Supplier,Country,Customer,Country / Skydio,US,Teal,CA | None | supplier Skydio (US); customer Teal (CA) | ""
        Supplier name,Company,Country / Skydio,Skydio Inc,US | supplier | supplier Skydio, Skydio Inc (US) | ""
        供应商,Supplier,Country / 天宝,Skydio,US | supplier | supplier 天宝, Skydio (US) | ""
        Customer name,Company,Country / Skydio,Skydio Inc,US | customer | customer Skydio, Skydio Inc (US) | ""
        Supplier,Customer / Skydio, / ,Teal | supplier | supplier Skydio (None) | “Customer”
        """),
)
def test_a_customer_is_no_alias_of_a_supplier(
    text: str, relation: str | None, found: str, unused: str
):
    imported = read(text.replace(" / ", "\n"), Relation(relation) if relation else None)

    assert parties(imported) == found
    assert unused in " ".join(imported.unused)


@pytest.mark.parametrize(
    "total",
    read_cases(
        """
        Summe
        Gesamt: 3 Lieferanten
        Gesamtsumme
        Zwischensumme:
        Total: 3 suppliers
        Grand Total
        Subtotal
        TOTAL
        Anzahl: 3
        3 vendors in total
        Sous-total
        合计
        总计：3家供应商
        共3家
        合計 3
        """
    ),
)
def test_a_total_is_no_supplier_and_is_said(total: str):
    imported = read(f"Supplier,Country\nSkydio,US\nAcme,DE\n{total},\n")

    assert [one.name for one in imported.entries] == ["Skydio", "Acme"]
    assert total.split(":", maxsplit=1)[0] in " ".join(imported.unusable)


@pytest.mark.parametrize(
    "name",
    read_cases(
        """
        Total SE
        Total Gabon
        Sum Lab Ltd
        Gesamtverband Metall
        Total Systems 3
        合计科技有限公司
        Count Basie Inc
        """
    ),
)
def test_a_firm_that_is_called_alike_is_kept(name: str):
    assert [one.name for one in read(f"Supplier,Country\nSkydio,US\n{name},\n").entries] == [
        "Skydio",
        name,
    ]


def test_total_is_a_firm_where_a_row_says_more_of_it_or_others_follow():
    assert len(read("Supplier,Country\nSkydio,US\nTotal,FR\n").entries) == 2
    assert len(read("Supplier,Country\nTotal,\nSkydio,US\n").entries) == 2
