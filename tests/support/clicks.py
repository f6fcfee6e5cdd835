"""What people do with alerts, for tests: one asks, the history does it."""

from itertools import count

from monitor.store import handling
from monitor.triage.values import Handling, Person, TriageRequest, Verb

LI, ANA = Person("slack:U0LI", "Li Wei"), Person("slack:U0ANA", "Ana Ruiz")
_numbers = count(1)


def asked(verb: Verb, event: str = "uel-2025-10", person: Person = LI, **more) -> TriageRequest:
    return TriageRequest(
        **{"key": f"test:{next(_numbers)}", "verb": verb, "event": event, "person": person, **more}
    )


async def click(
    desk, verb: Verb, event: str = "uel-2025-10", person: Person = LI, **more
) -> Handling:
    return await desk.pipeline.history(
        handling.handle, asked(verb, event, person, **more), desk.clock.now()
    )
