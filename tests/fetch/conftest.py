from collections.abc import AsyncIterator

import pytest
from fetching import Hands, fetcher

from monitor.fetch import Fetcher


@pytest.fixture
async def hands() -> Hands:
    return Hands()


@pytest.fixture
async def web() -> AsyncIterator[Fetcher]:
    it = fetcher()
    yield it
    await it.aclose()
