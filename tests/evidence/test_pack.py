"""What stands in a pack, and that it is the same for the same history."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import proofs
import pytest

from monitor.errors import MonitorError
from monitor.evidence import contents, verify
from monitor.evidence.contents import Words
from monitor.evidence.pack import write
from monitor.store.archive import ARCHIVE


def of(pack: Path, name: str) -> dict:
    return json.loads(ZipFile(pack).read(name))


def test_every_page_annex_and_record_lies_in_it_as_it_came(made: Path):
    archive = ZipFile(made)
    bodies = {archive.read(name) for name in archive.namelist() if name.startswith("bodies/")}

    assert bodies == {
        *(body for _, body in proofs.acts()),
        proofs.ANNEX,
        b"1,Sunrise Drones Ltd\n2,Nobody Else\n",
    }
    assert archive.read("rows/00000") == b"1,Sunrise Drones Ltd"


def test_every_quote_has_its_place_in_the_words_and_was_found_in_the_bytes(made: Path):
    quotes = of(made, "manifest.json")["quotes"]

    assert {quote["act"] for quote in quotes} == {*proofs.KEYS}
    for quote in quotes:
        words = ZipFile(made).read(quote["text"]).decode()[quote["from"] : quote["to"]]
        assert "".join(words.split()) == "".join(quote["words"].split())
        assert quote["bytes"].startswith("bodies/")
    by_charset = {quote["charset"] for quote in quotes}
    assert by_charset == {"gb18030", "utf-8"}


def test_the_record_says_when_each_act_was_read_by_which_answers_it_came_and_what_was_told_where(
    made: Path,
):
    record = of(made, "record.json")
    finding = next(
        finding
        for finding in record["findings"]
        if finding["key"] == "mofcom-2025-55" and finding["kind"] == "new"
    )
    came = next(came for came in record["arrivals"] if came["sha256"] == finding["page"]["sha256"])

    assert (finding["at"], finding["source"]) == ("2025-10-09T02:00:00Z", "toy.notices")
    assert [annex["title"] for annex in finding["annexes"]] == ["附件"]
    assert [(response["url"], response["status"]) for response in came["hops"]] == [
        (proofs.MOVED, 302),
        (finding["page"]["url"], 200),
    ]
    told = [
        one for one in record["told"] if one["about"] == "mofcom-2025-55" and one["kind"] == "act"
    ]
    assert [(one["destination"], one["state"], one["told_at"]) for one in told] == [
        ("alerts", "sent", "2025-10-09T02:01:00Z")
    ]
    assert [(row["register"], row["name"], row["action"]) for row in record["rows"]] == [
        ("us-ofac-sdn", "Sunrise Drones Ltd", "stands")
    ]


def test_the_same_history_gives_the_same_bytes(made: Path, proven: Path, tmp_path: Path):
    write(proofs.contents(proven), tmp_path / "again.zip")

    assert (tmp_path / "again.zip").read_bytes() == made.read_bytes()


def test_bytes_that_the_archive_has_lost_are_named_and_the_rest_is_packed(
    proven: Path, tmp_path: Path
):
    store = shutil.copytree(proven, tmp_path / "store")
    lost = min(store.glob(f"{ARCHIVE}/*/*.zst"))
    lost.write_bytes(b"worn")

    packed = write(proofs.contents(store), tmp_path / "pack.zip")

    assert [lost.stem in line for line in packed.missing if "archive" in line] == [True]
    assert packed.bodies == 6


def test_a_file_that_is_there_is_not_written_over_and_none_is_left_half(
    made: Path, proven: Path, tmp_path: Path
):
    (tmp_path / "pack.zip").write_text("mine")

    with pytest.raises(MonitorError, match="is there already"):
        write(proofs.contents(proven), tmp_path / "pack.zip")
    with pytest.raises(MonitorError, match="can't be written"):
        write(proofs.contents(proven), tmp_path / "nowhere" / "pack.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["pack.zip"]


def test_a_secret_that_a_server_repeats_is_in_no_text_of_ours(
    proven: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.setenv("SLACK_BOT_TOKEN", proofs.MOVED)

    write(proofs.contents(proven), tmp_path / "pack.zip")

    archive = ZipFile(tmp_path / "pack.zip")
    for name in ("record.json", "index.html"):
        assert proofs.MOVED not in archive.read(name).decode()
        assert "[redacted]" in archive.read(name).decode()
    assert list(verify.find_complaints(tmp_path / "pack.zip")) == []


def test_the_page_for_people_runs_and_loads_nothing_and_names_what_is_not_proven(made: Path):
    html = ZipFile(made).read("index.html").decode()

    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "What it does not prove" in html
    assert "R&amp;D equipment" in html


def test_a_quote_is_found_whatever_white_space_stands_in_it():
    words = Words("1\t1C905.a\n 金属 镝\n2 …")

    assert words.place("1 1C905.a金属镝") == (0, 15)
    assert words.text[0:15] == "1\t1C905.a\n 金属 镝"[:15]
    assert words.place("never said") is None
    assert words.place("  ") is None


def test_a_quote_with_gaps_stands_from_its_first_part_to_its_last():
    words = Words("77.\nother\n77.\n1.\tPolar Drone Components\tMinsk\nthe following … are added")

    assert (
        words.text[slice(*words.place("1. | Polar Drone Components | Minsk"))]
        == "1.\tPolar Drone Components\tMinsk"
    )
    assert (
        words.text[slice(*words.place("77. | 1. | Polar Drone Components"))]
        == "77.\n1.\tPolar Drone Components"
    )
    assert words.place("Minsk | Polar Drone Components") is None
    assert words.place("1. | Polar Drone Components | Omsk") is None
    assert words.place("never | said | Polar Drone Components") is None


def test_the_next_of_several_is_found_behind_the_one_before_it():
    words = Words("Elbit, Elbit")

    assert words.place("Elbit") == (0, 5)
    assert words.place("Elbit", 5) == (7, 12)
    assert words.place("Elbit", 12) == (0, 5)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_charset_is_found_also_where_a_quote_stands_nowhere(charset: str):
    words = "出口管制公告 Sunrise Drones"
    body = f"<p>{words}</p>".encode(charset)

    assert contents.find_charset(body, [words, "公告", "never said"]) == charset
