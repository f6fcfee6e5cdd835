"""Builders of acts and reports for tests that are not about understanding words."""

from monitor.model import (
    Action,
    Announcement,
    End,
    Entity,
    Item,
    Measure,
    Mentions,
    Report,
    Start,
    Target,
)

UEL, DUAL_USE = "cn-unreliable-entities", "cn-dual-use-items"


def entity(english: str, chinese: str = "") -> Entity:
    return Entity(
        names={**({"zh": chinese} if chinese else {}), "en": english}, kind="org", quote=english
    )


def listing(number: int, *names: str, published: str = "2025-10-09") -> Announcement:
    measure = Measure(
        action=Action.ADD,
        register=UEL,
        starts=Start(on=published, basis="publication"),
        entities=tuple(entity(name) for name in names),
    )
    return _act(f"uel-2025-{number}", f"工作机制〔2025〕{number}号", published, measure)


def control(number: int, *codes: str, published: str = "2025-10-09") -> Announcement:
    measure = Measure(
        action=Action.ADD,
        register=DUAL_USE,
        starts=Start(on="2025-11-08", basis="explicit"),
        items=tuple(Item(names={"zh": f"物项{code}"}, codes=(code,)) for code in codes),
    )
    return _act(f"mofcom-2025-{number}", f"商务部公告2025年第{number}号", published, measure)


def suspension(number: int, *keys: str, published: str = "2025-11-07") -> Announcement:
    measure = Measure(
        action=Action.SUSPEND,
        amends=tuple(Target(key=key) for key in keys),
        starts=Start(on=published, basis="immediate"),
        ends=End(on="2026-11-10", basis="explicit"),
    )
    return _act(f"mofcom-2025-{number}", f"商务部公告2025年第{number}号", published, measure)


def press(
    *names: str,
    url: str = "https://news.example/1",
    published: str = "2025-10-09",
    keys: tuple[str, ...] = (),
) -> Report:
    mentions = Mentions(keys=keys, registers=(UEL,), entities=tuple(entity(name) for name in names))
    return Report(
        kind="press",
        title="China lists firms",
        url=url,
        publisher="NPR",
        published=published,
        mentions=mentions,
    )


def _act(key: str, number: str, published: str, measure: Measure) -> Announcement:
    return Announcement(
        key=key,
        authority="cn-mofcom",
        title=number,
        number=number,
        published=published,
        measures=(measure,),
        understood="full",
    )
