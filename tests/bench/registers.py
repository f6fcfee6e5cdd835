"""A register read, compared and exported, beside a bare parse and a bare SELECT.

A register of 118 MB is made here in the shape of the UN's list, and a store with a
million rows. Each thing is done in a process of its own, whose peak is with interpreter and
libraries.
"""

import csv
import hashlib
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from tests.bench.harness import Row, compare, fill_store, measure_apart, say_cost

RECORD = (
    "<INDIVIDUAL><DATAID>{id}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>NAME{id}</FIRST_NAME><SECOND_NAME>OF THE"
    " {id}TH</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.{id}</REFERENCE_NUMBER><LISTED_ON>2016-11-30"
    "</LISTED_ON><COMMENTS1>{comment}</COMMENTS1><NATIONALITY><VALUE>Utopia</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN"
    " List"
    "</VALUE></LIST_TYPE><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Alias"
    " {id}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    "<INDIVIDUAL_ADDRESS><STREET>{id} Main"
    " Street</STREET><CITY>Utopia</CITY></INDIVIDUAL_ADDRESS><INDIVIDUAL_DATE_OF_BIRTH>"
    "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>\n"
)
SIZE = 118  # megabytes
ROWS = 1_000_000
EDITED = 50  # of a thousand records of the second edition this one differs
GONE = 10  # records of the first edition that are not in the second; as many are new there
BOUND = "2; 120 MB"
COLUMNS = "reader, row, name, subject, first_seen, gone, held_since"


def write_edition(path: Path, *, edited: bool) -> None:
    """A register of about this size; the edited one has some records changed, some gone, some
    new.
    """
    first = GONE if edited else 0
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "<CONSOLIDATED_LIST"
            f' dateGenerated="2026-11-{21 if edited else 20}T00:00:00Z"><INDIVIDUALS>\n'
        )
        for number in range(first, SIZE * 1024 * 1024 // 1_080 + first):
            changed = edited and number % 1_000 == EDITED
            file.write(
                RECORD.format(id=number, comment="Reviewed in 2026. " * (20 if changed else 19))
            )
        file.write("</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>\n")


def parse(path: Path) -> None:
    """The floor: lxml over the file, each record hashed and forgotten."""
    for _, element in etree.iterparse(str(path), tag="INDIVIDUAL"):
        hashlib.blake2b(etree.tostring(element, with_tail=False), digest_size=16).digest()
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def read(path: Path, before: Path | None) -> None:
    """What a poll does with a register, of which it knows the edition before."""
    from monitor.diff.rows import (  # noqa: PLC0415
        explain,
        hash_record,
        read_listings,
        scan,
    )
    from monitor.source.page import Body, Page  # noqa: PLC0415
    from scrapers.un_sc import consolidated  # noqa: PLC0415

    edition, last = (
        each and consolidated.read(Page("https://example.org/", Body(each)))
        for each in (path, before)
    )
    known = (
        {record.id: hash_record(record.raw) for record in last.records if int(record.id) >= GONE}
        if last
        else {}
    )

    def compare() -> None:
        scanned = scan(edition, known)
        if known:
            moved = {name: version.raw for name, version in scanned.moved.items() if name in known}
            explain(edition, scanned, moved, read_listings(edition, scanned))

    say_cost(compare)


def select(store: Path, file: Path) -> None:
    """The floor of an export."""
    database = sqlite3.connect(f"file:{store / 'history.sqlite'}?mode=ro", uri=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(database.execute(f"SELECT {COLUMNS} FROM listed ORDER BY id"))


def export(store: Path, file: Path) -> None:
    """The command, whole."""
    from monitor.cli.app import app  # noqa: PLC0415 - for the process that measures it alone

    app(["--store", str(store), "export", "rows", "--out", str(file)], standalone_mode=False)


def measure() -> Iterator[Row]:
    """Each with its peak of memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = folder / "old.xml", folder / "new.xml"
        write_edition(old, edited=False)
        write_edition(new, edited=True)
        floor, _ = measure_apart("registers", "parse", new)
        for what, paths in (("read", (new,)), ("compared", (new, old))):
            seconds, peak = measure_apart("registers", "read", *paths)
            said = f"{SIZE} MB register {what}"
            yield compare(said, seconds, "`iterparse`", floor, BOUND, f", {peak:.0f} MB")
        measure_apart("registers", "fill", folder / "store", runs=1)
        floor, _ = measure_apart("registers", "select", folder / "store", folder / "rows.csv")
        seconds, peak = measure_apart("registers", "export", folder / "store", folder / "rows.csv")
        said = f"{ROWS:,} rows exported"
        yield compare(said, seconds, "SELECT", floor, "120 MB", f", {peak:.0f} MB")


ACTIONS = {
    "parse": parse,
    "fill": partial(fill_store, rows=ROWS),
    "select": select,
    "export": export,
}

if __name__ == "__main__":
    action, paths = "".join(sys.argv[1:2]), [Path(argument) for argument in sys.argv[2:]]
    if action == "read":
        read(paths[0], paths[1] if paths[1:] else None)
    else:
        say_cost(lambda: ACTIONS[action](*paths))
