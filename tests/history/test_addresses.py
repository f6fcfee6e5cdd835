"""What is kept of an address between two looks at it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.history import History, PollBegins
from monitor.source.page import Request

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_server_that_says_that_nothing_moved_and_bytes_that_say_so_are_kept_apart(tmp_path: Path):
    with History(tmp_path) as history:

        def place(at: datetime):
            begins = PollBegins("toy.s", [Request("https://toy.example/")], "toy.s", at)
            return history.polls_begin([begins])[0].starts[0]

        history.unchanged(place(NOW), NOW)
        assert (place(NOW).same_at, place(NOW).came_at) == (NOW, None)

        history.unchanged(place(NOW), NOW + MINUTE, came=True)
        assert (place(NOW).same_at, place(NOW).came_at) == (NOW, NOW + MINUTE)

        history.unchanged(place(NOW), NOW + 2 * MINUTE)
        assert (place(NOW).same_at, place(NOW).came_at) == (NOW + 2 * MINUTE, NOW + MINUTE)
