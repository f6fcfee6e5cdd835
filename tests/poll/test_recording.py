from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import msgspec
import pytest
from acts import control, listing
from editions import PEOPLE, roll

from monitor.alert.event import Notice, NoticeKind
from monitor.errors import LayoutChanged
from monitor.model import Announcement, Attachment, RowAction
from monitor.poll.readers import Readers
from monitor.poll.recording import Recorder
from monitor.render.alert import compose_alert
from monitor.store import dossier as dossiers
from monitor.store import polls, sightings


async def test_an_act_of_another_country_under_a_number_of_china_is_an_act_of_its_own(
    desk, ministry
):
    await desk.poll()
    ours = listing(10, *FIRMS[:2])
    ministry.publish("10", ours)
    await desk.poll()
    theirs = msgspec.structs.replace(listing(10, *FIRMS[2:4]), authority="sg-customs")
    ministry.publish("10-abroad", theirs)
    await desk.poll()

    assert await known_names(desk, ours.key) == FIRMS[:2]
    assert await known_names(desk, f"sg-customs-{ours.key}") == FIRMS[2:4]
    assert [notice.kind for notice in await told(desk)] == [NoticeKind.ACT, NoticeKind.ACT]


class Improved:
    """Readers that find one more firm in each act than `readers`."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers

    async def read(self, reader, page):
        return (await self.read_page(reader, page)).found

    async def read_page(self, reader, page, **more):
        content = await self.readers.read_page(reader, page, **more)
        return replace(content, found=[self._add_firm(part) for part in content.found])

    def _add_firm(self, part):
        more = listing(10, "Found since").measures
        return (
            msgspec.structs.replace(part, measures=(*part.measures, *more))
            if isinstance(part, Announcement)
            else part
        )


@pytest.mark.parametrize("authority", ["cn-mofcom", "sg-customs"])
async def test_what_a_better_reader_finds_on_an_edited_page_is_no_news_whatever_key_the_act_has(
    desk, ministry, authority
):
    await desk.poll()
    act = msgspec.structs.replace(listing(10, *FIRMS[:2]), authority=authority)
    ministry.publish("10", act)
    await desk.poll()
    desk.pipeline = replace(desk.pipeline, readers=Improved(desk.pipeline.readers))
    ministry.publish("10", msgspec.structs.replace(act, title="Edited"))
    await desk.poll(after=2 * HOUR)

    key = act.key if authority == "cn-mofcom" else f"{authority}-{act.key}"
    assert await known_names(desk, key) == [*FIRMS[:2], "Found since"]
    assert [notice.kind for notice in await told(desk)] == [NoticeKind.ACT]


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

FIRMS = [f"Firm of the {letter} family" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX"]
TOLD = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.DISAGREEMENT)


async def told(desk) -> list[Notice]:
    owed = await desk.waiting("alerts")
    return [await desk.notice(one) for one in owed if one.kind in TOLD]


async def known_names(desk, key: str) -> list[str]:
    (seen,) = [
        each
        for each in (await desk.pipeline.history(sightings.load_law)).acts.values()
        if each.now.key == key
    ]
    return [
        name
        for measure in seen.now.measures
        for each in measure.entities
        for name in each.names.values()
    ]


async def test_names_that_only_a_second_address_has_are_told_and_known_and_the_first_takes_none_back(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, *FIRMS[:21]))
    await desk.poll()
    ministry.publish(
        "10-mirror", msgspec.structs.replace(listing(10, *FIRMS), url="https://mirror.example/10")
    )
    await desk.poll()
    ministry.publish("10", msgspec.structs.replace(listing(10, *FIRMS[:21]), title="Edited"))
    await desk.poll(after=2 * HOUR)

    first, more = await told(desk)
    assert (first.kind, more.kind) == (NoticeKind.ACT, NoticeKind.AMENDED)
    alert = compose_alert(more)
    assert alert.headline.startswith(
        "China says more of UEL Notice No. 10 of 2025 at another address: 3 names added"
    )
    assert [row[1] for row in alert.tables[0].rows] == FIRMS[21:]
    assert await known_names(desk, "uel-2025-10") == FIRMS


async def test_a_number_used_again_for_another_act_is_told_with_the_words_and_names_of_both(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", quoted(listing(10, "Alpha"), "includes Alpha", title="On Alpha"))
    await desk.poll()
    for _ in range(2):
        again = quoted(
            listing(10, "Gamma", "Delta"), "includes Gamma and Delta", title="On quite other firms"
        )
        ministry.publish("10-again", again)
        await desk.poll(after=2 * HOUR)

    first, notice = await told(desk)
    assert (first.kind, notice.kind) == (NoticeKind.ACT, NoticeKind.DISAGREEMENT)
    alert = compose_alert(notice)
    assert (
        alert.headline
        == "China contradicts itself on UEL Notice No. 10 of 2025 at two addresses: Names"
    )
    assert alert.quotes == ("includes Alpha", "includes Gamma and Delta")
    assert [line.url for line in alert.facts if line.label == "Known from"] == [
        "https://e.example/On%20Alpha"
    ]
    assert alert.url == "https://e.example/On%20quite%20other%20firms"
    assert [row[:2] for row in alert.tables[0].rows] == [("added", "Gamma"), ("added", "Delta")]
    assert notice.severity == "high"
    assert await known_names(desk, "uel-2025-10") == ["Alpha", "Gamma", "Delta"]


def quoted(act: Announcement, words: str, *, title: str) -> Announcement:
    measures = tuple(msgspec.structs.replace(measure, quote=words) for measure in act.measures)
    return msgspec.structs.replace(
        act, measures=measures, title=title, url=f"https://e.example/{title.replace(' ', '%20')}"
    )


@pytest.mark.parametrize("baseline", [True, False])
async def test_a_baseline_says_more_of_an_act_only_where_that_was_told(desk, ministry, baseline):
    if not baseline:
        await desk.poll()
    ministry.publish("10", listing(10, "Alpha"))
    await desk.poll()
    ministry.publish("2025", listing(10, "Alpha", "Beta"))
    ministry.hidden.add("2025")
    await desk.poll(source="toy.yearbook")

    kinds = [notice.kind for notice in await told(desk)]
    assert kinds == ([] if baseline else [NoticeKind.ACT, NoticeKind.AMENDED])
    assert await known_names(desk, "uel-2025-10") == ["Alpha", "Beta"]


async def test_an_act_whose_page_alternates_is_told_there_and_back_and_then_once_that_it_does(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, "Alpha"))
    await desk.poll()
    for number in range(24):
        ministry.publish("10", listing(10, "Alpha", *(["Beta"] if number % 2 == 0 else [])))
        await desk.poll(after=HOUR)

    kinds = [kind for kind, _ in await desk.owed() if kind is not NoticeKind.PARENT]
    assert kinds == [NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.AMENDED, NoticeKind.ALTERNATES]
    assert await desk.troubles() == [NoticeKind.ALTERNATES]
    assert await known_names(desk, "uel-2025-10") == ["Alpha"]


@pytest.mark.parametrize(
    "names", [("Alpha", "Beta"), ("Alpha", "Gamma")], ids=["settled", "a third version"]
)
async def test_an_act_whose_page_alternated_is_told_when_it_settles_or_says_a_third_thing(
    desk, ministry, names
):
    await desk.poll()
    for each in (("Alpha",), ("Alpha", "Beta"), ("Alpha",), ("Alpha", "Beta"), *[names] * 10):
        ministry.publish("10", listing(10, *each))
        await desk.poll(after=HOUR)

    assert await known_names(desk, "uel-2025-10") == list(names)
    assert [notice.kind for notice in await told(desk)] == [
        NoticeKind.ACT,
        *[NoticeKind.AMENDED] * 3,
    ]


async def test_a_damaged_archive_is_said_and_the_page_is_read_as_new(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone"))
    await desk.poll()
    ((_, kept),) = desk.pipeline.archive.files()
    kept.write_bytes(kept.read_bytes()[:-5])
    ministry.publish("10", listing(10, "Dedrone", "Epirus"))

    assert await desk.poll(after=2 * HOUR) == []
    assert [kind for kind, _ in await desk.owed()] == [
        NoticeKind.ACT,
        NoticeKind.AMENDED,
        NoticeKind.PARENT,
    ]
    (told,) = await desk.waiting("ops")
    remark = await desk.notice(told)
    assert remark.problem.kind == "evidence"
    assert "damaged in the archive" in remark.problem.text


async def test_bytes_that_a_changed_reader_refuses_are_said_and_the_page_is_read_as_new(
    desk, ministry, monkeypatch
):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone"))
    await desk.poll()
    before, read = ministry.pages["10"], Readers.read
    ministry.publish("10", listing(10, "Dedrone", "Epirus"))

    async def reads_the_new_layout_alone(self, reader, page):
        if page.body.whole == before:
            raise LayoutChanged("the table is gone")
        return await read(self, reader, page)

    monkeypatch.setattr(Readers, "read", reads_the_new_layout_alone)

    assert await desk.poll(after=2 * HOUR) == []
    (told,) = await desk.waiting("ops")
    remark = await desk.notice(told)
    assert remark.problem.kind == "layout"
    assert (
        "/10: the page as it was read last can't be read any more (the table is gone). As it is now"
        in remark.problem.text
    )


async def test_an_act_that_is_gone_from_its_page_is_trouble_also_where_its_archived_bytes_are_lost(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone"))
    await desk.poll()
    ((_, kept),) = desk.pipeline.archive.files()
    kept.unlink()
    ministry.publish("10", "nothing")
    await desk.poll(after=2 * HOUR)
    address = await desk.pipeline.history.run(
        lambda history: history(polls.list_due_pages, "toy.notices", desk.clock.now() + 24 * HOUR)
    )

    assert [each.attempts for each in address if each.request.url.endswith("/10")] == [1]


@pytest.mark.both
async def test_a_mistake_in_recording_one_page_does_not_silence_its_siblings(
    desk, ministry, monkeypatch
):
    await desk.poll()
    ministry.publish("55", control(55, "1C909.a"))
    ministry.publish("56", control(56, "2B902.a"))
    judge = Recorder._judge

    def stumbling(self, found, known, **more):
        if found.key.endswith("55"):
            raise TypeError("a mistake of ours")
        return judge(self, found, known, **more)

    monkeypatch.setattr(Recorder, "_judge", stumbling)
    (failure,) = await desk.poll()

    assert (failure.kind, "a mistake of ours" in str(failure)) == ("monitor", True)
    assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-56:act")]
    monkeypatch.undo()
    await desk.poll()
    assert (NoticeKind.ACT, "mofcom-2025-55:act") in await desk.owed()


async def test_by_which_answers_a_page_and_its_annex_came_is_kept_with_what_was_read_of_them(
    desk, ministry, httpserver
):
    annex = ministry.publish("annex-81", control(81, "1C902.a"))
    act = msgspec.structs.replace(
        control(81, "1C901"), attachments=(Attachment(title="附件", url=annex),)
    )
    page = ministry.publish("81", act)
    ministry.hidden |= {"81", "annex-81"}
    moved = httpserver.url_for("/moved")
    httpserver.expect_request("/moved").respond_with_data(
        "", status=302, headers={"Location": page, "Set-Cookie": "s=s3cret"}
    )
    ministry.elsewhere.append(moved)
    await desk.poll()

    dossier = await desk.pipeline.history(dossiers.load_dossier, [act.key])

    (finding,) = dossier.findings
    ways = {
        came.sha256: [(response.url, response.status) for response in came.responses]
        for came in dossier.retrievals
    }
    assert finding.evidence
    assert ways[finding.evidence.sha256] == [(moved, 302), (page, 200)]
    assert [(title, ways[evidence.sha256]) for title, evidence in finding.annexes] == [
        ("附件", [(annex, 200)])
    ]
    assert "s3cret" not in str(dossier.retrievals)


@pytest.mark.both
async def test_every_version_of_a_record_of_a_register_is_kept_with_the_bodies_that_brought_it(
    desk, httpserver
):
    answers = [roll(PEOPLE), roll({**PEOPLE, "2": "Beta AG"}, "2025-10-10")]
    for body in answers:
        httpserver.clear()
        httpserver.expect_request("/roll").respond_with_data(body, content_type="text/xml")
        await desk.poll(source="rolls.roll", after=timedelta(days=1))

    dossier = await desk.pipeline.history(dossiers.load_dossier, [], [("un-sc", "2")])

    assert [(row.action, row.before, b"Beta AG" in row.raw) for row in dossier.rows] == [
        (None, False, True),  # as it stands
        (RowAction.AMEND, True, False),
        (RowAction.AMEND, False, True),
    ]
    second = sha256(answers[1].encode()).hexdigest()
    assert [row.sha256 for row in dossier.rows] == [second, None, second]
    assert [finding.kind for finding in dossier.findings] == ["edition"]
    assert {came.sha256 for came in dossier.retrievals} == {second}
    assert {telling.kind for telling in dossier.tellings} == {"edition"}


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Decision on 5 firms", [NoticeKind.ACT, NoticeKind.AMENDED]),
        ("Another matter", [NoticeKind.ACT, NoticeKind.ACT]),
    ],
)
async def test_an_act_without_a_number_is_the_same_act_when_its_page_is_edited(
    desk, ministry, title, kinds
):
    await desk.poll()
    act = listing(10, *FIRMS[:4]).replace(key="cn-mofcom-2025-10-09-0a1b2c3d", number=None)
    ministry.publish("10", act.replace(title="Decision on 4 firms"))
    await desk.poll()
    for digest, count in (("1a1b2c3d", 5), ("2a1b2c3d", 5)):  # the second has other words alone
        key = f"cn-mofcom-2025-10-09-{digest}"
        edited = listing(10, *FIRMS[:count]).replace(key=key, number=None, title=title)
        ministry.publish("10", edited)
        await desk.poll(after=3 * HOUR)

    assert [notice.kind for notice in await told(desk)] == kinds
    assert (await known_names(desk, act.key) == FIRMS[:5]) == (kinds[-1] is NoticeKind.AMENDED)
