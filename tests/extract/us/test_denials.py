"""Orders that deny export privileges: to whom, from when and for how long."""

import pytest
from each import for_each

from monitor.extract.us import documents, orders

TITLE = "Order Denying Export Privileges of Acme FZE"


@pytest.mark.parametrize(
    ("title", "name", "kind", "more"),
    [
        (
            "In the Matter of: Jane Roe, Inmate Number: 1-2; Order Denying Export Privileges",
            "Jane Roe",
            "person",
            False,
        ),
        ("Order Denying Export Privileges of Acme FZE; Beta LLC", "Acme FZE", "org", True),
        (
            "Order Denying Export Privileges of Acme FZE; In the Matter of: Acme FZE, Dubai",
            "Acme FZE, Dubai",
            "org",
            False,
        ),
        ("Order Denying Export Privileges to Acme FZE, 12 Harbour Road", "Acme FZE", "org", False),
        ("Order Denying Export Privileges of Acme FZE; Final Order", "Acme FZE", "org", False),
        (
            "Order Denying Export Privileges of Acme Ltd. and Beta",
            "Acme Ltd. and Beta",
            "org",
            True,
        ),
    ],
)
def test_the_title_of_an_order_names_whom_and_whether_it_names_more(title, name, kind, more):
    person = documents.read_denied_entity(title)

    assert (person.names, person.kind) == ({"en": name}, kind)
    assert documents.has_more_names(title) == more


@pytest.mark.parametrize(
    "title",
    [
        "Meeting of Acme FZE; Beta LLC",
        "In the Matter of: Acme FZE",
        "Export Privileges of Acme FZE",
    ],
)
def test_another_title_names_nobody_whom_it_denies_anything(title):
    assert documents.read_denied_entity(title) is None
    assert (
        documents.measure_of_denial(
            title, "The export privileges are hereby denied for 2 years from May 3, 2030."
        )
        is None
    )


def test_a_title_without_an_order_names_nobody():
    assert not documents.has_more_names("A day at the port")


@for_each(
    ("title", "action", "names"),
    [
        (
            (
                "Acme Air JSC, Harbour Lane 1-g, Yekaterinburg, Russia 620025; Order Renewing"
                " Temporary Denial of Export Privileges"
            ),
            "add",
            "Acme Air JSC",
        ),
        (
            (
                "Acme Co., Ltd., 12 Harbour Road, Dubai, UAE; Order Temporarily Denying Export"
                " Privileges"
            ),
            "add",
            "Acme Co., Ltd.",
        ),
        (
            "Jane Roe, Inmate Number: 1-2, FCI Somewhere; Order Denying Export Privileges",
            "add",
            "Jane Roe",
        ),
        (
            (
                "Acme Air, a/k/a Acme Airways; Beta LLC, Paris; Order Temporarily Denying Export"
                " Privileges"
            ),
            "add",
            "Acme Air",
        ),
        ("Acme FZE; Final Decision and Order Denying Export Privileges", "add", "Acme FZE"),
        (
            "Order Renewing Temporary Denial of Export Privileges as to Related Persons: Acme FZE",
            "add",
            "Acme FZE",
        ),
        (
            "Order Renewing and Modifying Temporary Denial of Export Privileges: Acme FZE",
            "add",
            "Acme FZE",
        ),
        ("Order Modifying Temporary Denial of Export Privileges: Acme FZE", "amend", "Acme FZE"),
        ("Acme FZE, Dubai, UAE; Order Modifying Denial of Export Privileges", "amend", "Acme FZE"),
        ("Acme FZE; Correction to Order Denying Export Privileges", "amend", "Acme FZE"),
        ("Order Vacating Denial of Export Privileges: Acme FZE", "remove", "Acme FZE"),
        ("Order Terminating Temporary Denial Order: Acme FZE", "remove", "Acme FZE"),
        (
            "Acme FZE, Dubai, UAE; Order Rescinding Temporary Denial of Export Privileges",
            "remove",
            "Acme FZE",
        ),
        (
            "Acme FZE; Order Terminating Order Temporarily Denying Export Privileges",
            "remove",
            "Acme FZE",
        ),
        (
            "Order Removing Related Person From Denial of Export Privileges: Jane Roe",
            "remove",
            "Jane Roe",
        ),
        (
            "Acme FZE; Order Denying Motion To Vacate Temporary Denial of Export Privileges",
            None,
            None,
        ),
        ("Acme FZE; Decision on Appeal of Order Denying Export Privileges", None, None),
        ("Acme FZE; Order Reinstating Denial of Export Privileges", "add", "Acme FZE"),
        ("Acme FZE; Notice of Meeting on Export Privileges", None, None),
        ("Order Denying Export Privileges", None, None),
    ],
)
def test_orders_renew_modify_and_end_a_denial(title, action, names):
    measure = documents.measure_of_denial(title, "")

    assert (measure and measure.action) == action
    assert (measure and measure.entities[0].names["en"]) == names


@pytest.mark.parametrize(
    ("text", "published", "term"),
    [
        ("It is denied for 180 days from March 3, 2030.", None, ("2030-03-03", "2030-08-30")),
        (
            "It is denied for 180 days from the date of this Order.",
            "2030-05-02",
            ("2030-05-02", "2030-10-29"),
        ),
        (
            "It traded for two years. It is denied for a period of 10 years from May 3, 2030.",
            None,
            ("2030-05-03", "2040-05-03"),
        ),
        ("It is denied for 180 days from the date of this Order.", None, (None, None)),
        ("It is denied for 180 days.", "2030-05-02", (None, None)),
        ("It is denied.", "2030-05-02", (None, None)),
    ],
)
def test_a_denial_lasts_from_the_day_that_a_sentence_with_its_length_tells(text, published, term):
    measure = documents.measure_of_denial(TITLE, text, published)

    assert (measure.starts and measure.starts.on, measure.ends and measure.ends.on) == term
    assert [entity.names["en"] for entity in measure.entities] == ["Acme FZE"]


def test_a_denial_begins_by_the_clock_of_washington():
    for clock in ("00:01 on", "12:01 a.m. on", "12:01 a.m. Eastern Time on", "12:01 a.m., EDT,"):
        measure = documents.measure_of_denial(
            TITLE,
            f"It is denied for 180 days from {clock} July 3, 2030. It was denied at 5 p.m. It"
            " ends.",
        )

        assert (measure.starts.on, measure.ends.on) == ("2030-07-03T00:01-04:00", "2030-12-30")
        assert measure.starts.quote.endswith("July 3, 2030.")


@for_each(
    ("line", "signs"),
    [
        ("Acting Assistant Secretary of Commerce for Export Enforcement.", True),
        ("Director, Office of Exporter Services", True),
        ("Director of the Office revokes the license of Birch LLC", False),
    ],
)
def test_who_signs_an_order_decides_nothing_and_what_he_does_is_read(line, signs):
    assert bool(orders.ORDERS.decides_nothing.search(line)) is signs
