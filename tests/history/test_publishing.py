from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import listing
from arrivals import NOW, arrive

from monitor.history import History, sightings


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("2025-10-09T09:30:00+08:00", datetime(2025, 10, 9, 1, 30, tzinfo=UTC)),
        ("2025-10-09", NOW),
        ("2025-10-09T09:30:00", NOW),
        ("2025-10-09T", NOW),
    ],
    ids=["a time", "a bare day", "a time of nowhere", "no time"],
)
def test_news_was_published_when_it_says_so_and_else_when_it_was_seen(tmp_path: Path, printed: str, moment: datetime):
    with History(tmp_path) as history:
        arrive(history, listing(11, "Aero Parts", published=printed))

        assert history(sightings.published, NOW) == {"toy.notices": [moment]}
        assert history(sightings.published, NOW + timedelta(seconds=1)) == {}
