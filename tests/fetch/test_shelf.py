from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetch import parts
from monitor.fetch.parts import FetchedPart, PartRequest, ScriptCache, freshness

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCRIPT = PartRequest("https://a.example/app.js", "script")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=31536000, immutable"}, 86400),
        ({"cache-control": "max-age=600, no-store"}, 0),
        ({"cache-control": "no-cache"}, 0),
        ({"cache-control": "s-maxage=600"}, 0),
        ({"cache-control": "max-age=600", "vary": "*"}, 0),
        ({"last-modified": "Sun, 01 Mar 2026 09:00:00 GMT"}, 8640),
        ({"last-modified": "Mon, 02 Mar 2026 19:00:00 GMT"}, 0),
        ({"last-modified": "yesterday"}, 0),
        ({"last-modified": "Sun, 01 Mar 2026 09:00:00 -0000"}, 8640),
        ({"last-modified": "Wed, 01 Mar 2006 09:00:00 GMT"}, 86400),
        ({"cache-control": "private", "vary": "Accept-Encoding", "last-modified": "Mon, 02 Mar 2026 08:50:00 GMT"}, 60),
        ({}, 0),
    ],
)
def test_an_answer_is_fresh_for_as_long_as_its_server_says(headers: dict[str, str], seconds: int) -> None:
    assert freshness(headers, NOW) == timedelta(seconds=seconds)


def part(size: int = 10, *, status: int = 200) -> FetchedPart:
    return FetchedPart(status, {"cache-control": "max-age=60"}, bytes(size))


def test_a_script_is_used_again_while_it_is_fresh_by_the_way_it_came() -> None:
    kept = ScriptCache()
    kept.put(SCRIPT, "", part(), NOW)
    assert kept.take(SCRIPT, "", NOW + timedelta(seconds=59)) == part()
    assert kept.take(SCRIPT, "", NOW + timedelta(seconds=60)) is None
    assert kept.take(SCRIPT, "proxy.example:3128", NOW) is None


@pytest.mark.parametrize("asked", [PartRequest(SCRIPT.url, "fetch"), PartRequest(SCRIPT.url, "document")])
def test_words_are_asked_for_each_time(asked: PartRequest) -> None:
    kept = ScriptCache()
    kept.put(asked, "", part(), NOW)
    kept.put(SCRIPT, "", part(status=404), NOW)
    assert kept.take(SCRIPT, "", NOW) is None
    kept.put(SCRIPT, "", part(), NOW)
    assert kept.take(asked, "", NOW) is None


def test_what_was_not_used_for_longest_goes_first_where_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_BYTES", 25)
    kept, one, two, three = (
        ScriptCache(),
        SCRIPT,
        PartRequest("https://a.example/2.js", "script"),
        PartRequest("https://a.example/3.js", "script"),
    )
    kept.put(one, "", part(), NOW)
    kept.put(two, "", part(), NOW)
    kept.take(one, "", NOW)
    kept.put(three, "", part(), NOW)
    assert [kept.take(asked, "", NOW) is not None for asked in (one, two, three)] == [True, False, True]
