import pytest
from acts import control, listing
from msgspec.structs import replace

from monitor.ask.knowledge import NamedActs, Numbered, is_title_beginning, parse_numbered_acts
from monitor.model import Attachment


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("mofcom-order-2025-6", [Numbered("mofcom-order", 2025, 6)]),
        (
            "MOFCOM No. 55, 56 and 57 of 2025",
            [Numbered("mofcom", 2025, number) for number in (55, 56, 57)],
        ),
        ("mofcom order no. 6 of 2025", [Numbered("mofcom-order", 2025, 6)]),
        ("No. 70 of 2025", [Numbered("", 2025, 70)]),
        ("商务部公告2025年第61号", [Numbered("mofcom", 2025, 61)]),
        ("商务部 海关总署公告2025年第57号", [Numbered("mofcom", 2025, 57)]),
        ("不可靠实体清单工作机制〔2025〕10号", [Numbered("uel", 2025, 10)]),
        ("MOFCOM Announcement No. 61 of 2025", [Numbered("mofcom", 2025, 61)]),
        ("61/2025", [Numbered("", 2025, 61)]),
        ("No. 61/2025", [Numbered("", 2025, 61)]),
        ("61/20250", []),
        ("TechInsights", []),
        ("28469019", []),
    ],
)
def test_acts_are_known_by_their_numbers_as_acts_and_our_messages_have_them(
    text: str, acts: list[Numbered]
):
    assert parse_numbered_acts(text) == acts


def test_a_number_without_its_series_may_be_of_any():
    acts = [control(10, "1C909"), listing(10, "Dedrone")]

    assert NamedActs(acts).named("No. 10 of 2025") == {"mofcom-2025-10", "uel-2025-10"}
    assert NamedActs(acts).named("UEL Notice No. 10 of 2025") == {"uel-2025-10"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("No. 10", {"mofcom-2025-10", "uel-2025-10"}),
        ("UEL Notice No. 10", {"uel-2025-10"}),
        ("mofcom no 10", {"mofcom-2025-10"}),
        ("第10号", {"mofcom-2025-10", "uel-2025-10"}),
        ("BIS No. 10", set()),
        ("No. 11", set()),
        ("10", set()),
    ],
)
def test_a_number_without_its_year_may_be_of_any(text: str, keys: set[str]):
    assert NamedActs([control(10, "1C909"), listing(10, "Dedrone")]).named(text) == keys


def test_a_key_is_that_act_alone_also_where_it_was_never_seen():
    acts = [control(57, "1C909"), control(58, "1C910")]

    assert NamedActs(acts).named("mofcom-2025-57") == {"mofcom-2025-57"}
    assert NamedActs(acts, ["mofcom-2024-9", "mofcom-2024-10"]).named("mofcom-2024-9") == {
        "mofcom-2024-9"
    }
    assert NamedActs(acts, ["mofcom-2024-9", "mofcom-2024-10"]).named("No. 10 of 2024") == {
        "mofcom-2024-10"
    }


@pytest.mark.parametrize(
    "text",
    [
        "https://e.example/57",
        "https://e.example/57.pdf",
        "商务部公告2025年第57号",
        "On  HOLMIUM",
        "On holm",
    ],
)
def test_an_act_is_known_by_its_address_that_of_an_annex_its_number_and_its_title(text: str):
    attached = Attachment(title="Annex", url="https://e.example/57.pdf")
    act = replace(
        control(57, "1C909"),
        title="On holmium",
        url="https://e.example/57",
        attachments=(attached,),
    )
    others = [replace(control(58, "1C909"), title="On dysprosium", number=None, url="")]

    assert NamedActs([act, *others]).named(text) == (set() if text == "On holm" else {act.key})


def test_what_has_no_letters_names_no_act():
    act = replace(control(57, "1C909"), number=None, title="")

    assert NamedActs([act]).named("…") == set()


@pytest.mark.parametrize(
    ("text", "enough"),
    [("Onholmiu", True), ("Onholmi", False), ("terbium and", False), ("On holmium…", True)],
)
def test_eight_letters_of_a_title_are_enough(text: str, enough: bool):
    assert is_title_beginning("onholmiumanditscompounds", text) is enough
