"""Editions of the toy registers of `toy_registers`, and what was told of them."""

from datetime import UTC, datetime

from monitor.model import Edition

PEOPLE = {"1": "Alpha Ltd", "2": "Beta GmbH", "3": "Gamma SA"}


def roll(
    entries: dict[str, str], day: str = "2025-10-09", *, end: str = "</roll>", more: str = ""
) -> str:
    rows = "".join(
        f"<entry><id>{key}</id><name>{name}</name>{more}</entry>" for key, name in entries.items()
    )
    return f'<roll day="{day}" count="{len(entries)}">{rows}{end}'


def board(names: list[str]) -> str:
    return "Name,Country\n" + "".join(f"{name},CN\n" for name in names)


def firms(count: int) -> list[str]:
    return [
        f"Firm of the {chr(65 + number % 26)}{chr(97 + number // 26)} family"
        for number in range(count)
    ]


async def changes(desk) -> list[list[tuple[str, str, str]]]:
    told = [
        notice.fact.changes for notice in await desk.notices() if isinstance(notice.fact, Edition)
    ]
    return [[(change.action, change.id, change.name) for change in edition] for edition in told]


def crowd(count: int) -> dict[str, str]:
    return {str(number): f"Firm {number}" for number in range(count)}


async def poll_removal(desk, ministry, gone: dict[str, str]) -> None:
    """Have a roll of the 9th read, and at noon of 12 October one from which these are gone."""
    ministry.publish("roll", roll({"1": "Alpha Ltd"} | gone))
    await desk.poll(source="rolls.roll")
    desk.clock.move_to(datetime(2025, 10, 12, 12, 0, tzinfo=UTC))
    ministry.publish("roll", roll({"1": "Alpha Ltd"}, "2025-10-12"))
    await desk.poll(source="rolls.roll")
