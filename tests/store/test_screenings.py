"""The record of screenings in any store: a chain that shows what was changed, of which the
newest answers are looked at anew.
"""

from datetime import UTC, datetime, timedelta

from monitor.model import to_json
from monitor.store import History, screenings
from monitor.store.screenings import ScreeningOrder
from monitor.triage.values import Person

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
ANA = Person("login:ana", "Ana Ruiz")


def order(*names: str, asked: str = "") -> ScreeningOrder:
    answers = [to_json({"asked": [{"type": "party", "name": name}]}).decode() for name in names]
    packed = screenings.pack_answers("{}", answers)
    return ScreeningOrder(
        person=ANA, via="console", packed=packed, asked=asked or str(names), checked="a"
    )


def kept(history: History) -> list[screenings.KeptScreening]:
    return [*history.walk(screenings.iterate_screenings)]


def test_each_follows_the_one_before_and_is_read_as_it_was_kept(history: History):
    numbers = [
        history(screenings.record, order("A", "B"), NOW + timedelta(days=day)) for day in range(3)
    ]
    one, two, three = kept(history)

    assert [one.number, two.number, three.number] == numbers
    assert (one.before, two.before, three.before) == ("", one.sha256, two.sha256)
    assert len({one.sha256, two.sha256, three.sha256}) == 3
    assert [(each.by, each.via, each.at, each.is_sound) for each in (one, two)] == [
        ("Ana Ruiz", "console", NOW, True),
        ("Ana Ruiz", "console", NOW + timedelta(days=1), True),
    ]
    assert history(screenings.find_kept, order("A", "B")) == three.number
    assert [
        each.number for each in history.walk(screenings.iterate_screenings, NOW + timedelta(days=2))
    ] == [three.number]


def test_of_what_was_asked_alike_the_newest_is_looked_at(history: History):
    for names in (("A",), ("B",), ("A",)):
        history(screenings.record, order(*names), NOW)
    newest = history(screenings.list_newest)
    history(screenings.record_check, [3, 2], "b", {3: (0,)}, "one of your 1 answer", NOW)

    assert [(one.number, one.checked, one.differs) for one in newest] == [
        (3, "a", ()),
        (2, "a", ()),
    ]
    assert [(one.number, one.checked, one.differs) for one in history(screenings.list_newest)] == [
        (3, "b", (0,)),
        (2, "b", ()),
    ]


def test_a_name_is_erased_once_and_the_chain_holds(history: History):
    history(screenings.record, order("Hans Müller", "B"), NOW)
    erase = ScreeningOrder(person=ANA, via="", erase="HANS MÜLLER")
    about = history(screenings.find_kept, erase)
    erased = [history(screenings.record, erase, NOW) for _ in range(2)]
    (one,) = kept(history)

    assert (about, erased, history(screenings.find_kept, erase)) == (1, [1, 0], 0)
    assert (one.is_sound, [screenings.is_erased(answer) for answer in one.answers]) == (
        True,
        [True, False],
    )


def test_what_is_older_than_laws_ask_for_goes(history: History):
    for at in (NOW, NOW + timedelta(days=1)):
        history(screenings.record, order("A"), at)
    history(screenings.forget_old_screenings, NOW + screenings.KEPT + timedelta(hours=1))

    assert [(one.at, one.is_sound) for one in kept(history)] == [(NOW + timedelta(days=1), True)]
