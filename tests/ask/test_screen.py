import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import control, listing
from arrivals import arrive
from command import one_line, run, typed

from monitor.ask.findings import make_findings
from monitor.ask.hold import compare_lists
from monitor.ask.knowledge import AllRecords, KeptRecords
from monitor.ask.screen import (
    Screening,
    check,
    make_dismissal,
    make_entries,
    make_subject,
    parse_question,
    screen_questions,
)
from monitor.ask.watchlist import find_entry_key, load_entries_in_files, open_to_write, watch_list
from monitor.config import Config, WatchSettings, load
from monitor.document import read_binary
from monitor.errors import ConfigError
from monitor.model import Action, Entity, Item, Start, Unread
from monitor.store import History, OnRecord, watched
from monitor.store.lock import Lock
from monitor.watch.entries import Party, Product, describe_tie
from monitor.watch.match import Dismissal
from monitor.watch.values import Relation

NOW = datetime(2025, 10, 10, tzinfo=UTC)
TEAL = Party(name="Teal Drones")
SAID = Dismissal(
    entry=TEAL.key,
    subject="tealdronesinc",
    by="Ann",
    at="2025-10-10T00:00:00Z",
    entry_name="Teal Drones",
    subject_name="Teal Drones Inc",
)


def test_an_entry_is_kept_once_and_the_later_one_stands(tmp_path: Path):
    with History(tmp_path) as history:
        moved = [
            history(watched.add, [entry], NOW)
            for entry in (TEAL, TEAL, Party(name="TEAL DRONES", owner="Bob"))
        ]
        kept = history(watched.list_entries)

    assert moved == [1, 0, 1]
    assert [(entry.name, entry.owner) for entry in kept] == [("TEAL DRONES", "Bob")]


def test_a_dismissal_is_remembered_until_it_is_taken_back(tmp_path: Path):
    with History(tmp_path) as history:
        history(watched.dismiss, SAID, NOW)
        history(watched.dismiss, SAID, NOW)
    with History(tmp_path) as history:
        assert history(watched.list_dismissals) == [SAID]
        assert history(watched.revoke_dismissal, SAID.entry, SAID.subject, "Bob", NOW)
        assert history(watched.list_dismissals) == []
        assert not history(watched.revoke_dismissal, SAID.entry, SAID.subject, "Bob", NOW)


def test_who_is_asked_for_is_found_on_the_watch_list_and_in_the_acts_on_record(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, listing(10, "Teal Drones, Inc."))
        found = check(
            parse_question("Teal Drones").entries,
            watch_list(Config(), [TEAL], []),
            KeptRecords(history),
        )

    assert [(row.match.kind, row.on_record and row.on_record.act) for row in found] == [
        ("exact", None),
        ("legal-form", "uel-2025-10"),
    ]


def test_what_the_lists_of_the_settings_hold_stands_before_the_store(tmp_path: Path):
    (tmp_path / "s.csv").write_text("name,owner\nTeal Drones,Ann\nBad,\n,US\n")
    config = Config(watch=WatchSettings(suppliers=(str(tmp_path / "s.csv"),)))
    entries, unusable = load_entries_in_files(config)

    watch = watch_list(config, [*entries, Party(name="teal drones", owner="Bob")], [])

    assert [getattr(entry, "owner", "") for entry in watch.entries if entry.key == TEAL.key] == [
        "Ann"
    ]
    assert unusable == ["s.csv row 4: no name"]


def test_a_screening_answers_all_that_was_asked_and_says_what_of_the_list_was_unusable(
    tmp_path: Path,
):
    (tmp_path / "s.csv").write_text("name,owner\nTeal Drones,Ann\n,US\n")
    config = Config(watch=WatchSettings(suppliers=(str(tmp_path / "s.csv"),)))

    answer = screen_questions(config, tmp_path / "no store yet", ["Teal Drones", "Zyxwv Qponm"])

    assert {entry.name for entry in answer.asked} == {"Teal Drones", "Zyxwv Qponm"}
    assert {(row.asked, row.match.entry.key) for row in answer.found} == {("Teal Drones", TEAL.key)}
    assert answer.unusable == ("s.csv row 3: no name",)


def test_the_watch_list_can_be_written_while_a_daemon_holds_the_store(tmp_path: Path):
    with Lock(tmp_path), open_to_write(tmp_path) as history:
        history(watched.add, [TEAL], NOW)

    with open_to_write(tmp_path) as history:
        assert history(watched.list_entries) == [TEAL]


def test_a_name_that_two_entries_have_must_be_said_by_key():
    both = [TEAL, Party(name="Teal Drones", relation=Relation.CUSTOMER)]

    assert find_entry_key("customer:tealdrones", both) == "customer:tealdrones"
    with pytest.raises(ConfigError, match="names 2 entries"):
        find_entry_key("Teal Drones", both)
    with pytest.raises(ConfigError, match="is not on the watch list"):
        make_dismissal("Acme", "Teal", "Ann", NOW, both)


def test_thresholds_that_contradict_are_one_clear_error(tmp_path: Path):
    (tmp_path / "config.toml").write_text("[watch]\nmatch = 0.6\n")

    with pytest.raises(ConfigError, match="watch.review = 0.7 and watch.match = 0.6"):
        load(tmp_path / "config.toml")


def test_a_file_of_names_is_asked_for_line_by_line(tmp_path: Path):
    (tmp_path / "names.txt").write_text(
        "\ufeffTeal Drones\n\n8505.11.10\n1C909.a\n", encoding="utf-8"
    )

    asked = parse_question(str(tmp_path / "names.txt")).entries

    assert [
        (entry.name, getattr(entry, "hs", ()), getattr(entry, "codes", ())) for entry in asked
    ] == [
        ("Teal Drones", (), ()),
        ("Teal Drones", (), ()),
        ("8505.11.10", ("85051110",), ()),
        ("1C909.a", (), ("1C909.a",)),
    ]
    assert {entry for entry in make_entries("1308-87-8") if getattr(entry, "hs", ())} == set()


def test_a_name_that_is_longer_than_that_of_a_file_is_a_name():
    assert {entry.name for entry in parse_question("Teal " * 60).entries} == {"Teal " * 60}


def test_a_file_of_names_is_read_in_its_own_charset(tmp_path: Path):
    (tmp_path / "names.txt").write_bytes(
        "Société Générale de Télécommunications\n".encode("cp1252") * 5
    )

    assert (
        parse_question(str(tmp_path / "names.txt")).entries[0].name
        == "Société Générale de Télécommunications"
    )


def test_a_file_that_holds_no_names_is_one_clear_error(tmp_path: Path):
    (tmp_path / "names.txt").write_bytes(bytes(range(32)) * 9)

    with pytest.raises(ConfigError, match=r"names\.txt: no list of names: not text"):
        parse_question(str(tmp_path / "names.txt"))


def test_the_commands_keep_screen_dismiss_and_take_back(tmp_path: Path):
    store = tmp_path / "store"
    (tmp_path / "s.csv").write_text("name,country\nTeal Drones,US\nAcme,Utopia\n")

    imported = typed(store, "watch import", tmp_path / "s.csv")
    assert imported.returncode == 1
    assert imported.stderr.splitlines() == [
        (
            "monitor: s.csv: read as suppliers, headings in row 1: “name” is name, “country” is"
            " country"
        ),
        "monitor: s.csv row 3: country 'Utopia' is not known; kept without",
    ]

    typed(store, "watch dismiss 'Teal Drones' 'Teal Drones Inc' --by Ann")
    screened, coverage = map(
        json.loads,
        typed(store, "screen 'Teal Drones, Inc.' --json").stdout.splitlines(),
    )
    assert (screened["match"]["verdict"], screened["match"]["dismissed"]["by"]) == ("match", "Ann")
    assert "dismissed by Ann on " in typed(store, "screen 'Teal Drones, Inc.'").stdout

    assert typed(store, "watch undismiss 'Teal Drones' 'Teal Drones Inc' --by Bob").returncode == 0
    assert "dismissed" not in typed(store, "screen 'Teal Drones, Inc.'").stdout
    nobody = typed(store, "screen 'Zyxwv Qponm'")
    assert (nobody.returncode, "nothing alike" in nobody.stdout, coverage["coverage"]["read"]) == (
        1,
        False,
        0,
    )
    assert "no act and no register was read yet, so nothing can be said" in one_line(nobody)


def test_an_entry_is_added_listed_and_removed_by_command(tmp_path: Path):
    store = tmp_path / "store"
    typed(store, "watch add Magnet --as product --hs 8505.11 --material Dy")
    (listed,) = map(json.loads, typed(store, "watch list --json").stdout.splitlines())

    assert (listed["type"], listed["hs"], listed["materials"]) == ("product", ["850511"], ["Dy"])
    assert one_line(typed(store, "watch add Magnet --as product --hs 1")).startswith("monitor: ")
    assert typed(store, "watch remove Magnet").returncode == 0
    assert typed(store, "watch remove Magnet").returncode == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("--country Atlantis", "country 'Atlantis' is not known"),
        ("--as product --hs 1", "HS number '1' is not 4 to 12 digits"),
        ("--as product --hs 8505.1", "HS number '8505.1' may have lost its last zero"),
    ],
)
def test_an_entry_that_is_refused_is_not_said_to_be_kept(tmp_path: Path, words: str, why: str):
    done = typed(tmp_path / "store", f"watch add Foo {words}")

    assert (done.returncode, done.stderr) == (2, f"monitor: 'Foo' is not added: {why}\n")
    assert typed(tmp_path / "store", "watch --json").stdout == ""


def test_an_import_can_be_looked_at_first_and_its_headings_explained(tmp_path: Path):
    store = tmp_path / "store"
    (tmp_path / "s.csv").write_text("Kred-Bez,Land,PLZ\nTeal Drones,USA,1\n")

    looked = typed(store, "watch import --map Kred-Bez=name --preview", tmp_path / "s.csv")
    assert "1 entry; nothing was kept" in looked.stdout
    assert "not used: “PLZ” (C)" in looked.stderr
    assert typed(store, "watch list --json").stdout == ""
    imported = typed(store, "watch import --map Kred-Bez=name", tmp_path / "s.csv")
    assert imported.returncode == 0
    assert json.loads(typed(store, "watch list --json").stdout)["country"] == "US"
    assert "'nme' is no field; one of: ref, name" in one_line(
        typed(store, "watch import s.csv --map Kred-Bez=nme")
    )


@pytest.mark.parametrize("text", ["amount,when\n1,2\n", "name\n", ""])
def test_an_import_that_keeps_nothing_ends_as_wrong_use(tmp_path: Path, text: str):
    (tmp_path / "s.csv").write_text(text)
    store = tmp_path / "store"

    for more in ((), ("--preview",)):
        done = typed(store, "watch import", str(tmp_path / "s.csv"), *more)
        assert (done.returncode, done.stdout, "is empty; fill it" in done.stderr) == (2, "", False)
    assert typed(store, "watch --json").stdout == ""


@pytest.mark.parametrize("text", ["Vendor,Land\n", 'Vendor\n"Acme\n'], ids=["no name", "broken"])
def test_a_watch_list_that_cannot_be_used_is_named_where_it_leaves_a_question_open(
    tmp_path: Path, text: str
):
    (tmp_path / "s.csv").write_text(text)
    (tmp_path / "config.toml").write_text(f"[watch]\nsuppliers = ['{tmp_path / 's.csv'}']\n")

    for words in ("screen Acme", "watch"):
        done = typed(tmp_path / "config.toml", words)
        assert (done.returncode, done.stdout) == (2, "")
        assert one_line(done).startswith(
            "monitor: the watch list can't be read, so this has no answer: "
        )
        assert "s.csv" in done.stderr
        assert done.stderr.endswith("; mend the file, or take it out of [watch]\n")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A store in which Teal Drones and an item are listed, and a file that asks for them and
    others.
    """
    with History(tmp_path / "store") as history:
        arrive(history, listing(10, "Teal Drones, Inc."))
        arrive(history, control(61, "1C909.a"))
    (tmp_path / "v.csv").write_text(
        "Vendor,Item,Control code,Buyer\nTeal Drones,Motor,1C909.a,Ann\nAcme,Pen,,Bob\n"
    )
    return tmp_path


def test_a_file_is_screened_by_all_its_columns_and_summed_up(listed: Path):
    screened = typed(listed / "store", "screen", listed / "v.csv")

    assert "read as suppliers and products" in screened.stderr
    assert "monitor: 2 names, 2 products: 2 listed, 2 nothing alike" in screened.stderr
    assert "compared with 2 listed subjects on record" in screened.stderr


GROUP = """Vendor,Parent,Owner %
Suzhou Magnet Works,"Teal Drones, Inc.",60
Five Percent GmbH,"Teal Drones, Inc.",5
"""


def test_a_screening_says_who_owns_a_name_and_that_the_owner_is_listed(listed: Path):
    (listed / "suppliers.csv").write_text(GROUP)
    (listed / "config.toml").write_text(f"[watch]\nsuppliers = ['{listed / 'suppliers.csv'}']\n")
    asked = ("Suzhou Magnet Works", "Five Percent GmbH", "Nobody Anywhere")
    out = listed / "result.csv"
    done = typed(
        listed / "config.toml", "--store", listed / "store", "screen", *asked, "--out", out
    )

    told = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert [(cells[0], cells[1]) for cells in told[:4]] == [
        *(
            ("Suzhou Magnet Works", "is your supplier"),
            ("Suzhou Magnet Works", "is owned 60 % by it"),
        ),
        *(("Five Percent GmbH", "is your supplier"), ("Five Percent GmbH", "is owned 5 % by it")),
    ]
    assert ["; owned 60 % by Teal Drones, Inc." in cells[7] for cells in told[:4]] == [
        True,
        False,
        False,
        False,
    ]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [
        (row["State"], row["Tie"]) for row in rows if "list" in row["State"] and row["Tie"]
    ] == [
        ("owner or group listed", "is owned 60 % by Teal Drones, Inc."),
        ("owner or group may be listed", "is owned 5 % by Teal Drones, Inc."),
    ]
    assert "1 owner or group listed, 1 owner or group may be listed" in done.stderr


SHARED = """name,parent,share
Nu Works,"Teal Drones, Inc.",30
Nu Works,"Grey Drones, Inc.",30
Mu Works,"Grey Drones, Inc.",30
"""


def test_the_shares_of_several_rows_are_added_up_in_a_file_as_in_the_watch_list(tmp_path: Path):
    (tmp_path / "s.csv").write_text(SHARED)
    store = tmp_path / "store"
    with History(store) as history:
        arrive(history, listing(10, "Teal Drones, Inc.", "Grey Drones, Inc."))

    by_file = screen_questions(Config(), store, [str(tmp_path / "s.csv")])
    kept = Config(watch=WatchSettings(suppliers=(str(tmp_path / "s.csv"),)))
    by_name = screen_questions(kept, store, ["Nu Works"])

    def told(answer: Screening, name: str) -> list[tuple[str, str]]:
        return [
            (hit.match.verdict, hit.match.tie.arithmetic)
            for hit in answer.found
            if hit.asked == name and hit.on_record
        ]

    both = "30 % by Teal Drones, Inc. + 30 % by Grey Drones, Inc. = 60 %"
    assert {*told(by_name, "Nu Works")} == {("match", both)}
    assert len(told(by_file, "Nu Works")) == 4  # each row with each owner
    assert {verdict for verdict, _ in told(by_file, "Nu Works")} == {"match"}
    assert told(by_file, "Mu Works") == [("possible", "")]
    reasons = [hit.match.reason for hit in by_file.found if hit.origin.endswith("row 2")]
    assert any("owned 30 % by Grey Drones, Inc. (s.csv row 3)" in why for why in reasons)


def test_the_owners_of_a_name_that_is_only_alike_are_not_those_of_who_is_asked_for(listed: Path):
    (listed / "suppliers.csv").write_text(
        'Vendor,Parent,Owner %\nStonebridge Optics,"Teal Drones, Inc.",60\nSouthgate Optics,,\n'
    )
    (listed / "config.toml").write_text(f"[watch]\nsuppliers = ['{listed / 'suppliers.csv'}']\n")
    at = ("--config", listed / "config.toml", "--store", listed / "store", "screen", "--no-record")

    whole, misspelt, other = (
        run(*at, name).stdout
        for name in ("Stonebridge Optics Ltd", "Stonebridke Optics", "Northgate Optics")
    )

    assert "is owned 60 % by it" in whole
    assert "Stonebridge Optics" in misspelt
    assert "is owned" not in misspelt
    assert "Southgate" not in other


def test_a_small_share_of_who_is_asked_for_is_no_match_with_the_owner(listed: Path):
    (listed / "suppliers.csv").write_text(GROUP)
    (listed / "owners.csv").write_text('Vendor\n"Teal Drones, Inc."\n')

    held = compare_lists([listed / "suppliers.csv"], listed / "owners.csv")

    assert [(hit.match.kind, hit.match.verdict) for hit in held.hits] == [
        ("member", "match"),
        ("member", "possible"),
    ]


def test_a_result_is_a_workbook_that_says_what_is_listed_where_and_since_when(listed: Path):
    out = listed / "result.xlsx"
    assert typed(listed / "store", "screen", listed / "v.csv", "--out", out).returncode == 0

    sheets = read_binary(out.read_bytes(), every_row=True)
    assert sheets is not None
    results, summary = [block.rows for block in sheets.blocks if block.rows]
    rows = [dict(zip(results[0], row, strict=False)) for row in results[1:]]
    assert [(row["Asked for"], row["What"], row["State"]) for row in rows] == [
        ("Motor", "product", "listed"),
        ("Teal Drones", "name", "listed"),
        ("Acme", "name", "nothing alike"),
        ("Pen", "product", "nothing alike"),
    ]
    named = rows[1]
    assert (named["Row"], named["List"], named["Act"], named["Owner"]) == (
        "v.csv row 2",
        "Unreliable Entity List",
        "uel-2025-10",
        "Ann",
    )
    assert named["Since"].startswith("2025-")
    assert named["How it stood"] == "MOFCOM was never read; by what is on record, in force"
    assert summary[-1][0].startswith("coverage: 0 of ")
    assert summary[0][0] == "2 names, 2 products: 2 listed, 2 nothing alike"


def test_a_row_of_a_file_of_the_watch_list_is_not_matched_with_itself(listed: Path):
    file = listed / "suppliers.csv"
    file.write_text("Vendor,Land\nTeal Drones,US\nTeal Drone,US\nAcme,US\n,US\n")
    settings = listed / "config.toml"
    settings.write_text(f"[watch]\nsuppliers = ['{file}']\n")
    at = ("--config", settings, "--store", listed / "store", "screen", "--no-record")
    done = run(*at, file, "--out", listed / "own.csv")
    run(*at, "Teal Drones", "--out", listed / "name.csv")

    def states(name: str) -> list[tuple[str, str, str]]:
        rows = csv.DictReader((listed / name).read_text(encoding="utf-8-sig").splitlines())
        return [(row["Asked for"], row["State"], row["Listed as"]) for row in rows]

    assert states("own.csv") == [
        ("Teal Drones", "listed", "Teal Drones, Inc."),
        ("Teal Drone", "listed", "Teal Drones, Inc."),
        ("Teal Drones", "on your watch list", "Teal Drone"),
        ("Teal Drone", "on your watch list", "Teal Drones"),
        ("Acme", "nothing alike", ""),
    ]
    assert "3 names: 2 listed, 1 nothing alike" in done.stderr
    assert "compared with 2 listed subjects on record and 3 entries of your" in done.stderr
    assert done.stderr.count("suppliers.csv row 5: no name") == 1
    assert (
        "Acme\tMOFCOM was never read: a listing would not have been seen; nothing alike among"
        " 2 names and goods on record\t" in done.stdout
    )
    assert ("Teal Drones", "on your watch list", "Teal Drones") in states("name.csv")


def test_the_settings_explain_headings_wherever_a_file_is_read(listed: Path):
    files = {name: listed / name for name in ("own.csv", "goods.csv", "other.csv")}
    files["own.csv"].write_text("Kred-Bez,Sachbearb\nTeal Drones,Ann\n")
    files["goods.csv"].write_text("Product,Control code\nMotor,1C909.a\n")
    files["other.csv"].write_text("Kred-Bez,Sachbearb\nTeal Drones,Bob\n")
    settings = listed / "config.toml"
    settings.write_text(
        f"[watch]\nsuppliers = ['{files['own.csv']}']\nproducts = ['{files['goods.csv']}']\n"
        "headings = { 'Kred-Bez' = 'name', 'Sachbearb' = 'owner', 'Gibtsnicht' = 'note' }\n"
    )
    at = ("--config", settings, "--store", listed / "store")
    done = run(*at, "screen", files["other.csv"], "--no-record", "--out", listed / "out.csv")
    rows = csv.DictReader((listed / "out.csv").read_text(encoding="utf-8-sig").splitlines())

    assert {row["Owner"] for row in rows} == {"Bob"}
    assert (
        "“Sachbearb” is owner"
        in run(*at, "watch", "import", files["other.csv"], "--preview").stderr
    )
    assert "--map speaks" not in done.stderr
    assert [line for line in done.stderr.splitlines() if "no column is called" in line] == [
        "monitor: [watch] headings: no column is called 'Gibtsnicht'"
    ]


def test_a_heading_that_no_file_has_is_refused(listed: Path):
    (listed / "w.csv").write_text("Vendor,Sachbearb\nAcme,Ann\n")
    both = (listed / "v.csv", listed / "w.csv")
    for words in (
        ("screen", both[0]),
        ("screen", *both),
        ("screen", "Teal"),
        ("screen", both[0], "--list", both[1]),
        ("watch", "import", both[0], "--preview"),
    ):
        refused = run("--store", listed / "store", *words, "--map", "Kredit=name")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--map: no column is called 'Kredit'; " in one_line(refused)
    one = run(
        "--store", listed / "store", "screen", *both, "--no-record", "--map", "Sachbearb=note"
    )
    assert (one.returncode, "no column is called" in one.stderr) == (0, False)


def test_the_number_that_the_asker_has_of_a_firm_stands_in_the_result(listed: Path):
    file = listed / "own.csv"
    file.write_text(
        "Lfd. Nr.,Kreditor,Lieferant,Land\n1,K7,Teal Drones,US\n2,K8,Acme,DE\n3,K9,,DE\n"
    )
    done = typed(listed / "store", "screen --no-record --json --out", listed / "o.csv", file)
    rows = csv.DictReader((listed / "o.csv").read_text(encoding="utf-8-sig").splitlines())
    found, absent = map(json.loads, done.stdout.splitlines()[:2])

    assert [(row["Asked for"], row["Your id"], row["Country"]) for row in rows] == [
        ("Teal Drones", "1; K7", "US"),
        ("Acme", "2; K8", "DE"),
    ]
    assert (found["match"]["entry"]["ref"], absent["ref"]) == ("1; K7", "2; K8")
    assert "own.csv row 4: no name beside '3; K9'" in done.stderr


def test_a_result_is_not_written_over_a_file_that_the_screening_reads(listed: Path):
    own = listed / "own.csv"
    own.write_text("Vendor\nTeal Drones\n")
    (listed / "link.csv").symlink_to(own)
    settings = listed / "config.toml"
    settings.write_text(f"[watch]\nsuppliers = ['{own}']\n")
    before = {file: file.read_bytes() for file in (own, listed / "v.csv")}
    at = ("--config", settings, "--store", listed / "store", "screen")

    for asked, out in (("v.csv", "v.csv"), ("v.csv", "own.csv"), ("own.csv", "link.csv")):
        done = run(*at, listed / asked, "--out", listed / out)
        assert (done.returncode, done.stdout) == (2, "")
        assert "is read for the answer, and is not overwritten; name another" in one_line(done)
    assert {file: file.read_bytes() for file in before} == before


@pytest.mark.parametrize(
    ("out", "why"),
    [("r.pdf", ".pdf: a result is written as"), ("no/r.csv", "there is no folder no")],
)
def test_a_result_that_cannot_be_written_is_refused_before_the_screening(
    listed: Path, monkeypatch: pytest.MonkeyPatch, out: str, why: str
):
    monkeypatch.chdir(listed)
    done = typed(listed / "store", "screen Teal --out", out)

    assert (done.returncode, done.stdout, "recorded" in done.stderr) == (2, "", False)
    assert why in one_line(done)


def test_a_folder_is_no_name_that_is_screened_in_silence(
    listed: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(listed)
    (listed / "Teal").mkdir()
    done = typed(listed / "store", "screen --no-record Teal")

    assert "'Teal' is asked as a name: the folder of that name is not read" in done.stderr
    for folder in ("..", "."):
        refused = typed(listed / "store", "screen", folder)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert f"'{folder}' is no name" in one_line(refused)


def test_a_result_may_be_a_csv_in_which_no_name_is_a_formula(listed: Path):
    (listed / "v.csv").write_text('Vendor\n"=cmd(1) Teal"\n')
    out = listed / "result.csv"
    typed(listed / "store", "screen", listed / "v.csv", "--out", out)

    assert ",'=cmd" not in (text := out.read_text(encoding="utf-8-sig")) or "'=cmd" in text
    assert text.startswith("Row,Asked for,What,State")
    refused = typed(listed / "store", "screen", listed / "v.csv", "--out", listed / "result.docx")
    assert "is written as .xlsx or .csv" in refused.stderr


def test_an_entry_of_two_files_is_one_with_what_both_say():
    one, more = (
        Party(name="Acme", ids=("1234567",)),
        Party(name="ACME", ids=("7654321",), aliases=("Zeta",), country="DE"),
    )
    (entry,) = watch_list(Config(), [one, more], []).entries

    assert isinstance(entry, Party)
    assert (entry.name, entry.ids, entry.aliases, entry.country) == (
        "Acme",
        ("1234567", "7654321"),
        ("Zeta",),
        "DE",
    )


@pytest.mark.parametrize(
    ("before", "act", "states"),
    [
        # its removal alone is on record
        (
            (),
            "uel-2025-11",
            ("removal: announced, from 10 Nov 2025 (Beijing)", "removal: in force"),
        ),
        (
            (listing(10, "Teal Drones, Inc."),),
            "uel-2025-10",
            (
                "in force until 9 Nov 2025 (Beijing)",
                "ended (removed) from 10 Nov 2025 (Beijing)",
            ),
        ),
    ],
)
def test_a_name_that_is_taken_off_its_list_was_listed(tmp_path: Path, before, act, states):
    (named,) = listing(11, "Teal Drones, Inc.").measures
    removal = named.replace(action=Action.REMOVE, starts=Start(on="2025-11-10", basis="explicit"))
    with History(tmp_path) as history:
        arrive(history, *before)
        arrive(history, listing(11, published="2025-11-05").replace(measures=(removal,)))

    told = []
    for day in (9, 12):
        now = datetime(2025, 11, day, tzinfo=UTC)
        answer = screen_questions(Config(), tmp_path, ["Teal Drones"], now=now)
        told += [(row.state, row.today) for row in make_findings(answer) if row.act == act]
    assert told == [*zip(("listed", "was listed, no longer"), states, strict=True)]


def test_an_act_whose_own_list_could_not_be_read_may_be_about_what_is_asked(tmp_path: Path):
    act = control(18).replace(
        title="公布对部分中重稀土相关物项实施出口管制的决定",
        understood="part",
        not_read=(Unread(what="items", why="in an annex", quote="物项"),),
    )
    with History(tmp_path / "store") as history:
        arrive(history, act)

    found = {
        word: screen_questions(Config(), tmp_path / "store", [word]).found
        for word in ("dysprosium", "scandium", "antimony")
    }
    assert {word: [hit.match.verdict for hit in hits] for word, hits in found.items()} == {
        "dysprosium": ["possible"],
        "scandium": ["possible"],
        "antimony": [],
    }
    (hit,) = found["scandium"]
    assert "what the act lists could not be read" in hit.match.reason
    assert hit.stands
    assert hit.stands.subject == "rare earths (items not read)"


def test_a_code_may_also_be_goods_that_an_act_lists_without_any():
    coded = Item(names={"zh": "金属镝", "en": "dysprosium metal"}, codes=("1C905.a",))
    bare, other = (Item(names={"zh": name}) for name in ("镝相关物项", "锑相关物项"))
    records = AllRecords(
        [OnRecord(subject=item, act="mofcom-2025-18") for item in (coded, bare, other)]
    )

    hits = check(make_entries("1C905"), watch_list(Config(), (), ()), records)
    assert [(hit.match.subject, hit.match.verdict) for hit in hits] == [
        (coded, "match"),
        (bare, "possible"),
    ]
    assert [hit.match.tie.is_certain for hit in hits] == [True, False]
    assert {hit.asked for hit in hits} == {hit.match.entry.name for hit in hits} == {"1C905"}
    assert len(check(make_entries("1C906"), watch_list(Config(), (), ()), records)) == 0


def test_goods_may_also_be_what_acts_ask_for_in_them_and_list_without_a_code():
    magnet = Item(names={"zh": "含镝的钕铁硼永磁材料"}, codes=("1C905.a",))
    metal = Item(names={"zh": "金属镝"}, codes=("1C905.a",))
    bare, other = (Item(names={"zh": name}) for name in ("镝相关物项", "锑相关物项"))
    records = AllRecords(
        [OnRecord(subject=item, act="mofcom-2025-18") for item in (magnet, metal, bare, other)]
    )

    hits = check(make_entries("NdFeB magnet"), watch_list(Config(), (), ()), records)

    assert [(hit.match.subject, hit.match.verdict) for hit in hits] == [
        (magnet, "possible"),
        (bare, "possible"),
    ]
    assert hits[1].match.reason.endswith("if ours contains it")
    with_it = check(
        make_entries("NdFeB magnet with dysprosium"), watch_list(Config(), (), ()), records
    )
    assert "if ours contains it" not in " ".join(hit.match.reason for hit in with_it)


def test_goods_of_ours_that_are_named_are_held_with_all_that_the_watch_list_says_of_them():
    bare = Item(names={"zh": "镝相关物项"})
    records = AllRecords([OnRecord(subject=bare, act="mofcom-2025-18")])
    ours = Product(name="Rotor magnet", materials=("dysprosium",))

    def found(entries: tuple[Product, ...], name: str) -> list[tuple[Item, str]]:
        hits = check(make_entries(name), watch_list(Config(), entries, ()), records)
        return [(hit.match.subject, hit.match.verdict) for hit in hits if hit.on_record]

    assert found((ours,), "rotor magnet") == [(bare, "match")]
    assert found((), "rotor magnet") == found((ours,), "Stator magnet") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2805.30.19", [("", ("28053019",), ())]),
        ("hs 2805", [("", ("2805",), ())]),
        ("28053019", [("", ("28053019",), ())]),
        ("1C909.a", [("", (), ("1C909.a",))]),
        ("Teal Drones", [("party", (), ()), ("", (), ())]),
        ("280", [("party", (), ()), ("", (), ())]),
        ("8505.1", [("", ("85051",), ()), ("party", (), ())]),
        ("8505-11", [("", ("850511",), ()), ("party", (), ())]),
        ("1C 905", [("", (), ("1C905",)), ("party", (), ())]),
        ("1C-905.a", [("", (), ("1C905.a",)), ("party", (), ())]),
        ("１Ｃ９０５", [("", (), ("1C905",)), ("party", (), ())]),
        ("1С905", [("", (), ("1C905",)), ("party", (), ())]),
        ("1C90", [("", (), tuple(f"1C90{end}" for end in range(10))), ("party", (), ())]),
        ("3D", [("party", (), ()), ("", (), ())]),
    ],
)
def test_a_word_is_a_tariff_number_a_control_code_or_a_name_of_somebody_or_of_goods(
    text: str, asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
):
    entries = make_entries(text)

    assert [
        ("party", (), ()) if isinstance(entry, Party) else ("", tuple(entry.hs), tuple(entry.codes))
        for entry in entries
    ] == asked
    assert {entry.name for entry in entries} == {text}


def test_an_entry_is_asked_for_with_all_that_it_says():
    person = make_subject(
        Party(name="Li Wei", person=True, aliases=("L. W.",), country="CN", ids=("7", "8"))
    )
    firm = make_subject(Party(name="极致", parent="Group"))
    goods = make_subject(
        Product(
            name="Magnet", materials=("holmium",), codes=("1C909",), eccn=("3A001",), hs=("2805",)
        )
    )

    assert (person.names, person.kind, person.aliases, person.country) == (
        {"en": "Li Wei"},
        "person",
        ("L. W.",),
        "CN",
    )
    assert list(person.ids.values()) == ["7", "8"]
    assert (firm.names, firm.kind, firm.parent) == ({"zh": "极致"}, "other", "Group")
    assert (goods.names, goods.codes, goods.hs) == (
        {"und": "Magnet, holmium"},
        ("1C909", "3A001"),
        ("2805",),
    )


@pytest.mark.parametrize(("by", "whom"), [("", "Teal"), (" ", "Teal"), ("Ann", ""), ("Ann", " ")])
def test_who_dismisses_says_who_they_are_and_whom(by: str, whom: str):
    with pytest.raises(ConfigError, match=r"say who dismisses \(--by NAME\), and whom"):
        make_dismissal("Teal Drones", whom, by, NOW, [TEAL])


@pytest.mark.parametrize(
    ("whom", "key"), [("Teal Drones Inc", "tealdronesinc"), ("1C909.a", "1C909.a")]
)
def test_a_dismissal_goes_by_a_plain_name_or_a_code_and_keeps_what_both_are_called(
    whom: str, key: str
):
    said = make_dismissal(TEAL.key, whom, "Ann", NOW, [Party(name="Other"), TEAL])

    assert (said.entry, said.subject, said.entry_name, said.subject_name) == (
        TEAL.key,
        key,
        "Teal Drones",
        whom,
    )


@pytest.mark.parametrize(
    ("day", "ties"),
    [
        (
            "2025-10-10",
            ["is owned 60 % by it (60 % by Middle Works Ltd (60 % by Nova Optics Inc.))"],
        ),
        ("2026-02-01", ["is tied by ownership or group to it"]),
    ],
)
def test_who_owns_an_owner_of_a_name_is_known_by_the_rows_of_the_list_on_that_day(
    tmp_path: Path, day: str, ties: list[str]
):
    list_of_owners = "name,parent,share,held from,held until\nYak Works,Middle Works Ltd,60,,\n"
    list_of_owners += (
        "Middle Works,Nova Optics Inc.,60,,2025-12-31\nMiddle Works,Nova Optics"
        " Inc.,20,2026-01-01,\n"
    )
    (tmp_path / "s.csv").write_text(list_of_owners)
    config = Config(watch=WatchSettings(suppliers=(str(tmp_path / "s.csv"),)))
    with History(tmp_path) as history:
        arrive(history, listing(10, "Nova Optics Inc."))
    answer = screen_questions(
        config, tmp_path, ["Yak Works"], now=datetime.fromisoformat(f"{day}T00:00:00Z")
    )

    assert [describe_tie(row.match.tie, "it") for row in answer.found if row.on_record] == ties


@pytest.mark.parametrize(
    ("asked", "origin", "verdicts"),
    [
        ("Viktor Sorokin", "", ["possible"]),
        ("Viktor Sorokin", "s.csv row 2", []),  # a file has a column for persons
        ("Wang Xiaoming", "", ["possible"]),
        ("Viktor Sorokin Ltd", "", []),
        ("Viktor Trading Sorokin", "", []),
    ],
)
def test_a_bare_name_is_tried_as_that_of_a_person_too(asked: str, origin: str, verdicts: list[str]):
    listed = (
        Entity(names={"en": "Viktor Arkadyevich Sorokin"}, kind="other"),
        Entity(names={"zh": "王小明"}, kind="person"),
        Entity(names={"en": "Acme Metals Ltd"}, kind="org"),
    )
    records = AllRecords([OnRecord(subject=entity, act="uel-2025-10") for entity in listed])
    found = check([Party(name=asked, origin=origin)], watch_list(Config(), [], []), records)

    assert [hit.match.verdict for hit in found] == verdicts
    assert all("if both are persons" in hit.match.reason for hit in found)
