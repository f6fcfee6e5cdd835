import pytest
from registers_tables import FORMS, Save, changes, only, table, walked

from monitor.diff.rows import Changes
from monitor.errors import LayoutChanged
from scrapers import us_fcc


def test_marks_of_footnotes_bold_words_and_broken_lines_are_no_change(saved: Save) -> None:
    form = FORMS["covered"]
    marked = [(f"<strong>{text}</strong>*<sup>†</sup>", f"<p>{day}</p>") for text, day in form.rows]

    assert changes(form.read, saved, form.body(), form.body(marked)) == Changes()


def test_another_date_of_a_row_amends_it(saved: Save) -> None:
    form = FORMS["covered"]

    row = only(
        changes(
            form.read,
            saved,
            form.body(),
            form.body([(form.rows[0][0], "June 3, 2026"), *form.rows[1:]]),
        )
    )

    assert (row.action, row.fields["listed_on"]) == ("amend", ("2021-03-12", "2026-06-03"))


def test_a_table_that_is_gone_is_refused_and_a_new_one_is_said() -> None:
    body = FORMS["covered"].body().decode()
    gone = body.replace("UAS Conditional Approvals", "Aircraft")
    more = body.replace("</body>", table(["News", "Day"], [["Something", "Today"]]) + "</body>")

    with pytest.raises(LayoutChanged, match="UAS approved"):
        walked(us_fcc.covered.read, gone.encode())
    assert walked(us_fcc.covered.read, more.encode()).remarks == (
        "a table we do not read: News | Day",
    )


def test_the_notices_of_what_is_prohibited_are_told_and_others_amend_it(saved: Save) -> None:
    heads = ["Equipment Subject to Prohibitions", "Public Notices", "Effective Date"]
    body = FORMS["covered"].body().decode()
    old, new = (
        body.replace(
            "</body>",
            table(
                heads,
                [["Equipment of 2024", f"<p>{day}</p><p>Public Notice</p>", "In general, 10 days"]],
            )
            + "</body>",
        )
        for day in ("June 26, 2026", "July 1, 2026")
    )
    row = only(changes(us_fcc.covered.read, saved, old.encode(), new.encode()))

    assert (row.action, row.fields) == (
        "amend",
        {"notices": ("June 26, 2026 Public Notice", "July 1, 2026 Public Notice")},
    )


LONG = (
    "Cybersecurity and anti-virus software produced or provided by Nord Lab, Inc. or any of its"
    " successors and assignees"
)
EQUIPMENT = (
    "Telecommunications equipment produced by {}, including services provided or produced using"
    " such equipment"
)


@pytest.mark.parametrize(
    ("old", "new", "actions"),
    [
        (f"{LONG}, including equipment with integrated Nord software.", f"{LONG}.", ["amend"]),
        (f"{LONG}.", f"{LONG}, including equipment with integrated Nord software.", ["amend"]),
        (f"{LONG} before 2025, and no other.", f"{LONG} before 2026.", ["amend"]),
        (EQUIPMENT.format("Nord Corp."), EQUIPMENT.format("Sud Corp."), ["add", "remove"]),
        ("Nord Lab routers", "Nord Lab routers and cameras", ["add", "remove"]),
        (
            f"{LONG}.",
            "Products that are no software at all, produced by others.",
            ["add", "remove"],
        ),
    ],
)
def test_a_row_whose_text_is_shortened_or_goes_on_is_amended(
    saved: Save, old: str, new: str, actions: list[str]
) -> None:
    form = FORMS["covered"]
    before, after = (form.body([(text, "March 25, 2022"), *form.rows[1:]]) for text in (old, new))

    assert sorted(row.action for row in changes(form.read, saved, before, after).rows) == actions


def test_a_row_that_another_replaces_with_other_dates_is_none_that_was_shortened(
    saved: Save,
) -> None:
    form = FORMS["covered"]
    rows = [(f"{LONG}, including all else.", "March 25, 2022"), (f"{LONG}.", "June 3, 2026")]
    before, after = (form.body([row, *form.rows[1:]]) for row in rows)

    assert sorted(row.action for row in changes(form.read, saved, before, after).rows) == [
        "add",
        "remove",
    ]
