"""The second reader is asked once about an act in doubt, within its caps; what it says makes no
fact and holds nothing up.
"""

import subprocess
import sys
from datetime import timedelta
from functools import partial

import pytest
from acts import listing, press
from arrivals import NOW
from clicks import LI, asked
from msgspec import structs

from monitor.ask import exports, reviewing, stories
from monitor.ask.knowledge import Knowledge
from monitor.ask.lines import ActLine, list_story_lines
from monitor.ask.unconfirmed import ask_words, find_unconfirmed
from monitor.config.settings import SecondReaderSettings
from monitor.config.stores import Store
from monitor.model import Action, Unread
from monitor.render.alert import compose_alert
from monitor.render.opinions import word_opinion
from monitor.run.second_reading import SecondReading
from monitor.second.answer import Answer, SaidEntity, SaidMeasure
from monitor.second.client import NoAnswer, Used
from monitor.second.reading import find_most
from monitor.store import BEGINNING, History, acts, handling, notices, opinions
from monitor.store.archive import FolderArchive
from monitor.triage.values import Verb

DEED = "决定将戊公司列入不可靠实体清单"
ANSWER = Answer(
    measures=[SaidMeasure(Action.ADD, DEED, entities=[SaidEntity("戊公司", DEED)])],
    title_en="On listing",
)
SETTINGS = SecondReaderSettings(url="http://127.0.0.1:1/v1", model="m")
LITTLE = Used(100, 10)


def unsure(number, *names):
    left = (Unread(what="clause", why="not understood", quote=f"{DEED}。"),)
    return structs.replace(
        listing(number, *(names or ("甲公司",))), understood="part", not_read=left
    )


def in_english(number, *names):
    return structs.replace(listing(number, *names), language="en")


class Model:
    """Answers alike each time, and counts."""

    def __init__(self, *answers, used=LITTLE):
        self.answers, self.asked, self.used, self.texts = [*answers], 0, used, []

    async def ask(self, text, title, registers):
        self.asked += 1
        self.texts.append(text)
        answer = self.answers.pop(0) if self.answers else ANSWER
        if isinstance(answer, Exception):
            raise answer
        return answer, self.used


@pytest.fixture
def reading(desk, tmp_path):
    def made(reader, **settings):
        chosen = structs.replace(SETTINGS, **settings)
        return SecondReading(
            desk.pipeline.history,
            FolderArchive(tmp_path / "store/archive"),
            desk.clock,
            chosen,
            reader,
        )

    return made


@pytest.fixture
async def told(desk, ministry):
    """A desk that has been told of two acts, one of them in doubt."""
    await desk.poll()
    ministry.publish("1", unsure(1))
    ministry.publish("2", in_english(2, "乙公司"))
    await desk.poll()
    return desk


async def opinion(desk, key="uel-2025-1"):
    return (await desk.pipeline.history(opinions.load_opinions, [key])).get(key)


async def test_an_act_in_doubt_is_asked_about_once_and_what_is_said_of_it_is_no_fact(told, reading):
    model = Model()

    assert await reading(model).step() == 1
    assert await reading(model).step() == 0

    assert model.asked == 1
    assert model.texts[0].startswith("{")  # of JSON also what stands before the title
    said = await opinion(told)
    assert [entity.names for measure in said.measures for entity in measure.entities] == [
        {"zh": "戊公司"}
    ]
    known = await told.pipeline.history(acts.load_acts, ["uel-2025-1"])
    assert known["uel-2025-1"] == unsure(1)


async def test_every_act_is_asked_about_where_that_is_set(told, reading):
    model = Model()

    assert await reading(model, when="always").step() == 2
    for act in ("uel-2025-1", "uel-2025-2"):
        assert await opinion(told, act) is not None


async def test_of_an_act_that_is_read_in_full_only_the_title_is_translated(desk, ministry, reading):
    await desk.poll()
    ministry.publish("1", listing(1, "甲公司"))
    ministry.publish("2", in_english(2, "乙公司"))
    await desk.poll()
    model = Model()

    assert await reading(model).step() == 1
    assert await reading(model).step() == 0

    said = await opinion(desk)
    assert (model.texts, said.measures, said.title_en) == ([""], (), "On listing")
    act = (await desk.pipeline.history(acts.load_acts, ["uel-2025-1"]))["uel-2025-1"]
    assert [*word_opinion(act, said)] == ["Machine translation of the title (m): On listing"]


def reporting(ministry, *names):
    return structs.replace(press(*names, url=f"{ministry.index}/press"), title=DEED)


async def test_a_report_is_asked_about_and_what_it_says_is_no_fact(desk, ministry, reading):
    await desk.poll()
    ministry.publish("spoken", reporting(ministry, "戊公司"))
    await desk.poll()
    (early,) = await desk.waiting()
    model = Model()

    assert await reading(model, tokens_a_day=1_000).step() == 1  # no cap has room for it
    assert await reading(model, model="m", when="always").step() == 0
    assert await reading(model, model="another").step() == 1
    assert await reading(model, model="another").step() == 0

    after = compose_alert(await desk.pipeline.history(notices.load_told_notice, early.id))
    assert model.asked == 1
    assert [line for line in after.status if line.startswith(DEED)] == [
        f"{DEED}: Second reader (another), unconfirmed: add 戊公司 (“{DEED}”)",
        f"{DEED}: Machine translation of the title (another): On listing",
    ]
    assert not after.offers
    assert await desk.pipeline.history(acts.list_newest_acts, 9) == []


@pytest.mark.parametrize(("name", "lines"), [("甲公司", 0), ("戊公司", 1)])
async def test_of_a_report_on_an_act_only_what_the_act_does_not_say_is_shown(
    told, ministry, reading, name, lines
):
    quote = DEED.replace("戊公司", name)
    ministry.publish("3", structs.replace(reporting(ministry, "甲公司"), title=quote))
    await told.poll()
    said = SaidMeasure(Action.ADD, quote, entities=[SaidEntity(name, quote)])

    assert await reading(Model(*[Answer(measures=[said])] * 2)).step() == 2
    first = next(owed for owed in await told.waiting() if owed.key.startswith("uel-2025-1"))
    after = compose_alert(await told.pipeline.history(notices.load_told_notice, first.id))

    assert sum(line.startswith(quote) for line in after.status) == lines


async def test_what_was_there_at_the_first_read_and_what_is_old_is_not_asked_about(
    desk, ministry, reading
):
    ministry.publish("1", unsure(1))
    ministry.publish("3", reporting(ministry, "戊公司"))
    await desk.poll()
    ministry.publish("2", unsure(2))
    await desk.poll()
    desk.clock.move_to(desk.clock.now() + timedelta(days=8))

    assert await reading(Model()).step() == 0


async def test_an_act_that_was_edited_is_asked_about_again_and_the_old_opinion_is_none_any_more(
    told, reading, ministry
):
    await reading(Model()).step()
    ministry.publish("1", unsure(1, "甲公司", "丙公司"))
    await told.poll(after=timedelta(days=1))

    assert await opinion(told) is None
    model = Model()
    assert await reading(model).step() == 1
    assert await opinion(told) is not None


async def test_a_failure_is_asked_again_when_it_is_time_and_its_cost_counts(told, reading):
    model = Model(NoAnswer("it answers 429", Used(50, 0), wait=60))
    step = reading(model).step

    assert await step() == 1
    assert await step() == 0
    told.clock.move_to(told.clock.now() + timedelta(seconds=61))
    assert await step() == 1

    assert model.asked == 2
    assert await told.troubles() == ["remark"]  # who runs it hears that the model gave no answer
    assert await told.pipeline.history(
        opinions.sum_tokens, told.clock.now() - timedelta(days=1)
    ) == (150, 10)


# Of the question about an act of this desk: no more than 40,000 tokens, and no more of its own than 30,000.
@pytest.mark.parametrize(
    "cap",
    [
        {"tokens_a_day": 40_000},
        {"tokens_a_month": 40_000},
        {"price": (1e6, 1e6), "money_a_day": 40_000.0},
        {"price": (1e6, 1e6), "money_a_month": 40_000.0},
    ],
)
async def test_a_cap_holds_over_a_restart_and_is_said_once(told, reading, cap):
    model = Model(used=Used(20_000, 10))
    assert await reading(model, when="always", **cap).step() == 1
    # another process would know it too
    assert await reading(model, when="always", **cap).step() == 0
    assert await reading(model, when="always", **cap).step() == 0

    assert model.asked == 1
    assert [kind for kind in await told.troubles() if kind == "remark"] == ["remark"]


async def test_no_question_passes_a_cap_whatever_it_takes(told, reading):
    (question, _) = await told.pipeline.history(
        opinions.list_questions, "m", told.clock.now(), always=True
    )
    most = find_most(SETTINGS, question.act.title * 20, question.act.title)
    model = Model(used=most)

    for cap in (60_000, 90_000):
        step = reading(model, when="always", tokens_a_day=cap).step
        while await step():
            pass
        used = await told.pipeline.history(
            opinions.sum_tokens, told.clock.now() - timedelta(days=1)
        )
        assert sum(used) <= cap
    assert model.asked == 2


async def test_an_act_that_no_cap_has_room_for_is_left_out_and_keeps_no_other_waiting(
    told, reading
):
    model = Model()

    assert await reading(model, when="always", tokens_a_day=1_000).step() == 2
    assert await reading(model, when="always", tokens_a_day=1_000).step() == 0

    assert model.asked == 0
    assert set(await told.troubles()) == {"remark"}


async def test_the_next_day_the_cap_of_the_day_is_free(told, reading):
    model = Model(used=Used(20_000, 10))
    await reading(model, when="always", tokens_a_day=40_000).step()
    told.clock.move_to(told.clock.now() + timedelta(days=1))

    assert await reading(model, when="always", tokens_a_day=40_000).step() == 1


async def test_the_same_words_are_asked_about_once(told, reading, ministry):
    await reading(Model()).step()
    ministry.publish("1", unsure(1, "甲公司", "丙公司"))
    await told.poll(after=timedelta(days=1))
    await reading(Model()).step()
    ministry.publish("1", unsure(1))  # as it was
    await told.poll(after=timedelta(days=1))
    model = Model()

    assert await reading(model).step() == 0
    assert await opinion(told) is not None
    assert await reading(model, model="another").step() == 1


def test_where_no_model_is_named_nothing_of_it_is_loaded():
    script = (
        "import sys, monitor.run.daemon; print([name for name in sys.modules if"
        " name.startswith('monitor.second')])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    assert loaded.strip() == "[]"


async def test_what_it_says_is_edited_into_the_message_marked_as_unconfirmed(told, reading):
    first = next(owed for owed in await told.waiting() if owed.key.startswith("uel-2025-1"))
    before = compose_alert(await told.pipeline.history(notices.load_told_notice, first.id))

    await reading(Model()).step()
    after = compose_alert(await told.pipeline.history(notices.load_told_notice, first.id))

    added = [line for line in after.status if line not in before.status]
    assert added == [
        f"UEL Notice No. 1 of 2025: Second reader (m), unconfirmed: add 戊公司 (“{DEED}”)",
        "UEL Notice No. 1 of 2025: Machine translation of the title (m): On listing",
    ]
    assert (after.headline, after.acts) == (before.headline, before.acts)


async def test_where_it_says_the_opposite_of_the_grammar_the_message_doubts_with_both_quotes(
    told, reading, ministry, tmp_path
):
    lifts = "决定将乙公司移出不可靠实体清单"
    quoted = structs.replace(listing(2, "乙公司"), title=f"{lifts}")
    ministry.publish("3", structs.replace(quoted, key="uel-2025-3", number="3"))
    await told.poll()
    answer = Answer(
        measures=[SaidMeasure(Action.REMOVE, lifts, entities=[SaidEntity("乙公司", lifts)])]
    )

    await reading(Model(answer, answer, answer), when="always").step()
    owed = next(owed for owed in await told.waiting() if owed.key.startswith("uel-2025-3"))
    notice = await told.pipeline.history(notices.load_told_notice, owed.id)
    with History(Store(tmp_path / "store"), read_only=True) as history:
        story = stories.show(Knowledge(history), "uel-2025-3")
    shown = next(line.act for line in list_story_lines(story, NOW) if isinstance(line, ActLine))

    for act in (notice.fact, shown):
        assert act.understood == "part"
        assert lifts in [unread.quote for unread in act.not_read]


async def test_what_nobody_confirmed_is_answered_and_exported_apart_and_marked(
    told, reading, tmp_path
):
    listed = structs.replace(ANSWER.measures[0], register="cn-unreliable-entities")
    await reading(Model(Answer(measures=[listed]))).step()

    with History(Store(tmp_path / "store"), read_only=True) as history:
        known = Knowledge(history)
        found = [
            len(find_unconfirmed(history, ask_words(*words), until=until))
            for words, until in (
                ((), ""),
                (("戊公司", "cn-unreliable-entities"), ""),
                (("uel-2025-1",), "2099-01-01"),
                (("甲公司",), ""),  # the grammar reads that one: it is a fact
                (("戊公司",), "1999-01-01"),
            )
        ]
        confirmed, rest = (
            b"".join(
                exports.write_records(
                    kind, "csv", exports.KINDS[kind].walk(known, BEGINNING, NOW), exports.Tally()
                )
            ).decode()
            for kind in ("entities", "unconfirmed")
        )

    assert found == [1, 1, 1, 0, 0]
    assert "甲公司" in confirmed
    assert "戊公司" not in confirmed
    assert '"second reader (m), unconfirmed",add,cn-unreliable-entities,戊公司' in rest


async def test_a_person_accepts_what_it_says_and_from_then_on_it_is_a_fact_of_that_person(
    told, reading, tmp_path
):
    await reading(Model()).step()
    archive, history = FolderArchive(tmp_path / "store/archive"), told.pipeline.history

    def accept(session):
        proposal = reviewing.make_proposal(
            partial(call, session), archive, "uel-2025-1", ["s1"], (), "", ""
        )
        return handling.handle(
            session,
            asked(Verb.REVIEW, "uel-2025-1", proposal=proposal, to="uel-2025-1"),
            told.clock.now(),
        )

    await history(accept)
    act = (await history(acts.load_acts, ["uel-2025-1"]))["uel-2025-1"]
    names = [
        name
        for measure in act.measures
        for entity in measure.entities
        for name in entity.names.values()
    ]

    assert names == ["甲公司", "戊公司"]
    assert act.reviewed.by == LI.name
    assert (act.understood, act.not_read) == ("full", ())  # it quotes all that was not read


def call(session, function, *given, **named):
    return function(session, *given, **named)


async def test_an_act_whose_page_is_lost_keeps_no_other_from_being_asked_about(
    told, reading, tmp_path
):
    model = Model()
    questions = await told.pipeline.history(
        opinions.list_questions, "m", told.clock.now(), always=True
    )
    (page,) = (tmp_path / "store/archive").rglob(f"{questions[0].sha256}*")
    page.rename(tmp_path / "elsewhere")

    assert await reading(model, when="always").step() == len(questions) == 2
    assert model.asked == 1
    assert await told.troubles() == ["remark"]

    (tmp_path / "elsewhere").rename(page)  # as a restore brings it back
    told.clock.move_to(told.clock.now() + timedelta(days=1, seconds=1))

    assert await reading(model, when="always").step() == 1
    assert model.asked == 2
