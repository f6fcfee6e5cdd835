import re
from pathlib import Path

from registers_europe import REGISTRY, URL, changes, golden, read, refusal

from monitor.cli.read import Row, compare_bodies

GONE = (
    b'<modification modification-type="de-listed" publication-date="2026-09-01"'
    b' effective-date="2026-09-02"/></target>'
)


def test_ch_a_delisting_is_a_removal_although_the_target_stays(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    new = delist(body).replace(b' date="2026-08-27"', b' date="2026-09-02"')

    assert new != delist(body)
    assert changes("ch_seco.sanctions", body, new, tmp_path) == [("remove", "46130", {})]


def test_ch_a_delisting_that_is_to_come_leaves_the_target_on_the_list_with_its_day(tmp_path: Path):
    body = golden("ch_seco.sanctions")
    days = {"delisted_on": ("", "2026-09-02"), "expires": ("", "2026-09-01")}

    assert changes("ch_seco.sanctions", body, delist(body), tmp_path) == [("amend", "46130", days)]


def delist(body: bytes) -> bytes:
    listed = b'effective-date="2021-08-11"/>'
    return body.replace(listed + b"\n  </target>", listed + GONE)


def test_ch_who_is_listed_again_is_listed(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    again = (
        b'effective-date="2016-03-01"/><modification modification-type="listed"'
        b' effective-date="2026-09-02"/>'
    )
    found = changes(
        "ch_seco.sanctions", body, body.replace(b'effective-date="2016-03-01"/>', again), tmp_path
    )

    assert [(action, known_as) for action, known_as, _ in found] == [("add", "5142")]


def test_ch_the_later_day_decides_whatever_stands_first(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    amended = b'<modification modification-type="amended" effective-date="2016-02-01"/>'
    new = body.replace(
        b'<modification modification-type="de-listed"',
        amended + b'<modification modification-type="de-listed"',
    )

    assert changes("ch_seco.sanctions", body, new, tmp_path) == []


def test_ch_a_place_or_a_programme_that_changes_is_told_of_all_who_refer_to_it(
    tmp_path: Path,
) -> None:
    body = golden("ch_seco.sanctions")
    moved = changes(
        "ch_seco.sanctions", body, body.replace(b"<location>Minsk", b"<location>Brest"), tmp_path
    )
    retitled = changes(
        "ch_seco.sanctions",
        body,
        body.replace(b">Vessel-related", b">article 7 -- Vessel-related"),
        tmp_path,
    )

    assert {(known_as, *fields) for _, known_as, fields in moved} == {
        ("5156", "birthplaces"),
        ("46130", "addresses"),
    }
    assert retitled == [
        (
            "amend",
            "34461",
            {"measures": ("Vessel-related measures", "article 7 -- Vessel-related measures")},
        )
    ]


def test_ch_numbers_of_parts_and_what_a_target_once_was_are_of_no_importance(
    tmp_path: Path,
) -> None:
    body = golden("ch_seco.sanctions")
    new = re.sub(rb'(<(?!target|place|sanctions)[\w-]+ ssid=")', rb"\g<1>7", body).replace(
        b"as he was", b"as nobody was"
    )

    assert new != body
    assert changes("ch_seco.sanctions", body, new, tmp_path) == []


def test_ch_an_excerpt_is_not_the_list() -> None:
    assert (
        refusal(
            "ch_seco.sanctions", golden("ch_seco.sanctions").replace(b"whole-list", b"delta-list")
        )
        == "incomplete"
    )


def told(body: bytes, known_as: str) -> Row:
    (row,) = (
        row
        for row in read("ch_seco.sanctions", body)
        if isinstance(row, Row) and row.id == known_as
    )
    return row


def test_ch_measures_that_are_not_told_in_english_are_told_as_they_are() -> None:
    english = b'<sanctions-set ssid="34422" lang="eng">Vessel-related measures</sanctions-set>'
    german = b'<sanctions-set ssid="34422" lang="ger">Massnahmen gegen Schiffe</sanctions-set>'
    body = golden("ch_seco.sanctions")

    assert (
        told(body.replace(english, german), "34461").fields["measures"]
        == "Massnahmen gegen Schiffe"
    )
    for both in (english + german, german + english):
        assert (
            told(body.replace(english, both), "34461").fields["measures"]
            == "Vessel-related measures"
        )


def test_ch_a_target_under_measures_of_no_programme_is_a_changed_layout() -> None:
    body = golden("ch_seco.sanctions")

    assert (
        refusal(
            "ch_seco.sanctions",
            body.replace(b'<sanctions-set ssid="34422"', b'<sanctions-set ssid="34423"'),
        )
        == "layout"
    )


def test_ch_a_place_that_the_list_does_not_have_is_said_to_be_unread(tmp_path: Path) -> None:
    body = golden("ch_seco.sanctions")
    (tmp_path / "old").write_bytes(body)
    (tmp_path / "new").write_bytes(body.replace(b'<place ssid="29492"', b'<place ssid="29493"'))
    found = compare_bodies(
        REGISTRY.reader("ch_seco.sanctions"), tmp_path / "old", tmp_path / "new", url=URL
    )

    assert {(row.id, *row.fields) for row in found.rows} == {
        ("46130", "addresses", "country"),
        ("5156", "birthplaces"),
    }
    assert found.remarks == ("records hold place-id-without-its-place, which is not read",)
