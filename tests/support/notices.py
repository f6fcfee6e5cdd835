"""Notices as the history would hand them out: the saved ones of tests/payloads/notices, and
builders for others.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from monitor.alert.event import (
    BackDated,
    Body,
    Day,
    Freshness,
    Notice,
    NoticeKind,
    ToldAct,
    ToldReminder,
    Trouble,
    Week,
)
from monitor.errors import ErrorKind
from monitor.model import (
    Action,
    Announcement,
    Edition,
    Entity,
    Evidence,
    Item,
    KeyDate,
    KeyDateKind,
    Measure,
    PageChange,
    Problem,
    Reminder,
    Report,
    Rewording,
    RowChange,
    Start,
    Stated,
    Target,
    Unread,
)
from monitor.render.alert import compose_alert
from monitor.triage.values import Handled, Stage
from monitor.watch.values import Match, MatchVerdict, ScreeningResult

PAYLOADS = Path(__file__).parent.parent / "payloads"
NAMES = sorted(path.stem for path in (PAYLOADS / "notices").glob("*.json"))


def saved(name: str) -> Notice:
    return _decode(json.loads((PAYLOADS / "notices" / f"{name}.json").read_bytes()))


# What a message is about, by the name that a saved notice has it under. What has parts of its own
# has them beside those of the notice.
ABOUT = {
    "act": ToldAct,
    "reminder": ToldReminder,
    "report": Report,
    "edition": Edition,
    "page": PageChange,
    "trouble": Trouble,
    "week": Week,
    "sources": Day,
}
PARTS = {kind: get_type_hints(kind) for kind in (Notice, ToldAct, ToldReminder, Day)}


def _decode(raw: dict[str, Any]) -> Notice:
    """A notice from its saved parts: msgspec takes no union of dataclasses."""
    gathered = tuple(map(_decode, raw.pop("gathered", ())))
    parts = _decode_parts(raw, Notice)
    return Notice(**parts, gathered=gathered, body=_decode_body(raw))


def _decode_body(raw: dict[str, Any]) -> Body:
    name = next((name for name in ABOUT if raw.get(name)), None)
    if name is None:
        return None
    if ABOUT[name] in PARTS:
        return ABOUT[name](**_decode_parts(raw, ABOUT[name]))
    if name == "week":
        waiting = tuple(
            (_decode(message), msgspec.convert(handled, Handled))
            for message, handled in raw["week"].pop("waiting")
        )
        muted = tuple(map(tuple, raw["week"].pop("muted")))
        return Week(**raw["week"], waiting=waiting, muted=muted)
    return msgspec.convert(raw[name], ABOUT[name])


def _decode_parts(raw: dict[str, Any], kind: type) -> dict[str, Any]:
    parts = PARTS[kind].items()
    return {
        name: msgspec.convert(raw[name], part)
        for name, part in parts
        if name in raw and raw[name] != []
    }


def changed(notice: Notice, **parts) -> Notice:
    """The notice with other parts: of its own, or of what it is about."""
    own = {name: parts.pop(name) for name in [*parts] if name not in PARTS[Notice]}
    return replace(notice, **parts, **({"body": replace(notice.body, **own)} if own else {}))


def of_act(act: Announcement, kind: NoticeKind = NoticeKind.ACT, **more) -> Notice:
    first = replace(saved("act-smallest"), key=f"{act.key}:{kind}", kind=kind, body=ToldAct(act))
    return changed(first, **{"acts": (act,), **more})


def act(*measures: Measure, key: str = "mofcom-2025-99", **more) -> Announcement:
    return Announcement(
        key=key,
        authority="cn-mofcom",
        understood="full",
        measures=measures,
        **{"title": "公告", **more},
    )


def listing(*entities: Entity, **more) -> Measure:
    start = Start(on="2025-10-09", basis="publication")
    return Measure(
        action=Action.ADD,
        register="cn-unreliable-entities",
        entities=entities,
        **{"starts": start, **more},
    )


def company(name: str, english: str = "") -> Entity:
    return Entity(names={"zh": name, **({"en": english} if english else {})}, kind="org")


def saturated(text: str, rows: int = 3) -> list[Notice]:
    """A notice of every kind in which this text stands wherever text from outside can stand."""
    hostile = _hostile_act(text, rows)
    fate = act(
        Measure(
            action=Action.SUSPEND, amends=(Target(key=hostile.key, clauses=(text,)),), quote=text
        ),
        title=text,
    )
    report = Report(kind="press", title=text, url=text, publisher=text, published=text)
    mentions = msgspec.structs.replace(
        report.mentions, keys=(text,), registers=(text,), entities=hostile.measures[0].entities
    )
    evidence = Evidence(
        url=f"https://www.mofcom.gov.cn/{text}", sha256="a" * 64, fetched_at="2025-10-09T08:03:12Z"
    )
    touch = Match(
        kind=text,
        score=0.9,
        verdict=MatchVerdict.MATCH,
        reason=text,
        entry=text,
        key=text,
        relation=text,
        subject=text,
        owner=text,
    )
    looks = msgspec.structs.replace(touch, verdict=MatchVerdict.POSSIBLE)
    dismissed = msgspec.structs.replace(touch, dismissed_by=text, dismissed_at=text)
    unread = act(title=text, number=text, url=text, not_read=(Unread(what=text, why=text),))
    common = {
        "evidence": evidence,
        "problem": Problem(kind=ErrorKind.SERVER, text=text),
        "acts": (hostile, *(act(key=f"{text}-{n}") for n in range(rows))),
        "meant_for": text,
        "touches": ScreeningResult(names=1, products=1, listed=3, found=(touch, looks, dismissed)),
        "gathered": (of_act(hostile),),
        "handled": Handled(
            Stage.DONE, by=text, since="2025-10-09T09:05:00Z", decision=text, text=text
        ),
        "unread": (unread,) * rows,
    }
    known = {hostile.key: hostile, text: hostile}
    told = ToldAct(
        hostile,
        before=act(listing(company("甲公司"), company(text))),
        elsewhere=act(
            listing(company(f"{text}2"), quote=text), title=text, url=f"https://e.cn/other/{text}"
        ),
        annexes=((text, evidence),),
        known=known,
        touched_by=(fate,),
        back_dated=(BackDated(hostile.key, text, text, "2025-10-19T01:00:00Z"),),
    )
    reported = msgspec.structs.replace(report, mentions=mentions)
    incident = Trouble(since=text, lasted=text, paths=(Freshness(text, text),) * rows)
    reminder = _hostile_reminder(text, hostile.key, rows)
    problem = Problem(kind=ErrorKind.SERVER, text=text)
    taken = Handled(Stage.TAKEN, by=text, since="2025-10-09T09:05:00Z")
    bodies = {
        "effect": replace(told, act=fate),
        "press early": reported,
        "edition": _hostile_edition(text, rows),
        "page": _hostile_page(text, rows),
        "reminder": ToldReminder(reminder, known=known, touched_by=(fate,)),
        "problem updated recovered": incident,
        "daily": Day(sources=(Freshness(text, None, problem),), known=known),
        "weekly": Week(
            9, 8, 7, 5, 1, ((of_act(hostile), taken),), ((text, "2025-12-09T09:05:00Z"),)
        ),
        "held foreign layout remark watch digest": None,
    }
    body_of = {kind: body for kinds, body in bodies.items() for kind in kinds.split()}
    return [
        of_act(
            fate if kind is NoticeKind.EFFECT else hostile,
            kind,
            **common,
            body=body_of.get(kind, told),
        )
        for kind in NoticeKind
    ]


def _hostile_reminder(text: str, key: str, rows: int) -> Reminder:
    ends = KeyDate(
        kind=KeyDateKind.SUSPENSION_END,
        on=text,
        act=key,
        authority=text,
        action=Action.SUSPEND,
        amends=(Target(key=text), Target(key=key, clauses=(text,))) * rows,
        computed=True,
        duration=text,
        quote=text,
    )
    return Reminder(dates=(ends,) * rows, before=7, due=text, late=1, sources=3)


def _hostile_page(text: str, rows: int) -> PageChange:
    both = Rewording(before=f"{text} before", after=f"before {text}", id=text, url=text)
    wordings = (both, *(Rewording(after=text),) * rows, Rewording(before=text))
    return PageChange(
        page=f"page:{text}", title=text, url=text, authority=text, rewordings=wordings, more=rows
    )


def _hostile_edition(text: str, rows: int) -> Edition:
    entity = Entity(
        names={"zh": text, "en": text},
        kind="person",
        aliases=(text,),
        country=text,
        ids={text: text},
    )
    item = Item(names={"en": text}, codes=(text,), hs=(text,), note=text)
    changes = (
        *(
            RowChange(
                action="add",
                id=text,
                name=text,
                entity=entity,
                details={"programme": text, "remarks": (text,)},
            ),
        )
        * rows,
        RowChange(action="remove", id=text, name=text, item=item),
        RowChange(
            action="amend",
            id=text,
            name=text,
            entity=entity,
            fields={text: (text, ""), "aliases": ((text,), ())},
        ),
    )
    return Edition(
        key=text,
        register=text,
        authority=text,
        url=text,
        published=text,
        rows=9,
        before=1,
        changes=changes,
        held=changes[:1],
    )


def _hostile_act(text: str, rows: int) -> Announcement:
    entity = Entity(
        names={"zh": text, "en": text},
        kind="person",
        aliases=(text,),
        country=text,
        role=text,
        parent=text,
    )
    item = Item(names={"zh": text, "en": text}, codes=(text,), hs=(text,), note=text)
    measure = listing(
        *(entity,) * rows,
        items=(item,) * rows,
        clauses=(text,),
        destinations=(text,),
        amends=(Target(key=text),),
        quote=text,
        stated=Stated(entries=1),
        starts=Start(on=text, basis="explicit"),
    )
    unread = (Unread(what=text, why=text, quote=text),) * rows
    return act(
        measure,
        key=f"cn-mofcom-{text}",
        title=text,
        number=text,
        url=f"https://e.cn/{text}",
        not_read=unread,
    )


def extremes() -> dict[str, Notice]:
    """A notice of every kind with nothing in it and with far too much, and the longest lists
    there are.
    """
    found = {
        f"{notice.kind}-empty": replace(notice, key=f"{notice.kind}-empty")
        for notice in saturated("", 1)
    }
    found |= {
        f"{notice.kind}-full": replace(notice, key=f"{notice.kind}-full")
        for notice in saturated("长" * 5_000, 12)
    }
    names = tuple(
        company(f"第{number}号贸易有限公司", f"Trading Company No. {number} Ltd")
        for number in range(1, 554)
    )
    changes = tuple(
        RowChange(action="add", id=name.names["en"], name=name.names["en"], entity=name)
        for name in names
    )
    edition = msgspec.structs.replace(saved("edition-smallest").body, changes=changes, rows=3_908)
    found["act-553"] = of_act(act(listing(*names)))
    found["edition-553"] = replace(saved("edition-smallest"), body=edition)
    return found


BARE = replace(
    compose_alert(saved("act-smallest")),
    lines=(),
    next_step="",
    facts=(),
    tables=(),
    details=(),
    quotes=(),
    not_read=(),
    evidence=("seen",),
    url="",
)
