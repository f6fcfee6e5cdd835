"""What holds for each register that is a table: what is a change, what is none, and what is
refused.
"""

from pathlib import Path

import pytest
from registers_tables import (
    DENIED,
    FORMS,
    MAINTENANCE,
    NO_SUCH_KEY,
    SUPPLEMENT_4,
    Form,
    Save,
    changes,
    only,
    walked,
)

from monitor.cli.read import iterate_captures
from monitor.diff.rows import Changes
from monitor.errors import LayoutChanged, SourceError

WITH_HEADS = [name for name, form in FORMS.items() if form.heads]
ALL = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@ALL
def test_rows_in_another_order_are_no_change(form: Form, saved: Save) -> None:
    assert changes(form.read, saved, form.body(), form.body(form.rows[::-1])) == Changes()


@ALL
def test_a_row_more_is_an_addition_and_a_row_less_a_removal(form: Form, saved: Save) -> None:
    added = only(changes(form.read, saved, form.body(form.rows[:4]), form.body()))
    removed = only(changes(form.read, saved, form.body(), form.body(form.rows[:4])))

    assert (added.action, removed.action) == ("add", "remove")
    assert added.name == removed.name
    assert added.name.endswith("Mahan Air")


@ALL
def test_two_of_five_rows_gone_are_held_unless_the_format_proves_its_end(
    form: Form, saved: Save, tmp_path: Path
) -> None:
    saved(form.body())
    saved(form.body(form.rows[:3]))

    last = list(iterate_captures(form.read, tmp_path, url="https://example.org/list"))[-1]

    assert len(last.changes if form.proven else last.held) == 2
    assert len(last.held if form.proven else last.changes) == 0


@ALL
def test_not_one_row_is_refused(form: Form) -> None:
    with pytest.raises(SourceError):
        walked(form.read, form.body([]))


@ALL
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_body_that_is_cut_is_refused(form: Form, share: float) -> None:
    body = form.body()
    with pytest.raises(SourceError):
        walked(form.read, body[: int(len(body) * share)])


@ALL
@pytest.mark.parametrize(("body", "kind"), [("", "empty"), DENIED, MAINTENANCE, NO_SUCH_KEY])
def test_another_page_is_refused_by_its_kind(form: Form, body: str, kind: str) -> None:
    with pytest.raises(SourceError) as refused:
        walked(form.read, body.encode())

    assert refused.value.kind == kind


@pytest.mark.parametrize("name", WITH_HEADS)
def test_a_heading_under_another_name_is_refused(name: str) -> None:
    form = FORMS[name]
    for place in range(len(form.heads)):
        heads = [*form.heads[:place], "Something new", *form.heads[place + 1 :]]
        optional = name in ("denied", "entity list") and form.heads[place] in (
            "City",
            "Country",
            *SUPPLEMENT_4[2:4],
        )
        if not optional:
            with pytest.raises(SourceError):
                walked(form.read, form.body(heads=heads))


@pytest.mark.parametrize("name", [name for name in WITH_HEADS if name != "covered"])
def test_a_new_column_is_said_and_is_no_change(name: str, saved: Save) -> None:
    form = FORMS[name]

    found = changes(
        form.read,
        saved,
        form.body(),
        form.body([(*row, "x") for row in form.rows], [*form.heads, "Remarks"]),
    )

    assert found == Changes(remarks=("a column we do not read: Remarks",))


@pytest.mark.parametrize("name", ["denied", "shtc", "uflpa", "entity list"])
def test_columns_in_another_order_are_no_change(name: str, saved: Save) -> None:
    form = FORMS[name]
    turned = [row[::-1] for row in form.rows]
    if name == "entity list":  # there the first column is the country, inherited from row to row
        turned = [(row[0], *row[:0:-1]) for row in form.rows]
        heads = (form.heads[0], *form.heads[:0:-1])
    else:
        heads = form.heads[::-1]

    assert changes(form.read, saved, form.body(), form.body(turned, heads)) == Changes()


@pytest.mark.parametrize("name", ["denied", "shtc"])
def test_a_row_with_a_cell_less_or_more_is_refused(name: str) -> None:
    form = FORMS[name]
    for row in (form.rows[1][:-1], (*form.rows[1], "more")):
        with pytest.raises(LayoutChanged, match="row 2 has"):
            walked(form.read, form.body([form.rows[0], row, *form.rows[2:]]))
