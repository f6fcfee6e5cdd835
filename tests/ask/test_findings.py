"""What a screening found, as the rows that a colleague reads."""

from typing import Any

import pytest
from acts import entity

from monitor.ask.findings import HEADS, Finding, describe_lists, make_findings, summarize_screening
from monitor.ask.others import ListState, SaidBy
from monitor.ask.screen import Screened, Screening
from monitor.ask.standing import Standing
from monitor.model import Item
from monitor.store import OnRecord
from monitor.watch.entries import Entry, Party, Product
from monitor.watch.match import Dismissal, Pairing
from monitor.watch.values import MatchVerdict, Tie, TieKind

ALPHA = Party(name="Alpha", origin="list.csv/3", owner="Li Wei", note="of old")
MAGNET = Product(name="Magnet", origin="list.csv/4")
FIRM, GOODS = entity("Alpha Ltd", "Alpha Ltd"), Item(names={"zh": "钬"}, codes=("1C909.a",))
RECORD = OnRecord(
    subject=FIRM,
    act="uel-2025-10",
    register="cn-unreliable-entities",
    since="2025-10-09T00:00",
    url="u",
)
DISMISSAL = Dismissal(entry="x", subject="y", by="Li Wei", at="2025-10-09T01:00:00Z")
THEIRS = SaidBy(list="Others", as_of="2025-12-01", ref="17", says="sanctioned")


def hit(
    score: float = 0.9,
    verdict: MatchVerdict = MatchVerdict.MATCH,
    entry: Entry = ALPHA,
    subject: Any = FIRM,
    **more: Any,
) -> Screened:
    said = {name: more.pop(name) for name in ("dismissed", "tie") if name in more}
    match = Pairing(
        kind="exact",
        score=score,
        verdict=verdict,
        reason="alike",
        entry=entry,
        subject=subject,
        **said,
    )
    return Screened(asked=entry.name, origin=entry.origin, match=match, **more)


def rows(
    *hits: Screened, asked: tuple[Entry, ...] = (ALPHA,), by_others: tuple[Screened, ...] = ()
) -> list[Finding]:
    return make_findings(Screening(asked, hits, (), by_others=by_others))


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ({"on_record": RECORD}, "listed"),
        ({"on_record": RECORD, "verdict": MatchVerdict.POSSIBLE}, "may be listed"),
        (
            {"on_record": OnRecord(subject=FIRM, gone="2025-11-08T01:00:00Z")},
            "was listed, no longer",
        ),
        ({"on_record": OnRecord(subject=FIRM, action="remove")}, "was listed, no longer"),
        ({"on_record": OnRecord(subject=FIRM, action="repeal")}, "was listed, no longer"),
        (
            {"on_record": RECORD, "stands": Standing(subject="x", over=True)},
            "was listed, no longer",
        ),
        ({"on_record": RECORD, "stands": Standing(subject="x")}, "listed"),
        ({"on_record": RECORD, "dismissed": DISMISSAL}, "dismissed"),
        ({}, "on your watch list alone"),
        ({"theirs": THEIRS}, "listed by others"),
        ({"theirs": THEIRS, "verdict": MatchVerdict.POSSIBLE}, "may be listed by others"),
    ],
)
def test_how_it_is_with_what_was_found_is_said_in_a_word(found: dict[str, Any], state: str):
    (row,) = rows(hit(**found))

    assert (row.state, row.row, row.asked, row.what) == (state, "3", "Alpha", "name")
    assert (row.why.partition("; ")[0], row.kind, row.score, row.owner, row.note) == (
        "alike",
        "exact",
        "0.90",
        "Li Wei",
        "of old",
    )


def test_alone_on_the_watch_list_is_only_what_is_on_no_other():
    for listed in ({"on_record": RECORD}, {"theirs": THEIRS}):
        assert rows(hit(**listed), hit())[1].state == "on your watch list"


def test_a_row_says_as_what_on_which_list_since_when_by_which_act_and_where():
    stands = Standing(subject="x", state="in force", began="2025-10-09")
    (listed,) = rows(hit(on_record=RECORD, stands=stands))
    (ours,) = rows(hit())
    (theirs,) = rows(by_others=(hit(theirs=THEIRS),))

    assert (
        listed.listed_as,
        listed.register,
        listed.since,
        listed.act,
        listed.link,
        listed.today,
    ) == (*("Alpha Ltd", "Unreliable Entity List", "2025-10-09", "uel-2025-10", "u", "in force"),)
    assert (ours.listed_as, ours.register, ours.link, ours.today) == (
        "Alpha",
        "your watch list",
        "",
        "nothing alike among 0 names and goods on record",
    )
    assert (theirs.register, theirs.act) == ("Others (as of 2025-12-01)", "17: sanctioned")


@pytest.mark.parametrize(
    ("eccn", "registers", "state", "said"),
    [
        (
            "6A003.b.4",
            (),
            "nothing alike in what was read",
            "; of its ECCN nothing is known: the US Commerce Control List was never read",
        ),
        ("6A003.b.4", ("us-ccl",), "nothing alike", ""),
        ("", (), "nothing alike", ""),
    ],
)
def test_an_eccn_is_like_nothing_only_where_its_list_was_read(eccn, registers, state, said):
    camera = Product(name="Camera", eccn=(eccn,) if eccn else ())
    (row,) = make_findings(Screening((camera,), (), (), registers=frozenset(registers)))

    assert row.state == state
    assert (
        row.today.removeprefix(
            "nothing alike among 0 names and goods on record and 0 entries of your watch list;"
            " goods that acts name in other words are not found"
        )
        == said
    )


def test_who_is_only_owned_by_who_is_listed_is_counted_apart_and_stands_behind():
    owned = hit(0.99, on_record=RECORD, tie=Tie(kind=TieKind.OWNED, owner="Alpha", share=60))
    found = rows(owned, hit(on_record=RECORD))

    assert [(row.said, row.tie) for row in found] == [
        *(("listed", ""), ("owner or group listed", "is owned 60 % by Alpha Ltd")),
    ]
    assert (
        summarize_screening(Screening((ALPHA,), (owned,), ()), rows(owned))[0]
        == "1 name: 1 owner or group listed"
    )


def test_goods_are_called_by_their_codes_and_names_and_hold_nothing_that_is_no_product():
    coded = hit(
        entry=MAGNET, subject=GOODS, on_record=OnRecord(subject=GOODS, act="mofcom-2025-57")
    )
    other = hit(entry=MAGNET, on_record=RECORD)
    (row,) = rows(coded, other, asked=(MAGNET,))

    assert (row.what, row.listed_as) == ("product", "1C909.a 钬")
    assert (row.called, row.cells[HEADS.index("Listed as")]) == ("1C909.a holmium (钬)",) * 2


def test_what_is_listed_comes_first_then_the_surest_and_what_is_nowhere_last():
    nobody = Party(name="Nobody", origin="list.csv/9", owner="Wu", note="new")
    found = rows(
        hit(0.7, on_record=RECORD), hit(0.95, on_record=RECORD), hit(0.99), asked=(nobody, ALPHA)
    )

    assert [(row.state, row.score) for row in found] == [
        *(
            ("listed", "0.95"),
            ("listed", "0.70"),
            ("on your watch list", "0.99"),
            ("nothing alike", ""),
        ),
    ]
    assert (found[-1].asked, found[-1].row, found[-1].owner, found[-1].note) == (
        "Nobody",
        "9",
        "Wu",
        "new",
    )


def test_what_may_be_an_owner_and_was_not_read_is_said_in_the_rows_own_answer():
    unread = Party(name="Alpha", origin="list.csv/3", unread=("“Kapital”: Beta AG",))
    (nothing,) = rows(asked=(unread,))
    (listed,) = rows(hit(entry=unread, on_record=RECORD), asked=(unread,))

    assert nothing.state == "nothing alike in what was read"
    assert nothing.today.endswith("; not read in its row: “Kapital”: Beta AG")
    assert listed.why == "alike; not read in its row: “Kapital”: Beta AG"


def test_a_dismissed_group_is_one_row_that_says_who_said_so_and_of_how_many():
    dismissed = [hit(on_record=RECORD, dismissed=DISMISSAL, score=score) for score in (0.9, 0.8)]
    (row, other) = rows(*dismissed, hit(on_record=RECORD, score=0.7))[::-1]

    assert row.why == "alike; not ours, says Li Wei, 9 Oct 2025 01:00 UTC, with 1 more of its group"
    assert other.why == "alike"


def test_each_listing_of_a_dismissed_name_itself_has_its_row():
    said = DISMISSAL.replace(subject="alphaltd")
    other = OnRecord(subject=FIRM, act="uel-2025-11", register="us-bis-entity-list")
    found = rows(*(hit(on_record=one, dismissed=said) for one in (RECORD, other)))

    assert [(row.state, row.act) for row in found] == [
        ("dismissed", "uel-2025-10"),
        ("dismissed", "uel-2025-11"),
    ]


@pytest.mark.parametrize("records", [0, 1200])
def test_the_summary_counts_what_was_asked_by_its_worst_and_says_against_what_it_was_held(
    records: int,
):
    others = tuple(
        Party(name=name, origin=f"list.csv/{place}")
        for place, name in enumerate(("Beta", "Gamma"), 10)
    )
    answer = Screening(
        (ALPHA, *others, MAGNET),
        (hit(on_record=RECORD), hit(0.5, "possible", on_record=RECORD)),
        ("row 7: no name",),
        ("name: a name",),
        records,
        2,
        lists=(ListState(list="Others", as_of="2025-12-01", entries=1500),),
    )
    kinds, against, *rest = summarize_screening(answer, make_findings(answer))

    assert kinds == "3 names, 1 product: 1 listed, 3 nothing alike"
    assert against == (
        "compared with 1,200 listed subjects on record and 2 entries of your watch list"
        if records
        else "nothing is on record yet: compared with 2 entries of your watch list alone"
    )
    assert rest == [
        *(
            "name: a name",
            "row 7: no name",
            "Others, a list of others, as of 2025-12-01: 1,500 names; what it says is theirs",
        ),
    ]


def test_a_list_of_others_that_could_not_be_held_says_why_and_what_else_there_is_to_say():
    told = describe_lists(
        [ListState(list="Others", problem="no such file", remarks=("it is old",))]
    )

    assert [*told] == [
        "Others, a list of others: nothing was compared with it: no such file",
        "Others: it is old",
    ]
