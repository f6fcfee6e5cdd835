"""Acts of the EU Official Journal: whom they list, delist and describe anew, and the row of the
list that follows.
"""

from datetime import UTC, datetime

import pytest

from monitor.alert.event import Event, place_edition
from monitor.errors import LayoutChanged
from monitor.model import Announcement, Edition, RowChange
from monitor.source.page import Body, Page
from scrapers import eu_oj

TITLE = "COUNCIL IMPLEMENTING REGULATION (EU) 2026/{number}"
HEAD = (
    "<p class='oj-ti-art'>Article 1</p><p>{article}</p><p>Article 2</p><p>This Regulation shall"
    " enter into force on {when}.</p>"
)
IN_ANNEX = (
    "Annex I to Regulation (EU) No 269/2014 is amended as set out in the Annex to this Regulation."
)


def act(
    annex: str,
    *,
    article: str = IN_ANNEX,
    when: str = "the date of its publication",
    number: int = 1,
) -> Announcement:
    body = (
        f"<html><body><p class='oj-hd-date'>13.4.2026</p><p>{TITLE.format(number=number)}</p><p>of"
        " 13 April 2026</p><p>implementing Regulation (EU) No 269/2014 concerning restrictive"
        " measures</p><p>THE COUNCIL OF THE EUROPEAN UNION,</p><p>(1) One person was added in 2025"
        " and some should be"
        f" deleted.</p>{HEAD.format(article=article, when=when)}<p>ANNEX</p>{annex}</body></html>"
    )
    (found,) = eu_oj.act(
        Page("https://publications.europa.eu/resource/celex/32026R0001", Body(body.encode()))
    )
    assert isinstance(found, Announcement)
    return found


def table(
    *rows: tuple[str, ...],
    heads: tuple[str, ...] = ("", "Name", "Identifying information", "Reasons", "Date of listing"),
) -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>"
        for row in (heads, *rows)
    )
    return f"<table class='oj-table'>{lines}</table>"


def told(found: Announcement) -> list[tuple[str, list[str]]]:
    return [
        (measure.action, [entity.names["en"] for entity in measure.entities])
        for measure in found.measures
    ]


ZORIN = ("‘1.", "Pavel ZORIN", "Nationality: Russian", "He leads a works.", "13.4.2026’")
BELKINA = ("2.", "Daria BELKINA", "", "She answers for it.", "13.4.2026")


def test_each_sentence_says_what_is_done_with_the_entries_below_it() -> None:
    annex = (
        f"<p>(1) the following persons are added to the list:</p>{table(ZORIN)}<p>(2) the entry for"
        f" the following person is replaced by the following:</p>{table(BELKINA)}<p>(3) the"
        " following entries are deleted:</p><p>‘12. Ilya MOROZ’;</p><p>‘13. Nord Works Co.,"
        " Ltd.’.</p>"
    )

    assert told(act(annex)) == [
        ("add", ["Pavel ZORIN"]),
        ("amend", ["Daria BELKINA"]),
        ("remove", ["Ilya MOROZ", "Nord Works Co., Ltd."]),
    ]


def test_a_quotation_of_several_names_without_numbers_has_all_of_them_with_their_countries() -> (
    None
):
    found = act(
        "<p>the following entries are added:</p><p>‘Tanso Bearing Co. Ltd (China)</p>"
        "<p>Orel Lojistik A.S. (Türkiye)</p><p>Which of them is meant shall be said later</p>"
        "<p>Nord Works LLC’.</p><p>Done</p>"
    )

    assert told(found) == [
        ("add", ["Tanso Bearing Co. Ltd", "Orel Lojistik A.S.", "Nord Works LLC"])
    ]
    assert [(each.country, each.aliases) for each in found.measures[0].entities] == [
        ("CN", ()),
        ("TR", ()),
        (None, ()),
    ]
    assert [each.quote for each in found.not_read] == ["Which of them is meant shall be said later"]


def test_an_entry_that_the_sentence_itself_quotes_is_read() -> None:
    words = (
        "(1) the following entries are deleted: ‘People’s Trading LLC (UAE)’ and ‘13. Ilya MOROZ’."
    )
    found = act(f"<p>{words}</p>")

    assert told(found) == [("remove", ["People’s Trading LLC", "Ilya MOROZ"])]
    assert {entity.quote for entity in found.measures[0].entities} == {words}


@pytest.mark.parametrize(
    ("article", "action"),
    [
        (
            (
                "The persons listed in the Annex to this Regulation shall be added to the list set"
                " out in Annex I."
            ),
            "add",
        ),
        (
            "The entries for the persons listed in the Annex shall be deleted from Annex I.",
            "remove",
        ),
        ("In Annex I, the entries listed in the Annex to this Regulation are replaced.", "amend"),
    ],
)
def test_an_annex_that_only_lists_is_what_the_article_says_of_it(article: str, action: str) -> None:
    assert told(act(table(ZORIN, BELKINA), article=article)) == [
        (action, ["Pavel ZORIN", "Daria BELKINA"])
    ]


def test_what_is_added_under_two_headings_is_one_measure_of_persons_and_organisations() -> None:
    works = (
        "‘7.",
        "Nord Works",
        "Address: 4 Main Street, Baku, Azerbaijan",
        "It makes sights.",
        "13.4.2026’",
    )
    annex = (
        f"<p>(1) the following person is added under the heading ‘Persons’:</p>{table(ZORIN)}"
        f"<p>(2) the following entity is added under the heading ‘Entities’:</p>{table(works)}"
    )

    (measure,) = act(annex).measures

    assert [(entity.kind, entity.country) for entity in measure.entities] == [
        ("person", "RU"),
        ("org", "AZ"),
    ]
    assert [(target.key, target.clauses) for target in measure.amends] == [
        ("eu-2014-269", ("Annex I",))
    ]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("the date of its publication", "2026-04-13"),
        ("the day following that of its publication", "2026-04-14"),
        ("the twentieth day following that of its publication", "2026-05-03"),
    ],
)
def test_the_day_of_entry_into_force_is_counted_from_publication(when: str, day: str) -> None:
    (measure,) = act(f"<p>the following person is added:</p>{table(ZORIN)}", when=when).measures

    assert measure.starts is not None
    assert measure.starts.on == day


def test_an_act_that_lists_nobody_is_told_as_not_understood() -> None:
    found = act(
        "", article="Article 9 of Regulation (EU) No 269/2014 applies until 15 September 2026."
    )

    assert (found.measures, found.understood, [each.what for each in found.not_read]) == (
        (),
        "none",
        ["act"],
    )


def test_what_the_articles_decide_beside_the_annex_is_quoted_sentence_by_sentence() -> None:
    lists = "<p>the following persons are added:</p>" + table(("1.", "Anna ALPHA", "", "", ""))
    points = [
        "(1) in Article 5aa(3), the date ‘31 December 2026’ is replaced by ‘31 December 2027’;",
        "(2) it shall be prohibited to purchase such goods.",
    ]
    article = "</p><p>".join(
        [IN_ANNEX, "Regulation (EU) No 269/2014 is amended as follows:", *points]
    )
    found = act(
        lists,
        article=article,
        when="the day following that of its publication. Article 1 shall apply from 1 May 2026",
    )

    assert told(found) == [("add", ["Anna ALPHA"])]
    assert (found.understood, [each.quote for each in found.not_read]) == (
        "part",
        [*points, "Article 1 shall apply from 1 May 2026."],
    )


def test_a_sentence_without_entries_below_it_is_said() -> None:
    assert [
        each.what
        for each in act("<p>the following persons are deleted:</p><p>see the table</p>").not_read
    ] == ["annex"]


def test_entries_below_a_sentence_of_no_known_verb_are_said_and_not_what_the_sentence_before_did() -> (
    None
):
    found = act(
        f"<p>(1) the following person is added:</p>{table(ZORIN)}"
        f"<p>(2) the entry for the following person shall read:</p>{table(BELKINA)}"
    )

    assert told(found) == [("add", ["Pavel ZORIN"])]
    assert [each.quote for each in found.not_read] == [
        "(2) the entry for the following person shall read:"
    ]


@pytest.mark.parametrize(
    "lost",
    ["<p>(1) entry 12 is deleted;</p>", "<p>(1) the persons are deleted:</p><p>see the table</p>"],
)
def test_a_sentence_is_said_though_the_next_does_the_same(lost: str) -> None:
    found = act(f"{lost}<p>(2) the following entries are deleted:</p><p>‘13. Ilya MOROZ’;</p>")

    assert told(found) == [("remove", ["Ilya MOROZ"])]
    assert [each.quote[:3] for each in found.not_read] == ["(1)"]


def test_a_sentence_that_leads_to_the_next_is_no_loss() -> None:
    found = act(
        "<p>The persons below are added:</p><p>(a) the following person is"
        f" added:</p>{table(ZORIN)}"
    )

    assert (told(found), found.understood) == ([("add", ["Pavel ZORIN"])], "full")


def test_a_row_without_a_name_is_said() -> None:
    found = act(
        "<p>the following persons are"
        f" added:</p>{table(ZORIN, ('2.', '', 'Nationality: Russian', 'He too.', '13.4.2026'))}"
    )

    assert told(found) == [("add", ["Pavel ZORIN"])]
    assert [each.why for each in found.not_read] == ["a row without a name"]


def test_an_answer_with_an_act_of_no_number_is_refused() -> None:
    answer = (
        b'{"results": {"bindings": [{"celex": {"value": "32026R0001"}}, {"title": {"value": "An'
        b' act"}}]}}'
    )

    with pytest.raises(LayoutChanged, match="without its number"):
        list(eu_oj.acts(Page("https://example.org/sparql", Body(answer))))


def test_an_act_without_a_number_is_refused() -> None:
    page = Page(
        "https://example.org/act",
        Body(b"<html><body><p>COUNCIL REGULATION</p><p>of 1 May 2026</p></body></html>"),
    )

    with pytest.raises(LayoutChanged, match="no number"):
        list(eu_oj.act(page))


def test_the_row_of_the_consolidated_list_that_comes_later_is_told_in_the_thread_of_the_act() -> (
    None
):
    found = act(f"<p>the following person is added:</p>{table(ZORIN)}")
    event = Event(
        found.key, found.authority, datetime(2026, 4, 13, tzinfo=UTC), told=True, acts=(found,)
    )
    row = RowChange(action="add", id="99", name="Pavel Zorin")
    edition = Edition(
        key="eu-financial-sanctions-2026-04-20-x",
        register="eu-financial-sanctions",
        authority="eu-commission",
        url="https://example.org/list",
        rows=10,
        before=9,
        changes=(row,),
    )

    (post,) = place_edition(edition, [event]).posts

    assert (post.event, post.in_thread) == (found.key, True)


def test_acts_are_linked_to_their_text_or_to_the_act_of_which_the_server_gives_the_form() -> None:
    asked = eu_oj.acts.requests(datetime(2026, 4, 13, tzinfo=UTC))

    assert [("2026-01-01" in request.url, "{" in request.url) for request in asked] == [
        (True, False)
    ]


def test_in_january_no_act_of_the_new_year_is_an_answer_and_last_years_acts_are_asked_for_too() -> (
    None
):
    january, june = datetime(2027, 1, 2, tzinfo=UTC), datetime(2027, 6, 2, tzinfo=UTC)
    nothing = Body(b'{"head": {}, "results": {"bindings": []}}')
    asked = [request.url for request in eu_oj.acts.requests(january)]

    assert [year for url in asked for year in ("2026-01-01", "2027-01-01") if year in url] == [
        "2027-01-01",
        "2026-01-01",
    ]
    assert list(eu_oj.acts.read(Page(asked[0], nothing, fetched_at=january))) == []
    with pytest.raises(LayoutChanged):
        list(eu_oj.acts.read(Page(asked[0], nothing, fetched_at=june)))
