"""`monitor try` on pages with tables: rows with the column that tells them apart, and words
where a table has none.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.cli.trial import Trial, propose_page
from monitor.config import Config

URL = "https://office.example/list"
FIRMS = ("Alpha Trading", "Beta Metals", "Gamma Optics", "Delta Marine", "Epsilon Labs")


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, cell: str = "th", name: str = ""
) -> str:
    lines = ["".join(f"<{cell}>{text}</{cell}>" for text in head) if head else ""]
    lines += ["".join(f"<td>{text}</td>" for text in row) for row in rows]
    return f"<table{name}>{''.join(f'<tr>{line}</tr>' for line in lines if line)}</table>"


def numbered(numbers: Sequence[object]) -> list[list[str]]:
    return [[str(number), firm, "Utopia"] for number, firm in zip(numbers, FIRMS, strict=True)]


ARTICLE = "".join(
    f"<p>The office explains at length in paragraph {n} how licences are asked for and granted.</p>"
    for n in range(9)
)
IDS = ("E-71", "E-12", "E-90", "E-33", "E-04")
UNKEYED = [
    ["Utopia", "refused"],
    ["Utopia", "granted"],
    ["Utopia", "refused"],
    ["Erewhon", "refused"],
]
CODES = ("9131AA", "9142BB", "9153CC", "9164DD", "9175EE")
CASES = {
    "a column of numbers": (table(("No.", "Name", "Country"), numbered(IDS)), "rows", "No."),
    "an id behind the name": (
        table(
            ("Name", "Reference no", "Country"),
            [[f, i, "X"] for f, i in zip(FIRMS, IDS, strict=True)],
        ),
        "rows",
        "Reference no",
    ),
    "a count of rows is no key": (
        table(("No.", "Name", "Country"), numbered(range(1, 6))),
        "rows",
        "Name",
    ),
    "a count from the last": (
        table(("No.", "Name", "Country"), numbered(range(5, 0, -1))),
        "rows",
        "No.",
    ),
    "Chinese headings": (
        table(
            ("序号", "企业名称", "统一社会信用代码"),
            [[str(n), f"{f}公司", c] for n, (f, c) in enumerate(zip(FIRMS, CODES, strict=True), 1)],
        ),
        "rows",
        "统一社会信用代码",
    ),
    "Korean headings": (
        table(("번호", "업체명", "국가"), [[i, f, "X"] for i, f in zip(IDS, FIRMS, strict=True)]),
        "rows",
        "번호",
    ),
    "headings that are no th": (
        table(("Code", "Name", "Country"), numbered(IDS), cell="td"),
        "rows",
        "Code",
    ),
    "no column tells rows apart": (table(("Country", "Decision"), UNKEYED), "rows", None),
    "no headings": (
        table((), [[i, f, "since 2021"] for i, f in zip(IDS, FIRMS, strict=True)]),
        "rows",
        None,
    ),
    "a table with a name": (
        table(("No.", "Name", "Country"), numbered(IDS), name=" id='parties'"),
        "rows",
        "No.",
    ),
    "beside a table of another kind": (
        table(("No.", "Name", "Country"), numbered(IDS), name=" class='list'")
        + table((), [["Opened", "9-17"]]),
        "rows",
        "No.",
    ),
    "an article with a small table": (
        ARTICLE + table(("Fee", "Amount"), [["Licence", "10"], ["Copy", "2"]]),
        "text",
        None,
    ),
    "a table that only arranges": (
        f"<table><tr><td>Menu</td><td><div id='text'>{ARTICLE}</div></td></tr></table>",
        "text",
        None,
    ),
    "an article": (f"<main>{ARTICLE}</main>", "text", None),
}


def tried(tmp_path: Path, body: str) -> Trial:
    (tmp_path / "page.html").write_text(
        f"<html><title>List</title><body><div id='content'>{body}</div></body></html>"
    )
    return propose_page(Config(), URL, {}, file=tmp_path / "page.html")


@pytest.mark.parametrize("case", CASES)
def test_a_table_is_watched_by_its_rows_and_by_what_tells_them_apart(tmp_path: Path, case: str):
    body, way, key = CASES[case]
    lines = dict(line.split(" = ", 1) for line in tried(tmp_path, body).lines[3:])

    assert (way in lines, lines.get("key")) == (True, f'"{key}"' if key else None), lines


def test_each_row_is_shown_once_with_what_it_is_known_by(tmp_path: Path):
    trial = tried(tmp_path, CASES["beside a table of another kind"][0])

    assert (trial.count, trial.first[0]) == (5, "E-71 | Alpha Trading | Utopia")
