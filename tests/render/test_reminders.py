"""What is said of a day that comes."""

import pytest

from monitor.model import Action, KeyDate, Target
from monitor.render.reminders import happening


@pytest.mark.parametrize(
    ("kind", "action", "said"),
    [
        ("end", "add", "What MOFCOM No. 57 of 2025 ordered, as MOFCOM No. 60 of 2025 has it, has its last day"),
        ("start", "amend", "The amendment of MOFCOM No. 57 of 2025 by MOFCOM No. 60 of 2025 takes effect"),
        ("start", "repeal", "The end of MOFCOM No. 57 of 2025 by MOFCOM No. 60 of 2025 takes effect"),
        ("start", "add", "MOFCOM No. 60 of 2025 takes effect"),
    ],
)
def test_what_happens_to_another_act_is_said_of_that_act(kind: str, action: str, said: str) -> None:
    day = KeyDate(
        kind=kind,
        on="2026-01-01",
        act="mofcom-2025-60",
        authority="cn-mofcom",
        action=Action(action),
        amends=(Target(key="mofcom-2025-57"),),
    )

    assert happening((day,), {}) == said
