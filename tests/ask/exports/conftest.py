from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kept import kept

from monitor.model import Action, Entity, Measure, Opinion, Reply
from monitor.store import History, opinions

SEEN = datetime(2025, 10, 10, tzinfo=UTC)
SAID = Measure(
    action=Action.ADD,
    quote="将戊公司列入清单",
    entities=(Entity(names={"zh": "戊公司"}, kind="org"),),
)


@pytest.fixture(scope="session")
def kept_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of an earlier day, where a second reader says something of an act."""
    store = kept(tmp_path_factory.mktemp("exported"))
    with History(store) as history:
        question = history(opinions.list_questions, "m", SEEN, always=True)[0]
        reply = Reply(opinion=Opinion(model="m", measures=(SAID,)))
        history(opinions.record_reply, question, "m", reply, SEEN)
    return store


@pytest.fixture
def history(kept_store: Path) -> Iterator[History]:
    with History(kept_store, read_only=True) as opened:
        yield opened
