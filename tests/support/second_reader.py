"""How a second reader does on labelled acts: `make second-reader URL=… MODEL=… CORPUS=…`.

CORPUS holds docs/ and gold.jsonl, a line an act: `id`, `slug`, `action`, `entities` (`name_zh`,
`name_en`), `items` (`name`), `amends` (`key`). Each is read by the grammar alone, by the second
reader alone, and by both together. The variable SECOND_READER_KEY holds the key, where the server
asks for one. Right: all that is labelled and nothing else; part: some of it and nothing else;
silent: nothing; wrong: something else.
"""

import argparse
import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from monitor.cli.read import read_file
from monitor.config.settings import SecondReaderSettings
from monitor.evidence.contents import extract_words
from monitor.model import Announcement, Measure
from monitor.second.client import Client
from monitor.second.reading import count_cost, read_act
from monitor.vocabulary.letters import folded

READ_BY = ("grammar alone", "second reader alone", "both together")


def label(gold: dict[str, Any]) -> set[str]:
    """All that an act says, by its label."""
    names = {
        folded(each.get("name_zh") or each.get("name_en") or "")
        for each in gold.get("entities") or ()
    }
    names |= {folded(each.get("name") or "") for each in gold.get("items") or ()}
    return (names | {each["key"] for each in gold.get("amends") or () if each.get("key")}) - {""}


def said(measures: Iterable[Measure], labelled: set[str]) -> set[str]:
    """All that measures say; a subject of several names by the one that is labelled."""
    return {name for measure in measures for name in _names(measure, labelled)}


def _names(measure: Measure, labelled: set[str]) -> Iterator[str]:
    for subjects in (measure.entities, measure.items):
        for subject in subjects:
            names = [folded(name) for name in subject.names.values()]
            yield next((name for name in names if name in labelled), names[0] if names else "")
    yield from (target.key for target in measure.amends)


def verdict(found: set[str], labelled: set[str]) -> str:
    """How a reading compares with its label."""
    if found - labelled:
        return "wrong"
    if found == labelled:
        return "right"
    return "part" if found else "silent"


async def score(client: Client, settings: SecondReaderSettings, corpus: Path) -> None:
    """Read every labelled act three ways and print what came of it."""
    counts = {way: Counter[str]() for way in READ_BY}
    total, began = Counter[str](), time.monotonic()
    for gold in map(json.loads, (corpus / "gold.jsonl").read_text(encoding="utf-8").splitlines()):
        (file,) = (
            (corpus / "docs").glob(f"{gold['id']}-{gold['slug']}.*")
            if gold.get("is_announcement")
            else (None,)
        )
        if file is None or not (labelled := label(gold)):
            continue
        acts = [fact for fact in read_file(file).facts if isinstance(fact, Announcement)]
        own = [measure for act in acts for measure in act.measures]
        asked = await read_act(
            client, settings, extract_words(file.read_bytes()) or "", acts[0] if acts else None
        )
        theirs = asked.opinion.measures if asked.opinion else ()
        total += Counter(asked=asked.asked, answered=asked.answered, failed=bool(asked.failure))
        total["dropped"] += len(asked.opinion.dropped) if asked.opinion else 0
        for way, measures in zip(READ_BY, (own, theirs, [*own, *theirs]), strict=True):
            counts[way][verdict(said(measures, labelled), labelled)] += 1
    print(f"{'':20} right  part  silent  wrong")  # noqa: T201 - what it is for
    for way, count in counts.items():
        print(  # noqa: T201
            f"{way:20} {count['right']:5} {count['part']:5} {count['silent']:7} {count['wrong']:6}"
        )
    cost = count_cost(settings, total["asked"], total["answered"])
    tokens = (
        f"tokens {total['asked']:,} + {total['answered']:,}, {cost:.2f} by the price that was given"
    )
    print(  # noqa: T201
        f"dropped {total['dropped']}, failed {total['failed']}; {tokens};"
        f" {time.monotonic() - began:.0f} s"
    )


def main() -> None:
    """Ask for the server, the model and the corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("model")
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "--price",
        type=float,
        nargs=2,
        default=(0.0, 0.0),
        help="of a million tokens, asked and answered",
    )
    asked = parser.parse_args()
    settings = SecondReaderSettings(
        url=asked.url, model=asked.model, allow_private=True, price=tuple(asked.price)
    )
    asyncio.run(_run(settings, asked.corpus))


async def _run(settings: SecondReaderSettings, corpus: Path) -> None:
    client = Client(settings, "regulatory-monitor", os.environ.get("SECOND_READER_KEY"))
    try:
        await score(client, settings, corpus)
    finally:
        await client.aclose()


if __name__ == "__main__":
    main()
