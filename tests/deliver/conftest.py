from datetime import timedelta

import pytest
from acts import control, suspension
from tls import certificate, server_side

__all__ = ["certificate", "server_side"]


@pytest.fixture
async def package(desk, ministry):
    """Two acts within minutes and, weeks later, one that suspends both: what waits in the
    outbox.
    """
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    ministry.publish("58", control(58, "3A001"))
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-57", "mofcom-2025-58"))
    await desk.poll(after=timedelta(days=29))
    return desk
