"""`python -m tests.bench.registers`: a register of 17 MB and one of 118 MB, read and compared, against a bare parse that hashes.

The register is made here: as many records as the UN's list would have at that size, shaped like it. Peak memory is that of a
whole process of its own, interpreter and libraries included.
"""

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

RECORD = (
    "<INDIVIDUAL><DATAID>{id}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>NAME{id}</FIRST_NAME><SECOND_NAME>OF THE"
    " {id}TH</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.{id}</REFERENCE_NUMBER><LISTED_ON>2016-11-30"
    "</LISTED_ON><COMMENTS1>{comment}</COMMENTS1><NATIONALITY><VALUE>Utopia</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List"
    "</VALUE></LIST_TYPE><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Alias {id}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    "<INDIVIDUAL_ADDRESS><STREET>{id} Main Street</STREET><CITY>Utopia</CITY></INDIVIDUAL_ADDRESS><INDIVIDUAL_DATE_OF_BIRTH>"
    "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>\n"
)
SIZES = (17, 118)
MEGABYTE = 1024 * 1024
EDITED = 50  # every so manieth of a thousand records of the second edition differs


def write(path: Path, megabytes: int, *, edited: bool) -> None:
    """A register of about this size; the edited one has some records changed, some gone, some new."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<CONSOLIDATED_LIST dateGenerated="2026-11-{21 if edited else 20}T00:00:00Z"><INDIVIDUALS>\n')
        for number in _numbers(megabytes, edited=edited):
            changed = edited and number % 1_000 == EDITED
            file.write(RECORD.format(id=number, comment="Reviewed in 2026. " * (20 if changed else 19)))
        file.write("</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>\n")


def _numbers(megabytes: int, *, edited: bool) -> Iterator[int]:
    count = megabytes * MEGABYTE // 1_080
    yield from range(10 if edited else 0, count + (10 if edited else 0))


def bare(path: Path) -> None:
    """The floor: lxml over the file, each record hashed and forgotten."""
    for _, element in etree.iterparse(str(path), tag="INDIVIDUAL"):
        hashlib.blake2b(etree.tostring(element, with_tail=False), digest_size=16).digest()
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def read(path: Path, known: dict[str, bytes]) -> dict[str, bytes]:
    """What a poll does with a register of which the digests are known: sift and explain."""
    from monitor.diff.rows import explain, scan  # noqa: PLC0415 - for the process that measures it alone
    from monitor.source.page import Body, Page  # noqa: PLC0415
    from scrapers.un_sc import consolidated  # noqa: PLC0415

    register = consolidated.read(Page("https://example.org/", Body(path)))
    scanned = scan(register, known)
    if known:
        explain(register, scanned, {name: version.raw for name, version in scanned.moved.items() if name in known})
    return {name: version.digest for name, version in scanned.moved.items()}


def digests(path: Path) -> dict[str, bytes]:
    """What the history knows of an edition."""
    from monitor.diff.rows import digest  # noqa: PLC0415
    from monitor.source.page import Body, Page  # noqa: PLC0415
    from scrapers.un_sc import consolidated  # noqa: PLC0415

    return {record.id: digest(record.raw) for record in consolidated.read(Page("https://example.org/", Body(path))).records}


def alone(action: str, *paths: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one action in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.registers", action, *map(str, paths)], check=True, capture_output=True, text=True
    )
    seconds, peak = map(float, answer.stdout.split())
    return seconds, peak


def act(action: str, paths: list[Path]) -> None:
    """Do it, and print seconds and peak megabytes. What comes before the clock starts is what the history would hold."""
    known = digests(paths[0]) if action == "compared" else {}
    began = time.perf_counter()
    if action == "bare":
        bare(paths[-1])
    else:
        known = {name: digest for name, digest in known.items() if int(name) >= 10}
        read(paths[-1], known)
    seconds = time.perf_counter() - began
    sys.stdout.write(f"{seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}\n")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in SIZES:
            old, new = Path(folder) / f"{megabytes}-old.xml", Path(folder) / f"{megabytes}-new.xml"
            write(old, megabytes, edited=False)
            write(new, megabytes, edited=True)
            floor = min(alone("bare", new)[0] for _ in range(3))
            for action, paths in (("bare", (new,)), ("first", (new,)), ("compared", (old, new))):
                runs = [alone(action, *paths) for _ in range(3)]
                seconds, peak = min(run[0] for run in runs), max(run[1] for run in runs)
                sys.stdout.write(
                    f"{megabytes:4} MB {action:10} {seconds:6.2f} s  {seconds / floor:5.2f} x bare  peak {peak:5.0f} MB\n"
                )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        act(sys.argv[1], [Path(argument) for argument in sys.argv[2:]])
    else:
        main()
