import re
from pathlib import Path

from registers_europe import REGISTRY, URL, changes, golden

from monitor.cli.read import compare_bodies


def test_eu_another_namespace_is_read_and_remarked(tmp_path: Path) -> None:
    body = golden("eu_fsf.consolidated")
    (tmp_path / "old").write_bytes(body)
    (tmp_path / "new").write_bytes(body.replace(b"/fpi/fsd/export", b"/fpi/fsd/export/2"))
    found = compare_bodies(
        REGISTRY.reader("eu_fsf.consolidated"), tmp_path / "old", tmp_path / "new", url=URL
    )

    assert found.rows == ()
    assert found.remarks == (
        "the root has another namespace than we know: http://eu.europa.ec/fpi/fsd/export/2",
    )


def test_eu_numbers_of_parts_and_the_act_each_stands_in_are_of_no_importance(
    tmp_path: Path,
) -> None:
    body = golden("eu_fsf.consolidated")
    new = re.sub(
        rb'(<(?:nameAlias|address|citizenship|identification|birthdate)[^>]* logicalId=")',
        rb"\g<1>9",
        body,
    )
    new = new.replace(
        b'<regulationSummary regulationType="regulation"',
        b'<regulationSummary regulationType="amendment"',
    )

    assert new != body
    assert changes("eu_fsf.consolidated", body, new, tmp_path) == []


def test_eu_a_new_alias_in_front_is_no_new_name(tmp_path: Path) -> None:
    body = golden("eu_fsf.consolidated")
    alias = (
        b'<nameAlias wholeName="Comhlacht Sabtina" nameLanguage="GA" strong="true"'
        b' regulationLanguage="en" logicalId="1"/>'
    )
    new = body.replace(
        b'<nameAlias firstName="" middleName="" lastName="" wholeName="Sabtina',
        alias + b'<nameAlias wholeName="Sabtina',
    )

    assert changes("eu_fsf.consolidated", body, new, tmp_path) == [
        ("amend", "6258", {"aliases": ("", ("Comhlacht Sabtina",))}),
    ]
