"""Days, starts and ends as English acts print them."""

import pytest
from cases import read_cases
from each import for_each

from monitor.extract.en import dates


@pytest.mark.parametrize(
    ("words", "published", "told"),
    [
        ("This rule is effective immediately.", "2030-05-06", ("2030-05-06", "immediate")),
        (
            "The order takes effect from the date of its publication.",
            "2030-05-06",
            ("2030-05-06", "publication"),
        ),
        ("It comes into force on May 6.", "2030-02-01", ("2030-05-06", "explicit")),
        ("The list of May 2, 2030 is in force from 3 June 2030.", None, ("2030-06-03", "explicit")),
        (
            "Published on May 2, 2030; the measures apply from June 7, 2030.",
            None,
            ("2030-06-07", "explicit"),
        ),
        ("It begins on Sept. 9, 2030.", None, ("2030-09-09", "explicit")),
        (
            "It commences on the day after it is registered, being 12 June 2031.",
            None,
            ("2031-06-12", "explicit"),
        ),
        (
            "The order takes effect on the third day, which is May 6, 2030.",
            None,
            ("2030-05-06", "explicit"),
        ),
        ("effective 1st of May 2030", None, ("2030-05-01", "explicit")),
        ("effective 2030-05-06", None, ("2030-05-06", "explicit")),
    ],
)
def test_a_start_is_the_day_from_which_something_counts(words, published, told):
    start = dates.start(words, published)

    assert (start.on, start.basis, start.quote) == (*told, words)


@pytest.mark.parametrize(
    "words",
    [
        "This rule is effective immediately.",
        "It takes effect from the date of publication.",
        "It comes into force on May 6.",
        "The talks on May 6, 2030 were long.",
        "They met on the last day of the talks, being 6 May 2030.",
        "It counts as of 31 February 2030.",
        "They are removed from the list, to which they had been added on May 6, 2030.",
        "It applies to those who had been first listed under the Order on May 6, 2030.",
    ],
)
def test_without_a_day_that_the_words_or_the_act_tell_nothing_begins(words):
    assert dates.start(words, None) is None


@pytest.mark.parametrize(
    ("clock", "told"),
    read_cases(
        """
        "12:01 p.m. (Beijing) on " | T12:01+08:00
        "1:30 p.m. " | T13:30+08:00
        "12:30 a.m. " | T00:30+08:00
        "09:15 AM, on " | T09:15+08:00
        "00:00 on " | T00:00+08:00
        "23:59 " | T23:59+08:00
        "24:00 " | ""
        "12:60 " | ""
        "" | ""
        """
    ),
)
def test_the_clock_of_a_start_is_told_as_far_as_it_is_one(clock, told):
    assert (
        dates.start(f"effective {clock}May 6, 2030", None, authority="cn-mofcom").on
        == f"2030-05-06{told}"
    )


@pytest.mark.parametrize(
    ("authority", "winter", "summer"),
    read_cases(
        """
        us-bis | -05:00 | -04:00
        us-bis-entity-list | -05:00 | -04:00
        eu-council | +01:00 | +02:00
        gb-ofsi | +00:00 | +01:00
        jp-meti | +09:00 | +09:00
        au-dfat | +11:00 | +10:00
        cn-mofcom | +08:00 | +08:00
        ch-nobody-declared | +01:00 | +02:00
        """
    ),
)
def test_a_clock_time_is_that_of_the_authority_whose_act_it_is_on_that_day(
    authority, winter, summer
):
    in_winter = dates.start("effective from 00:01 on 10 January 2029", None, authority=authority)
    in_summer = dates.start("effective from 00:01 on 10 July 2029", None, authority=authority)

    assert (in_winter.on, in_summer.on) == (
        f"2029-01-10T00:01{winter}",
        f"2029-07-10T00:01{summer}",
    )


@for_each(
    ("clock", "offset"),
    read_cases(
        """
        12:01 a.m. Eastern time on July 10, 2029 | -04:00
        12:01 a.m., eastern standard time, January 10, 2029 | -05:00
        12:01 a.m. EST on January 10, 2029 | -05:00
        12:01 a.m. EDT, July 10, 2029 | -04:00
        12:01 am EST on July 10, 2029 | -04:00
        12:01 a.m. (Washington, D.C. time) on July 10, 2029 | -04:00
        12:01 a.m. Pacific Time on July 10, 2029 | -07:00
        00:01 GMT on 10 July 2029 | +00:00
        00:01 BST on 10 July 2029 | +01:00
        00:01 (British Summer Time) on 10 July 2029 | +01:00
        00:01 London time on 10 January 2029 | +00:00
        00:01 UTC on 10 July 2029 | +00:00
        00:01 (Coordinated Universal Time) on 10 July 2029 | +00:00
        00:01 (UTC+8) on 10 July 2029 | +08:00
        00:01 GMT -3:30 on 10 July 2029 | -03:30
        00:01 CET on 10 January 2029 | +01:00
        00:01 CEST on 10 July 2029 | +02:00
        00:01 Central European Time on 10 January 2029 | +01:00
        00:01 (Brussels) on 10 July 2029 | +02:00
        00:01 Beijing time on 10 July 2029 | +08:00
        00:01 (China Standard Time) on 10 July 2029 | +08:00
        00:01 JST on 10 July 2029 | +09:00
        00:01 Japan time on 10 July 2029 | +09:00
        00:01 (the Singapore time) on 10 July 2029 | +08:00
        00:01 Canberra time on 10 January 2029 | +11:00
        00:01 AEST on 10 January 2029 | +10:00
        00:01 on 10 July 2029 (Beijing time) | +08:00
        00:01 on 10 July 2029, Eastern Daylight Time | -04:00
        """
    ),
)
def test_a_clock_time_is_that_of_the_zone_which_the_words_name_whoever_issues_the_act(
    clock, offset
):
    for authority in ("jp-meti", "us-bis", ""):
        told = dates.start(f"effective from {clock}", None, authority=authority).on

        assert told[10:] == f"T00:01{offset}"


@pytest.mark.parametrize(
    ("authority", "clock", "offset"),
    read_cases(
        """
        us-bis | CST | -06:00
        cn-mofcom | CST | +08:00
        in-dgft | IST | +05:30
        il-moe | IST | +02:00
        gb-ofsi | local time | +00:00
        """
    ),
)
def test_what_abbreviates_the_time_of_several_countries_is_that_of_the_authoritys(
    authority, clock, offset
):
    told = dates.start(
        f"effective from 00:01 {clock} on 10 January 2029", None, authority=authority
    ).on

    assert told == f"2029-01-10T00:01{offset}"


@pytest.mark.parametrize(
    ("authority", "clock"),
    read_cases(
        """
        "" | 00:01
        zz-nobody | 00:01
        zz-nobody | 00:01 local time
        jp-meti | 00:01 (Vulcan time)
        jp-meti | 00:01 CST
        jp-meti | 00:01 (UTC+77)
        """
    ),
)
def test_of_a_clock_time_that_nobody_can_place_the_day_alone_is_told(authority, clock):
    told = f"effective from {clock} on 10 January 2029"

    assert dates.start(told, None, authority=authority).on == "2029-01-10"
    assert dates.is_clock_unknown(told, None, authority)
    assert not dates.is_clock_unknown("effective from 00:01 on 10 January 2029", None, "jp-meti")
    assert not dates.is_clock_unknown("effective from 10 January 2029", None, authority)


@pytest.mark.parametrize(
    ("words", "begins", "told"),
    [
        ("until May 6, 2031", "2030-05-06", ("2031-05-06", "explicit", None)),
        ("until May 6", "2030-01-01", ("2030-05-06", "explicit", None)),
        ("expires at the end of 6 May 2031", None, ("2031-05-06", "explicit", None)),
        (
            "through 12:01 a.m. eastern daylight time, June 19, 2031",
            None,
            ("2031-06-19", "explicit", None),
        ),
        ("the date is replaced by '13 April 2031'", None, ("2031-04-13", "explicit", None)),
        ("until 32 May 2031 for ten days", "2030-05-06", ("2030-05-16", "computed", "P10D")),
        ("for another year", "2030-05-06", ("2031-05-06", "computed", "P1Y")),
        ("for a further period of six months", "2030-08-31", ("2031-02-28", "computed", "P6M")),
        ("for three years", "2030-05-06T12:00+08:00", ("2033-05-06", "computed", "P3Y")),
    ],
)
def test_an_end_is_printed_or_counted_from_the_start(words, begins, told):
    end = dates.end(words, begins)

    assert (end.on, end.basis, end.duration, end.quote) == (*told, words)


@pytest.mark.parametrize(
    "words", ["until May 6", "for one year", "for thousands of years", "until further notice"]
)
def test_without_a_start_a_length_has_no_end(words):
    assert dates.end(words, None) is None


@pytest.mark.parametrize("words", ["for 9,999 years", "until then", "for good"])
def test_what_lies_beyond_the_calendar_or_is_no_day_ends_nothing(words):
    assert dates.end(words, "2030-05-06") is None


@pytest.mark.parametrize(
    ("words", "on"),
    read_cases(
        """
        October 9, 2030 | 2030-10-09
        9 Oct 2030 | 2030-10-09
        2nd of June 2031 | 2031-06-02
        Sept. 4 2030 | 2030-09-04
        2030-10-09 | 2030-10-09
        3rd June | None
        31 June 2030 | None
        9 October 99999 | None
        2030-13-01 | None
        """
    ),
)
def test_a_day_is_read_however_it_is_written(words, on):
    assert dates.day(words) == on


def test_a_day_without_its_year_is_of_the_year_that_is_known():
    assert dates.day("3rd June", "2031") == "2031-06-03"
    assert dates.day("3 June 2030", "2031") == "2030-06-03"


def test_the_first_day_of_a_text_is_the_first_with_its_year():
    assert dates.first_day("Since 4 May, on Monday, 5 May 2030 and 6 May 2031") == "2030-05-05"
    assert dates.first_day("on 4 May") is None
