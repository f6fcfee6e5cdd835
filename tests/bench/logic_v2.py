"""nomenklatura's logic-v2 on pairs of names: run by an interpreter that has it, never by ours. Pairs in, a score a line out."""

import json
import sys

from followthemoney import model  # type: ignore[import-not-found]  # installed apart
from nomenklatura.matching import LogicV2  # type: ignore[import-not-found]  # installed apart


def entity(key: str, names: list[str], pair: dict, country: str | None, ids: list[str]) -> object:
    """One side of a pair; each has a key of its own, since scores are remembered by it."""
    made = model.make_entity("Person" if pair["person"] else "Organization")
    made.id = key
    made.add("name", names[:1])
    made.add("alias", names[1:])
    made.add("country", [country] if country else [])
    made.add("idNumber" if pair["person"] else "registrationNumber", ids)
    return made


def main() -> None:
    """Score each pair of standard input."""
    config = LogicV2.default_config()
    for number, line in enumerate(sys.stdin):
        pair = json.loads(line)
        one = entity(f"w{number}", [pair["watch_name"], *pair["aliases"]], pair, pair["country"], pair["ids"])
        listed = [*pair["listed"].values(), *pair["listed_aliases"]]
        other = entity(f"a{number}", listed, pair, pair["listed_country"], pair["listed_ids"])
        sys.stdout.write(f"{LogicV2.compare(one, other, config).score}\n")


if __name__ == "__main__":
    main()
