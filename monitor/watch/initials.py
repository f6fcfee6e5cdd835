"""What a name may be called for short. Pure."""

from collections.abc import Iterator

from monitor.watch import words

GROUPS = frozenset({"group", "holding"})


def initials(raws: list[str]) -> Iterator[str]:
    """What the name may be called for short: its first letters, with and without a country, a group; AViation Industry Corp.

    Words of law count here (the C of CNOOC is a Corporation), Ltd does not.
    """
    told = [
        word for word in raws if word not in words.STOP and word not in {"ltd", "limited", "liability", "co", "inc", "llc", "plc"}
    ]
    if len(told) < 3 or not told[0][0].isalpha():
        return
    if raws[-1] in {"limited", "ltd"}:
        yield "".join(word[0] for word in told) + "l"
    lead = "".join(word[0] for word in told)
    yield lead
    if any(word in words.soft() for word in told):
        yield "".join(word[0] for word in told if words.common().get(word) not in GROUPS)
        yield "".join(word[0] for word in told if word not in words.soft())
    if told[-1] in words.places() and len(told) > 3:
        yield from (lead[:-1], told[0][:2] + lead[1:-1], told[0][:2] + lead[1:])
    elif words.common().get(told[-1], "company") in {"corporation", "company"}:
        yield lead[:-1]
