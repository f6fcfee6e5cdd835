"""Lists of others: which are believed, and why one is not."""

import json
import os
from pathlib import Path

import pytest

from monitor.ask import others
from monitor.ask.others import Copied, OtherList, explain_unusable, read
from monitor.config import Config, OtherListSettings
from monitor.errors import ConfigError
from monitor.model import to_json

URL = "https://lists.example/targets.json"
PERSON = {
    "id": "p-1",
    "schema": "Person",
    "caption": "Li Wei",
    "properties": {"name": ["Li Wei"]},
    "target": True,
}
FTM = json.dumps(PERSON) + "\n"


def file(tmp_path: Path, text: str, name: str = "list.json") -> OtherListSettings:
    (tmp_path / name).write_text(text)
    return OtherListSettings(name="Others", file=str(tmp_path / name))


def held(settings: OtherListSettings, store: Path) -> OtherList:
    (found,) = read(Config(screen_against=(settings,)), store)
    return found


def test_a_file_without_a_format_is_known_by_how_it_begins_and_says_of_which_day_it_is(
    tmp_path: Path,
):
    settings = file(tmp_path, FTM)
    os.utime(tmp_path / "list.json", times=(1760000000,) * 2)
    found = held(settings, tmp_path)

    assert (found.state.as_of, found.state.entries, found.state.problem) == ("2025-10-09", 1, "")
    assert [list(entry.entity.names.values()) for entry in found.entries] == [["Li Wei"]]
    assert (found.said(0).list, found.said(0).as_of, found.said(0).ref) == (
        "Others",
        "2025-10-09",
        "p-1",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "<html>a wall</html>",
            "is a page, or XML; where it is a list say its format: ftm, simple-csv",
        ),
        ("", "no table of targets of OpenSanctions"),
        ("id,schema,name\n", "no table of targets of OpenSanctions"),
        ('{"broken": \n', "list.json"),
    ],
)
def test_of_what_is_no_list_nobody_is_believed_and_it_is_said_why(
    tmp_path: Path, text: str, why: str
):
    settings = file(tmp_path, text)
    found = held(settings, tmp_path)

    assert (found.entries, found.state.entries, found.state.as_of) == ((), 0, "")
    assert why in found.state.problem
    assert explain_unusable(Config(), settings, tmp_path / "list.json") in found.state.problem
    assert explain_unusable(Config(), settings, tmp_path / "list.json")


def test_a_file_of_which_the_form_can_not_be_seen_is_asked_for_it(tmp_path: Path):
    settings = file(tmp_path, "name;country\n")
    with pytest.raises(ConfigError, match="say its format: ftm, simple-csv"):
        held(settings, tmp_path)

    # of what came from an address
    assert "say its format" in explain_unusable(Config(), settings, tmp_path / "list.json")


def test_a_list_that_is_good_is_usable(tmp_path: Path):
    settings = file(tmp_path, FTM)

    assert explain_unusable(Config(), settings, tmp_path / "list.json") == ""


@pytest.mark.parametrize(
    ("told", "copy", "problem", "remark"),
    [
        (None, False, "lists.example: was not asked for yet; `monitor screen` does", ""),
        ("answered 503", False, "asked for at 2025-10-09T01:00:00Z: answered 503", ""),
        (
            "answered 503",
            True,
            "",
            "an older copy, since it did not come: asked for at 2025-10-09T01:00:00Z: answered 503",
        ),
        ("", True, "", ""),
    ],
)
def test_a_list_at_an_address_is_the_copy_of_it_and_says_where_that_is_an_older_one(
    tmp_path: Path, told: str | None, copy: bool, problem: str, remark: str
):
    place = others.copy_path(tmp_path, URL)
    place.parent.mkdir()
    if told is not None:
        others.get_state_path(place).write_bytes(
            to_json(Copied(url=URL, asked_at="2025-10-09T01:00:00Z", problem=told))
        )
    if copy:
        place.write_text(FTM)
    found = held(OtherListSettings(name="Others", url=URL), tmp_path)

    assert (found.state.problem, found.state.remarks) == (problem, (remark,) if remark else ())
    assert len(found.entries) == int(copy)


def test_what_is_known_of_a_copy_is_nothing_where_it_was_never_asked_for_or_can_not_be_read(
    tmp_path: Path,
):
    place = others.copy_path(tmp_path, URL)
    place.parent.mkdir()
    before = others.load_copy_state(tmp_path, URL)
    others.get_state_path(place).write_text('{"half')

    assert (before, others.load_copy_state(tmp_path, URL)) == (None, None)
    assert others.copy_path(tmp_path, URL) != others.copy_path(tmp_path, f"{URL}?2")
