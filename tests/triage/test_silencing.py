"""What falls under what people have muted."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.triage.values import About, NewsMute, find_covering_mute

NOW = datetime(2026, 10, 9, tzinfo=UTC)
SUBJECTS = {
    About.SOURCE: frozenset({"cn_mofcom.announcements"}),
    About.REGISTER: frozenset({"cn-dual-use-items"}),
    About.TOPIC: frozenset({"rare-earths"}),
    About.PRODUCT: frozenset({"product:magnet"}),
}


def silence(about: About, name: str, days: int = 1) -> NewsMute:
    return NewsMute(about, name, NOW + timedelta(days=days), "Li", NOW)


@pytest.mark.parametrize(
    ("about", "name", "falls"),
    [
        (About.SOURCE, "cn_mofcom.announcements", True),
        (About.SOURCE, "cn_mofcom", True),
        (About.SOURCE, "cn_mof", False),
        (About.REGISTER, "cn-dual-use-items", True),
        (About.REGISTER, "cn-dual-use", False),
        (About.TOPIC, "rare-earths", True),
        (About.PRODUCT, "product:magnet", True),
        (About.PRODUCT, "rare-earths", False),
    ],
)
def test_a_message_falls_under_what_it_is_about(about, name, falls):
    assert (find_covering_mute([silence(about, name)], SUBJECTS) is not None) is falls


def test_of_several_that_fit_the_one_counts_that_ends_last():
    longer = silence(About.REGISTER, "cn-dual-use-items", days=7)

    assert find_covering_mute([silence(About.SOURCE, "cn_mofcom"), longer], SUBJECTS) == longer
