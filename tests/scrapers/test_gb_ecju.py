import json

import pytest

from monitor.document import read_text
from monitor.errors import LayoutChanged
from monitor.extract import en
from monitor.source.page import Body, Page
from scrapers import gb_ecju

REVOKES = (
    "With effect from 3 August 2030 the Secretary of State has revoked the open general export"
    " licence (thermal cameras)."
)


def notice(title, words, **details):
    told = {
        "title": title,
        "base_path": "/government/publications/a-notice",
        "first_published_at": "2030-07-01T09:00:00Z",
        "details": {"body": f"<p>{words}</p>", **details},
    }
    (act,) = gb_ecju.notice(
        Page(url="https://www.gov.uk/api/content/a-notice", body=Body(json.dumps(told).encode()))
    )
    return act


def test_a_notice_says_what_its_text_does() -> None:
    act = notice("NTE 2030/13: licence revoked", REVOKES)
    (measure,) = act.measures

    assert (act.understood, act.published, measure.action.value, measure.starts.on) == (
        "full",
        "2030-07-01",
        "repeal",
        "2030-08-03",
    )


@pytest.mark.parametrize(
    "title", ["NTE 2030/13: licence revoked", "Notice to exporters 2030/13: licence revoked"]
)
def test_a_notice_has_one_key_whether_it_is_polled_or_handed_in(title) -> None:
    (handed_in,) = en.facts(read_text(f"{title}\n{REVOKES}"))

    assert notice(title, REVOKES).key == handed_in.key == "gb-nte-2030-13"


def test_a_notice_without_a_number_has_the_key_of_its_address_whatever_it_says() -> None:
    keys = {notice("Licence revoked", words).key for words in (REVOKES, "It was changed.")}

    assert keys == {"gb-nte-a-notice"}


def test_what_stands_in_a_file_beside_a_notice_is_said_not_to_be_read() -> None:
    act = notice("NTE 2030/13: licence revoked", REVOKES, attachments=[{"title": "The licence"}])

    assert (len(act.measures), act.understood, [unread.what for unread in act.not_read]) == (
        1,
        "part",
        ["attachment"],
    )


def test_a_notice_of_which_nothing_is_understood_is_told_as_that() -> None:
    act = notice("NTE 2030/14: a survey of exporters", "We ask for your views.")

    assert (act.measures, act.understood, [unread.what for unread in act.not_read]) == (
        (),
        "none",
        ["notice"],
    )


@pytest.mark.parametrize(
    "address", [{}, {"path": "/government/b"}, {"base_path": ""}, {"base_path": None}]
)
def test_a_notice_of_the_collection_without_its_address_is_a_changed_layout(
    address: dict[str, str],
) -> None:
    rows = [
        {"title": "NTE 2030/14", "base_path": "/government/a"},
        {"title": "NTE 2030/13", **address},
    ]
    body = json.dumps({"links": {"documents": rows}}).encode()

    with pytest.raises(LayoutChanged, match="a notice without its address: NTE 2030/13"):
        list(
            gb_ecju.notices.read(
                Page(url="https://www.gov.uk/api/content/notices", body=Body(body))
            )
        )
