"""Who screens in the console sees for what each column was taken, and has the answer as a file; the
record is read by those who asked, and by who may decide.
"""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from bs4 import BeautifulSoup
from consoles import LOCAL, post_screening
from python_calamine import CalamineWorkbook

from monitor.ask.findings import HEADS, Finding, FindingState
from monitor.ask.screening_file import make_result
from monitor.config import Config, WatchSettings
from monitor.errors import ConfigError

DOOR = replace(
    LOCAL,
    user_header="x-user",
    proxies=frozenset({"127.0.0.1"}),
    deciders=frozenset({"li"}),
)
ANA, BO, LI = ({"x-user": name} for name in ("ana", "bo", "li"))


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def workbook(*rows: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Vendors")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return out.getvalue()


async def screen_workbook(client):
    """The answer to a workbook of two suppliers."""
    body = workbook(
        ("Kreditor", "Lieferant", "Land"),
        ("7", "TechInsights", "CA"),
        ("8", "Dedrone by Axon", "US"),
        ("9", "Zzyzx Widgets", "US"),
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return await post_screening(client, files={"file": ("ours.xlsx", body, kind)})


async def test_a_workbook_is_screened_and_its_answer_downloaded_as_a_table(open_console, store):
    async with open_console(store) as client:
        shown = page(await screen_workbook(client))
        files = {
            link.get_text(): await client.get(link["href"])
            for link in shown.select("a[href^='/screening.']")
        }

    told = shown.select_one("main").get_text(" ")
    assert "What each column was taken for" in told
    assert "“Lieferant” is party" in told
    (heads, *lines) = csv.reader(io.StringIO(files["CSV"].text.removeprefix("\ufeff")))
    assert tuple(heads) == (*HEADS, "Rests on")
    assert {line[-1].partition(":")[0] for line in lines} == {"coverage"}
    assert {(line[1], line[3]) for line in lines} >= {("TechInsights", "listed")}
    assert [line[5].partition(" among ")[0] for line in lines if line[3] == "nothing alike"] == [
        "MOFCOM was last read on 7 Nov 2025: a listing would not have been seen; nothing alike"
    ]
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["Excel"].content))
    assert book.sheet_names == ["Results", "Summary"]
    assert [row[3] for row in book.get_sheet_by_name("Results").to_python()[1:]] == [
        line[3] for line in lines
    ]
    summary = [row[0] for row in book.get_sheet_by_name("Summary").to_python()]
    (acts,) = [line for line in summary if line.startswith("compared with acts: ")]
    assert ", as of " in acts
    assert "read" not in acts  # a review changes what is on record as well
    assert any(line.startswith("coverage: ") and "never read: " in line for line in summary)


def test_a_name_that_would_be_a_formula_is_none_in_the_file():
    row = Finding("", "=1+1", "name", FindingState.NOTHING)

    assert b"read until then" in make_result(".csv", [row], [], "read until then")
    assert b",'=1+1," in make_result(".csv", [row], [], "")
    with pytest.raises(ConfigError, match="written as .xlsx or .csv"):
        make_result(".pdf", [row], [], "")


async def test_a_file_that_is_no_workbook_is_refused_in_a_line(client):
    answer = await post_screening(client, files={"file": ("x.xlsx", b"PK\3\4" + b"0" * 90, "")})

    assert answer.status_code == 400
    assert "x.xlsx" in answer.text


async def test_without_the_token_of_its_form_nothing_is_screened(client):
    answer = await client.post("/screen", data={"names": "TechInsights"})

    assert answer.status_code == 403
    assert "load the page again" in answer.text


async def test_a_screening_is_read_by_who_asked_and_by_who_may_decide(open_console, store: Path):
    async with open_console(store, door=DOOR) as client:
        told = await post_screening(client, "user ana", names="TechInsights", headers=ANA)
        case = page(told).select_one("a[href^='/screening/']")["href"]
        number = case.rpartition("/")[2]
        paths = (case, f"/screening.csv?of={number}", f"/screening.xlsx?of={number}")
        codes = {
            user["x-user"]: [(await client.get(path, headers=user)).status_code for path in paths]
            for user in (ANA, BO, LI)
        }
        before = {
            user["x-user"]: page(await client.get("/name?of=TechInsights", headers=user)).select(
                "a[href^='/screening/']"
            )
            for user in (ANA, BO, LI)
        }
        told = {
            user["x-user"]: (
                await client.get("/api/v1/screenings?name=techinsights", headers=user)
            ).json()
            for user in (ANA, BO, LI)
        }
        asked = {user: answer["results"] for user, answer in told.items()}

    assert codes == {"ana": [200] * 3, "bo": [404] * 3, "li": [200] * 3}
    assert [bool(before[user]) for user in ("ana", "bo", "li")] == [True, False, True]
    assert [len(asked[user]) for user in ("ana", "bo", "li")] == [1, 0, 1]
    assert all(
        "screenings: of the newest 200 on record" in answer["coverage"]["remarks"]
        for answer in told.values()
    )
    assert (asked["li"][0]["by"], asked["li"][0]["screening"]) == ("ana", int(number))


async def test_a_recorded_screening_says_the_worst_first_and_against_what_it_was_held(
    open_console, store, tmp_path
):
    (tmp_path / "ours.csv").write_text("name\nTechInsights\n")
    watch = WatchSettings(suppliers=(str(tmp_path / "ours.csv"),))
    async with open_console(store, config=Config(watch=watch)) as client:
        told = page(await post_screening(client, names="TechInsights"))
        case = told.select_one("a[href^='/screening/']")["href"]
        answer = page(await client.get(case)).select_one("main")
    shown = answer.get_text(" ")

    assert "TechInsights: listed as" in answer.select_one("li.line .subject").get_text()
    assert "on your watch list" in shown

    assert "Asked by somebody at the console on" in shown
    assert "Held against" in shown
    assert "watch list" in shown
    assert "not as it was written" not in shown


async def test_of_a_name_that_was_never_listed_our_screenings_are_shown(open_console, store):
    async with open_console(store) as client:
        await post_screening(client, names="Nobody At All Ltd")
        shown = await client.get("/name?of=Nobody+At+All+Ltd")
        file = await client.get("/screenings.csv?of=Nobody+At+All+Ltd")
        searched = await client.get("/search?q=Nobody+At+All+Ltd")
        never = await client.get("/name?of=Someone+Else")
        listed = await client.get("/name?of=Dedrone")

    assert "nothing alike" in page(shown).select_one("td[data-head=found]").get_text()
    assert "Our screenings, of the newest 200 on record" in shown.text
    name = 'attachment; filename="screenings-Nobody-At-All-Ltd.csv"'
    assert file.headers["Content-Disposition"] == name
    assert file.text.splitlines()[1].endswith("Nobody At All Ltd,nothing alike")
    assert "nothing on record is called that" in searched.text
    assert page(searched).select_one("a[href^='/screening/']")
    assert never.status_code == 404
    assert "No screening of it that you may read is among the newest 200" in listed.text


@pytest.mark.parametrize("number", ["0", "99999", "x", "1e9"])
async def test_no_screening_has_this_number(client, number):
    assert (await client.get(f"/screening/{number}")).status_code in {400, 404}
