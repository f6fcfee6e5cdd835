import pytest
from registers_tables import SHTC, Save, changes, csv

from monitor.diff.rows import Changes
from monitor.model import Entity
from monitor.source.body import Body
from monitor.source.page import Page
from monitor.source.register import Register
from scrapers import tw_shtc


def test_semicolons_of_full_width_and_the_running_number_are_no_change(saved: Save) -> None:
    rows = [("1", "Acme Co.", "Acme; ACM", "IR", "Tehran"), ("2", "Zeta Co.", "", "IR", "Tehran")]
    moved = [("7", "Acme Co.", "Acme；ACM", "IR", "Tehran"), ("8", "Zeta Co.", "", "IR", "Tehran")]
    heads = ("項次item", *SHTC)

    assert changes(tw_shtc.entities.read, saved, csv(heads, rows), csv(heads, moved)) == Changes()


@pytest.mark.parametrize(
    ("code", "country", "fields"),
    [("IR", "IR", {}), ("", None, {}), ("TP", None, {"country": "TP"}), ("IR;TP", None, {"countries": ("IR", "TP")})],
)
def test_a_code_of_no_country_is_told_as_it_is_printed(code: str, country: str | None, fields: dict[str, object]) -> None:
    register = tw_shtc.entities.read(Page(url="", body=Body(csv(SHTC, [("Acme Co.", "Acme", code, "Main Street")]))))
    assert isinstance(register, Register)
    (listing,) = (register.read(record.raw) for record in register.records)

    assert isinstance(listing.subject, Entity)
    assert (listing.subject.country, listing.fields) == (country, fields)
