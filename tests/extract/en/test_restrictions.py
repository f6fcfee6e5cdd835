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
            "No organization or individual shall recognize or comply with the measures.\nMinistry of Commerce\nMay 2, 2030",
            ("restrict", "cn-blocking-orders"),
        ),
        (
            "Ministry of Transport Announcement No. 9 of 2030",
            "Special port fees shall be collected from their vessels.\nMinistry of Transport of the People's Republic of China",
            ("add", None),
        ),
        ("General trade licence: goods for relief", "OTSI. This licence comes into force on 1 February 2030.", ("add", None)),
        (
            "General License 9",
            "OFAC, Recent Actions 05/06/2030. This General License authorizes all dealings with Alpha Optics.",
            ("add", "us-ofac-licences"),
        ),
        (
            "MOFCOM Announcement No. 8 of 2030",
            "This general licence takes effect from 1 February 2030.\nMinistry of Commerce\nMay 2, 2030",
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


def test_goods_and_destinations_of_a_ban_on_exports():
    one = measure("Ministerial notification", "METI. Exports of machine tools to Chad are prohibited from February 7, 2030.")

    assert ([item.names["en"] for item in one.items], one.destinations, one.starts.on) == (
        ["machine tools"],
        ("TD",),
        "2030-02-07",
    )


def test_goods_of_a_ban_are_what_its_items_are_related_to():
    one = measure(
        "MOFCOM Announcement No. 7 of 2030",
        "In principle, the export of dual-use items related to gallium, germanium and superhard materials to Chad shall not be "
        "permitted; stricter reviews shall be implemented for the export of graphite dual-use items to Chad.\n"
        "Ministry of Commerce\nMay 2, 2030",
    )

    assert [item.names["en"] for item in one.items] == ["gallium", "germanium", "superhard materials", "graphite"]


def test_a_ban_without_a_list_names_whom_it_is_on():
    order = "Bureau of Industry and Security, Docket No. 30-9. Alpha Wings FZE may not take part in any export."

    assert [each.names["en"] for each in measure("Order Relating to Export Privileges", order).entities] == ["Alpha Wings FZE"]


def test_an_act_that_lists_somebody_does_not_also_forbid_what_follows():
    one = measure(
        "MOFCOM Announcement No. 7 of 2030",
        "Alpha Inc. is placed on the Unreliable Entity List. It shall not invest in China.\nMinistry of Commerce\nMay 2, 2030",
    )

    assert one.action.value == "add"


def test_an_act_that_prolongs_another_says_which_and_until_when():
    one = measure(
        "Council Decision (CFSP) 2030/77 extending restrictive measures",
        "Article 1: Decision (CFSP) 2023/9 shall apply until 27 July 2031. Done at Brussels, 22 July 2030.",
    )

    assert (one.action.value, [target.key for target in one.amends], one.ends.on) == ("amend", ["eu-2023-9"], "2031-07-27")


@pytest.mark.parametrize(("who", "names"), [("Granite Systems Inc.", ["Granite Systems Inc."]), ("a Defence Company", [])])
def test_countermeasures_are_on_whom_the_title_names(who, names):
    body = "Its assets in China shall be frozen, effective immediately.\nSeptember 3, 2030"
    one = measure(f"Ministry of Foreign Affairs Order No. 52: Decision on Countermeasures against {who}", body)

    assert (one.action.value, one.register) == ("add", "cn-countermeasures")
    assert [entity.names["en"] for entity in one.entities] == names


@pytest.mark.parametrize(
    "need",
    [
        "From 1 March 2031 licences are required to export marine radar sets to Laos.",
        "With effect from 1 March 2031 a licence is required for the export of marine radar sets to Laos.",
        "Export licences are required for marine radar sets destined for Laos. Effective date: March 1, 2031.",
    ],
)
def test_what_needs_a_licence_is_read_beside_a_rule_that_was_amended(need):
    (fact,) = extract.understand(
        read_text(
            f"Notice to exporters 2031/04: radar\nExport Control Joint Unit. {need} The Order was amended on 3 February 2031."
        )
    )
    one = fact.measures[0]

    assert (one.action.value, [item.names["en"] for item in one.items]) == ("restrict", ["marine radar sets"])
    assert (one.starts.on, one.destinations, fact.understood) == ("2031-03-01", ("LA",), "full")
