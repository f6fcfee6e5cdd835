"""An act is asked about in parts, within a window; what the grammar says otherwise is shown with
both quotes.
"""

from monitor import extract
from monitor.config.settings import SecondReaderSettings
from monitor.diff.opinions import list_disagreements, list_new
from monitor.document import Block, BlockKind, Document
from monitor.model import DIRECTION, Action, Announcement, Entity, Measure, Opinion
from monitor.second.answer import Answer, SaidEntity, SaidMeasure, make_question
from monitor.second.client import NoAnswer, Used
from monitor.second.reading import read_act

LINE = "决定将甲光电技术公司列入不可靠实体清单。"
SETTINGS = SecondReaderSettings(url="http://127.0.0.1:1/v1", model="some-model", window=500)


class Model:
    """Says of each part what it is told to, and remembers the parts."""

    def __init__(self, *answers):
        self.answers, self.parts = [*answers], []

    async def ask(self, text, title, registers):
        self.parts.append(text)
        answer = self.answers.pop(0) if self.answers else Answer(measures=[])
        if isinstance(answer, Exception):
            raise answer
        return answer, Used(10, 1)


def added(name="甲光电技术公司", quote=LINE):
    return Answer(
        measures=[SaidMeasure(Action.ADD, quote, entities=[SaidEntity(name, quote)])],
        title_en="On  listing",
    )


async def test_a_long_act_is_asked_about_in_parts_and_a_quote_may_stand_in_any():
    text = "\n".join([LINE, *("前言。" * 50 for _ in range(9))])
    model = Model(added(), added())

    asked = await read_act(model, SETTINGS, text, act())

    assert all(len(part) <= 500 for part in model.parts)
    assert "".join(model.parts) == text
    assert (asked.asked, asked.answered) == (10 * len(model.parts), len(model.parts))
    assert asked.opinion.title_en == "On listing"
    assert [measure.action for measure in asked.opinion.measures] == [Action.ADD, Action.ADD]


async def test_without_a_text_only_the_title_is_asked_about_and_says_no_measure():
    model = Model(added("甲光电技术公司", "公告"))
    (system, user) = make_question("", "公告", ["cn-watch-list"], schema=True)

    asked = await read_act(model, SETTINGS, "", act())

    assert (model.parts, asked.opinion.measures, asked.opinion.title_en) == ([""], (), "On listing")
    assert "cn-watch-list" not in system["content"]
    assert user["content"].startswith("公告\n")


async def test_an_answer_that_fails_in_the_middle_leaves_no_opinion_and_its_cost():
    model = Model(added(), NoAnswer("it answers 429", Used(5, 0), wait=30))

    asked = await read_act(model, SETTINGS, LINE * 90)

    assert (asked.opinion, asked.failure, asked.wait) == (None, "it answers 429", 30)
    assert (asked.asked, asked.answered) == (15, 1)


def act(*measures):
    return Announcement(
        key="mofcom-2031-7",
        authority="cn-mofcom",
        title="公告",
        measures=measures,
        understood="full",
    )


def measure(action, name, quote=LINE):
    return Measure(action=action, entities=(Entity(names={"zh": name}, kind="org"),), quote=quote)


def test_the_opposite_of_what_the_grammar_read_is_shown_with_both_quotes():
    ours, theirs = (
        measure(Action.ADD, "甲公司", "将甲公司列入"),
        measure(Action.REMOVE, "甲公司", "将甲公司移出"),
    )

    (found,) = list_disagreements(act(ours), Opinion(model="m", measures=(theirs,)))

    assert found.what == DIRECTION
    assert "将甲公司列入" in found.why
    assert found.quote == "将甲公司移出"


def test_a_change_is_the_opposite_of_no_addition():
    theirs = Opinion(model="m", measures=(measure(Action.AMEND, "甲公司"),))

    assert list_disagreements(act(measure(Action.ADD, "甲公司")), theirs) == ()


def test_what_the_grammar_read_too_is_no_news():
    ours = measure(Action.ADD, "甲公司")
    more = measure(Action.ADD, "乙公司")

    assert list_disagreements(act(ours), Opinion(model="m", measures=(ours, more))) == ()
    assert list_new(act(ours), Opinion(model="m", measures=(ours, more))) == (more,)


def test_the_grammar_itself_agrees_with_what_it_reads():
    page = Document(title="商务部公告2031年第7号", blocks=(Block(BlockKind.PARAGRAPH, LINE),))
    (read,) = extract.understand(page, authority="cn-mofcom")

    assert list_disagreements(read, Opinion(model="m", measures=read.measures)) == ()
    assert list_new(read, Opinion(model="m", measures=read.measures)) == ()
