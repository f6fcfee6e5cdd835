import pytest

from monitor.model import Entity
from scrapers._platforms.us_entries import Entry, entry, listing


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            (
                "Acme, Ltd., a.k.a., the following two aliases:\n—Acme Trading; and\n—Acme"
                " Group.\n5 Main Street, Baku; and Box 7."
            ),
            Entry("Acme, Ltd.", ("Acme Trading", "Acme Group"), ("5 Main Street, Baku", "Box 7")),
        ),
        (
            (
                "Zhipu Co., Ltd., a.k.a., the following one alias: —Atlas Technology Co., Ltd."
                " Floor 10, Beijing, China."
            ),
            Entry(
                "Zhipu Co., Ltd.", ("Atlas Technology Co., Ltd.",), ("Floor 10, Beijing, China",)
            ),
        ),
        ("Academy of Propulsion (AASPT).", Entry("Academy of Propulsion", ("AASPT",))),
        (
            "DJI, a.k.a. SZ DJI Co., Ltd. (SZ DJI), Shenzhen",
            Entry("DJI", ("SZ DJI Co., Ltd.", "SZ DJI"), ("Shenzhen",)),
        ),
        ("Nord S.A., Rue 5, Geneva", Entry("Nord S.A.", (), ("Rue 5, Geneva",))),
    ],
)
def test_a_cell_is_a_name_its_aliases_and_its_addresses(cell: str, expected: Entry) -> None:
    assert entry(cell) == expected


@pytest.mark.parametrize(
    ("printed", "country", "fields"),
    [("CHINA, PEOPLE'S REPUBLIC OF", "CN", {}), ("NEW LAND", None, {"country": "NEW LAND"})],
)
def test_a_country_that_has_no_code_is_told_as_it_is_printed(
    printed: str, country: str | None, fields: dict[str, str]
) -> None:
    read = listing(
        [{"country": printed, "entity": "Acme, Ltd., 5 Main Street.", "citation": "84 FR 1"}]
    )

    assert isinstance(read.subject, Entity)
    assert (read.subject.country, read.fields) == (country, {"citation": "84 FR 1"} | fields)
