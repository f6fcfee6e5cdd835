"""Workers that are killed while the database's power is cut, before a Slack in bad weather; the
whole is `tests.bench.storm`.
"""

import postgres
import pytest
from storm import GAP, storm


@pytest.mark.long
def test_nothing_is_lost_or_told_twice_or_out_of_order_and_a_shared_host_keeps_its_gap(
    tmp_path, record_property
):
    postgres.needed()
    with storm(tmp_path, workers=3, seed=7) as coming:
        coming.owe(acts=4, troubles=4)
        came = coming.endure(kills=4, restarts=1, longest=0.7)

    for line in came.lines():
        record_property(*line.split(": ", 1))
    assert (came.lost, came.twice, came.out_of_order) == ([], [], [])
    assert came.alerts >= 9
    assert came.nearest > GAP / 2  # by the clock of a server that may be late on a busy machine
    assert came.tracebacks == []
    assert came.endings == [0, 0, 0]
