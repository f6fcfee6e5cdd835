"""An act at a second address: what is more, what contradicts, what is only evidence."""

import json
import random
from pathlib import Path

import msgspec
import pytest
from acts import control, listing, press, suspension
from cases import read_cases
from each import for_each

from monitor.diff import ChangeKind, Compared, compare, extract_substance
from monitor.diff.acts import (
    list_contradictions,
)
from monitor.diff.things import Thing, Unpaired, find_unpaired, has_nothing_common, subtract_parts
from monitor.model import (
    Action,
    Announcement,
    End,
    Entity,
    Item,
    Measure,
    Start,
    Target,
    Unread,
    fact_from_json,
)

PAGES = Path(__file__).parents[1] / "pages"
CHINESE = ("龙门科技公司", "凤凰航空公司", "麒麟船舶公司")
LATIN = ("Dragon Gate Technology", "Phoenix Aviation", "Kylin Shipbuilding")


def at_another(
    found: Announcement, known: Announcement, *elsewhere: Announcement
) -> Compared | None:
    return compare(found, known=known, last=None, elsewhere=elsewhere)


def with_measure(act: Announcement, **differing) -> Announcement:
    return msgspec.structs.replace(
        act, measures=(msgspec.structs.replace(act.measures[0], **differing),)
    )


def named(language: str, *names: str, **more) -> Announcement:
    act = msgspec.structs.replace(listing(10), language=language, **more)
    return with_measure(
        act, entities=tuple(Entity(names={language: name}, kind="org") for name in names)
    )


def both(one: Announcement, other: Announcement) -> Announcement:
    return msgspec.structs.replace(one, measures=(*one.measures, *other.measures))


def names(compared: Compared | None) -> list[str]:
    assert compared is not None
    assert compared.act is not None
    return [
        name
        for measure in compared.act.measures
        for entity in measure.entities
        for name in entity.names.values()
    ]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (listing(10, "Alpha", "Beta"), listing(10, "Beta")),
        (listing(10, "Alpha Co., Ltd.", "Beta"), listing(10, "ALPHA CO LTD", "Beta")),
        (listing(10, "Northrop Systems", "Beta"), listing(10, "Northrup Systems", "Beta")),
        (named("zh", *CHINESE), named("en", *LATIN)),
        (named("zh", *CHINESE), named("en", *LATIN[:2])),
        (named("en", *LATIN), named("zh", *CHINESE)),
        (control(57, "1C909.a", "1C910"), control(57, "1C910")),
        (listing(10, "Alpha"), listing(10, "Alpha", published="2025-10-11")),
        (listing(10, "Alpha"), msgspec.structs.replace(listing(10, "Alpha"), title="Edited")),
        (control(57, "1C909"), with_measure(control(57, "1C909"), starts=None)),
        (listing(10, "Alpha"), msgspec.structs.replace(listing(10), measures=())),
        (suspension(70, "mofcom-2025-57"), with_measure(suspension(70, "mofcom-2025-57"), starts=None)),
    ],
    ids=[
        "fewer names", "punctuation", "a slip of the pen", "a translation", "a summary in English", "the original, later",
        "fewer items", "another day of publication", "another title", "no start", "nothing understood", "no immediate start",
    ],
)  # fmt: skip
def test_what_is_equal_in_substance_or_less_is_evidence(known: Announcement, found: Announcement):
    assert at_another(found, known) == Compared(ChangeKind.REPEATED)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (control(57, "1C909"), control(57, "1C909", "1C910")),
        (listing(10, "Alpha Plant 1"), listing(10, "Alpha Plant 1", "Alpha Plant 2")),
        (suspension(70, "mofcom-2025-57"), suspension(70, "mofcom-2025-57", "mofcom-2025-58")),
        (control(57, "1C909"), with_measure(control(57, "1C909"), destinations=("US",))),
        (control(57, "1C909"), with_measure(control(57, "1C909"), ends=End(on="2026-11-10", basis="explicit"))),
        (listing(10, "Alpha"), with_measure(listing(10, "Alpha"), starts=Start(on="2025-12-01", basis="explicit"))),
        (msgspec.structs.replace(listing(10), measures=()), listing(10, "Alpha")),
        (listing(10, "Alpha"), both(listing(10, "Alpha"), control(57, "1C909"))),
    ],
    ids=["items", "names", "targets", "destinations", "an end", "a printed start", "all of it", "a measure"],
)  # fmt: skip
def test_what_was_absent_is_more(known: Announcement, found: Announcement):
    compared = at_another(found, known)

    assert compared.kind is ChangeKind.EXTENDED
    assert at_another(known, compared.act).kind is ChangeKind.REPEATED
    assert at_another(found, compared.act).kind is ChangeKind.REPEATED


def test_goods_that_only_a_mirror_has_begin_on_the_day_that_is_known_of_the_others():
    compared = at_another(control(57, "1C909", "1C910"), control(57, "1C909"))

    assert compared == Compared(ChangeKind.EXTENDED, control(57, "1C909", "1C910"))


def test_a_translation_that_lists_more_than_is_known_is_more_and_says_that_it_can_not_be_told_which():
    compared = at_another(named("en", *LATIN, "Tortoise Mining"), named("zh", *CHINESE))

    assert compared.kind is ChangeKind.EXTENDED
    assert names(compared) == [*CHINESE, *LATIN, "Tortoise Mining"]
    assert (compared.act.not_read[0].what, compared.act.understood) == ("names", "part")


def test_two_printed_starts_contradict_each_other_and_what_was_known_stays():
    found = with_measure(
        control(57, "1C909"), starts=Start(on="2025-12-01", basis="explicit", quote="自12月1日起")
    )

    compared = at_another(found, control(57, "1C909"))

    assert compared == Compared(ChangeKind.DISPUTED, control(57, "1C909"))
    (said,) = list_contradictions(control(57, "1C909"), found)
    assert (said.what, said.known, said.found, said.found_quote) == (
        "Start",
        "2025-11-08",
        "2025-12-01",
        "自12月1日起",
    )


@pytest.mark.parametrize(
    ("done", "translated", "kind"),
    [
        (Action.ADD, Action.REMOVE, ChangeKind.DISPUTED),
        (Action.REMOVE, Action.ADD, ChangeKind.DISPUTED),
        (Action.SUSPEND, Action.RESUME, ChangeKind.DISPUTED),
        (Action.ADD, Action.RESTRICT, ChangeKind.REPEATED),
        (Action.REMOVE, Action.REPEAL, ChangeKind.REPEATED),
        (Action.ADD, Action.AMEND, ChangeKind.REPEATED),
        (Action.AMEND, Action.REMOVE, ChangeKind.REPEATED),
    ],
)
def test_a_translation_contradicts_only_where_it_says_the_opposite(
    done: Action, translated: Action, kind: ChangeKind
):
    known, found = (
        with_measure(named("zh", *CHINESE), action=done),
        with_measure(named("en", *LATIN), action=translated),
    )

    assert at_another(found, known) == Compared(
        kind, known if kind is ChangeKind.DISPUTED else None
    )


def test_a_number_used_again_for_other_names_is_a_contradiction_and_both_are_known():
    compared = at_another(listing(10, "Gamma", "Delta"), listing(10, "Alpha"))

    assert compared.kind is ChangeKind.DISPUTED
    assert names(compared) == ["Alpha", "Gamma", "Delta"]


@pytest.mark.parametrize(
    ("found", "said"),
    [([*"GDZ"], "3: G, D, Z"), ([*"GDZE"], "4: G, D, Z, …")],
    ids=["three", "four"],
)
def test_of_names_that_contradict_all_are_counted_and_the_first_three_said(
    found: list[str], said: str
):
    (contradiction,) = list_contradictions(listing(10, "Alpha"), listing(10, *found))

    assert (contradiction.what, contradiction.known, contradiction.found) == (
        "Names",
        "1: Alpha",
        said,
    )


def test_an_edit_that_catches_up_with_another_address_is_no_amendment():
    known = listing(10, "Alpha", "Beta")

    assert compare(
        listing(10, "Beta", "Alpha"), known=known, last=listing(10, "Alpha")
    ) == Compared(ChangeKind.REPEATED)


def test_an_edited_translation_takes_none_of_the_names_of_the_original():
    known = named("zh", *CHINESE)

    assert compare(named("en", *LATIN[:2]), known=known, last=named("en", *LATIN)) == Compared(
        ChangeKind.REPEATED
    )


def test_a_name_spelt_anew_at_its_own_address_is_an_amendment_also_where_others_have_said_more():
    known, last = listing(10, "Northrop Systems", "Beta"), listing(10, "Northrop Systems")

    compared = compare(listing(10, "Northrup Systems"), known=known, last=last)

    assert compared.kind is ChangeKind.AMENDED
    assert names(compared) == ["Beta", "Northrup Systems"]


def saved() -> list[tuple[str, Announcement, str, Announcement]]:
    """Every two saved pages of one act, each way."""
    acts = []
    for path in sorted(PAGES.glob("*/*.facts.json")):
        facts = json.loads(path.read_text()).get("facts", [])
        read = [
            fact_from_json(json.dumps(fact)) for fact in facts if fact["type"] == "announcement"
        ]
        acts += [
            (f"{path.parent.name}/{path.name.removesuffix('.facts.json')}", act) for act in read
        ]
    # an annex is read as a part of its act
    own = [(name, act) for name, act in acts if not name.startswith("jpaas/")]
    return [(a, one, b, two) for a, one in own for b, two in own if a != b and one.key == two.key]


NEWS = {  # the second page of a saved act does print more
    ("cn_export_control/article-2025-61", "cn_mofcom/announcement-2025-61"): ChangeKind.EXTENDED,
    (
        "us_federal_register/inspection-special",
        "us_federal_register/rules-february",
    ): ChangeKind.EXTENDED,
}


@for_each(
    ("first", "known", "second", "found"),
    saved(),
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_saved_pages_of_one_act_at_two_addresses(first, known, second, found):
    assert at_another(found, known).kind is NEWS.get((first, second), ChangeKind.REPEATED)


def test_whoever_understands_an_act_that_was_not_understood_says_more_of_it():
    known = listing(10, "Dragon Gate")
    unknown = msgspec.structs.replace(known, measures=(), understood="none")
    compared = at_another(known, unknown)

    assert compared is not None
    assert compared.act is not None
    assert (compared.kind, compared.act.measures, compared.act.understood) == (
        ChangeKind.EXTENDED,
        known.measures,
        "full",
    )
    assert at_another(unknown, known) == Compared(ChangeKind.REPEATED)


def test_an_act_that_was_not_understood_is_edited_where_its_words_are():
    first = msgspec.structs.replace(
        listing(10),
        measures=(),
        understood="none",
        not_read=(Unread(what="act", why="", quote="甲"),),
    )
    later = msgspec.structs.replace(first, not_read=(Unread(what="act", why="", quote="乙"),))

    assert compare(first, known=first, last=first) is None
    edited = compare(later, known=first, last=first)
    assert edited is not None
    assert edited.kind is ChangeKind.AMENDED


# An act of several measures


def act(*measures: Measure, language: str = "zh", **more) -> Announcement:
    return msgspec.structs.replace(listing(10), measures=measures, language=language, **more)


def does(
    *firms: str,
    language: str = "zh",
    action: Action = Action.ADD,
    register: str | None = "r",
    **more,
) -> Measure:
    """A measure that lists firms; one that is called by a number (`No. 7`) has it for an id."""
    entities = tuple(
        Entity(names={language: name}, kind="org", ids={"no": name} if name[-1].isdigit() else {})
        for name in firms
    )
    return Measure(action=action, register=register, **{"entities": entities, **more})


def listed(compared: Compared | None) -> list[list[str]]:
    assert compared is not None
    assert compared.act is not None
    return [
        [name for entity in measure.entities for name in entity.names.values()]
        for measure in compared.act.measures
    ]


def test_a_firm_that_two_registers_of_one_act_have_is_known_in_each():
    two = act(does("甲公司"), does("甲公司", register="s"))

    assert at_another(
        msgspec.structs.replace(two, measures=two.measures[::-1]),
        act(*two.measures, does("乙", register="t")),
    ) == (Compared(ChangeKind.REPEATED))
    one = act(does("甲公司"), does("乙公司", register="s"))
    assert listed(at_another(act(does("甲公司", "乙公司"), does("乙公司", register="s")), one)) == [
        ["甲公司", "乙公司"],
        ["乙公司"],
    ]


def test_in_a_translation_a_firm_may_be_known_of_a_measure_that_is_called_otherwise():
    known = act(does("No. 1"), does("No. 2", action=Action.RESTRICT, register="s"))

    assert at_another(act(does("No. 1", "No. 2", language="en"), language="en"), known) == Compared(
        ChangeKind.REPEATED
    )
    more = at_another(
        act(does("No. 1", "No. 3", language="en", register="t"), language="en"), known
    )
    assert (more.kind, listed(more)) == (ChangeKind.EXTENDED, [["No. 1"], ["No. 2"], ["No. 3"]])
    in_one_language = at_another(act(does("No. 1", "No. 3", register="t")), known)
    assert listed(in_one_language) == [["No. 1"], ["No. 2"], ["No. 1", "No. 3"]]


def test_a_translation_that_lists_its_firms_under_other_registers_is_counted_as_one_list():
    known = act(does(*CHINESE))
    translated = act(
        does(*LATIN[:2], language="en"),
        does("Tortoise Mining", "Crane Optics", language="en", register="s"),
        language="en",
    )

    assert at_another(translated, known).kind is ChangeKind.EXTENDED
    assert at_another(act(*translated.measures[:1], language="en"), known) == Compared(
        ChangeKind.REPEATED
    )
    assert at_another(act(*translated.measures[1:], language="en"), known) == Compared(
        ChangeKind.REPEATED
    )


def test_of_a_measure_that_contradicts_only_those_are_added_whom_nobody_had_named():
    known, found = act(does("甲公司")), act(does("甲公司", "乙公司", action=Action.REMOVE))

    compared = at_another(found, known)

    assert (compared.kind, listed(compared)) == (ChangeKind.DISPUTED, [["甲公司"], ["乙公司"]])


def test_another_action_for_the_same_register_is_a_contradiction_in_one_language_though_it_is_not_the_opposite():
    known, found = (
        act(does("甲公司", quote="列入")),
        act(does("甲公司", action=Action.AMEND, quote="修订")),
    )

    assert at_another(found, known) == Compared(ChangeKind.DISPUTED, known)
    (said,) = list_contradictions(known, found)
    assert (said.what, said.known, said.found, said.known_quote, said.found_quote) == (
        "Action on r",
        "add",
        "amend",
        "列入",
        "修订",
    )


def test_what_names_no_register_contradicts_nothing_that_is_done_to_another_act():
    known = act(does(action=Action.SUSPEND, register=None, amends=(Target(key="a"),)))
    found = act(does(action=Action.RESUME, register=None, amends=(Target(key="b"),)))

    compared = at_another(found, known)

    assert compared.kind is ChangeKind.EXTENDED
    assert compared.act.measures == known.measures + found.measures


@pytest.mark.parametrize(
    ("language", "known", "found", "is_more"),
    read_cases("""
        zh | ('一',) | ('一', '二') | True
        zh | ('一', '二') | ('一',) | False
        zh | () | ('一',) | False  # the whole of it is known to be changed
        en | ('一',) | ('I', 'II') | False
        """),
)
def test_a_further_clause_of_an_act_is_more_and_how_a_translation_calls_clauses_is_not(
    language, known, found, is_more
):
    def amending(clauses: tuple[str, ...], language: str, key: str = "a") -> Announcement:
        return act(
            does(action=Action.AMEND, register=None, amends=(Target(key=key, clauses=clauses),)),
            language=language,
        )

    kind = at_another(amending(found, language), amending(known, "zh")).kind

    assert kind is (ChangeKind.EXTENDED if is_more else ChangeKind.REPEATED)
    assert (
        at_another(amending(found, language, "b"), amending(known, "zh")).kind
        is ChangeKind.EXTENDED
    )


@pytest.mark.parametrize(("clauses", "key", "is_more"), [(("I",), "a", False), (("I",), "b", True)])
def test_a_translators_word_for_what_is_done_to_an_act_is_no_more_and_a_further_act_is(
    clauses, key, is_more
):
    known = act(
        does(action=Action.SUSPEND, register=None, amends=(Target(key="a", clauses=("一",)),))
    )
    found = act(
        does(action=Action.AMEND, register=None, amends=(Target(key=key, clauses=clauses),)),
        language="en",
    )

    assert at_another(found, known).kind is (
        ChangeKind.EXTENDED if is_more else ChangeKind.REPEATED
    )


@pytest.mark.parametrize(
    ("language", "kind"), [("zh", ChangeKind.EXTENDED), ("en", ChangeKind.REPEATED)]
)
def test_a_destination_that_is_known_of_another_measure_is_more_but_in_a_translation(
    language: str, kind: ChangeKind
):
    known = act(does(destinations=("US",)), does(register="s", destinations=("JP",)))

    assert (
        at_another(act(does(register="s", destinations=("US",)), language=language), known).kind
        is kind
    )


def test_a_second_printed_start_is_a_measure_of_its_own():
    first, second = (
        Start(on="2025-11-08", basis="explicit"),
        Start(on="2025-12-01", basis="explicit"),
    )
    known = act(does("甲公司", starts=first))

    compared = at_another(act(does("甲公司", starts=first), does("乙公司", starts=second)), known)

    assert compared.kind is ChangeKind.EXTENDED
    assert [(measure.starts, len(measure.entities)) for measure in compared.act.measures] == [
        (first, 1),
        (second, 1),
    ]


@pytest.mark.parametrize(
    ("known", "found", "language", "is_more"),
    read_cases("""
        [] | [('2025-10-09', 'publication')] | zh | True
        [] | [('2025-10-09', 'publication')] | en | False
        [('2025-10-07', 'publication')] | [('2025-10-09', 'publication')] | zh | False
        [('2025-11-08', 'explicit')] | [('2025-10-09', 'publication')] | zh | False
        [('2025-11-08', 'explicit')] | [('2025-11-08', 'explicit'), ('2025-10-09', 'publication')] | zh | True
        [('2025-11-08T00:00+08:00', 'explicit')] | [('2025-11-08', 'explicit')] | zh | False
        """),
)
def test_a_start_that_follows_from_the_day_of_publication_is_more_only_where_nothing_else_is_known(
    known, found, language, is_more
):
    def starting(days: list[tuple], language: str) -> Announcement:
        return act(
            *(does(starts=Start(on=on, basis=basis)) for on, basis in days or []), language=language
        )

    there = starting(known, "zh") if known else act(does())

    assert at_another(starting(found, language), there).kind is (
        ChangeKind.EXTENDED if is_more else ChangeKind.REPEATED
    )


@pytest.mark.parametrize(
    ("title", "language", "is_another"),
    [
        ("关于钨的公告", "zh", False),  # four of six characters
        ("钨钼的决定吗", "zh", True),
        ("Notice", "en", False),
    ],
)
def test_a_number_that_was_used_for_another_kind_of_act_is_known_by_a_title_that_is_unlike(
    title, language, is_another
):
    known = act(does("甲公司"), title="关于镓的公告")
    found = act(does("乙公司", register="s"), title=title, language=language)

    assert [said.what for said in list_contradictions(known, found)] == (
        ["Act"] if is_another else []
    )


def test_an_act_is_known_by_the_address_that_gave_more_of_it_or_by_the_old_one_and_by_its_own_title():
    unknown = act(url="https://a.example", title="As it was known", understood="none")
    known = act(does("甲公司"), url="https://a.example", title="As it was known")
    more = act(does("甲公司", "乙公司"), title="Edited")

    for before in (unknown, known):
        for url, expected in (
            ("https://b.example", "https://b.example"),
            ("", "https://a.example"),
        ):
            after = at_another(msgspec.structs.replace(more, url=url), before).act
            assert (after.url, after.title) == (expected, "As it was known")


# An edited page


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("destinations", ("US", "JP", "KR")),
        ("amends", (Target(key="a"), Target(key="b"), Target(key="c"))),
        ("entities", tuple(Entity(names={"zh": name}, kind="org") for name in CHINESE)),
        ("items", tuple(Item(names={"zh": name}) for name in "镓锗锑")),
    ],
)
def test_an_edited_page_takes_what_it_took_and_what_only_another_has_said_stays(
    field: str, parts: tuple
):
    first, second, elsewhere = parts

    def saying(*parts) -> Announcement:
        return act(does(**{field: parts}))

    compared = compare(
        saying(second), known=saying(first, second, elsewhere), last=saying(first, second)
    )

    assert compared.kind is ChangeKind.AMENDED
    assert getattr(compared.act.measures[0], field) == (second, elsewhere)


@pytest.mark.parametrize("field", ["entities", "items"])
def test_of_a_measure_that_an_edited_page_has_no_more_what_only_another_has_said_stays(field: str):
    kept = {
        "entities": tuple(Entity(names={"zh": name}, kind="org") for name in CHINESE[:2]),
        "items": tuple(Item(names={"zh": name}) for name in "镓锗"),
    }[field]
    other = does("乙公司", register="s")

    compared = compare(
        act(other),
        known=act(does(**{field: kept}), other),
        last=act(does(**{field: kept[:1]}), other),
    )

    assert [
        getattr(measure, field) for measure in compared.act.measures if measure.register == "r"
    ] == [kept[1:]]
    gone = compare(
        act(other),
        known=act(does(**{field: kept[:1]}), other, does(register="t")),
        last=act(does(**{field: kept[:1]}), other),
    )
    assert [measure.register for measure in gone.act.measures] == ["s", "t"]


@pytest.mark.parametrize(("field", "kind"), [("starts", Start), ("ends", End)])
def test_a_day_that_another_address_has_said_stays_unless_the_page_itself_moves_its_own(
    field: str, kind: type
):
    elsewhere, own, moved = (
        kind(on=on, basis="explicit") for on in ("2026-01-01", "2026-03-01", "2026-02-01")
    )

    def saying(name: str, day: Start | End | None) -> Announcement:
        return act(does(name, **{field: day}))

    known = act(does("甲公司", "乙公司", **{field: elsewhere}))
    kept = compare(saying("丙公司", own), known=known, last=saying("甲公司", own)).act
    after = compare(saying("甲公司", moved), known=known, last=saying("甲公司", own)).act

    assert elsewhere in [getattr(measure, field) for measure in kept.measures]
    assert [getattr(measure, field) for measure in after.measures] == [moved]


def test_other_words_for_the_same_firm_take_nothing_and_words_for_another_do():
    def saying(*names: str, quote: str) -> Announcement:
        return act(
            does(
                entities=tuple(
                    Entity(names={"zh": name}, kind="org", quote=quote) for name in names
                )
            )
        )

    known = saying("甲公司", "乙公司", "丙公司", quote="known")
    compared = compare(
        saying("乙公司", "丁公司", quote="now"),
        known=known,
        last=saying("甲公司", "乙公司", quote="then"),
    )

    assert [(entity.names["zh"], entity.quote) for entity in compared.act.measures[0].entities] == [
        ("乙公司", "known"), ("丙公司", "known"), ("丁公司", "now"),
    ]  # fmt: skip


def test_twenty_thousand_names_against_as_many_others_cost_no_square():
    one, other = (
        [Entity(names={"en": f"{side} {number}"}, kind="org") for number in range(20_000)]
        for side in ("a", "b")
    )
    base = listing(10).measures[0]
    known, found = (
        msgspec.structs.replace(
            listing(10), measures=(msgspec.structs.replace(base, entities=tuple(side)),)
        )
        for side in (one, other)
    )

    assert len(names(at_another(found, known))) == 40_000


def test_an_act_nobody_knew_is_new():
    assert compare(listing(10, "Dedrone"), known=None, last=None).kind is ChangeKind.NEW


def test_an_edited_title_at_the_same_address_is_nothing():
    act = listing(10, "Dedrone")

    assert compare(msgspec.structs.replace(act, title="Edited"), known=act, last=act) is None


def test_an_edited_page_amends_and_a_better_reader_corrects():
    poorly_read, well_read = listing(10, "Dedrone"), listing(10, "Dedrone", "Epirus")

    assert [
        compare(well_read, known=poorly_read, last=poorly_read, then=then).kind
        for then in (poorly_read, well_read)
    ] == [ChangeKind.AMENDED, ChangeKind.CORRECTED]


def test_a_report_is_reported_once():
    assert compare(press("Dedrone"), known=None, last=None).kind is ChangeKind.REPORTED
    assert compare(press("Dedrone"), known=None, last=press("Dedrone")) is None


def test_order_of_entries_and_spaces_in_names_are_not_substance():
    names = ["Epirus, Inc.", "VSE  Corporation", "Dedrone by Axon"]
    shuffled = random.Random(1).sample(names, 3)

    assert extract_substance(listing(10, *names)) == extract_substance(
        listing(10, *(" ".join(name.split()) for name in shuffled))
    )


def test_a_code_is_substance():
    assert extract_substance(control(57, "1C909.a")) != extract_substance(control(57, "1C909.b"))


def firm(name: str, language: str = "en", **more) -> Entity:
    return Entity(names={language: name}, kind="org", **more)


def goods(name: str, language: str = "zh", **more) -> Item:
    return Item(names={language: name}, **more)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (firm("Alpha Co., Ltd."), firm("ALPHA CO LTD")),
        (firm("Northrop Systems"), firm("Northrup Systems")),
        (firm("abcdefghijklmnopqrst"), firm("abcdefghijklmnopqxyz")),  # 17 letters of 20
        (firm("Alpha"), firm("Beta", aliases=("Alpha",))),
        (firm("Alpha", ids={"INN": "7701"}), firm("Альфа", "ru", ids={"INN": "7701"})),
        (goods("高纯度氮化镓单晶衬底材料"), goods("高纯度氮化镓单晶衬低材料")),
        (goods("镓"), goods("镓", note="pure")),
        (goods("镓", hs=("811292",)), goods("金属镓", hs=("811292",))),
        (goods("Gallium", "en", codes=("3C909",)), goods("金属镓", codes=("3c909",))),
    ],
    ids=lambda thing: next(iter(thing.names.values())),
)
def test_a_thing_is_the_same_by_a_name_written_a_little_otherwise_a_code_or_an_id(
    known: Thing, found: Thing
):
    assert find_unpaired([found], [known]) == Unpaired([])
    assert not has_nothing_common([known], [found])


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (firm("Alpha Plant 1"), firm("Alpha Plant 2")),
        (firm("abcdefghijklmnopqrst"), firm("abcdefghijklmnopwxyz")),  # 16 letters of 20
        (firm("北京龙门航空科技有限公司", "zh"), firm("北京龙口航空科技有限公司", "zh")),
        (firm("Объединённый завод", "ru"), firm("Объединенный завод", "ru")),
        (firm("Alpha", ids={"INN": "7701"}), firm("Альфа", "ru", ids={"INN": "7702"})),
        (goods("镓", codes=("3C909",)), goods("镓", codes=("3C910",))),
        (
            goods("镓", hs=("811292",), codes=("3C909",)),
            goods("锗", hs=("811292",), codes=("3C910",)),
        ),
    ],
    ids=lambda thing: next(iter(thing.names.values())),
)
def test_another_number_code_or_id_is_another_thing_and_so_is_a_firm_with_one_other_character(
    known: Thing, found: Thing
):
    assert find_unpaired([found], [known]) == Unpaired([found])
    assert has_nothing_common([known], [found])


@pytest.mark.parametrize("language", ["ru", "zh", "he", "el"])
def test_what_is_called_in_another_script_is_counted_and_is_more_only_where_it_is_longer(
    language: str,
):
    names = {
        "ru": ("Альфа", "Бета"),
        "zh": ("甲公司", "乙公司"),
        "he": ("אלפא", "ביתא"),
        "el": ("Αλφα", "Βητα"),
    }[language]
    found = [firm(name, language) for name in names]

    assert find_unpaired(found, [firm("Alpha"), firm("Beta")]) == Unpaired([])
    assert find_unpaired(found, [firm("Alpha")]) == Unpaired(found, unsure=True)
    assert not has_nothing_common(found, [firm("Gamma")])


def test_of_goods_that_are_called_by_a_name_alone_the_new_one_is_known_for_sure():
    assert find_unpaired([goods("镓"), goods("锗")], [goods("镓")]) == Unpaired([goods("锗")])


def test_each_is_paired_once():
    assert find_unpaired([firm("Alpha"), firm("Alpha")], [firm("Alpha")]) == Unpaired(
        [firm("Alpha")]
    )
    assert find_unpaired(
        [firm("Northrop One"), firm("Northrup One")], [firm("Northrap One")]
    ) == Unpaired([firm("Northrup One")])


def test_a_firm_is_taken_off_by_its_name_whatever_else_is_said_of_it_and_never_by_one_in_another_script():
    known = [
        firm("Alpha", country="CN", quote="Alpha of China"),
        firm("Beta"),
        firm("甲公司", "zh"),
    ]

    assert subtract_parts(known, [firm("ALPHA", role="end user"), firm("Альфа", "ru")]) == known[1:]
    assert subtract_parts(known, []) == known


# One that two pages call otherwise


def called(*entities: Entity, language: str = "zh", register: str = "r") -> Announcement:
    return act(does(entities=entities, register=register), language=language)


def one(act: Announcement) -> Entity:
    ((entity,),) = [measure.entities for measure in act.measures]
    return entity


def org(aliases: tuple[str, ...] = (), ids: dict[str, str] | None = None, **names: str) -> Entity:
    return Entity(names=names, kind="org", aliases=aliases, ids=ids or {})


@pytest.mark.parametrize(
    ("known", "found", "united"),
    [
        (org(zh="甲公司"), org(zh="甲公司", en="Alpha Works"), org(zh="甲公司", en="Alpha Works")),
        (org(en="Alpha Works"), org(zh="甲公司", en="Alpha Works"), org(zh="甲公司", en="Alpha Works")),
        (
            org(zh="甲公司", en="Alpha Works"),
            org(zh="甲公司", en="Jia Company"),
            org(("Jia Company",), zh="甲公司", en="Alpha Works"),
        ),
        (
            org(zh="甲公司", en="Alpha Works"),
            org(zh="乙公司", en="Alpha Works"),
            org(("乙公司",), zh="甲公司", en="Alpha Works"),
        ),
        (org(zh="甲公司"), org(("AW", "甲厂"), zh="甲公司"), org(("AW", "甲厂"), zh="甲公司")),
        (org(zh="甲公司"), org((), {"IMO": "9074729"}, zh="甲公司"), org((), {"IMO": "9074729"}, zh="甲公司")),
        (
            org(en="Northrop Systems"),
            org(en="Northrup Systems", zh="诺斯罗普公司"),
            org(en="Northrop Systems", zh="诺斯罗普公司"),
        ),
        (
            org((), {"INN": "7701"}, en="Alpha"),
            org((), {"INN": "7701"}, ru="Альфа"),
            org((), {"INN": "7701"}, en="Alpha", ru="Альфа"),
        ),
    ],
    ids=["English", "Chinese", "another English", "another Chinese", "aliases", "an id", "a slip of the pen", "Russian"],
)  # fmt: skip
def test_names_that_only_a_second_address_prints_unite_and_are_more(
    known: Entity, found: Entity, united: Entity
):
    compared = at_another(called(found), called(known))

    assert (compared.kind, one(compared.act)) == (ChangeKind.EXTENDED, united)
    assert at_another(called(known), compared.act) == Compared(ChangeKind.REPEATED)
    assert at_another(called(found), compared.act) == Compared(ChangeKind.REPEATED)


@pytest.mark.parametrize(
    "found",
    [
        org(zh="甲 公司", en="ALPHA WORKS"),
        org(zh="甲公司", fr="Alpha Works"),
        org(zh="甲公司", en="Alpha Works."),
        org(zh="甲公司", en="Alpha Werks"),
        org(("Alpha Works",), zh="甲公司"),
        org(zh="甲公司"),
    ],
)
def test_a_name_that_is_written_a_little_otherwise_or_less_is_not_more(found: Entity):
    assert at_another(called(found), called(org(zh="甲公司", en="Alpha Works"))) == Compared(
        ChangeKind.REPEATED
    )


def test_two_firms_of_one_english_name_are_known_by_their_chinese_one_whatever_the_order():
    known = called(org(en="Alpha Works", zh="甲公司"), org(en="Alpha Works", zh="乙公司"))
    found = called(org(en="Alpha Works", zh="乙公司"), org(en="Alpha Works", zh="甲公司"))

    assert at_another(found, known) == Compared(ChangeKind.REPEATED)


def test_a_firm_in_two_registers_has_its_second_name_in_both():
    known = act(does("甲公司"), does("甲公司", register="s"))
    both_named = act(
        does(entities=(org(zh="甲公司", en="Alpha"),)),
        does(entities=(org(zh="甲公司", en="Alpha"),), register="s"),
    )

    for found in (
        both_named,
        act(does(entities=(org(zh="甲公司", en="Alpha"),), register="t"), language="en"),
    ):
        named = at_another(found, known).act.measures
        assert [list(each.entities[0].names) for each in named[:2]] == [["zh", "en"]] * 2


def test_what_only_another_address_calls_it_stays_when_its_own_page_is_edited():
    known = called(org(zh="甲公司", en="Alpha Works"), org(zh="乙公司", en="Beta Works"))
    last = called(org(zh="甲公司"), org(zh="乙公司", en="Beta Works"))
    now = called(
        msgspec.structs.replace(org(zh="甲公司"), country="US"), org(zh="乙公司", en="Gamma Plant")
    )

    compared = compare(now, known=known, last=last)

    assert compared.kind is ChangeKind.AMENDED
    assert [dict(each.names) for each in compared.act.measures[0].entities] == [
        {"zh": "甲公司", "en": "Alpha Works"}, {"zh": "乙公司", "en": "Gamma Plant"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "found", "united"),
    [
        (
            Item(names={"zh": "镓"}),
            Item(names={"zh": "镓"}, hs=("811292",)),
            Item(names={"zh": "镓"}, hs=("811292",)),
        ),
        (
            Item(names={"zh": "镓"}),
            Item(names={"zh": "镓", "en": "Gallium"}),
            Item(names={"zh": "镓", "en": "Gallium"}),
        ),
        (
            Item(names={"zh": "镓"}, codes=("3C909",)),
            Item(names={"zh": "镓"}, codes=("3C909", "3C909.a"), hs=("811292",)),
            Item(names={"zh": "镓"}, codes=("3C909", "3C909.a"), hs=("811292",)),
        ),
    ],
)
def test_goods_are_known_by_the_names_and_numbers_of_both_pages(
    known: Item, found: Item, united: Item
):
    compared = at_another(act(does(items=(found,))), act(does(items=(known,))))

    assert (compared.kind, compared.act.measures[0].items) == (ChangeKind.EXTENDED, (united,))
