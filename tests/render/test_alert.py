from dataclasses import replace

import msgspec
import pytest
from notices import NAMES, act, company, listing, of_act, saturated, saved

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.model import Action, Attachment, End, Entity, Item, Measure, Start, Stated, Target, Unread
from monitor.render import words
from monitor.render.alert import Alert, compose


def fact(alert: Alert, label: str) -> str:
    return next(line.text for line in alert.facts if line.label == label)


def headline(*measures: Measure) -> str:
    return compose(of_act(act(*measures))).headline


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("act-largest", "MOFCOM adds 24 names (14 entries) to the Unreliable Entity List"),
        ("act-smallest", "MOFCOM adds Boeing Defense, Space & Security to the Unreliable Entity List"),
        ("amended-largest", "MOFCOM No. 57 of 2025 was edited: 1 item added, 1 item removed; start changed"),
        ("amended-smallest", "UEL Notice No. 2 of 2024 was edited: title changed"),
        ("effect-smallest", "Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025"),
        ("effect-largest", "Clause 二 of MOFCOM No. 46 of 2024: suspended until 27 Nov 2026 by MOFCOM No. 72 of 2025"),
        ("press-largest", "NPR: China bans TechInsights and other firms over Taiwan ties"),
        ("early-smallest", "Unconfirmed: The press: China tightens rare earth exports"),
        (
            "parent-largest",
            (
                "MOFCOM in 4 acts (not all could be read) puts 18 items under export control "
                "and restricts exports under the dual-use ex…"
            ),
        ),
        ("problem-smallest", "cn_mofcom.announcements gives nothing: fetch"),
        ("recovered-largest", "cn_mofcom.announcements gives facts again (possible repeat)"),
    ],
)
def test_headline_says_who_does_what_and_how_many(name: str, headline: str) -> None:
    assert compose(saved(name)).headline == headline


def test_summary_is_the_whole_message_in_a_sentence() -> None:
    alert = compose(saved("act-largest"))

    assert alert.summary == (
        "MOFCOM adds 24 names (14 entries) to the Unreliable Entity List (不可靠实体清单) (among them Dedrone by Axon,"
        " DZYNE Technologies and Elbit Systems of America, LLC), in force 9 Oct 2025 (on publication)."
    )


def test_members_of_a_group_stand_under_it_and_say_so() -> None:
    (table,) = compose(saved("act-largest")).tables

    assert table.columns == ("Name", "English name", "Note")
    assert len(table.rows) == 24
    assert table.rows[13] == ("TechInsights公司", "TechInsights Inc.", "")
    assert table.rows[17] == ("", "↳ TechInsights Japan KK", "member of TechInsights公司")


def test_register_is_explained_where_something_is_put_on_it() -> None:
    assert fact(compose(saved("act-largest")), "What it means").startswith("No trade with China and no new investment")


def test_items_show_code_name_and_customs_number() -> None:
    (table,) = compose(saved("parent-smallest")).tables

    assert table.columns == ("Code", "Item", "HS")
    assert table.rows[0] == ("1C909.a", "金属钬、含钬的合金及相关制品", "28053019")


def test_later_act_is_told_as_the_state_of_the_earlier_one() -> None:
    assert compose(saved("parent-smallest")).status == ("Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025",)


def test_package_names_its_acts_and_which_of_them_are_suspended() -> None:
    alert = compose(saved("parent-largest"))

    assert [line.label for line in alert.acts] == [f"MOFCOM No. {number} of 2025" for number in (57, 55, 58, 61)]
    assert alert.status == ("MOFCOM No. 55, 57, 58 and 61 of 2025: suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025",)


def test_first_message_edited_later_is_dated_by_its_edit() -> None:
    assert [line.label for line in compose(saved("parent-largest")).evidence] == [
        "Edited",
        "Source",
        "Last change read from",
        "SHA-256",
    ]


def test_act_that_changes_others_names_them_with_their_titles() -> None:
    effect = saved("effect-smallest")
    assert effect.act

    facts = compose(of_act(effect.act, known=effect.known)).facts

    assert [line.label for line in facts[:3]] == ["In force", "Ends", "Suspended"]
    assert fact(compose(of_act(effect.act)), "Ends") == "10 Nov 2026 (explicit)"
    assert facts[2].text == "MOFCOM No. 55 of 2025: 公布对超硬材料相关物项实施出口管制的决定"
    assert facts[3].text == "MOFCOM No. 56 of 2025"


def test_two_starts_are_told_with_their_clauses() -> None:
    package = saved("parent-largest")

    when = fact(compose(of_act(package.acts[3])), "In force")

    assert when == "clauses 一（一） and 一（二）: 1 Dec 2025 (explicit); clause 一（三）: 9 Oct 2025 (on publication)"


def test_unread_annex_and_its_link_are_said_plainly() -> None:
    alert = compose(of_act(saved("parent-largest").acts[3]))

    assert alert.not_read == ("the items of annex 1 (the annex is a PDF that has not been read): “附件：1.物项列表”",)
    assert next(line.url for line in alert.facts if line.label == "Annex").endswith("/61-1.pdf")


def test_count_of_the_text_that_is_not_met_is_said() -> None:
    few = listing(company("甲", "A"), company("乙", "B"), stated=Stated(entities=28, entries=2))

    assert compose(of_act(act(few))).not_read == ("the text states 28 names; 2 were read",)


def test_names_only_stated_are_counted_as_stated() -> None:
    assert headline(listing(stated=Stated(entities=28))) == (
        "MOFCOM adds 28 names (as stated) to the Unreliable Entity List (MOFCOM No. 99 of 2025)"
    )


TARGETS = (Target(key="uel-2025-5"), Target(key="uel-2025-6"))
HOLMIUM = Item(names={"zh": "钬"}, codes=("1C909.a.1",))
YEAR = End(on="2026-11-10", basis="computed", duration="P1Y")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (
            Measure(action=Action.REMOVE, register="cn-unreliable-entities", amends=TARGETS),
            "MOFCOM removes what UEL Notice No. 5 and 6 of 2025 listed from the Unreliable Entity List",
        ),
        (
            Measure(action=Action.REPEAL, amends=(Target(key="mofcom-2024-46", clauses=("二",)),)),
            "MOFCOM ends clause 二 of No. 46 of 2024",
        ),
        (Measure(action=Action.RESTRICT, destinations=("US", "JP")), "MOFCOM restricts exports to the United States and Japan"),
        (
            Measure(action=Action.RESTRICT, register="cn-dual-use-items"),
            "MOFCOM restricts exports under the dual-use export control list",
        ),
        (
            Measure(action=Action.INVESTIGATE, entities=(company("彼威", "PVH Corp."),)),
            "MOFCOM opens an investigation of PVH Corp.",
        ),
        (Measure(action=Action.AMEND, register="cn-licence-catalogue"), "MOFCOM amends the dual-use licence catalogue"),
        (Measure(action=Action.RESUME, amends=(Target(key="mofcom-2025-57"),)), "MOFCOM resumes No. 57 of 2025"),
        (
            Measure(action=Action.ADD, register="cn-dual-use-items", items=(HOLMIUM,)),
            "MOFCOM puts 1 item (1C909) under export control",
        ),
    ],
)
def test_every_operation_has_its_verb(measure: Measure, expected: str) -> None:
    assert headline(measure).removesuffix(" (MOFCOM No. 99 of 2025)") == expected


def test_headline_that_counts_nothing_names_the_act() -> None:
    alert = compose(of_act(saved("parent-largest").acts[3]))

    assert alert.headline == "MOFCOM restricts exports under the dual-use export control list (MOFCOM No. 61 of 2025)"
    assert alert.summary.endswith(", in force in parts on 9 Oct 2025 and 1 Dec 2025.")


def test_two_operations_are_told_together() -> None:
    both = (
        Measure(action=Action.SUSPEND, amends=(Target(key="uel-2025-7"),), ends=YEAR),
        Measure(action=Action.REPEAL, amends=(Target(key="uel-2025-5"),)),
    )

    assert headline(*both) == "MOFCOM suspends UEL Notice No. 7 of 2025 until 10 Nov 2026 and ends UEL Notice No. 5 of 2025"
    assert fact(compose(of_act(act(*both))), "Ends") == "suspended: 10 Nov 2026 (computed from 1 year)"


def test_headline_that_would_be_too_long_keeps_the_first_operation() -> None:
    operations = [
        Measure(action=action, amends=(Target(key=f"x-{action}-{'y' * 40}"),)) for action in (Action.REPEAL, Action.RESUME)
    ]

    assert headline(*operations).endswith("and more")
    assert len(headline(*operations)) <= 120


def test_act_that_was_not_understood_is_still_told() -> None:
    alert = compose(of_act(msgspec.structs.replace(act(), understood="part")))

    assert alert.headline == "MOFCOM publishes an act whose measures were not understood (MOFCOM No. 99 of 2025)"
    assert alert.not_read == ("parts of the text; read the notice",)


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
    assert alert.headline == "MOFCOM No. 99 of 2025 was edited: 1 name added, 1 name removed, 1 name changed"


def test_edited_act_shows_the_dates_it_had() -> None:
    assert fact(compose(saved("amended-largest")), "Start") == "15 Nov 2025 (explicit) (was: 8 Nov 2025 (explicit))"


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

    alert = compose(of_act(package[1], acts=package))

    assert alert.thread.startswith("MOFCOM No. 57 of 2025, which puts 15 items")


def test_early_press_says_that_nothing_official_was_seen() -> None:
    assert compose(saved("early-largest")).status == ("Unconfirmed: a press report; no official act has been seen yet",)


def test_repeat_is_said_in_headline_and_sentence() -> None:
    alert = compose(replace(saved("act-largest"), repeated=True))

    assert alert.headline.endswith("(possible repeat)")
    assert alert.summary.endswith("(possible repeat)")


def test_evidence_gives_the_hash_short_and_whole() -> None:
    notice = saved("act-largest")
    assert notice.evidence
    sha256 = notice.evidence.sha256

    assert [line.text for line in compose(notice).evidence] == [
        "9 Oct 2025 08:03 UTC",
        "cn_mofcom.announcements",
        notice.evidence.url,
        f"{sha256[:12]} ({sha256})",
    ]


def test_person_is_told_with_role_and_country() -> None:
    person = Entity(names={"zh": "约翰", "en": "John"}, kind="person", role="president", country="US", aliases=("J.",))
    (table,) = compose(of_act(act(listing(person, company("甲"))))).tables

    assert table.rows[0] == ("约翰", "John", "president; United States; also J.")


def test_addresses_that_are_none_are_no_links() -> None:
    strange = act(listing(company("甲")), url="javascript:alert(1)", attachments=(Attachment(title="附件", url="ftp://x/y"),))
    alert = compose(of_act(strange))

    assert alert.url == ""
    assert [line.url for line in alert.facts if line.label == "Annex"] == [""]


@pytest.mark.parametrize("name", NAMES)
def test_every_notice_has_a_headline_that_fits_and_a_sentence(name: str) -> None:
    alert = compose(saved(name))

    assert 0 < len(alert.headline) <= 120
    assert alert.summary.removesuffix(" (possible repeat)")


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
    monkeypatch.setattr("monitor.render.acts.facts", lambda *_: 1 / 0)
    alert = compose(saved("act-largest"))

    assert "could not be put into words (ZeroDivisionError)" in alert.summary
    assert alert.url == saved("act-largest").act.url
