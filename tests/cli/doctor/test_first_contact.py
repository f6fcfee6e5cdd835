"""The first contact with a publisher: what can't be read is not well, and one folder holds all
that was seen.
"""

import json
from pathlib import Path

import pytest

from monitor.cli.doctor.source import explain_nothing, make_url_shape
from monitor.errors import ConfigError

WORDS = "Nord Works is entered in the Strategic Goods Denial List from today on."
ACT = f"<html><body><article><h1>Order</h1><p>{WORDS}</p></article></body></html>"


def serve(clinic, path: str, body: str, **headers: str) -> None:
    clinic.answers(body, path=path, charset="utf-8", **headers)


def listed(*paths: str) -> str:
    return (
        "<html><ul"
        f" class='list'>{''.join(f'<li><a href={path!r}>An order</a></li>' for path in paths)}</ul></html>"
    )


def test_a_source_whose_acts_give_no_fact_is_not_well_and_says_what_is_not_known(clinic) -> None:
    serve(clinic, "/list", listed("/act/1"))
    serve(clinic, "/act/1", ACT)

    finding = clinic.findings()["jp_own.acts"]

    assert not finding.ok
    assert (
        "it names no register that is known, but perhaps a new one (Strategic Goods Denial List)"
        in finding.seen
    )


def test_a_reader_that_a_saved_page_has_proven_may_meet_a_page_on_another_subject(clinic) -> None:
    serve(clinic, "/list", listed("/act/1"))
    serve(clinic, "/act/1", ACT)
    clinic.save("act-first.html", ACT)

    assert clinic.findings()["jp_own.acts"].ok


def test_links_that_all_have_another_form_than_before_are_said(clinic) -> None:
    clinic.save("acts-first.html", listed("/act/1", "/act/2"))
    serve(clinic, "/list", listed("/login?next=1"))
    serve(clinic, "/login", "<html></html>")

    finding = clinic.findings()["jp_own.acts"]

    assert (finding.ok, "another form than on the saved page" in finding.seen) == (False, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.gov/2025/art_0a1b2c3d4e.html", "https://x.gov/2026/art_ffff00001111.html"),
        ("https://x.gov/a/1", "https://x.gov/a/22"),
    ],
)
def test_numbers_and_hashes_are_no_matter_of_form(one: str, other: str) -> None:
    assert make_url_shape(one) == make_url_shape(other) != make_url_shape("https://x.gov/b")


def test_one_folder_holds_every_address_with_headers_and_what_was_found_and_no_secret(
    clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1234567890-abcdefghij")
    serve(
        clinic,
        "/list",
        listed("/act/1", "/act/xoxb-1234567890-abcdefghij"),
        Server="acme",
        **{"Set-Cookie": "id=private"},
    )
    serve(clinic, "/other", listed("/act/1"))
    serve(clinic, "/act/1", ACT)
    folder = tmp_path / "report"

    clinic.findings(to=folder)

    told = json.loads((folder / "jp_own.acts/finding.json").read_text())
    assert told["answers"][0]["headers"]["server"].endswith("acme")
    assert [
        json.loads(line)["read"]
        for line in (folder / "jp_own.acts/found.jsonl").read_text().splitlines()
    ] == ["act"] * 2
    assert (folder / "jp_own.others/page.html").is_file()
    summary = (folder / "summary.txt").read_text().splitlines()
    assert [
        line
        for line in summary
        if line.startswith("wrong") and "unproven" in line and "jp_own" in line
    ]
    assert summary[-2:] == ["read well: 1: jp_own.acts", "layout: 1: jp_own.others"]
    everything = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert "abcdefghij" not in everything
    assert "id=private" not in everything
    assert "An order" in everything


def test_a_folder_that_holds_something_is_left_alone(clinic, tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report/mine.txt").write_text("mine")
    serve(clinic, "/list", listed("/act/1"))

    with pytest.raises(ConfigError, match="is there already"):
        clinic.findings(to=tmp_path / "report")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("决定将下列实体纳入“重点监管清单”。", "重点监管清单"),
        ("关于不可靠实体清单的说明", "and no verb that is known does anything there"),
        ("The weather is fine.", "it names no register that is known"),
    ],
)
def test_why_nothing_was_found_names_the_register_or_the_verb(text: str, said: str) -> None:
    assert said in explain_nothing(text)
