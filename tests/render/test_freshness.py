"""How old what we know is, in words."""

import pytest

from monitor.model import LastRead
from monitor.render.reminders import warn_unseen


@pytest.mark.parametrize(
    ("stale", "said"),
    [
        # a day of Beijing
        (LastRead(of="cn-mofcom", at="2025-11-06T17:00:00Z"), "MOFCOM was last read on 7 Nov 2025"),
        (
            LastRead(of="cn", at="2025-11-07T09:00:00Z"),
            "publishers of China were last read on 7 Nov 2025",
        ),
        (
            LastRead(of="us", at="2025-11-07T09:00:00Z"),
            "publishers of the United States were last read on 7 Nov 2025",
        ),
        (LastRead(of="cn-mofcom"), "MOFCOM was never read"),
        (
            LastRead(of="cn-mofcom", source="cn_mofcom.orders"),
            "the source cn_mofcom.orders was never read",
        ),
        (
            LastRead(of="cn", at="2025-11-07T09:00:00Z", source="cn_gov.a"),
            "the source cn_gov.a was last read on 7 Nov 2025",
        ),
        (LastRead(of="cn-mofcom", has_source=False), "no source of MOFCOM is switched on"),
    ],
)
def test_when_an_authority_was_read_last_stands_before_what_was_not_seen(
    stale: LastRead, said: str
):
    assert (
        warn_unseen(stale, "an extension")
        == f"{said}: an extension would not have been seen{' there' if stale.source else ''}"
    )
