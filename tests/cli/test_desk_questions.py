"""What a desk asks on 15 November 2025 of the store that the bundled scenario leaves, and what is
right to answer.

The answers are worked out from the acts: No. 18 of April 2025 is in force, and which goods it names
was not read; Nos. 55 to 58 of 9 October were to begin on 8 November; Nos. 61 and 62 began on 9
October, but for two clauses of No. 61, which were to on 1 December; the UEL notice No. 10 lists 24
names from 9 October; No. 70 of 7 November suspends all six controls until 10 November
2026. Only the ministry's announcements and replies were read, last on 7 November, as of which the
  store of a replay is asked.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import Done, typed
from demonstration import STORE, played

from monitor.clock import SystemClock
from monitor.store import History

TODAY = datetime(2025, 11, 15, 9, 0, tzinfo=UTC)
DUAL_USE, UNRELIABLE = "dual-use export control list", "Unreliable Entity List"
SUSPENDED = "suspended until 10 Nov 2026 (Beijing)"
ANNOUNCED = "announced, from 8 Nov 2025 (Beijing)"
LISTED = ("in force", UNRELIABLE, "9 Oct 2025 (Beijing)", "UEL Notice No. 10 of 2025")
HEADS = ("subject\t", "act\tnamed\t")
SECOND_ADDRESS = (
    "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_b5ae79d8d40a982c24ea5877605b6095.html"
)


@dataclass(frozen=True)
class Question:
    """What is asked, and the cells that lines of the answer must have; `only`: there are no other
    lines.

    `failing` is what the one line on stderr says where there is no answer; `aside` what is said
    beside it, `resting` what the answer rests on beside what all do.
    """

    asked: str
    lines: Sequence[tuple[str, ...]] = ()
    only: bool = False
    failing: str = ""
    aside: str = ""
    absent: str = ""
    resting: str = ""

    def __str__(self) -> str:
        return self.asked

    def ask(self, store: Path) -> Done:
        """Ask it, and hold what was answered to what is right."""
        answer = typed(store, self.asked)

        assert answer.returncode == (1 if self.failing else 0), answer.stderr
        assert self.failing in answer.stderr
        assert self.aside in answer.stderr
        lines = answer.stdout.splitlines()[:-1]
        assert [cells for cells in self.lines if not has(lines, cells)] == [], answer.stdout
        assert not self.absent or self.absent not in answer.stdout
        return answer


def suspended(number: int, *cells: str) -> tuple[str, ...]:
    return (SUSPENDED, DUAL_USE, f"MOFCOM No. {number} of 2025", *cells)


OF_OCTOBER = (
    "Dedrone by Axon",
    "DZYNE Technologies",
    "Elbit Systems of America, LLC",
    "Epirus, Inc.",
    "AeroVironment, Inc.",
    "Exelis Inc.",
    "Alliant Techsystems Operations LLC",
    "BAE Systems, Inc.",
    "Teledyne FLIR, LLC",
    "VSE Corporation",
    "Cubic Global Defense",
    "Recorded Future, Inc.",
    "Halifax International Security Forum",
    "TechInsights Inc. (",
    "TechInsights Inc.\t",
    "TechInsights Europe Limited",
    "TechInsights Europe Sp zo.o",
    "TechInsights Japan KK",
    "TechInsights USA Inc",
    "TechInsights Korea Co. Ltd.",
    "TechInsights Market Analysis Limited",
    "SARL Strategy Analytics",
    "Strategy Analytics GmbH Market Research and Management Consulting",
    "SARI Strategy Analytics Private Limited",
)
IN_NO_18 = ("in force", DUAL_USE, "4 Apr 2025 (Beijing)", "MOFCOM No. 18 of 2025")
NO_18 = ("samarium … (钐相关物项) and 6 more", *IN_NO_18)
MAY_BE_NO_18 = ("may be", "dysprosium … (镝相关物项)", *IN_NO_18)
QUESTIONS = [
    Question("asof 2025-10-08", [NO_18], only=True),
    Question(
        "asof '20 Oct 2025' --item 1C909",
        [("1C909.a holmium, metal (金属钬)", ANNOUNCED, "MOFCOM No. 57 of 2025")],
        only=True,
    ),
    Question(
        "asof 2025-10-20 --item 1C905",
        [
            (
                "1C905.a dysprosium, metal (金属镝)",
                "clause 1(3)",
                "in force until 6 Nov 2025 (Beijing)",
                "9 Oct 2025 (Beijing)",
            ),
            MAY_BE_NO_18,
            (
                "1C905.a dysprosium, metal (金属镝)",
                "clauses 1(1) and 1(2)",
                "announced, from 1 Dec 2025 (Beijing)",
            ),
        ],
        only=True,
    ),
    Question("asof 2025-10-08 --item 1C905", [MAY_BE_NO_18], only=True),
    Question(
        "show 1C905",
        [MAY_BE_NO_18, suspended(61, "1C905.a dysprosium, metal (金属镝)", "clause 1(3)")],
    ),
    Question(
        "asof 2025-11-15 --item 1C909",
        [suspended(57, "was to begin 8 Nov 2025 (Beijing)")],
        only=True,
    ),
    Question(
        "asof 2025-11-08 --item holmium",
        [suspended(57, "1C909.a holmium, metal (金属钬)", "and 8 more")],
    ),
    Question(
        "asof 2026-11-11 --item 2C902",
        [
            (
                "2C902.a",
                (
                    "suspension ended on 10 Nov 2026 (Beijing), no extension seen by 7 Nov 2025"
                    " 09:09 UTC"
                ),
                "MOFCOM No. 55 of 2025",
            )
        ],
        only=True,
    ),
    Question(
        "asof 2025-10-10 --entity techinsights",
        [("TechInsights Inc. (TechInsights公司) and 10 more", *LISTED)],
    ),
    Question(
        "asof 2025-10-08 --entity TechInsights",
        [("nothing on record that you asked about was in force on that day",)],
        only=True,
        resting="what is asked is on record from 9 Oct 2025 on",
    ),
    Question(
        "asof 2025-11-15 --known 2025-10-15 --item 3A001",
        [
            (
                "3A001 lithium-ion batteries … (可充放电锂离子电池)",
                "in force",
                "8 Nov 2025 (Beijing)",
                "MOFCOM No. 58 of 2025",
            )
        ],
        only=True,
    ),
    Question(
        "asof 2025-11-15 --item 镝",
        [("dysprosium … (镝相关物项)", *IN_NO_18)],
    ),
    Question(
        "asof 2025-11-15 --register 不可靠实体清单",
        [
            ("Dedrone by Axon", "and 23 more", *LISTED),
            *((LISTED[3], f"\t{name}", "\tin force") for name in OF_OCTOBER),
        ],
        only=True,
    ),
    Question(
        "asof 2025-11-15 --destination Japan",
        [
            NO_18,
            *(suspended(number) for number in (55, 56, 57, 58, 61, 62)),
            ("Dedrone by Axon", *LISTED),
            ("clause 1(3)",),
        ],
        only=True,
        resting="9 measures name no destination and hold for any",
    ),
    Question("show 'MOFCOM No. 57 of 2025'", [suspended(57, "39 items (1C909, 1C910, 1C911 …)")]),
    Question(
        "show 商务部公告2025年第61号",
        [
            suspended(61, "clause 1(3)", "9 Oct 2025 (Beijing)"),
            suspended(61, "clauses 1(1) and 1(2)", "was to begin 1 Dec 2025 (Beijing)"),
        ],
    ),
    Question("show holmium", [suspended(57, "1C909.a holmium, metal (金属钬)", "and 8 more")]),
    Question("show 钬", [suspended(57, "1C909.a holmium, metal (金属钬)", "and 8 more")]),
    Question("show 1C909", [suspended(57, "and 8 more")]),
    Question(
        "show 28053019", [suspended(57, "5 items (1C909, 1C910, 1C911 …)")]
    ),  # holmium, erbium, thulium, europium, ytterbium
    Question("show 'HS 28053019'", [suspended(57, "5 items (1C909, 1C910, 1C911 …)")]),
    Question(
        "show uel-2025-10",
        [("Dedrone by Axon", *LISTED), ("UEL Notice No. 10 of 2025\tTechInsights Japan KK",)],
    ),
    Question(
        "show 'grinding wheels'",
        [suspended(55, "2C902.d synthetic diamond, grinding wheels (人造金刚石砂轮) HS 68042110")],
    ),
    Question("show batteries", [suspended(58, "3A001")]),
    Question("show TechInsights", [("TechInsights Inc. (TechInsights公司) and 10 more", *LISTED)]),
    Question("show 'Strategy Analytics'", [("Strategy Analytics", *LISTED)]),
    Question("show 反无人机技术公司", [("Dedrone by Axon (反无人机技术公司)", *LISTED)]),
    Question("show cn-unreliable-entities", [("Dedrone by Axon", *LISTED)]),
    Question(
        f"show {SECOND_ADDRESS}",
        [
            (
                "suspension of MOFCOM No. 55, 56, 57, 58, 61 and 62 of 2025",
                "in force until 10 Nov 2026",
            )
        ],
    ),
    Question("show '10 Nov 2026'", [suspended(62)]),
    Question("show mofcom-2025-19", [("商务部公告2025年第19号", "nothing that is on record")]),
    Question(
        "screen TechInsights",
        [
            ("is", "TechInsights Inc. (TechInsights公司)", *LISTED),
            ("SARL Strategy Analytics", *LISTED),
        ],
    ),
    Question(
        "screen 'Acme Widgets'",
        [
            (
                "Acme Widgets",
                "nothing alike among ",
                " on record and 0 entries of your watch list",
                "goods that acts name in other words are not found",
            )
        ],
    ),
    Question(
        "screen 申报存疑",
        [
            (
                "申报存疑",
                "nothing alike among ",
                '4 archived pages say it: see monitor show "申报存疑"',
            )
        ],
        aside="monitor: recorded",
    ),
    Question("screen 85076000", [suspended(58, "is", "3A001")]),
    Question(
        "screen 2805.30",
        [suspended(57, "may be", "1C909.a holmium, metal (金属钬)")],
        absent="nothing alike",
    ),
    Question(
        "screen 1C905",
        [suspended(61, "is", "1C905.a dysprosium, metal (金属镝)")],
        absent="nothing alike",
    ),
    Question("show --listed-since 2025-10-01", [("Dedrone by Axon", "and 23 more", *LISTED)]),
    Question(
        "show --listed-since 2025-10-01 Boeing",
        failing="Boeing: no register is called that; --listed-since goes with a register or alone",
    ),
    Question("screen scandium", [("is it", "钪相关物项", *IN_NO_18)], absent="nothing alike"),
    Question(
        "calendar --from 2025-11-08",
        [("10 Nov 2026 (Beijing)", "MOFCOM", "58, 61 and 62 of 2025 under No. 70 of 2025 ends")],
    ),
    Question("calendar --from 2026-11-11", aside="no day from 11 Nov 2026 on is known"),
    Question(
        "calendar --from 2026-11-29",
        aside=(
            "10 Nov 2026 (Beijing): Suspension of MOFCOM No. 55, 56, 57, 58, 61 and 62 of 2025"
            " under No. 70 of 2025 ends"
        ),
    ),
    Question(
        "status",
        [("cn_mofcom.announcements", "7 Nov 2025 09:09 UTC"), ("un_sc.consolidated", "never")],
    ),
    Question(
        "asof 2025-11-15 --register 'US Entity List'",
        failing="no act and no register of United States was read yet, so nothing can be said",
    ),
    Question(
        "asof 2025-11-15 --register cn-unreliable-entitys",
        failing="did you mean cn-unreliable-entities",
    ),
    Question(
        "asof 2025-11-15 --destination Japann",
        failing="no place is called 'Japann'; did you mean JP (Japan)?",
    ),
    Question(
        "asof 2025-11-15 --entity Tekinsites",
        failing="Tekinsites: nothing on record is called that",
    ),
    Question("asof 2025-02-30", failing="'2025-02-30' is no day; did you mean 2025-02-28?"),
    Question(
        "asof 2024-12-31",
        failing="31 Dec 2024: nothing on record is as old; the nearest day is 4 Apr 2025",
    ),
    Question(
        "show 'MOFCOM No. 71 of 2025'",
        failing="called that; no archived page of an act or report says it; did you mean 'mofcom-2025-70'?",
    ),
    Question(
        "show 85076099",
        failing=(
            "no act on record prints this code; goods that acts name in words alone are not found"
            " by it"
        ),
    ),
    Question(
        "show '0.1 %'",
        [
            ("said on 1 archived page",),
            ("MOFCOM No. 61 of 2025", SUSPENDED),
            ("价值比例达到0.1%及以上",),
        ],
    ),
    Question(
        "show 军事用途",
        [
            ("MOFCOM No. 61 of 2025", SUSPENDED, "and 1 more line"),
            ("恐怖主义目的或者军事用途的出口申请",),
        ],
    ),
    Question("show 14纳米", [("MOFCOM No. 61 of 2025", SUSPENDED), ("14纳米及以下逻辑芯片",)]),
    Question(
        "show 合规告知书",
        [("MOFCOM No. 61 of 2025", SUSPENDED), ("向下一个接收方出具《合规告知书》",)],
    ),
    Question(
        "show 公共领域",
        [("MOFCOM No. 62 of 2025", SUSPENDED), ("已经进入公共领域的技术",)],
        absent="No. 61",
    ),
    Question(
        "show 申报存疑",
        [
            ("said on 4 archived pages",),
            *((f"MOFCOM No. {number} of 2025", SUSPENDED) for number in (55, 56, 57, 58)),
        ],
    ),
    Question(
        "show 暂停实施",
        [
            ("MOFCOM No. 70 of 2025", "in force until 10 Nov 2026 (Beijing)"),
            ("自即日起至2026年11月10日",),
        ],
    ),
    Question(
        "show 'Foreign Producers'",
        [("NPR", "a report, no act"), ("foreign producers will need a license",)],
    ),
    Question(
        "show 'general license'",
        failing="nothing on record is called that; no archived page of an act or report says it",
    ),
    Question("show '军事用途\" OR \"0.1'", failing="no archived page of an act or report says it"),
    # a further thirty, of which the answers were written before they were asked
    Question("show 'No. 61'", [suspended(61, "clause 1(3)")]),
    Question("show 57号", [suspended(57)]),
    Question("show 'MOFCOM No. 18'", [IN_NO_18]),
    Question(
        "asof 2025-10-09 --item 1E902",
        [("1E902.a", "in force until 6 Nov 2025 (Beijing)", "MOFCOM No. 62 of 2025")],
    ),
    Question("asof 2025-11-07 --item 1E902", [suspended(62, "9 Oct 2025 (Beijing)")]),
    Question(
        "asof 2025-11-08 --item 2C902",
        [suspended(55, "was to begin 8 Nov 2025 (Beijing)")],
        only=True,
    ),
    Question(
        "asof 2026-11-10 --item 1C909",
        [suspended(57, "was to begin 8 Nov 2025 (Beijing)")],
        only=True,
    ),
    Question(
        "asof 2025-11-07 --item 3A001",
        [suspended(58, "was to begin 8 Nov 2025 (Beijing)")],
        only=True,
    ),
    Question("asof 2025-10-09 --entity TechInsights", [("TechInsights Inc.", *LISTED)]),
    Question("screen 'Epirus Inc'", [("is it", "Epirus, Inc.", *LISTED)]),
    Question("screen 'Tech Insights'", [("TechInsights Inc.", *LISTED)]),
    Question("screen Microsoft", [("Microsoft", "nothing alike")]),
    Question("screen 'HS 28053019'", [suspended(57, "is it")], absent="nothing alike"),
    Question("show 0.1%", [("MOFCOM No. 61 of 2025", SUSPENDED)]),
    Question("show 256层", [("MOFCOM No. 61 of 2025", SUSPENDED), ("256层及以上存储芯片",)]),
    Question(
        "asof 2025-10-20 --destination Germany",
        [
            NO_18,
            ("Dedrone by Axon", *LISTED),
            ("clause 1(3)", "in force until 6 Nov 2025", "MOFCOM No. 61 of 2025"),
            ("in force until 6 Nov 2025", "MOFCOM No. 62 of 2025"),
            *((ANNOUNCED, f"MOFCOM No. {number} of 2025") for number in (55, 56, 57, 58)),
            ("clauses 1(1) and 1(2)", "announced, from 1 Dec 2025 (Beijing)"),
        ],
        only=True,
    ),
    Question("show 紧急医疗", [("MOFCOM No. 61 of 2025", SUSPENDED)]),
    Question(
        "calendar --from 2025-11-07",
        [
            (
                "10 Nov 2026 (Beijing)",
                "No. 55, 56, 57, 58, 61 and 62 of 2025 under No. 70 of 2025 ends",
            )
        ],
    ),
    Question("calendar --from 2025-12-01 --to 2025-12-31", aside="no day", absent="1 Dec"),
    Question(
        "asof 2025-12-01 --item 1C902",
        [suspended(61, "clause 1(3)"), suspended(61, "was to begin 1 Dec 2025 (Beijing)")],
    ),
    Question(
        "asof 2025-11-15 --known 2025-11-01 --item 1C909",
        [
            (
                "1C909.a holmium, metal (金属钬)",
                "in force",
                "8 Nov 2025 (Beijing)",
                "MOFCOM No. 57 of 2025",
            )
        ],
        absent="suspen",
    ),
    Question("asof 2025-11-15 --destination US", [NO_18, suspended(61), suspended(55)]),
    Question("show --listed-since 2025-10-09", [("Dedrone by Axon", "and 23 more", *LISTED)]),
    Question("show --listed-since 2025-10-10", absent="Dedrone"),
    Question("status --since 2025-11-20", failing="2025-11-20 is to come; name a day up to"),
    Question("show --listed-since 2026-10-09", failing="2026-10-09 is to come"),
]


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(SystemClock, "now", lambda _: TODAY)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the bundled scenario leaves."""
    folder, story = played(tmp_path_factory)
    assert story.done.returncode == 0
    return folder / STORE


def has(lines: Sequence[str], cells: tuple[str, ...]) -> bool:
    return any(all(cell in line for cell in cells) for line in lines)


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_a_desk_is_answered_rightly_and_told_what_that_rests_on(question: Question, store: Path):
    *lines, coverage = question.ask(store).stdout.splitlines() or [""]

    if question.only:
        rows = [line for line in lines if not line.startswith(HEADS)]
        assert len(rows) == len(question.lines)
    if not question.failing:
        assert coverage.startswith("coverage: 2 of ")
        assert (
            "read (MOFCOM), last 7 Nov 2025 09:09 UTC; a replay, as of its own end on 7 Nov 2025"
            " 09:10 UTC; " in coverage
        )
        assert "stale" not in coverage  # at its own end it is not
        assert "the oldest act on record is of 4 Apr 2025" in coverage
        assert "not fully understood: MOFCOM No. 18" in coverage
        assert question.resting in coverage
        assert "\t" not in coverage  # so that whoever takes the rows leaves it out


def form(question: Question) -> tuple[str, ...]:
    """What is asked, whichever letters and digits it has."""
    command, *_ = question.asked.split()
    return command, re.sub(r"[0-9]+", "9", re.sub("[A-Za-z]+", "a", question.asked))


OF_EACH_FORM = {
    form(question): question
    for question in QUESTIONS
    if "is no day" not in question.failing and "is to come" not in question.failing
}


@pytest.mark.parametrize("question", OF_EACH_FORM.values(), ids=str)
def test_a_store_that_was_never_filled_answers_nothing_but_that(question: Question, tmp_path: Path):
    History(tmp_path / "made").close()
    for store in (tmp_path / "none", tmp_path / "made"):
        answer = typed(store, question.asked)

        assert answer.returncode == 1
        # of a register or a place that nobody knows
        assert says_what_to_do(answer) or "did you mean" in answer.stderr
        assert not has(answer.stdout.splitlines(), ("nothing alike",))
        assert not has(answer.stdout.splitlines(), ("nothing on record",))


def says_what_to_do(answer: Done) -> bool:
    return (
        "no act and no register was read yet" in answer.stderr
        and "`monitor poll --all` reads every source" in answer.stderr
    )


UNSEEN = "MOFCOM was last read on 7 Nov 2025"
THEN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
OVER = "suspension was to end on 10 Nov 2026 (Beijing)"
LATER = [  # what is right to answer 386 days later of a store that nobody has filled since
    Question(
        "asof 2026-11-28 --item 1C909",
        [("1C909.a holmium, metal (金属钬)", UNSEEN, OVER, "MOFCOM No. 57 of 2025")],
    ),
    Question(
        "asof 2026-11-28 --register cn-unreliable-entities",
        [("Dedrone by Axon", UNSEEN, "in force")],
    ),
    Question("asof 2026-11-28 --destination Japan", [(UNSEEN, OVER, "MOFCOM No. 61 of 2025")]),
    Question(
        "asof 2025-10-10 --entity TechInsights",
        [("TechInsights Inc.", "in force", "9 Oct 2025")],
        absent=UNSEEN,
    ),
    Question("show TechInsights", [("TechInsights Inc.", UNSEEN, "in force")]),
    Question("show 'MOFCOM No. 57 of 2025'", [(UNSEEN, OVER)]),
    Question("show batteries", [(UNSEEN, OVER, "MOFCOM No. 58 of 2025")]),
    Question(
        "show '0.1 %'", [("MOFCOM No. 61 of 2025", UNSEEN, OVER), ("价值比例达到0.1%及以上",)]
    ),
    Question("show 公共领域", [("MOFCOM No. 62 of 2025", UNSEEN, OVER)]),
    Question(
        "show 'general license'",
        failing=f"{UNSEEN}: a measure would not have been seen; nothing on record is called that",
    ),
    Question(
        "show 'MOFCOM No. 71 of 2025'", failing=f"{UNSEEN}: a measure would not have been seen"
    ),
    Question("show --listed-since 2026-01-01", [(UNSEEN,)]),
    Question("screen TechInsights", [("is", "TechInsights Inc.", UNSEEN, "in force")]),
    Question("screen 85076000", [("is", "3A001", UNSEEN, OVER)]),
    Question(
        "screen 'Acme Widgets'",
        [(f"{UNSEEN}: a listing would not have been seen", "nothing alike")],
    ),
    Question(
        "calendar --from 2026-11-28",
        aside=f"{UNSEEN}: a day since would not have been seen",
    ),
    Question(
        "asof 2026-11-28 --item 2C902",
        [(UNSEEN, OVER, "MOFCOM No. 55 of 2025")],
        absent="in force",
    ),
    Question(
        "asof 2026-11-28 --item 1C905",
        [(UNSEEN, "by what is on record, in force", "MOFCOM No. 18 of 2025"), (UNSEEN, OVER)],
    ),
    Question("show 'No. 70'", [(UNSEEN, "11 Nov 2026")]),
    Question("screen 'Halifax International Security Forum'", [("is it", UNSEEN, "in force")]),
    Question(
        "calendar --ics /dev/null",
        aside="10 Nov 2026 (Beijing): Suspension of MOFCOM No. 55, 56, 57, 58, 61 and 62",
    ),
    Question("status", [("cn_mofcom.announcements", "7 Nov 2025 09:09 UTC")]),
]


@pytest.mark.parametrize("question", LATER, ids=str)
def test_a_store_that_was_long_left_alone_says_so_before_whatever_is_about_now(
    question: Question, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    left = shutil.copytree(store, tmp_path / "left", ignore=shutil.ignore_patterns("replay.json"))
    monkeypatch.setattr(SystemClock, "now", lambda _: THEN)
    coverage = question.ask(left).stdout.splitlines()[-1]

    assert "a replay" not in coverage
    assert (
        question.asked == "status"
        or "stale, not read as often as they should be: cn_mofcom.announcements" in coverage
    )


IN_ORDER = [
    "asof 2025-11-15 --item 镝",
    "show dysprosium",
    "screen dysprosium",
]


@pytest.mark.parametrize("asked", IN_ORDER)
def test_what_is_in_force_is_answered_first_and_each_subject_of_an_act_once(
    asked: str, store: Path
):
    heads, first, *others = typed(store, asked).stdout.splitlines()

    assert heads.endswith("link")
    assert "镝相关物项" in first
    assert "may be" not in first
    assert "\tin force, as read by 7 Nov 2025\t" in first
    assert "MOFCOM No. 18 of 2025" in first
    assert not asked.startswith("screen") or sum("金属镝" in line for line in others) == 1
