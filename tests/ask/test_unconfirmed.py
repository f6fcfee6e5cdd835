"""Which opinions of a second reader a question finds: by the act, the register, the name, the day."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from acts import DUAL_USE, UEL, control, entity, listing
from arrivals import arrive

from monitor.ask.unconfirmed import ask_screening, ask_words, find_unconfirmed
from monitor.config import Config
from monitor.model import Action, Measure, Opinion, Reply
from monitor.store import History, opinions

NOW = datetime(2025, 10, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """A control and a listing, of each of which a second reader says one thing more."""
    with History(tmp_path_factory.mktemp("asked")) as history:
        acts = control(57, "1C909", published="2025-10-08"), listing(10, "Dedrone")
        arrive(history, *acts)
        said = {
            acts[0].key: Measure(action=Action.ADD, entities=(entity("Sunrise Optics"),)),
            acts[1].key: Measure(
                action=Action.ADD, register=UEL, entities=(entity("Teal Drones"),)
            ),
        }
        for question in history(opinions.list_questions, "m", NOW, always=True):
            reply = Reply(opinion=Opinion(model="m", measures=(said[question.act.key],)))
            history(opinions.record_reply, question, "m", reply, NOW)
        yield history


@pytest.mark.parametrize(
    ("words", "until", "found"),
    [
        ((), "", ["mofcom-2025-57", "uel-2025-10"]),
        (("mofcom-2025-57",), "", ["mofcom-2025-57"]),  # nothing on record has that name
        ((UEL,), "", ["uel-2025-10"]),
        ((DUAL_USE,), "", []),  # the act's, and nobody says it of this name
        (("Teal Drones",), "", ["uel-2025-10"]),
        (("Dedrone",), "", []),  # the grammar reads that: it is a fact
        (("Teal Drones", UEL), "", ["uel-2025-10"]),  # each of the words must fit
        (("Sunrise Optics", UEL), "", []),
        ((), "2025-10-08", ["mofcom-2025-57"]),  # to the end of the day
        ((), "2025-10-07", []),
    ],
)
def test_an_opinion_is_found_by_its_act_its_register_or_its_name(
    asked: History, words: tuple[str, ...], until: str, found: list[str]
):
    assert [each.act for each in find_unconfirmed(asked, ask_words(*words), until=until)] == found


def test_a_screening_finds_the_opinions_of_any_of_its_names(asked: History):
    query = ask_screening(Config(), ["Teal Drones", "Sunrise Optics"], {})

    assert [each.act for each in find_unconfirmed(asked, query)] == [
        "mofcom-2025-57",
        "uel-2025-10",
    ]
    assert not find_unconfirmed(asked, ask_screening(Config(), ["Kolomna Plant"], {}))
