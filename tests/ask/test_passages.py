"""`show` finds words of archived pages: the passage, its act and how that stands today."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import control, listing, suspension
from arrivals import BODY, EVIDENCE, NOW, PAGE, arrive, decide

from monitor.ask.knowledge import Knowledge
from monitor.ask.lines import list_passage_lines
from monitor.ask.stories import show
from monitor.errors import MonitorError
from monitor.model import Report
from monitor.source.page import Request
from monitor.store import History, PageRead, addresses, facts

LATER = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)


def bring(history: History, name: str, *found, words: tuple[str, ...]) -> None:
    url = f"{PAGE.url}/{name}"
    place = history(addresses.take_up, "toy.notices", [Request(url)], "toy.notices", NOW)[0]
    evidence = EVIDENCE.replace(url=url, sha256=f"{sum(name.encode()):064x}"[::-1])
    history(facts.record_page, place, PageRead(found, (), evidence, BODY, words=words), decide, NOW)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A control that is suspended, one in force, a listing, a press report; all but the listing
    speak of military users.
    """
    with History(tmp_path) as written:
        bring(
            written,
            "suspended",
            control(57, "1C909.a"),
            words=("标题", f"{'前' * 400}对军事用户的申请，不予许可。{'后' * 400}"),
        )
        bring(written, "stands", control(58, "1C910.a"), words=("境外军事用户", "军事用户"))
        bring(written, "listed", listing(10, "General Dynamics"), words=("将General Dynamics列入",))
        report = Report(
            kind="press",
            title="On military users",
            url="https://press.example/1",
            publisher="The Press",
        )
        bring(written, "press", report, words=("军事用户 and general licences",))
        bring(written, "suspending", suspension(70, "mofcom-2025-57"), words=("暂停",))
    with History(tmp_path, read_only=True) as opened:
        yield opened


def test_what_binds_today_comes_first_with_its_state_then_what_rests_then_the_press(
    history: History,
):
    story = show(Knowledge(history), "军事用户")
    found = list_passage_lines(story.passages, LATER)

    assert story.title == "said on 3 archived pages"
    assert [(line.title, line.more) for line in found] == [
        ("MOFCOM No. 58 of 2025", 1),
        ("MOFCOM No. 57 of 2025", 0),
        ("The Press: On military users", 0),
    ]
    assert [line.state.split(" until")[0] for line in found[:2]] == ["in force", "suspended"]
    assert found[1].says.startswith("…前")
    assert found[1].says.endswith("后…")
    assert "对军事用户的申请，不予许可。" in found[1].says


def test_what_is_surely_called_so_is_no_search_for_words(history: History):
    assert not show(Knowledge(history), "General Dynamics").passages
    assert not show(Knowledge(history), "mofcom-2025-57").passages


def test_what_no_page_says_is_said_to_be_unsaid_as_far_as_pages_can_be_searched(
    history: History, tmp_path: Path
):
    with pytest.raises(
        MonitorError,
        match="nothing on record is called that; no archived page of an act or report says it; ",
    ):
        show(Knowledge(history), "民用用户军用")
    with pytest.raises(MonitorError, match="it has no word that archived pages could say"):
        show(Knowledge(history), "%?%")
    with History(tmp_path) as written:
        arrive(written, control(61, "1C911.a"))
    with pytest.raises(
        MonitorError,
        match=(
            "no archived page of an act or report that can be searched says it; 1 archived page can't be searched for"
            " words before `monitor poll --tidy`"
        ),
    ):
        show(Knowledge(history), "民用用户军用")
    assert show(Knowledge(history), "军事用户").title.endswith(
        "; 1 archived page can't be searched for words before `monitor poll --tidy`"
    )
