from dataclasses import replace

import msgspec
import pytest
from each import for_each
from notices import NAMES, act, company, listing, of_act, saturated, saved

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.errors import ErrorKind
from monitor.model import (
    DIRECTION,
    Action,
    Attachment,
    End,
    Item,
    Measure,
    Problem,
    Report,
    Severity,
    Start,
    Target,
    Unread,
)
from monitor.render import words
from monitor.render.alert import compose_alert
from monitor.render.values import Alert
from monitor.watch.values import Match, MatchVerdict, Relation, ScreeningResult


def fact(alert: Alert, label: str) -> str:
    return next(line.text for line in (*alert.facts, *alert.details) if line.label == label)


def headline(*measures: Measure) -> str:
    return compose_alert(of_act(act(*measures))).headline


def test_summary_of_a_suspension_says_until_when_and_of_which_goods():
    effect = saved("effect-smallest")

    alert = compose_alert(
        of_act(effect.fact, known={act.key: act for act in effect.acts} | dict(effect.body.known))
    )

    assert alert.headline == "China suspends six earlier acts until 10 Nov 2026"
    assert alert.summary.startswith(
        "What: The acts below will not be applied. On: MOFCOM No. 55, 56, 57, 58, 61 and 62 of"
        " 2025 ("
    )
    assert "rare earths" in alert.summary
    assert alert.summary.endswith("When: From 7 Nov 2025 (Beijing) until 10 Nov 2026.")


TARGETS = (Target(key="uel-2025-5"), Target(key="uel-2025-6"))
HOLMIUM = Item(names={"zh": "钬"}, codes=("1C909.a.1",))
YEAR = End(on="2026-11-10", basis="computed", duration="P1Y")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (
            Measure(action=Action.REMOVE, register="cn-unreliable-entities", amends=TARGETS),
            (
                "China removes what UEL Notice No. 5 and 6 of 2025 listed from the Unreliable"
                " Entity List"
            ),
        ),
        (
            Measure(action=Action.REPEAL, amends=(Target(key="mofcom-2024-46", clauses=("二",)),)),
            "China ends clause 2 of MOFCOM No. 46 of 2024",
        ),
        (
            Measure(action=Action.RESTRICT, destinations=("US", "JP")),
            "China restricts exports to the United States and Japan",
        ),
        (
            Measure(action=Action.RESTRICT, register="cn-dual-use-items"),
            "China restricts exports under the dual-use export control list",
        ),
        (
            Measure(action=Action.AMEND, register="cn-licence-catalogue"),
            "China amends the dual-use licence catalogue",
        ),
        (
            Measure(
                action=Action.SUSPEND,
                register="cn-unreliable-entities",
                entities=(company("彼威", "PVH Corp."),),
            ),
            "China suspends measures on PVH Corp.",
        ),
        (
            Measure(action=Action.RESUME, amends=(Target(key="mofcom-2025-57"),)),
            "China resumes MOFCOM No. 57 of 2025",
        ),
    ],
)
def test_every_operation_has_its_verb(measure, expected):
    assert headline(measure) == expected


def test_two_operations_are_told_together():
    both = (
        Measure(action=Action.SUSPEND, amends=(Target(key="uel-2025-7"),), ends=YEAR),
        Measure(action=Action.REPEAL, amends=(Target(key="uel-2025-5"),)),
    )

    assert (
        headline(*both)
        == "China suspends one earlier act until 10 Nov 2026 and ends one earlier act"
    )
    assert (
        "When: Until 10 Nov 2026, counted as 1 year (from when is not stated);"
        in compose_alert(of_act(act(*both))).summary
    )


COULD_NOT = "(what could not: parts of the text; open the notice)"


def test_parts_that_were_not_understood_are_said_though_nobody_can_say_which():
    alert = compose_alert(of_act(msgspec.structs.replace(act(), understood="part")))

    assert alert.headline == "China publishes an act whose measures were not understood"
    assert alert.not_read == ("parts of the text; open the notice",)


def test_act_of_which_nothing_was_understood_is_told_by_its_title():
    alert = compose_alert(
        of_act(msgspec.structs.replace(act(title="关于设立阻断名单的公告"), understood="none"))
    )

    assert alert.headline == "China publishes an act not understood: 关于设立阻断名单的公告"
    assert alert.summary == "MOFCOM published it, and it was not understood: read it."
    assert alert.not_read == ("the text as a whole; open the notice",)


def test_edited_act_shows_names_added_removed_and_changed():
    before = act(listing(company("甲", "A"), company("乙", "B")))
    after = act(listing(company("甲", "A Ltd"), company("丙", "C")))

    alert = compose_alert(of_act(after, NoticeKind.AMENDED, before=before))

    (table,) = alert.tables
    assert table.rows == (("changed", "A Ltd", "甲"), ("added", "C", "丙"), ("removed", "B", "乙"))
    assert (
        alert.headline
        == "China edits MOFCOM No. 99 of 2025: 1 name added, 1 name removed, 1 name changed"
    )


def test_edit_of_words_alone_says_that_nothing_else_changed():
    same = act(listing(company("甲")))

    assert compose_alert(of_act(same, NoticeKind.AMENDED, before=same)).headline.endswith(
        "names, items and dates stay as they were"
    )


def test_second_act_of_a_package_is_a_reply_to_the_first():
    package = saved("parent-largest").acts

    alert = compose_alert(of_act(package[1], acts=package, in_thread=True))

    assert alert.thread.startswith("MOFCOM No. 57 of 2025, which puts 15 items")


def test_addresses_that_are_none_are_no_links():
    strange = act(
        listing(company("甲")),
        url="javascript:alert(1)",
        attachments=(Attachment(title="附件", url="ftp://x/y"),),
    )
    alert = compose_alert(of_act(strange))

    assert alert.url == ""
    assert [line.url for line in alert.details if line.label == "Annex"] == [""]


@for_each("name", NAMES)
def test_every_notice_has_a_headline_that_fits_and_a_sentence(name):
    alert = compose_alert(saved(name))

    assert 0 < len(alert.headline) <= 90
    assert alert.summary or alert.kind in (NoticeKind.RECOVERED, NoticeKind.DETAILS)


def test_no_control_or_direction_mark_survives():
    marks = "\x1b[31m\u202e\u2066\u200b\x07\x85\ud800\u2028\n\ufeff"

    for notice in saturated(f"甲{marks}乙"):
        assert not set(marks[:1] + marks[5:]) & set(
            str(compose_alert(replace(notice, key="k"))).replace("\\n", "")
        )


def test_unknown_codes_are_shown_as_they_are():
    assert (
        vocabulary.register("xx-new"),
        vocabulary.meaning("xx-new"),
        words.get_country_name("ZQ"),
    ) == ("xx-new", "", "ZQ")
    assert (vocabulary.authority("kr-motie"), words.name_acts(("fr-2025-12345",))) == (
        "MOTIE",
        "fr-2025-12345",
    )


LISTED = act(
    listing(company("甲", "Alpha"), quote="列入"), url="https://e.cn/1", published="2025-10-09"
)
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
        (NoticeKind.DETAILS, "What MOFCOM No. 99 of 2025 says, in its own words"),
    ],
)
def test_a_message_that_touches_the_reader_begins_with_that(kind, headline):
    told = compose_alert(of_act(LISTED, kind, before=LISTED, shows=NoticeKind.ACT, touches=TOUCHED))

    assert told.headline == headline
    assert (told.touches == ()) == (kind is NoticeKind.DETAILS)


AS_OF = f"As of 9 Oct 2025: y{ON_THE_LIST}"


@pytest.mark.parametrize(
    ("kind", "as_of", "touched_by", "headline"),
    [
        (NoticeKind.PARENT, "2025-10-09T09:00:00Z", (), f"Y{ON_THE_LIST}"),
        (NoticeKind.PARENT, "2025-10-09T09:00:00Z", (ENDED,), AS_OF),
        (NoticeKind.PARENT, "2026-12-03T00:00:00Z", (), AS_OF),
        (NoticeKind.STATE, "2026-12-03T00:00:00Z", (), AS_OF),
        (NoticeKind.ACT, "2026-12-03T00:00:00Z", (), f"Y{ON_THE_LIST}"),
        (NoticeKind.ACT, "2026-12-03T00:00:00Z", (ENDED,), AS_OF),
    ],
)
def test_what_is_edited_later_or_was_changed_since_is_not_told_as_todays_law(
    kind, as_of, touched_by, headline
):
    told = compose_alert(
        of_act(
            LISTED,
            kind,
            shows=NoticeKind.ACT if kind is NoticeKind.STATE else None,
            first_seen="2025-10-09T08:00:00Z",
            as_of=as_of,
            touched_by=touched_by,
            touches=TOUCHED,
        )
    )

    assert told.headline == headline


DOUBT = Unread(
    what=DIRECTION, why="read as an addition, but the text says “撤销”", quote="撤销将甲列入的决定"
)
DOUBTED = msgspec.structs.replace(LISTED, understood="part", not_read=(DOUBT,))


@pytest.mark.parametrize("kind", [NoticeKind.ACT, NoticeKind.PARENT, NoticeKind.STATE])
def test_no_headline_asserts_what_the_text_may_say_the_opposite_of(kind):
    told = compose_alert(of_act(DOUBTED, kind, shows=NoticeKind.ACT))

    assert told.headline == "May be the opposite: China adds Alpha to the Unreliable Entity List"
    assert told.summary.startswith(
        "Doubt: Read as an addition, but the text says “撤销”: it may do the opposite, read it. What:"
    )
    assert told.not_read == (
        "whether it adds or lifts (read as an addition, but the text says “撤销”): “撤销将甲列入的决定”",
    )


def test_nor_does_a_headline_on_the_reader_s_own():
    told = compose_alert(of_act(DOUBTED, touches=TOUCHED))

    assert told.headline == f"May be the opposite: Y{ON_THE_LIST}"


def test_of_several_acts_that_is_said_in_the_headline_and_of_the_one_that_it_is_true_of():
    told = compose_alert(of_act(DOUBTED, NoticeKind.PARENT, acts=(DOUBTED, ENDED)))

    assert told.headline.startswith("Some may be the opposite: China publishes two acts")
    assert [line.text.startswith("may be the opposite: adds") for line in told.acts] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("report", "acts", "headline"),
    [
        (
            Report(kind="press", title="China lists Alpha", publisher="NPR"),
            (LISTED,),
            f"Unconfirmed (NPR): y{ON_THE_LIST}",
        ),
        (
            Report(kind="press", title="China lists Alpha", publisher="NPR"),
            (),
            "Unconfirmed (NPR): your supplier Motor is named: China lists Alpha",
        ),
        (
            Report(kind="press", title="", url="https://e.us"),
            (),
            "Unconfirmed (the press): your supplier Motor is named: https://e.us",
        ),
    ],
)
def test_what_the_press_says_of_the_readers_own_is_said_once_to_be_unconfirmed(
    report, acts, headline
):
    for kind in (NoticeKind.PRESS, NoticeKind.EARLY):
        told = of_act(LISTED, kind, acts=acts, body=report, touches=TOUCHED)

        assert compose_alert(told).headline == headline
        assert ON_THE_LIST not in compose_alert(replace(told, touches=None)).headline


def test_a_reminder_says_the_day_first_though_it_touches_the_reader():
    told = compose_alert(replace(saved("reminder-smallest"), touches=TOUCHED))

    assert told.headline == "In 30 days: MOFCOM No. 57 of 2025 takes effect"
    assert [line.text for line in told.touches] == ["Your supplier Motor → Alpha (same name)"]


def test_whoever_leaves_a_list_is_told_so_in_the_thread_of_the_act_that_listed_them():
    leaves = Measure(
        action=Action.REMOVE,
        register="cn-unreliable-entities",
        entities=LISTED.measures[0].entities,
    )
    effect = of_act(
        act(leaves, key="mofcom-2025-100"), NoticeKind.EFFECT, acts=(LISTED,), touches=TOUCHED
    )

    assert (
        compose_alert(effect).headline
        == "Your supplier Motor is off China's Unreliable Entity List"
    )


def test_of_a_package_the_reader_is_told_by_the_act_that_touches():
    edited = of_act(
        ENDED,
        NoticeKind.PARENT,
        acts=(LISTED, ENDED),
        screened={LISTED.key: TOUCHED},
        touches=TOUCHED,
    )
    told = compose_alert(edited)

    assert told.headline == f"Y{ON_THE_LIST}"
    assert told.is_package
    assert [(line.label, line.text, line.url) for line in told.acts] == [
        (
            "MOFCOM No. 99 of 2025",
            (
                "adds Alpha to the Unreliable Entity List from 9 Oct 2025 (Beijing); touches your"
                " supplier Motor"
            ),
            "",  # where the message leads
        ),
        ("MOFCOM No. 100 of 2025", "ends MOFCOM No. 99 of 2025", "https://e.cn/100"),
    ]
    assert (
        compose_alert(replace(edited, touches=None)).headline
        == "China publishes two acts: 1 name listed; 1 act ended"
    )
    assert (
        compose_alert(replace(edited, touches=None)).summary
        == "MOFCOM published MOFCOM No. 99 and 100 of 2025."
    )


def test_of_the_entries_that_an_act_of_a_package_touches_two_are_named_and_the_rest_counted():
    many = msgspec.structs.replace(
        TOUCHED, found=tuple(msgspec.structs.replace(MATCH, entry=name, key=name) for name in "ABC")
    )
    told = compose_alert(
        of_act(ENDED, NoticeKind.PARENT, acts=(LISTED, ENDED), screened={LISTED.key: many})
    )

    assert told.acts[0].text.endswith("; touches your supplier A, your supplier B and 1 more")


def test_what_was_not_read_of_a_package_is_said_of_which_act():
    part = msgspec.structs.replace(
        ENDED, understood="part", not_read=(Unread(what="annex 2", why="no file came"),)
    )
    none = ScreeningResult(names=1, products=0, listed=1)
    told = compose_alert(of_act(ENDED, NoticeKind.PARENT, acts=(LISTED, part), touches=none))

    assert told.not_read == ("MOFCOM No. 100 of 2025: annex 2 (no file came)",)
    assert [line.text for line in told.touches] == [
        (
            "Your 1 name is not touched by it in what could be read (what could not: MOFCOM No. 100"
            " of 2025: annex 2)."
        )
    ]


def test_of_a_package_of_which_one_act_was_not_understood_nobody_says_that_it_touches_none():
    unknown = msgspec.structs.replace(ENDED, measures=(), understood="none")
    none = ScreeningResult(names=1, products=0, listed=1)

    for told in (
        of_act(LISTED, acts=(LISTED, unknown), touches=none),
        of_act(unknown, acts=(LISTED,), touches=none),
    ):
        assert compose_alert(told).touches[0].text == "Whether it touches your 1 name is not known."


def test_one_act_alone_is_no_package_and_without_the_others_it_is_told_by_itself():
    alone, bare = (
        compose_alert(of_act(LISTED, NoticeKind.PARENT)),
        compose_alert(of_act(LISTED, NoticeKind.PARENT, acts=())),
    )

    assert alone.headline == bare.headline == "China adds Alpha to the Unreliable Entity List"
    assert not alone.is_package
    assert compose_alert(of_act(LISTED, touched_by=(ENDED,))).status == (
        "Ended by MOFCOM No. 100 of 2025",
    )
    assert compose_alert(of_act(LISTED, acts=(), touched_by=(ENDED,))).status == (
        "Ended by MOFCOM No. 100 of 2025",
    )


def test_a_first_message_that_shows_by_now_how_it_stands_looks_as_it_did():
    whole = compose_alert(
        of_act(ENDED, NoticeKind.STATE, acts=(LISTED, ENDED), shows=NoticeKind.PARENT)
    )
    bare = compose_alert(of_act(LISTED, NoticeKind.STATE))

    assert (whole.kind, whole.form) == (NoticeKind.STATE, NoticeKind.PARENT)
    assert whole.is_package
    assert (bare.form, bare.headline) == (
        NoticeKind.STATE,
        "China adds Alpha to the Unreliable Entity List",
    )


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
                (
                    "Said again because Li Wei asked for it; it was first said on 9 Oct 2025 08:00"
                    " UTC."
                ),
                "This was meant for desk, which can't be reached.",
            ),
        ),
    ],
)
def test_what_is_said_again_or_elsewhere_says_so_first(again, said_at, meant_for, said):
    assert (
        compose_alert(of_act(LISTED, again=again, said_at=said_at, meant_for=meant_for)).status
        == said
    )


def test_a_long_headline_leaves_room_for_its_being_a_repeat():
    long = act(Measure(action=Action.AMEND, register="r " * 100))
    once, again = (compose_alert(of_act(long, repeated=repeated)) for repeated in (False, True))

    assert 88 <= len(again.headline) <= len(once.headline) <= 90
    assert again.headline.endswith("… (possible repeat)")


def test_an_effect_is_told_by_what_it_does_to_the_earlier_act():
    told, alone = (
        compose_alert(of_act(ENDED, NoticeKind.EFFECT, acts=acts)) for acts in ((LISTED,), ())
    )
    twice = msgspec.structs.replace(
        ENDED,
        measures=(*ENDED.measures, Measure(action=Action.AMEND, amends=(Target(key=LISTED.key),))),
    )

    assert (told.headline, told.status) == ("Ended by MOFCOM No. 100 of 2025", ())
    assert told.thread == "MOFCOM No. 99 of 2025, which adds Alpha to the Unreliable Entity List"
    assert (alone.headline, alone.thread) == ("China ends MOFCOM No. 99 of 2025", "")
    assert compose_alert(of_act(twice, NoticeKind.EFFECT, acts=(LISTED,))).status == (
        "Ended by MOFCOM No. 100 of 2025",
        "Amended by MOFCOM No. 100 of 2025",
    )
    assert (told.quotes, told.url) == (("废止",), "https://e.cn/100")
    assert fact(told, "Title") == "废止公告"
    untitled = msgspec.structs.replace(ENDED, title="")
    assert (
        fact(compose_alert(of_act(untitled, NoticeKind.EFFECT, acts=(LISTED,))), "Title")
        == "MOFCOM No. 100 of 2025"
    )


@pytest.mark.parametrize(
    ("elsewhere", "headline", "known_from"),
    [
        (None, "China edits MOFCOM No. 99 of 2025: title changed", []),
        (
            LISTED,
            "China says more of MOFCOM No. 99 of 2025 at another address: title changed",
            [("公告", "https://e.cn/1")],
        ),
    ],
)
def test_an_edit_and_another_address_are_told_apart(elsewhere, headline, known_from):
    after = msgspec.structs.replace(LISTED, title="新公告")
    told = compose_alert(of_act(after, NoticeKind.AMENDED, before=LISTED, elsewhere=elsewhere))

    assert told.headline == headline
    assert [
        (line.text, line.url) for line in told.facts if line.label == "Known from"
    ] == known_from
    assert "Title" not in [line.label for line in told.details]  # it stands among what changed
    assert fact(told, "Title") == "新公告 (was: 公告)"


def begins(*days: str, url: str):
    starts = (Start(on=day, basis="explicit", quote=f"自{day}起") for day in days)
    return act(
        *(
            listing(company(name, name), starts=start)
            for name, start in zip("AB", starts, strict=False)
        ),
        url=url,
    )


def test_two_addresses_that_contradict_each_other_are_told_with_what_is_held_true():
    known, other = (
        begins("2025-11-08", url="https://e.cn/1"),
        begins("2025-12-01", "2025-12-02", url="https://e.cn/2"),
    )
    kept = compose_alert(of_act(known, NoticeKind.DISAGREEMENT, before=known, elsewhere=other))
    both = compose_alert(of_act(other, NoticeKind.DISAGREEMENT, before=known, elsewhere=other))

    assert (
        kept.headline == "China contradicts itself on MOFCOM No. 99 of 2025 at two addresses: Start"
    )
    assert fact(kept, "Start") == "8 Nov 2025; elsewhere 1 Dec 2025, 2 Dec 2025"
    assert kept.quotes == ("自2025-11-08起", "自2025-12-01起")
    assert kept.summary == "What was known stays until the pages agree. Look at both pages."
    assert both.summary == "Both are kept on record: 1 name added. Look at both pages."
    assert kept.url == "https://e.cn/2"
    assert fact(kept, "Known from") == "公告"


def test_a_page_that_comes_and_goes_is_told_of_its_act_or_of_its_source():
    problem = Problem(kind=ErrorKind.ALTERNATES, text="two versions since 2025-10-09")
    told = of_act(LISTED, NoticeKind.ALTERNATES, problem=problem)

    assert (
        compose_alert(told).headline == "MOFCOM No. 99 of 2025 changes back and forth on its page"
    )
    assert (
        compose_alert(replace(told, body=None)).headline
        == "cn_mofcom.announcements changes back and forth"
    )
    assert compose_alert(replace(told, body=None)).summary == "two versions since 9 Oct 2025."


def test_messages_that_had_to_wait_are_told_worst_first_and_the_worst_at_once():
    problem = Problem(kind=ErrorKind.LATE, text="Slack was away.")
    waiting = (of_act(LISTED), replace(of_act(ENDED), severity=Severity.CRITICAL))
    told = replace(saved("digest-smallest"), gathered=waiting, problem=problem)

    assert compose_alert(told).headline == "2 messages had to wait"
    assert compose_alert(told).summary == "Slack was away. All follow in this thread."
    assert [line.text for line in compose_alert(told).acts] == [
        "🔴 China ends MOFCOM No. 99 of 2025",
        "🔴 China adds Alpha to the Unreliable Entity List",
    ]
    urgent = replace(told, severity=Severity.CRITICAL)
    assert (
        compose_alert(urgent).headline
        == "2 messages had to wait; the first: China ends MOFCOM No. 99 of 2025"
    )
    assert compose_alert(replace(urgent, gathered=())).headline == "0 messages had to wait"


def test_the_full_list_is_announced_with_how_many_rows_it_has():
    register = replace(saved("edition-smallest"), kind=NoticeKind.ROWS)

    assert compose_alert(register).headline == "The full list of the US Entity List follows: 1 row"
    assert compose_alert(of_act(LISTED, NoticeKind.ROWS)).thread.startswith(
        "MOFCOM No. 99 of 2025, which adds Alpha"
    )


@pytest.mark.parametrize(
    ("notice", "said", "url"),
    [
        (of_act(LISTED), "公告", "https://e.cn/1"),
        (saved("edition-smallest"), "us-bis-entity-list", None),
        (saved("page-smallest"), None, None),
        (saved("problem-smallest"), None, ""),
    ],
)
def test_a_mistake_of_ours_leaves_what_a_person_needs_to_look_for_himself(
    notice, said, url, monkeypatch
):
    for of in (
        "acts.summarize_act",
        "editions.summarize_edition",
        "pages.summarize_page_change",
        "keepers.compose_keeper_message",
    ):
        monkeypatch.setattr(f"monitor.render.{of}", lambda *_: 1 / 0)
    told = compose_alert(notice)

    assert told.headline.startswith(f"{notice.kind}: {said or notice.key}"[:80])
    assert "could not be put into words (ZeroDivisionError)" in told.summary
    assert told.url == (notice.fact.url if url is None else url)


def test_details_are_the_words_and_the_annexes_and_belong_to_their_message():
    read = saved("act-smallest").evidence
    told = compose_alert(of_act(LISTED, NoticeKind.DETAILS, annexes=(("附件1", read),)))

    assert told.quotes == ("列入",)
    assert [line.label for line in told.details] == ["Title", "Annex read"]
    assert (told.summary, told.url) == ("", "https://e.cn/1")
    assert told.thread.startswith("MOFCOM No. 99 of 2025, which adds Alpha")
