import pytest

from monitor import extract
from monitor.document import read_text


def measure(title, body):
    (fact,) = extract.understand(read_text(f"{title}\n{body}"))
    (one,) = fact.measures
    return one


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        (
            "MOFCOM Announcement No. 7 of 2030: Prohibition Order",
            (
                "No organization or individual shall recognize or comply with the"
                " measures.\nMinistry of Commerce\nMay 2, 2030"
            ),
            ("restrict", "cn-blocking-orders"),
        ),
        (
            "Ministry of Transport Announcement No. 9 of 2030",
            (
                "Special port fees shall be collected from their vessels.\nMinistry of Transport of"
                " the People's Republic of China"
            ),
            ("add", None),
        ),
        (
            "General trade licence: goods for relief",
            "OTSI. This licence comes into force on 1 February 2030.",
            ("add", None),
        ),
        (
            "General License 9",
            (
                "OFAC, Recent Actions 05/06/2030. This General License authorizes all dealings with"
                " Alpha Optics."
            ),
            ("add", "us-ofac-licences"),
        ),
        (
            "MOFCOM Announcement No. 8 of 2030",
            (
                "This general licence takes effect from 1 February 2030.\nMinistry of Commerce\nMay"
                " 2, 2030"
            ),
            ("add", "cn-general-licences"),
        ),
        (
            "Order on Quantum Exports",
            "METI, Cabinet Order No. 9. Exports of quantum annealers require a licence.",
            ("restrict", None),
        ),
    ],
)
def test_what_an_act_forbids_licenses_or_charges(title, body, told):
    one = measure(title, body)

    assert (one.action.value, one.register) == told


@pytest.mark.parametrize(
    ("who", "names"),
    [("Granite Systems Inc.", ["Granite Systems Inc."]), ("a Defence Company", [])],
)
def test_countermeasures_are_on_whom_the_title_names(who, names):
    body = "Its assets in China shall be frozen, effective immediately.\nSeptember 3, 2030"
    one = measure(
        f"Ministry of Foreign Affairs Order No. 52: Decision on Countermeasures against {who}", body
    )

    assert (one.action.value, one.register) == ("add", "cn-countermeasures")
    assert [entity.names["en"] for entity in one.entities] == names


@pytest.mark.parametrize(
    "need",
    [
        "From 1 March 2031 licences are required to export marine radar sets to Laos.",
        (
            "With effect from 1 March 2031 a licence is required for the export of marine radar"
            " sets to Laos."
        ),
        (
            "Export licences are required for marine radar sets destined for Laos. Effective date:"
            " March 1, 2031."
        ),
    ],
)
def test_what_needs_a_licence_is_read_beside_a_rule_that_was_amended(need):
    (fact,) = extract.understand(
        read_text(
            f"Notice to exporters 2031/04: radar\nExport Control Joint Unit. {need} The Order was"
            " amended on 3 February 2031."
        )
    )
    one = fact.measures[0]

    assert (one.action.value, [item.names["en"] for item in one.items]) == (
        "restrict",
        ["marine radar sets"],
    )
    assert (one.starts.on, one.destinations, fact.understood) == ("2031-03-01", ("LA",), "full")
