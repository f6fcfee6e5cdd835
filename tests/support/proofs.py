"""A store with five acts that pages brought, one with an annex, and one that came by a redirect;
and its evidence.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from acts import control, listing, suspension

from monitor.alert.event import Known, judge
from monitor.config import EventSettings
from monitor.diff.listings import describe_listing
from monitor.diff.rows import Version
from monitor.evidence.contents import Contents
from monitor.model import Announcement, Entity, Evidence, Item, Listing
from monitor.source.page import Link, Request, ResponseRecord
from monitor.store import (
    Annexed,
    Delta,
    Dossier,
    History,
    PageRead,
    Retrieval,
    Stamp,
    addresses,
    facts,
    outbox,
)
from monitor.store import dossier as dossiers
from monitor.store.archive import ARCHIVE, FolderArchive

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
KEYS = ("uel-2025-10", "mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-57", "mofcom-2025-70")
MOVED = "https://ministry.example/moved"
NONE: frozenset[str] = frozenset()


def quoted(act: Announcement, words: str) -> Announcement:
    """The act with these words for its first measure's quote."""
    first, *rest = act.measures
    return msgspec.structs.replace(
        act, measures=(msgspec.structs.replace(first, quote=words), *rest)
    )


def acts() -> list[tuple[Announcement, bytes]]:
    """Each with its page: in another charset, with tags in the midst of its words, with a script
    that says them too.
    """
    items = (Item(names={"zh": "金属镝"}, codes=("1C905.a",), quote="1\t1C905.a\t金属镝"),)
    in_annex = control(55)
    in_annex = msgspec.structs.replace(
        in_annex, measures=(msgspec.structs.replace(in_annex.measures[0], items=items),)
    )
    pages = [
        (
            quoted(listing(10, "Dedrone by Axon"), "决定将下列企业列入不可靠实体清单"),
            "<p>决定将下列<b>企业</b>列入不可靠实体清单：</p><p>Dedrone by\n Axon</p>",
        ),
        (quoted(in_annex, "对附件所列物项实施出口管制"), "<p>对附件所列物项实施出口管制</p>"),
        (
            quoted(control(56, "2B999"), "R&D equipment is controlled"),
            "<p>R&amp;D equipment is controlled</p><li>物项2B999</li>",
        ),
        (
            quoted(control(57, "1C909"), "自2025年11月8日起施行"),
            "<td>自2025年11月8日</td><td>起施行</td><p>物项1C909</p>",
        ),
        (
            quoted(suspension(70, "mofcom-2025-55"), "暂停实施第55号公告"),
            "<script>暂停</script><p>暂停实施第55号公告</p>",
        ),
    ]
    return [
        (act, f"<html><body><h1>{act.title}</h1>{html}</body></html>".encode("gb18030"))
        for act, html in pages
    ]


ANNEX = "<table><tr><td>1</td><td>1C905.a</td><td>金属镝</td></tr></table>".encode()


def kept(store: Path) -> None:
    """Make the store; what is told of its acts has arrived."""
    archive = FolderArchive(store / ARCHIVE)
    with History(store) as history:
        for number, (act, body) in enumerate(acts()):
            _record(history, archive, act, body, NOW + timedelta(hours=number))
            for owed in history(outbox.list_pending, "alerts"):
                if leaving := history(outbox.mark_sending, owed, not_before=None, doubtful=False):
                    history(
                        outbox.mark_sent,
                        leaving.id,
                        "17.5",
                        NOW + timedelta(hours=number, minutes=1),
                    )
        _listed(history, archive)


def _record(
    history: History, archive: FolderArchive, act: Announcement, body: bytes, now: datetime
) -> None:
    page = Request(f"https://ministry.example/{act.key}")

    def decide(found, known: Known):
        return judge(
            found, known, authority="cn-mofcom", now=now, silent=False, windows=EventSettings()
        )

    place = history(addresses.take_up, "toy.notices", [page], "toy.notices", now)[0]
    sha256 = archive.put(body)
    at = now.isoformat().replace("+00:00", "Z")
    responses = (
        ResponseRecord(MOVED, at, 302, {"server": "toy"}),
        ResponseRecord(page.url, at, 200, {"content-type": "text/html"}),
    )
    annexes = (_annex(archive, act.key),) if act.key == "mofcom-2025-55" else ()
    read = PageRead(
        (act,),
        (),
        Evidence(url=page.url, sha256=sha256, fetched_at=at),
        Stamp(sha256),
        annexes=annexes,
        retrievals=(Retrieval(sha256, now, responses),),
    )
    history(facts.record_page, place, read, decide, now)


def _annex(archive: FolderArchive, key: str) -> Annexed:
    link = Link(
        "https://ministry.example/annex.html", read=lambda page: iter(()), title="附件", of=key
    )
    return Annexed(link, "toy.annex", stamp=Stamp(archive.put(ANNEX)))


def _listed(history: History, archive: FolderArchive) -> None:
    """A register published whole, with a firm."""
    page = Request("https://treasury.example/list.csv")
    body = archive.put(b"1,Sunrise Drones Ltd\n2,Nobody Else\n")
    place = history(addresses.take_up, "toy.roll", [page], "toy.roll", NOW)[0]
    firm = Entity(names={"en": "Sunrise Drones Ltd"}, kind="org")
    delta = Delta(
        reader="toy.roll",
        register="us-ofac-sdn",
        url=page.url,
        published=None,
        rows=1,
        sha256=body,
        moved={"1": Version(b"1" * 32, packed(b"1,Sunrise Drones Ltd"))},
        described={"1": describe_listing(Listing(subject=firm))},
    )
    evidence = Evidence(url=page.url, sha256=body, fetched_at="2025-10-09T01:00:00Z")
    history(facts.record_register, place, delta, evidence, Stamp(body), lambda *_: None, NOW)


def packed(raw: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 - as the walk of a register packs a record

    return zstandard.ZstdCompressor().compress(raw)


def contents(
    store: Path,
    *,
    keys: tuple[str, ...] = KEYS,
    rows: tuple[tuple[str, str], ...] = (("us-ofac-sdn", "1"),),
) -> Contents:
    with History(store, read_only=True) as history:
        dossier: Dossier = history(dossiers.load_dossier, keys, rows)
    return Contents(keys, dossier, FolderArchive(store / ARCHIVE))
