from collections.abc import AsyncIterator

import pytest
from fetching import Hands, fetcher
from tls import certificate, server_side

from monitor.fetch import Fetcher

__all__ = ["certificate", "server_side"]


@pytest.fixture
async def hands() -> Hands:
    return Hands()


@pytest.fixture
async def web() -> AsyncIterator[Fetcher]:
    it = fetcher()
    yield it
    await it.aclose()
