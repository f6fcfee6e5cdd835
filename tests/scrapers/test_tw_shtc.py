from registers_tables import SHTC, Save, changes, csv

from monitor.diff.rows import Changes
from scrapers import tw_shtc


def test_semicolons_of_full_width_and_the_running_number_are_no_change(saved: Save) -> None:
    rows = [("1", "Acme Co.", "Acme; ACM", "IR", "Tehran"), ("2", "Zeta Co.", "", "IR", "Tehran")]
    moved = [("7", "Acme Co.", "Acme；ACM", "IR", "Tehran"), ("8", "Zeta Co.", "", "IR", "Tehran")]
    heads = ("項次item", *SHTC)

    assert changes(tw_shtc.entities.read, saved, csv(heads, rows), csv(heads, moved)) == Changes()
