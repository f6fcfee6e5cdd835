"""Acts that an English text names by number."""

import pytest

from monitor.extract.en import references


def keys(text, published=None, *, of="cn-mofcom"):
    return [reference.key for reference in references.find_references(text, published, of=of)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Announcement No. 61 of 2030", ["mofcom-2030-61"]),
        ("Announcement (2030) No. 3", ["mofcom-2030-3"]),
        ("Announcement No. 5 by the Ministry of Commerce (2029) on gallium", ["mofcom-2029-5"]),
        ("Announcement No. 5 was issued in 2028.", ["mofcom-2028-5"]),
        (
            "In 2029, Announcement No. 46 and, later, Announcement No. 7 of 2030",
            ["mofcom-2029-46", "mofcom-2030-7"],
        ),
        (
            "Announcements No. 5 to No. 8 of 2030",
            ["mofcom-2030-5", "mofcom-2030-6", "mofcom-2030-7", "mofcom-2030-8"],
        ),
        ("Announcements No. 9 to No. 4 of 2030", ["mofcom-2030-9", "mofcom-2030-4"]),
        ("Announcements No. 7 to No. 7 of 2030", ["mofcom-2030-7", "mofcom-2030-7"]),
        ("Announcements No. 1 to No. 90 of 2030", ["mofcom-2030-1", "mofcom-2030-90"]),
        ("Announcements No. 21, 22 and 23 entities of 2030", ["mofcom-2030-21", "mofcom-2030-22"]),
        ("Notice and Order No. 6 of 2030", ["mofcom-order-2030-6"]),
        ("the Ministry of Foreign Affairs issued Order No. 3 of 2030", ["mfa-order-2030-3"]),
        ("a Foreign Office paper and Order No. 3 of 2030", ["mofcom-order-2030-3"]),
        (
            "Announcement No. 7 of the Unreliable Entity List Working Mechanism [2030]",
            ["uel-2030-7"],
        ),
    ],
)
def test_an_act_is_known_by_its_series_its_year_and_its_number(text, named):
    assert keys(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "the law No. 5 of 2030",
        "This Announcement. In case No. 5 of 2030",
        "Announcement No. 5",
        "Announcement No. 5. It was issued in 2028.",
    ],
)
def test_a_number_without_a_word_for_an_act_or_without_a_year_is_none(text):
    assert keys(text) == []


def test_a_year_that_is_not_printed_is_that_of_the_text():
    assert keys("the notices, No. 61 and No. 62", "2031-02-03") == [
        "mofcom-2031-61",
        "mofcom-2031-62",
    ]


def test_an_act_is_one_of_ours_only_in_a_text_that_names_our_issuer():
    assert keys("Announcement No. 5 of 2030", of="") == []
    assert keys("MOFCOM published Announcement No. 5 of 2030", of="") == ["mofcom-2030-5"]


def test_a_range_is_filled_as_far_as_one_announces_at_a_time():
    assert len(keys("Announcements No. 1 to No. 31 of 2030")) == 31
    assert len(keys("Announcements No. 1 to No. 32 of 2030")) == 2


def test_acts_of_the_union_are_known_however_their_number_is_written():
    text = (
        "Regulation (EU) No 269/2014, Decision 2010/413/CFSP, Decision (CFSP) 2030/9, (EU)"
        " 2030/0010 and (EC) No 428/2009"
    )

    assert references.list_european_keys(text) == [
        "eu-2014-269",
        "eu-2010-413",
        "eu-2030-9",
        "eu-2030-10",
        "eu-2009-428",
    ]


def test_a_sentence_that_is_too_long_is_cut_before_the_name_that_would_be_torn():
    names = "Alpha Firm, Ltd., " * 1_000
    kept = references.cut_sentence(names)

    assert names.startswith(kept)
    assert kept.endswith("Alpha Firm, Ltd.")
    assert references.is_cut(kept)


def test_a_sentence_that_fits_is_read_whole_and_one_without_joints_to_its_limit():
    assert references.cut_sentence("A firm is added") == "A firm is added"
    assert not references.is_cut("A firm is added")
    assert (
        len(references.cut_sentence("x" * 13_000))
        == references.LONGEST
        == len(references.cut_sentence("x" * references.LONGEST))
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Alpha Inc. is added. This rule counts.", ["Alpha Inc. is added", "This rule counts"]),
        ("It lists Beta Ltd. This rule counts.", ["It lists Beta Ltd.", "This rule counts"]),
        ("At 5 p.m. it ends! U.S. firms may apply", ["At 5 p.m. it ends", "U.S. firms may apply"]),
    ],
)
def test_a_point_within_a_name_ends_no_sentence(text, sentences):
    assert [part for part in references.SENTENCE_END.split(text) if part] == sentences


@pytest.mark.parametrize("left", [5, 15, 25])
def test_the_last_joint_before_the_limit_is_where_a_sentence_is_cut(left):
    kept = "x" * (references.LONGEST - left)

    assert references.cut_sentence(f"{kept}, Beta Works{'y' * 100}") == kept


def test_the_year_printed_with_a_number_holds_for_it_below():
    text = (
        "The Ministry of Commerce issued Announcements No. 31 and No. 36 of 2033. It suspends"
        " Announcement No. 31, effective April 2, 2034, and Announcement No. 36 as well."
    )

    found = references.find_references(text, of="cn-mofcom")

    assert {each.key for each in found} == {"mofcom-2033-31", "mofcom-2033-36"}


def test_a_joint_announcement_is_numbered_by_its_own_publisher():
    text = "Announcement No. 9 of 2032 of the Ministry of Commerce and the General Administration of Customs"

    (found,) = references.find_references(text, of="cn-mofcom")

    assert found.key == "mofcom-2032-9"
