from dataclasses import replace

import msgspec
import pytest
from notices import NAMES, act, company, listing, of_act, saturated, saved

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.errors import ErrorKind
from monitor.model import (
    DIRECTION,
    Action,
    Attachment,
    End,
    Entity,
    Item,
    Match,
    MatchVerdict,
    Measure,
    Problem,
    Relation,
    Report,
    ScreeningResult,
    Severity,
    Start,
    Stated,
    Target,
    Unread,
)
from monitor.render import words
from monitor.render.alert import Alert, compose


def fact(alert: Alert, label: str) -> str:
    return next(line.text for line in (*alert.facts, *alert.details) if line.label == label)


def headline(*measures: Measure) -> str:
    return compose(of_act(act(*measures))).headline


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("act-largest", "China adds 24 names (14 entries) to the Unreliable Entity List"),
        ("act-smallest", "China adds Boeing Defense, Space & Security to the Unreliable Entity List"),
        ("amended-largest", "China edits MOFCOM No. 57 of 2025: 1 item added, 1 item removed; start changed"),
        ("amended-smallest", "China edits UEL Notice No. 2 of 2024: title changed"),
        ("disagreement-smallest", "China contradicts itself on UEL Notice No. 2 of 2024 at two addresses: Start"),
        ("effect-smallest", "Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025"),
        ("effect-largest", "Clause 2 of MOFCOM No. 46 of 2024: suspended until 27 Nov 2026 by MOFCOM No. 72 of 2025"),
        ("press-largest", "NPR reports: China bans TechInsights and other firms over Taiwan ties"),
        ("early-largest", "Unconfirmed (NPR): China bans TechInsights and other firms over Taiwan ties"),
        ("early-smallest", "Unconfirmed (the press): China tightens rare earth exports"),
        ("parent-largest", "China publishes four acts (not all could be read): 18 items controlled; controls added"),
        ("edition-smallest", "US Entity List changes: 1 added"),
        ("reminder-largest", "In 5 days: six suspended acts of MOFCOM return"),
        ("reminder-smallest", "In 30 days: MOFCOM No. 57 of 2025 takes effect"),
        ("watch-smallest", "Your supplier TechInsights Inc. is on record as listed"),
        ("digest-smallest", "2 messages had to wait"),
        ("problem-smallest", "cn_mofcom.announcements gives nothing: fetch"),
        ("problem-largest", "cn_mofcom.announcements gives nothing: layout changed"),
        ("updated-smallest", "cn_mofcom.announcements gives nothing: unreachable (dns)"),
        ("updated-largest", "Nothing could be seen of MOFCOM for 7 h"),
        ("recovered-largest", "cn_mofcom.announcements is back after 42 min (possible repeat)"),
        ("alternates-largest", "MOFCOM No. 57 of 2025 alternates: its page comes and goes"),
        ("alternates-smallest", "us_fcc.covered alternates between versions"),
        ("daily-largest", "7 alerts in the last day: 2 of 24 sources give nothing"),
        ("daily-smallest", "No alert in the last day: the one source is well"),
        ("details-largest", "UEL Notice No. 10 of 2025 says, in its own words"),
        ("details-smallest", "UEL Notice No. 2 of 2024 says, in its own words"),
        ("digest-largest", "24 messages had to wait (possible repeat)"),
        ("disagreement-largest", "China contradicts itself on MOFCOM No. 57 of 2025 at two addresses: Start"),
        ("due-largest", "This waits for a decision: China adds 24 names (14 entries) to the Unreliable Entity List"),
        ("due-smallest", "This waits for a decision: China adds Boeing Defense, Space & Security to the Unreliable…"),
        ("edition-largest", "US Entity List changes: 2 added, 1 removed, 76 amended (possible repeat)"),
        ("foreign-largest", "cn_mofcom.announcements links to an act on a foreign host"),
        ("foreign-smallest", "cn_mofcom.announcements links to an act on a foreign host"),
        ("held-largest", "us_bis.denied_persons_page lost rows that are held back (possible repeat)"),
        ("held-smallest", "us_fcc.covered lost rows that are held back"),
        ("layout-largest", "us_csl.consolidated has a layout that has grown"),
        ("layout-smallest", "eu_fsf.consolidated has a layout that has grown"),
        ("page-largest", "Your supplier Harbour Metals Ltd is touched: hk-circulars changed: Circular 14 of 2026: f…"),
        ("page-smallest", "hk-circulars changed: … gallium is needed from 1 [-May-] [+June+] on."),
        ("parent-smallest", "China puts rare earths (15 items) under export control"),
        ("press-smallest", "The press reports: China tightens rare earth exports"),
        ("recovered-smallest", "cn_mofcom.announcements gives facts again"),
        ("remark-largest", "cn_mofcom.announcements needs a look: quarantined"),
        ("remark-smallest", "cn_mfa.countermeasures needs a look: evidence"),
        ("rows-largest", "The full list of the US Entity List follows: 79 rows (possible repeat)"),
        ("rows-smallest", "The full list of UEL Notice No. 2 of 2024 follows: 1 row"),
        ("state-largest", "China adds 24 names (14 entries) to the Unreliable Entity List"),
        ("state-smallest", "China adds Boeing Defense, Space & Security to the Unreliable Entity List"),
        ("untaken-largest", "Nobody has taken this yet: China adds 24 names (14 entries) to the Unreliable Entity List"),
        ("untaken-smallest", "Nobody has taken this yet: China adds Boeing Defense, Space & Security to the Unreliable…"),
        ("watch-largest", "Your supplier TechInsights Inc. and 20 more are on record as listed (possible repeat)"),
        ("weekly-largest", "This week 7 alerts were told, 5 taken, 4 decided; 13 wait"),
        ("weekly-smallest", "This week 0 alerts were told, 0 taken, 0 decided; none waits"),
    ],
)
def test_headline_says_who_does_what_and_how_many(name: str, headline: str) -> None:
    assert compose(saved(name)).headline == headline


def test_summary_says_for_whom_what_holds_from_when() -> None:
    alert = compose(saved("act-largest"))

    assert alert.summary.startswith(
        "From 9 Oct 2025 (Beijing), for Dedrone by Axon, DZYNE Technologies, Elbit Systems of America, LLC and 21 more:"
        " no trade with China and no new investment there"
    )


def test_summary_of_a_suspension_says_until_when_and_of_which_goods() -> None:
    effect = saved("effect-smallest")
    assert effect.act

    alert = compose(of_act(effect.act, known={act.key: act for act in effect.acts} | dict(effect.known)))

    assert alert.headline == "China suspends six earlier acts until 10 Nov 2026"
    assert alert.summary.startswith("From 7 Nov 2025 (Beijing) until 10 Nov 2026, MOFCOM No. 55, 56, 57, 58, 61 and 62 of 2025 (")
    assert "rare earths" in alert.summary
    assert alert.summary.endswith("will not be applied, and afterwards will be again.")


def test_suspension_of_acts_that_are_all_known_to_control_goods_is_told_as_one_of_controls() -> None:
    controls = [
        act(Measure(action=Action.ADD, register="cn-dual-use-items", items=(HOLMIUM,)), key=f"mofcom-2025-{number}")
        for number in (55, 56, 57)
    ]
    suspension = Measure(action=Action.SUSPEND, amends=tuple(Target(key=of.key) for of in controls), ends=YEAR)

    alert = compose(of_act(act(suspension), known={of.key: of for of in controls}))

    assert alert.headline == "China suspends three export controls until 10 Nov 2026"


def test_act_without_a_day_says_that_it_states_none() -> None:
    alert = compose(of_act(act(listing(company("甲", "A"), starts=None))))

    assert alert.summary.startswith("On a day that it does not state, for A: ")


def test_members_of_a_group_stand_under_it_and_say_so() -> None:
    (table,) = compose(saved("act-largest")).tables

    assert table.columns == ("Name", "English name", "Note")
    assert len(table.rows) == 24
    assert table.rows[13] == ("TechInsights公司", "TechInsights Inc.", "")
    assert table.rows[17] == ("", "↳ TechInsights Japan KK", "member of TechInsights公司")


def test_items_show_code_name_and_customs_number() -> None:
    (table,) = compose(saved("parent-smallest")).tables

    assert table.columns == ("Code", "Item", "In English", "HS")
    assert table.rows[0] == ("1C909.a", "金属钬、含钬的合金及相关制品", "holmium, metal, alloys", "28053019")


def test_later_act_is_told_as_the_state_of_the_earlier_one() -> None:
    assert compose(saved("parent-smallest")).status == ("Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025",)


def test_package_names_its_acts_and_which_of_them_are_suspended() -> None:
    alert = compose(saved("parent-largest"))

    assert [line.label for line in alert.acts] == [f"MOFCOM No. {number} of 2025" for number in (57, 55, 58, 61)]
    assert alert.acts[2].text == "puts batteries and graphite (2 items) under export control from 8 Nov 2025 (Beijing)"
    assert alert.status == ("MOFCOM No. 55, 57, 58 and 61 of 2025: suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025",)


def test_first_message_edited_later_is_dated_by_its_edit() -> None:
    assert [part.partition(" ")[0] for part in compose(saved("parent-largest")).evidence] == [
        "MOFCOM",
        "published",
        "edited",
        "cn_mofcom.announcements",
        "last",
    ]


def test_act_that_changes_others_names_them_with_their_titles() -> None:
    effect = saved("effect-smallest")
    assert effect.act

    changed = [line for line in compose(of_act(effect.act, known=effect.known)).details if line.label == "Suspended"]

    assert changed[0].text == "MOFCOM No. 55 of 2025: 公布对超硬材料相关物项实施出口管制的决定"
    assert changed[1].text == "MOFCOM No. 56 of 2025"


def test_two_starts_are_told_with_their_clauses() -> None:
    package = saved("parent-largest")

    assert compose(of_act(package.acts[3])).summary == (
        "From 1 Dec 2025 (Beijing) for clauses 1(1) and 1(2) and 9 Oct 2025 (Beijing) for clause 1(3),"
        " MOFCOM restricts exports of rare earths."
    )


def test_unread_annex_and_its_link_are_said_plainly() -> None:
    alert = compose(of_act(saved("parent-largest").acts[3]))

    assert alert.not_read == ("the items of annex 1 (the annex is a PDF that has not been read): “附件：1.物项列表”",)
    assert next(line.url for line in alert.details if line.label == "Annex").endswith("/61-1.pdf")


def test_count_of_the_text_that_is_not_met_is_said() -> None:
    few = listing(company("甲", "A"), company("乙", "B"), stated=Stated(entities=28, entries=2))

    assert compose(of_act(act(few))).not_read == ("the text states 28 names; 2 were read",)


def test_names_only_stated_are_counted_as_stated() -> None:
    assert headline(listing(stated=Stated(entities=28))) == "China adds 28 names (as stated) to the Unreliable Entity List"


TARGETS = (Target(key="uel-2025-5"), Target(key="uel-2025-6"))
HOLMIUM = Item(names={"zh": "钬"}, codes=("1C909.a.1",))
YEAR = End(on="2026-11-10", basis="computed", duration="P1Y")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (
            Measure(action=Action.REMOVE, register="cn-unreliable-entities", amends=TARGETS),
            "China removes what UEL Notice No. 5 and 6 of 2025 listed from the Unreliable Entity List",
        ),
        (
            Measure(action=Action.REPEAL, amends=(Target(key="mofcom-2024-46", clauses=("二",)),)),
            "China ends clause 2 of MOFCOM No. 46 of 2024",
        ),
        (Measure(action=Action.RESTRICT, destinations=("US", "JP")), "China restricts exports to the United States and Japan"),
        (
            Measure(action=Action.RESTRICT, register="cn-dual-use-items"),
            "China restricts exports under the dual-use export control list",
        ),
        (
            Measure(action=Action.INVESTIGATE, entities=(company("彼威", "PVH Corp."),)),
            "China opens an investigation of PVH Corp.",
        ),
        (Measure(action=Action.AMEND, register="cn-licence-catalogue"), "China amends the dual-use licence catalogue"),
        (
            Measure(action=Action.SUSPEND, register="cn-unreliable-entities", entities=(company("彼威", "PVH Corp."),)),
            "China suspends measures on PVH Corp.",
        ),
        (
            Measure(action=Action.SUSPEND, register="cn-unreliable-entities"),
            "China suspends measures under the Unreliable Entity List",
        ),
        (Measure(action=Action.RESUME, amends=(Target(key="mofcom-2025-57"),)), "China resumes MOFCOM No. 57 of 2025"),
        (
            Measure(action=Action.ADD, register="cn-dual-use-items", items=(HOLMIUM,)),
            "China puts rare earths (1 item) under export control",
        ),
    ],
)
def test_every_operation_has_its_verb(measure: Measure, expected: str) -> None:
    assert headline(measure) == expected


def test_two_operations_are_told_together() -> None:
    both = (
        Measure(action=Action.SUSPEND, amends=(Target(key="uel-2025-7"),), ends=YEAR),
        Measure(action=Action.REPEAL, amends=(Target(key="uel-2025-5"),)),
    )

    assert headline(*both) == "China suspends one earlier act until 10 Nov 2026 and ends one earlier act"
    assert "until 10 Nov 2026, counted as 1 year, UEL Notice No. 7 of 2025" in compose(of_act(act(*both))).summary


def test_headline_that_would_be_too_long_keeps_the_first_operation() -> None:
    operations = [Measure(action=action, register="r" * 60) for action in (Action.AMEND, Action.REPLACE)]

    assert headline(*operations).endswith("and more")
    assert len(headline(*operations)) <= 90


def test_act_that_was_not_understood_is_still_told() -> None:
    unread = Unread(what="act", why="published, not understood: read it", quote="有关事项公告如下")
    alert = compose(of_act(msgspec.structs.replace(act(), understood="none", not_read=(unread,))))

    assert alert.headline.startswith("China publishes an act not understood: ")
    assert alert.not_read == ("act (published, not understood: read it): “有关事项公告如下”",)


COULD_NOT = "(what could not: parts of the text; open the notice)"


@pytest.mark.parametrize(
    ("understood", "said"),
    [
        ("full", "None of your 3 names and 1 product is touched by it."),
        ("part", f"None of your 3 names and 1 product is touched by it in what could be read {COULD_NOT}."),
        ("none", "Whether it touches your 3 names and 1 product is not known."),
    ],
)
def test_none_of_yours_says_of_what(understood: str, said: str) -> None:
    notice = of_act(
        msgspec.structs.replace(act(), understood=understood), touches=ScreeningResult(names=3, products=1, listed=0, found=())
    )

    assert [line.text for line in compose(notice).touches] == [said]


def test_parts_that_were_not_understood_are_said_though_nobody_can_say_which() -> None:
    alert = compose(of_act(msgspec.structs.replace(act(), understood="part")))

    assert alert.headline == "China publishes an act whose measures were not understood"
    assert alert.not_read == ("parts of the text; open the notice",)


def test_act_of_which_nothing_was_understood_is_told_by_its_title() -> None:
    alert = compose(of_act(msgspec.structs.replace(act(title="关于设立阻断名单的公告"), understood="none")))

    assert alert.headline == "China publishes an act not understood: 关于设立阻断名单的公告"
    assert alert.summary == "MOFCOM published it, and it was not understood: read it."
    assert alert.not_read == ("the text as a whole; open the notice",)


def test_suspension_without_an_end_says_that_none_is_stated() -> None:
    first = act(listing(company("甲")), key="uel-2025-4")
    later = act(
        Measure(action=Action.SUSPEND, amends=(Target(key="uel-2025-4"),), starts=Start(on="2025-11-10", basis="explicit"))
    )

    alert = compose(of_act(first, touched_by=(later,)))

    assert alert.status == ("Suspended from 10 Nov 2025, no end date stated, by MOFCOM No. 99 of 2025",)


def test_edited_act_shows_names_added_removed_and_changed() -> None:
    before = act(listing(company("甲", "A"), company("乙", "B")))
    after = act(listing(company("甲", "A Ltd"), company("丙", "C")))

    alert = compose(of_act(after, NoticeKind.AMENDED, before=before))

    (table,) = alert.tables
    assert table.rows == (("changed", "甲", "A Ltd"), ("added", "丙", "C"), ("removed", "乙", "B"))
    assert alert.headline == "China edits MOFCOM No. 99 of 2025: 1 name added, 1 name removed, 1 name changed"


def test_edited_act_shows_the_dates_it_had() -> None:
    assert fact(compose(saved("amended-largest")), "Start") == "15 Nov 2025 (was: 8 Nov 2025)"


def test_edit_of_words_alone_says_that_nothing_else_changed() -> None:
    same = act(listing(company("甲")))

    assert compose(of_act(same, NoticeKind.AMENDED, before=same)).headline.endswith("names, items and dates stay as they were")


def test_reply_names_its_thread_and_a_first_message_does_not() -> None:
    assert compose(saved("press-largest")).thread == (
        "UEL Notice No. 10 of 2025, which adds 24 names (14 entries) to the Unreliable Entity List"
    )
    assert compose(saved("act-largest")).thread == ""


def test_second_act_of_a_package_is_a_reply_to_the_first() -> None:
    package = saved("parent-largest").acts

    alert = compose(of_act(package[1], acts=package, in_thread=True))

    assert alert.thread.startswith("MOFCOM No. 57 of 2025, which puts 15 items")


def test_early_press_says_that_nothing_official_was_seen() -> None:
    assert compose(saved("early-largest")).status == ("No official act has been seen yet.",)


def test_repeat_is_said_in_the_headline() -> None:
    assert compose(replace(saved("act-largest"), repeated=True)).headline.endswith("(possible repeat)")


def test_evidence_is_act_days_source_and_the_beginning_of_the_hash() -> None:
    notice = saved("act-largest")
    assert notice.evidence

    assert compose(notice).evidence == (
        "UEL Notice No. 10 of 2025",
        "published 9 Oct 2025 (Beijing)",
        "first seen 9 Oct 2025 08:03 UTC",
        "cn_mofcom.announcements",
        f"SHA-256 {notice.evidence.sha256[:12]}",
    )


def test_minutes_after_publication_are_told_where_the_publisher_gives_the_time() -> None:
    timed = act(listing(company("甲")), published="2025-10-09T15:50:00+08:00")

    assert "first seen 9 Oct 2025 08:03 UTC (13 min after)" in compose(of_act(timed)).evidence


def test_person_is_told_with_role_and_country() -> None:
    person = Entity(names={"zh": "约翰", "en": "John"}, kind="person", role="president", country="US", aliases=("J.",))
    (table,) = compose(of_act(act(listing(person, company("甲"))))).tables

    assert table.rows[0] == ("约翰", "John", "president; United States; also J.")


def test_addresses_that_are_none_are_no_links() -> None:
    strange = act(listing(company("甲")), url="javascript:alert(1)", attachments=(Attachment(title="附件", url="ftp://x/y"),))
    alert = compose(of_act(strange))

    assert alert.url == ""
    assert [line.url for line in alert.details if line.label == "Annex"] == [""]


@pytest.mark.parametrize("name", NAMES)
def test_every_notice_has_a_headline_that_fits_and_a_sentence(name: str) -> None:
    alert = compose(saved(name))

    assert 0 < len(alert.headline) <= 90
    assert alert.summary or alert.kind in (NoticeKind.RECOVERED, NoticeKind.DETAILS)


def test_no_control_or_direction_mark_survives() -> None:
    marks = "\x1b[31m\u202e\u2066\u200b\x07\x85\ud800\u2028\n\ufeff"

    for notice in saturated(f"甲{marks}乙"):
        assert not set(marks[:1] + marks[5:]) & set(str(compose(replace(notice, key="k"))).replace("\\n", ""))


def test_unread_parts_without_a_quote_need_none() -> None:
    unread = msgspec.structs.replace(act(), not_read=(Unread(what="annex 2", why="no file came"),))

    assert compose(of_act(unread)).not_read == ("annex 2 (no file came)",)


def test_unknown_codes_are_shown_as_they_are() -> None:
    assert (vocabulary.register("xx-new"), vocabulary.meaning("xx-new"), words.country("ZQ")) == ("xx-new", "", "ZQ")
    assert (vocabulary.authority("kr-motie"), words.act_names(("fr-2025-12345",))) == ("MOTIE", "fr-2025-12345")


def test_a_mistake_of_ours_does_not_hold_back_an_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.render.acts.summary", lambda *_: 1 / 0)
    alert = compose(saved("act-largest"))

    assert "could not be put into words (ZeroDivisionError)" in alert.summary
    assert alert.url == saved("act-largest").act.url


LISTED = act(listing(company("甲", "Alpha"), quote="列入"), url="https://e.cn/1", published="2025-10-09")
ENDED = act(
    Measure(action=Action.REPEAL, amends=(Target(key=LISTED.key),), quote="废止"),
    key="mofcom-2025-100",
    title="废止公告",
    url="https://e.cn/100",
)
MATCH = Match(
    kind="exact",
    score=1,
    verdict=MatchVerdict.MATCH,
    reason="same name",
    entry="Motor",
    key="m",
    relation=Relation.SUPPLIER,
    subject="Alpha",
)
TOUCHED = ScreeningResult(names=1, products=0, listed=1, found=(MATCH,))
ON_THE_LIST = "our supplier Motor is on China's Unreliable Entity List"


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        (NoticeKind.ACT, f"Y{ON_THE_LIST}"),
        (NoticeKind.AMENDED, f"Y{ON_THE_LIST}"),
        (NoticeKind.STATE, f"Y{ON_THE_LIST}"),
        (NoticeKind.DETAILS, "MOFCOM No. 99 of 2025 says, in its own words"),
    ],
)
def test_a_message_that_touches_the_reader_begins_with_that(kind: NoticeKind, headline: str) -> None:
    told = compose(of_act(LISTED, kind, before=LISTED, shows=NoticeKind.ACT, touches=TOUCHED))

    assert told.headline == headline
    assert (told.touches == ()) == (kind is NoticeKind.DETAILS)


DOUBT = Unread(what=DIRECTION, why="read as an addition, but the text says “撤销”", quote="撤销将甲列入的决定")
DOUBTED = msgspec.structs.replace(LISTED, understood="part", not_read=(DOUBT,))


@pytest.mark.parametrize("kind", [NoticeKind.ACT, NoticeKind.PARENT, NoticeKind.STATE])
def test_no_headline_asserts_what_the_text_may_say_the_opposite_of(kind: NoticeKind) -> None:
    told = compose(of_act(DOUBTED, kind, shows=NoticeKind.ACT))

    assert told.headline == "May be the opposite: China adds Alpha to the Unreliable Entity List"
    assert told.summary.startswith(
        "Read as an addition, but the text says “撤销”: it may do the opposite, read it. As it was read: From"
    )
    assert told.not_read == ("whether it adds or lifts (read as an addition, but the text says “撤销”): “撤销将甲列入的决定”",)


def test_nor_does_a_headline_on_the_reader_s_own() -> None:
    told = compose(of_act(DOUBTED, touches=TOUCHED))

    assert told.headline == f"May be the opposite: Y{ON_THE_LIST}"


def test_of_several_acts_that_is_said_in_the_headline_and_of_the_one_that_it_is_true_of() -> None:
    told = compose(of_act(DOUBTED, NoticeKind.PARENT, acts=(DOUBTED, ENDED)))

    assert told.headline.startswith("Some may be the opposite: China publishes two acts")
    assert [line.text.startswith("may be the opposite: adds") for line in told.acts] == [True, False]


@pytest.mark.parametrize(
    ("report", "acts", "headline"),
    [
        (Report(kind="press", title="China lists Alpha", publisher="NPR"), (LISTED,), f"Unconfirmed (NPR): y{ON_THE_LIST}"),
        (
            Report(kind="press", title="China lists Alpha", publisher="NPR"),
            (),
            "Unconfirmed (NPR): your supplier Motor is touched: China lists Alpha",
        ),
        (
            Report(kind="press", title="", url="https://e.us"),
            (),
            "Unconfirmed (the press): your supplier Motor is touched: https://e.us",
        ),
    ],
)
def test_what_the_press_says_of_the_readers_own_is_said_once_to_be_unconfirmed(report: Report, acts, headline: str) -> None:
    for kind in (NoticeKind.PRESS, NoticeKind.EARLY):
        told = of_act(LISTED, kind, acts=acts, report=report, touches=TOUCHED)

        assert compose(replace(told, act=None)).headline == headline
        assert ON_THE_LIST not in compose(replace(told, act=None, touches=None)).headline


def test_a_reminder_says_the_day_first_though_it_touches_the_reader() -> None:
    told = compose(replace(saved("reminder-smallest"), touches=TOUCHED))

    assert told.headline == "In 30 days: MOFCOM No. 57 of 2025 takes effect"
    assert [line.text for line in told.touches] == ["Your supplier Motor → Alpha (same name)"]


def test_whoever_leaves_a_list_is_told_so_in_the_thread_of_the_act_that_listed_them() -> None:
    leaves = Measure(action=Action.REMOVE, register="cn-unreliable-entities", entities=LISTED.measures[0].entities)
    effect = of_act(act(leaves, key="mofcom-2025-100"), NoticeKind.EFFECT, acts=(LISTED,), touches=TOUCHED)

    assert compose(effect).headline == "Your supplier Motor is off China's Unreliable Entity List"


def test_of_a_package_the_reader_is_told_by_the_act_that_touches() -> None:
    edited = of_act(ENDED, NoticeKind.PARENT, acts=(LISTED, ENDED), screened={LISTED.key: TOUCHED}, touches=TOUCHED)
    told = compose(edited)

    assert told.headline == f"Y{ON_THE_LIST}"
    assert told.is_package
    assert [(line.label, line.text, line.url) for line in told.acts] == [
        (
            "MOFCOM No. 99 of 2025",
            "adds Alpha to the Unreliable Entity List from 9 Oct 2025 (Beijing); touches your supplier Motor",
            "",  # where the message leads
        ),
        ("MOFCOM No. 100 of 2025", "ends MOFCOM No. 99 of 2025", "https://e.cn/100"),
    ]
    assert compose(replace(edited, touches=None)).headline == "China publishes two acts: 1 name listed; 1 act ended"
    assert compose(replace(edited, touches=None)).summary == "MOFCOM published MOFCOM No. 99 and 100 of 2025."


def test_of_the_entries_that_an_act_of_a_package_touches_two_are_named() -> None:
    many = msgspec.structs.replace(TOUCHED, found=tuple(msgspec.structs.replace(MATCH, entry=name, key=name) for name in "ABC"))
    told = compose(of_act(ENDED, NoticeKind.PARENT, acts=(LISTED, ENDED), screened={LISTED.key: many}))

    assert told.acts[0].text.endswith("; touches your supplier A and your supplier B")


def test_what_was_not_read_of_a_package_is_said_of_which_act() -> None:
    part = msgspec.structs.replace(ENDED, understood="part", not_read=(Unread(what="annex 2", why="no file came"),))
    none = ScreeningResult(names=1, products=0, listed=1)
    told = compose(of_act(ENDED, NoticeKind.PARENT, acts=(LISTED, part), touches=none))

    assert told.not_read == ("MOFCOM No. 100 of 2025: annex 2 (no file came)",)
    assert [line.text for line in told.touches] == [
        "None of your 1 name is touched by it in what could be read (what could not: MOFCOM No. 100 of 2025: annex 2)."
    ]


def test_of_a_package_of_which_one_act_was_not_understood_nobody_says_that_it_touches_none() -> None:
    unknown = msgspec.structs.replace(ENDED, measures=(), understood="none")
    none = ScreeningResult(names=1, products=0, listed=1)

    for told in (of_act(LISTED, acts=(LISTED, unknown), touches=none), of_act(unknown, acts=(LISTED,), touches=none)):
        assert compose(told).touches[0].text == "Whether it touches your 1 name is not known."


def test_one_act_alone_is_no_package_and_without_the_others_it_is_told_by_itself() -> None:
    alone, bare = compose(of_act(LISTED, NoticeKind.PARENT)), compose(of_act(LISTED, NoticeKind.PARENT, acts=()))

    assert alone.headline == bare.headline == "China adds Alpha to the Unreliable Entity List"
    assert not alone.is_package
    assert compose(of_act(LISTED, touched_by=(ENDED,))).status == ("Ended by MOFCOM No. 100 of 2025",)
    assert compose(of_act(LISTED, acts=(), touched_by=(ENDED,))).status == ("Ended by MOFCOM No. 100 of 2025",)


def test_a_first_message_that_shows_by_now_how_it_stands_looks_as_it_did() -> None:
    whole = compose(of_act(ENDED, NoticeKind.STATE, acts=(LISTED, ENDED), shows=NoticeKind.PARENT))
    bare = compose(of_act(LISTED, NoticeKind.STATE))

    assert (whole.kind, whole.form) == (NoticeKind.STATE, NoticeKind.PARENT)
    assert whole.is_package
    assert (bare.form, bare.headline) == (NoticeKind.STATE, "China adds Alpha to the Unreliable Entity List")


@pytest.mark.parametrize(
    ("again", "said_at", "meant_for", "said"),
    [
        ("", "", "", ()),
        ("", "2025-10-09T08:00:00Z", "", ()),
        ("Li Wei", "", "", ("Said again because Li Wei asked for it.",)),
        (
            "Li Wei",
            "2025-10-09T08:00:00Z",
            "desk",
            (
                "Said again because Li Wei asked for it; it was first said on 9 Oct 2025 08:00 UTC.",
                "This was meant for desk, which can't be reached.",
            ),
        ),
    ],
)
def test_what_is_said_again_or_elsewhere_says_so_first(again: str, said_at: str, meant_for: str, said: tuple[str, ...]) -> None:
    assert compose(of_act(LISTED, again=again, said_at=said_at, meant_for=meant_for)).status == said


def test_a_long_headline_leaves_room_for_its_being_a_repeat() -> None:
    long = act(Measure(action=Action.AMEND, register="r" * 200))
    once, again = (compose(of_act(long, repeated=repeated)) for repeated in (False, True))

    assert len(once.headline) == len(again.headline) == 90
    assert again.headline.endswith("… (possible repeat)")
    assert (once.repeated, again.repeated) == (False, True)


def test_an_effect_is_told_by_what_it_does_to_the_earlier_act() -> None:
    told, alone = (compose(of_act(ENDED, NoticeKind.EFFECT, acts=acts)) for acts in ((LISTED,), ()))
    twice = msgspec.structs.replace(
        ENDED, measures=(*ENDED.measures, Measure(action=Action.AMEND, amends=(Target(key=LISTED.key),)))
    )

    assert (told.headline, told.status) == ("Ended by MOFCOM No. 100 of 2025", ())
    assert told.thread == "MOFCOM No. 99 of 2025, which adds Alpha to the Unreliable Entity List"
    assert (alone.headline, alone.thread) == ("China ends MOFCOM No. 99 of 2025", "")
    assert compose(of_act(twice, NoticeKind.EFFECT, acts=(LISTED,))).status == (
        "Ended by MOFCOM No. 100 of 2025",
        "Amended by MOFCOM No. 100 of 2025",
    )
    assert (told.quotes, told.url) == (("废止",), "https://e.cn/100")
    assert fact(told, "Title") == "废止公告"
    untitled = msgspec.structs.replace(ENDED, title="")
    assert fact(compose(of_act(untitled, NoticeKind.EFFECT, acts=(LISTED,))), "Title") == "MOFCOM No. 100 of 2025"


@pytest.mark.parametrize(
    ("elsewhere", "headline", "known_from"),
    [
        (None, "China edits MOFCOM No. 99 of 2025: title changed", []),
        (LISTED, "China says more of MOFCOM No. 99 of 2025 at another address: title changed", [("公告", "https://e.cn/1")]),
    ],
)
def test_an_edit_and_another_address_are_told_apart(elsewhere, headline: str, known_from) -> None:
    after = msgspec.structs.replace(LISTED, title="新公告")
    told = compose(of_act(after, NoticeKind.AMENDED, before=LISTED, elsewhere=elsewhere))

    assert told.headline == headline
    assert [(line.text, line.url) for line in told.facts if line.label == "Known from"] == known_from
    assert "Title" not in [line.label for line in told.details]  # it stands among what changed
    assert fact(told, "Title") == "新公告 (was: 公告)"


def begins(*days: str, url: str):
    starts = (Start(on=day, basis="explicit", quote=f"自{day}起") for day in days)
    return act(*(listing(company(name, name), starts=start) for name, start in zip("AB", starts, strict=False)), url=url)


def test_two_addresses_that_contradict_each_other_are_told_with_what_is_held_true() -> None:
    known, other = begins("2025-11-08", url="https://e.cn/1"), begins("2025-12-01", "2025-12-02", url="https://e.cn/2")
    kept = compose(of_act(known, NoticeKind.DISAGREEMENT, before=known, elsewhere=other))
    both = compose(of_act(other, NoticeKind.DISAGREEMENT, before=known, elsewhere=other))

    assert kept.headline == "China contradicts itself on MOFCOM No. 99 of 2025 at two addresses: Start"
    assert fact(kept, "Start") == "8 Nov 2025; elsewhere 1 Dec 2025, 2 Dec 2025"
    assert kept.quotes == ("自2025-11-08起", "自2025-12-01起")
    assert kept.summary == "What was known stays until the pages agree. Look at both pages."
    assert both.summary == "Both stand in what is known of it: 1 name added. Look at both pages."
    assert kept.url == "https://e.cn/2"
    assert fact(kept, "Known from") == "公告"


def test_a_page_that_comes_and_goes_is_told_of_its_act_or_of_its_source() -> None:
    problem = Problem(kind=ErrorKind.ALTERNATES, text="two versions since 2025-10-09")
    told = of_act(LISTED, NoticeKind.ALTERNATES, problem=problem)

    assert compose(told).headline == "MOFCOM No. 99 of 2025 alternates: its page comes and goes"
    assert compose(replace(told, act=None)).headline == "cn_mofcom.announcements alternates between versions"
    assert compose(replace(told, act=None)).summary == "two versions since 9 Oct 2025."


def test_messages_that_had_to_wait_are_told_worst_first_and_the_worst_at_once() -> None:
    problem = Problem(kind=ErrorKind.LATE, text="Slack was away.")
    waiting = (of_act(LISTED), replace(of_act(ENDED), severity=Severity.CRITICAL))
    told = replace(saved("digest-smallest"), gathered=waiting, problem=problem)

    assert compose(told).headline == "2 messages had to wait"
    assert compose(told).summary == "Slack was away. All follow in this thread."
    assert [line.text for line in compose(told).acts] == [
        "China ends MOFCOM No. 99 of 2025",
        "China adds Alpha to the Unreliable Entity List",
    ]
    urgent = replace(told, severity=Severity.CRITICAL)
    assert compose(urgent).headline == "2 messages had to wait; the first: China ends MOFCOM No. 99 of 2025"
    assert compose(replace(urgent, gathered=())).headline == "0 messages had to wait"


def test_the_full_list_is_announced_with_how_many_rows_it_has() -> None:
    register = replace(saved("edition-smallest"), kind=NoticeKind.ROWS)

    assert compose(register).headline == "The full list of the US Entity List follows: 1 row"
    assert compose(of_act(LISTED, NoticeKind.ROWS)).thread.startswith("MOFCOM No. 99 of 2025, which adds Alpha")


@pytest.mark.parametrize(
    ("notice", "said", "url"),
    [
        (of_act(LISTED), "公告", "https://e.cn/1"),
        (saved("edition-smallest"), "us-bis-entity-list", "edition"),
        (saved("page-smallest"), None, "page"),
        (saved("problem-smallest"), None, ""),
    ],
)
def test_a_mistake_of_ours_leaves_what_a_person_needs_to_look_for_himself(notice, said, url, monkeypatch) -> None:
    for of in ("acts.summary", "editions.summary", "pages.summary", "keepers.keeper_message"):
        monkeypatch.setattr(f"monitor.render.{of}", lambda *_: 1 / 0)
    told = compose(notice)
    leads = {"edition": notice.edition and notice.edition.url, "page": notice.page and notice.page.url}

    assert told.headline.startswith(f"{notice.kind}: {said or notice.key}"[:80])
    assert told.url == leads.get(url, url)


def test_details_are_the_words_and_the_annexes_and_belong_to_their_message() -> None:
    read = saved("act-smallest").evidence
    told = compose(of_act(LISTED, NoticeKind.DETAILS, annexes=(("附件1", read),)))

    assert told.quotes == ("列入",)
    assert [line.label for line in told.details] == ["Title", "Annex read"]
    assert (told.summary, told.url) == ("", "https://e.cn/1")
    assert told.thread.startswith("MOFCOM No. 99 of 2025, which adds Alpha")
