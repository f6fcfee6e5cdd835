import pytest
from registers_tables import SHTC, Save, changes, csv, walked

from monitor.diff.rows import Changes
from monitor.errors import LayoutChanged
from monitor.model import Entity
from monitor.source.page import Body, Page, Register
from scrapers import tw_shtc


def test_semicolons_of_full_width_and_the_running_number_are_no_change(saved: Save) -> None:
    rows = [("1", "Acme Co.", "Acme; ACM", "IR", "Tehran"), ("2", "Zeta Co.", "", "IR", "Tehran")]
    moved = [("7", "Acme Co.", "Acme；ACM", "IR", "Tehran"), ("8", "Zeta Co.", "", "IR", "Tehran")]
    heads = ("項次item", *SHTC)

    assert changes(tw_shtc.entities.read, saved, csv(heads, rows), csv(heads, moved)) == Changes()


@pytest.mark.parametrize(
    ("code", "country", "fields"),
    [
        ("IR", "IR", {}),
        ("", None, {}),
        ("TP", None, {"country": "TP"}),
        ("IR;TP", None, {"countries": ("IR", "TP")}),
    ],
)
def test_a_code_of_no_country_is_told_as_it_is_printed(
    code: str, country: str | None, fields: dict[str, object]
) -> None:
    register = tw_shtc.entities.read(
        Page(url="", body=Body(csv(SHTC, [("Acme Co.", "Acme", code, "Main Street")])))
    )
    assert isinstance(register, Register)
    (listing,) = (register.read(record.raw) for record in register.records)

    assert isinstance(listing.subject, Entity)
    assert (listing.subject.country, listing.fields) == (country, fields)


HEADS = ("項次item", *SHTC, "護照號碼ID Number")
ACME = ("1", "Acme Co.", "Acme", "IR", "Tehran", "")


@pytest.mark.parametrize("filled", range(2, 6))
def test_a_row_of_which_anything_but_the_name_is_told_is_refused(filled: int) -> None:
    row = ["2", *[""] * 5]
    row[filled] = "K1234567"

    with pytest.raises(LayoutChanged, match="1 rows without a name"):
        walked(tw_shtc.entities, csv(HEADS, [ACME, tuple(row)]))


def test_a_row_of_a_number_alone_is_none(saved: Save) -> None:
    alone = csv(HEADS, [ACME, ("2", *[""] * 5)])

    assert changes(tw_shtc.entities.read, saved, csv(HEADS, [ACME]), alone) == Changes()
