"""The script that checks a pack: on a bare Python, and whatever byte of the pack is changed."""

import ast
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.evidence import verify

SCRIPT = Path(verify.__file__)


def refused(pack: Path, content: bytes) -> list[str]:
    pack.write_bytes(content)
    return list(verify.find_complaints(pack))


def changed(content: bytes, place: int, by: int = 1) -> bytes:
    return content[:place] + bytes([content[place] ^ by]) + content[place + 1 :]


def resealed(pack: Path, change) -> Path:
    """The pack with other members, its sums at the end counted anew: what somebody could do who
    knows how it is made.
    """
    with zipfile.ZipFile(pack) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(pack, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = verify.make_comment(
            hashlib.sha256(members["manifest.json"]).hexdigest(), "0" * 64
        )
    content = pack.read_bytes()[:-64]
    pack.write_bytes(content + hashlib.sha256(content).hexdigest().encode())
    return pack


def test_a_pack_of_five_acts_is_verified_by_its_own_script_on_a_bare_python(
    made: Path, tmp_path: Path
):
    script = tmp_path / "verify.py"
    script.write_bytes(zipfile.ZipFile(made).read("verify.py"))

    said = subprocess.run(
        [sys.executable, "-I", "-S", script, made],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert (said.returncode, said.stderr) == (0, "")
    quotes = len(json.loads(zipfile.ZipFile(made).read("manifest.json"))["quotes"])
    assert f"{quotes} of {quotes} quotes stand at their places" in said.stdout
    assert f"{quotes} of them were found in the bytes" in said.stdout
    assert "the whole file has the SHA-256 that was given" in said.stdout


def test_the_script_is_one_that_python_3_8_reads_and_needs_nothing_but_python():
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 8))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }

    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.floats(0, 1, exclude_max=True), by=st.integers(1, 255))
def test_whatever_byte_is_changed_however(pack: Path, made: Path, where: float, by: int):
    content = made.read_bytes()

    assert refused(pack, changed(content, int(where * len(content)), by))


@pytest.mark.parametrize("harm", ["cut", "longer", "empty", "doubled", "before"])
def test_a_file_that_was_cut_or_added_to_is_refused(pack: Path, harm: str):
    content = pack.read_bytes()
    harmed = {
        "cut": content[:-1],
        "longer": content + b"\n",
        "empty": b"",
        "doubled": content * 2,
        "before": b"#!" + content,
    }

    assert refused(pack, harmed[harm])


def test_who_counts_the_sums_anew_is_caught_by_the_sum_that_was_told(pack: Path):
    told = hashlib.sha256(pack.read_bytes()).hexdigest()
    resealed(pack, lambda members: None)

    assert list(verify.find_complaints(pack)) == []
    assert ["and not" in line for line in verify.find_complaints(pack, told)] == [True]


def added(members: dict[str, bytes]) -> None:
    members["bodies/more"] = b"more"


def lost(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.startswith("bodies/"))]


def other(members: dict[str, bytes]) -> None:
    members["verify.py"] = b"print('ok')"


def changing(change: Callable[[dict], object]) -> Callable[[dict[str, bytes]], None]:
    """What changes the manifest so."""

    def changed(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        change(manifest)
        members["manifest.json"] = json.dumps(manifest).encode()

    return changed


def quoting(**said: object) -> Callable[[dict[str, bytes]], None]:
    """What changes the manifest's first quote so; it stands in no bytes where they are None."""

    def change(manifest: dict) -> None:
        quote = manifest["quotes"][0] | said
        manifest["quotes"][0] = {name: what for name, what in quote.items() if what is not None}

    return changing(change)


def moved(manifest: dict) -> None:
    manifest["quotes"][0]["from"] += 1


def empty(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b'{"files": {}, "quotes": [7]}'


def stamped_elsewhere(members: dict[str, bytes]) -> None:
    members["timestamp.txt"] = f"no timestamp: tsa.example: answered 503\n{'0' * 64}\n".encode()


def put(members: dict[str, bytes], name: str, content: bytes) -> None:
    """A file that the manifest names."""
    members[name] = content
    told = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    changing(lambda manifest: manifest["files"].update({name: told}))(members)


def escaping(members: dict[str, bytes]) -> None:
    for name in OUTSIDE:
        put(members, name, b"out")


def exchanged(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.startswith("bodies/"))
    put(members, name, members[name] + b"<!-- -->")


NOTHING = {"words": " \u2026 ", "from": 0, "to": 0, "bytes": None}
OUTSIDE = ("../../up", "/etc/x", "rows\\..\\x", "c:x")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (added, "was added"),
        (lost, "missing"),
        (other, "is not the file"),
        (quoting(words="never said"), "its bytes do not say"),
        (changing(moved), "do not stand in"),
        (quoting(charset="klingon"), "can't be read as a pack"),
        (empty, "can't be read as a pack"),
        (exchanged, "and not that of its name"),
        (stamped_elsewhere, "speaks of something else"),
        (quoting(**NOTHING), "quotes no words"),
    ],
)
def test_contents_that_do_not_fit_the_manifest_are_named(pack: Path, change, why: str):
    assert [line for line in verify.find_complaints(resealed(pack, change)) if why in line]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<p>it lists <b>Acme</b></p>", True),
        ("<p>&lt;it&gt; lists Acme</p>", True),
        ("it <2026> lists Acme", True),  # of a page that has no tags
        ("<p>no</p><!-- it lists Acme -->", False),
        ("<p>no</p><!-- it <b>lists</b> Acme", False),
        ("<p>no</p><script>say('it lists Acme')</script>", False),
        ("<p title='it lists Acme'>no</p>", False),
        ("<p>no</p><template><p>it lists Acme</p></template>", False),
        ("<!-- a --><p>it lists Acme</p><!-- b -->", True),
    ],
)
def test_the_bytes_of_a_page_say_what_its_readers_see(body: str, says: bool):
    quote = "<2026> lists Acme" if "<2026>" in body else "lists Acme"
    assert (verify.find_said(body.encode(), "utf-8", [quote]) == {quote}) is says


def test_no_file_of_a_pack_is_unpacked_outside_of_its_folder(pack: Path):
    wrong = [
        line
        for line in verify.find_complaints(resealed(pack, escaping))
        if "is no name that a file of a pack has" in line
    ]

    assert {line.partition(": is")[0] for line in wrong} == {*OUTSIDE}


def test_what_unpacks_to_more_than_there_is_room_for_is_not_read(pack: Path, monkeypatch):
    monkeypatch.setattr(verify, "LARGEST", 100)

    assert list(verify.find_complaints(pack)) == [
        "manifest.json: missing, or not the one that the comment of the archive names"
    ]


def named_to_deceive(members: dict[str, bytes]) -> None:
    members["\x1b[2K\r" + "ok      \u9053"] = b""


def test_a_name_in_a_pack_writes_over_no_line_and_is_shown_on_any_terminal(pack: Path, monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr("sys.stdout", out)

    assert verify.main([str(resealed(pack, named_to_deceive))]) == 1

    out.seek(0)
    shown = out.read()
    assert "\x1b" not in shown
    assert "ok      \\u9053: was added" in shown


def test_the_script_says_what_is_wrong_in_lines_and_ends_with_one(pack: Path, capsys):
    pack.write_bytes(changed(pack.read_bytes(), 50))

    assert verify.main([str(pack)]) == 1
    assert all(line.startswith("REFUSED ") for line in capsys.readouterr().out.splitlines())
    assert (
        verify.main([])
        == verify.main([str(pack.parent)])
        == verify.main([str(pack), "--sha256"])
        == 2
    )
    assert verify.main([str(pack), "--sha256", "1858ef"]) == 2


def test_the_sum_that_lies_beside_a_pack_is_heeded(pack: Path, capsys):
    pack.with_name("pack.zip.sha256").write_text(f"{'0' * 64}  pack.zip\n")

    assert verify.main([str(pack)]) == 1
    assert "and not " + "0" * 64 in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("a b\tc", "ab c", True),
        ("aXa", "a", False),
        ("one two three", "one … three", True),
        ("one two three four", "one … three", False),
        ("one three two", "one | two | three", False),
        ("", " ", True),
    ],
)
def test_a_text_is_what_a_quote_quotes(text: str, quote: str, stands: bool):
    assert verify.is_quote_of(text, quote) is stands
