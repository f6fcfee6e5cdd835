"""Looks for what is wrong: the house first, then every source's address, all at once; writes
nothing to the history.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from pathlib import Path

from monitor.cli import causes
from monitor.cli.doctor.house import (
    Finding,
    check_clock,
    check_environment,
    list_proven_sources,
    make_bad_finding,
)
from monitor.cli.doctor.source import (
    Comparison,
    Examined,
    Reading,
    compare,
    examine_source,
    find_unresolved,
    guess_extension,
    save,
    write_page,
)
from monitor.cli.output import print_lines, print_table
from monitor.cli.progress import watch_progress
from monitor.cli.read import iterate_found
from monitor.clock import Clock, SystemClock
from monitor.config import Config
from monitor.config.outward import redacted
from monitor.config.stores import Store
from monitor.deliver import destinations
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError, ErrorKind, MonitorError, SourceError
from monitor.fetch import Seen, open_fetcher
from monitor.model import Problem, to_json
from monitor.render import words
from monitor.source.configured import PREFIX
from monitor.source.health import BLOCKED, LAYOUT, find_way_out, name_kind
from monitor.source.page import Page
from monitor.source.registry import Registry
from monitor.source.scraper import Source, read_all

PATIENCE = 20.0  # seconds for one page: with it a machine off line has its answer within a minute
LOOKUPS = 64  # names looked up at a time: a dead resolver blocks a thread for each
MOST_FACTS = 200  # of one page: enough to see what is understood
TEXT = {"html", "xml", "json"}
NAMES_EACH = "; `monitor doctor --all` names each"
OUTCOMES = {BLOCKED: "refused", LAYOUT: "layout"}
ABOUT = """What `monitor doctor --all --save` saw, one folder a source:

summary.txt          a line a source: what came, what was wrong, the way out; then how many came to what
findings.jsonl       the same for programs, with every answer's address, status and headers
SOURCE/page.*        the page as it came
SOURCE/found.jsonl   what its reader found in it, the first {most} facts, links or rows
SOURCE/finding.json  how that compares with the saved page: selectors that match nothing, links of another shape

Secrets that the monitor knows of are taken out. Look it through before you send it: a page is as its publisher made it.
"""


def check_all(
    config: Config,
    config_file: Path | None,
    store: Store,
    names: Sequence[str],
    *,
    keep: bool,
    quiet: bool = False,
    to: Path | None = None,
) -> list[Finding]:
    """Find all, the environment first; `keep` makes each page a fixture. `to` is a folder for a bug
    report on all sources, switched on or not. `quiet`: show no progress.

    Raises:
        ConfigError: no such source, or a scraper that can't be imported.
    """
    registry = Registry(config)
    sources = _choose_sources(registry, names, every=to is not None)
    all_examined = asyncio.run(_examine_all(config, sources, SystemClock(), quiet=quiet))
    proven = list_proven_sources(store)
    answers = [answer for examined in all_examined for answer in examined.answers]
    all_findings = [
        *check_environment(config, config_file, store, registry.sources),
        *find_unopened(config),
        check_clock(answers),
        *find_common_cause(all_examined),
        *(
            make_source_finding(
                one, compare(one.source, one.page), _save_page(one) if keep else "", proven
            )
            for one in all_examined
        ),
    ]
    _write_report(to, all_examined, all_findings) if to else None
    return all_findings


def _choose_sources(registry: Registry, names: Sequence[str], *, every: bool) -> Sequence[Source]:
    """Choose those to ask for: unless they are named, none that answers no machine."""
    if every:
        return registry.declared
    if names:
        return registry.named(names)
    return [source for source in registry.sources if not source.by_hand]


async def _examine_all(
    config: Config, sources: Sequence[Source], clock: Clock, *, quiet: bool
) -> list[Examined]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOKUPS))
    renders = [f"{source.id}: render" for source in sources if source.render]
    fetcher = open_fetcher(config, clock, renders, patience=PATIENCE)
    try:
        with watch_progress("addresses", quiet=quiet) as progress:
            for source in sources:
                progress(source.id, 1)
            nowhere = await find_unresolved(sources, clock.now())

            async def settle(source: Source) -> Examined:
                examined = await examine_source(source, fetcher, clock, nowhere)
                progress(source.id, -1)
                return examined

            return list(await asyncio.gather(*map(settle, sources)))
    finally:
        await fetcher.aclose()


def _save_page(examined: Examined) -> str:
    """Describe where the page was saved, or why it was not."""
    if examined.page is None:
        return ""
    try:
        return f"saved as {save(examined.source, examined.page)}"
    except MonitorError as error:
        return f"not saved: {error}"


def find_unopened(config: Config) -> Iterator[Finding]:
    """The destinations that can't be opened with what the environment of this command has."""
    try:
        reasons = destinations.list_unopened(destinations.channels(config, Terminal()))
    except ConfigError as error:
        yield make_bad_finding(
            "destination alerts, ops", str(error), "name the channel in config.toml"
        )
        return
    for why, names in reasons.items():
        remedy = "set it in the monitor's environment; until then messages there wait"
        yield make_bad_finding(f"destination {', '.join(names)}", why, remedy)


def _write_report(
    folder: Path, all_examined: Sequence[Examined], findings: Sequence[Finding]
) -> None:
    """Write a folder for a bug report: of every address its answer, its reader's result, and the
    difference from the saved page.

    Raises:
        ConfigError: the folder is not empty.
        MonitorError: it can't be written.
    """
    if folder.exists() and (folder.is_file() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: is there already; name a new folder for what is seen")
    lines = [
        f"{finding.state:7} {finding.subject}:"
        f" {finding.seen}{f' | {finding.remedy}' * bool(finding.remedy)}"
        for finding in findings
    ]
    told = [to_json(finding.fields).decode() for finding in findings]
    _write_lines(folder / "README.txt", ABOUT.format(most=MOST_FACTS).rstrip())
    _write_lines(folder / "summary.txt", *lines, *map(": ".join, summarize_sources(findings)))
    _write_lines(folder / "findings.jsonl", *told)
    of_sources = [line for finding, line in zip(findings, told, strict=True) if finding.is_source]
    for examined, line in zip(all_examined, of_sources, strict=True):
        place = folder / examined.source.id
        _write_lines(place / "finding.json", line)
        if examined.page:
            body = examined.page.body.whole
            name = guess_extension(body)
            page = (
                redacted(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
                if name in TEXT
                else body
            )
            write_page(place / f"page.{name}", page)
            _write_lines(place / "found.jsonl", *_list_facts(examined.source, examined.page))


def _list_facts(source: Source, page: Page) -> list[str]:
    try:
        facts = iterate_found(read_all(source.read, page))
        return [to_json(fact).decode() for fact in islice(facts, MOST_FACTS)]
    except SourceError as error:
        return [to_json({"problem": Problem(kind=error.kind, text=str(error))}).decode()]


def _write_lines(path: Path, *lines: str) -> None:
    """Write words without known secrets."""
    write_page(
        path, redacted("".join(f"{line}\n" for line in lines)).encode("utf-8", "surrogateescape")
    )


def show_checkup(findings: Sequence[Finding], *, as_json: bool, every: bool) -> None:
    """Print the findings with the way out; sources with one common cause share a line. JSON, and
    `every`, have a line for each source.
    """
    if as_json:
        print_lines(finding.fields for finding in findings)
        return
    failed = [
        (finding.subject, (finding.problem,))
        for finding in findings
        if finding.is_source and finding.problem
    ]
    common = [] if every else [cause for cause in causes.group_unreached(failed) if cause.is_common]
    said = {source for cause in common for source in cause.sources}
    lines = [
        (finding.subject, finding.state, finding.seen, finding.remedy)
        for finding in findings
        if not (finding.is_source and finding.subject in said)
    ]
    lines += [
        (
            f"{len(cause.sources)} sources",
            "wrong",
            cause.line,
            f"{find_remedy(cause.kind)}{NAMES_EACH * (not cause.names_all)}",
        )
        for cause in common
    ]
    print_table(("what", "is", "seen", "what to do"), lines)
    if summary := summarize_sources(findings):
        print_table(
            ("outcome", "count", "sources"),
            [(name, count, ids if every else "") for name, count, ids in summary],
        )


def summarize_sources(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Print the sources' results: an outcome a row, with the number and names; no details."""
    groups = defaultdict[str, list[str]](list)
    for finding in findings:
        if finding.is_source:
            groups[_name_outcome(finding.problem)].append(finding.subject)
    rows = [
        (name, f"{len(ids)}", ", ".join(ids))
        for name, ids in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]
    return rows if sum(map(len, groups.values())) > 1 else []


def _name_outcome(problem: Problem | None) -> str:
    if problem is None:
        return "read well"
    return (
        "empty"
        if problem.kind is ErrorKind.EMPTY
        else OUTCOMES.get(word := name_kind(problem.kind), word)
    )


# One source's check in words, with the cause of a problem and the way out.

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
UNPROVEN = "unproven: no live page was ever read by its reader"


def find_remedy(kind: ErrorKind) -> str:
    """Return the way out of a cause that makes many sources unreachable."""
    return find_way_out(kind).partition(";")[0]


def word_remedy(kind: ErrorKind, source: str) -> str:
    """The way out for one source; the address of a `[[page]]` stands in its own table."""
    remedy = find_way_out(kind)
    if source.startswith(PREFIX):
        if kind is ErrorKind.TOO_LARGE:
            return "find an address with less on it: the limit of a [[page]] can't be raised"
        name = source.removeprefix(PREFIX)
        remedy = remedy.replace(
            'url under [sources."{id}"]', f'url in the [[page]] whose name is "{name}"'
        )
    return remedy.replace("{id}", source)


def make_source_finding(
    examined: Examined, comparison: Comparison | None, kept: str, proven: Collection[str] = ()
) -> Finding:
    """One source's line; `proven` are those that a poll has read well."""
    problem = (
        examined.problem
        or (comparison.live.problem if comparison else None)
        or _find_problem(examined, comparison)
    )
    remedy = word_remedy(problem.kind, examined.source.id) if problem else ""
    is_proven = (
        examined.source.captured
        or examined.source.id in proven
        or (comparison and comparison.is_proven)
    )
    parts = [
        *_list_answers(examined.answers),
        *_list_found(examined, comparison),
        f"{problem.kind}: {problem.text}" if problem else "",
        UNPROVEN if problem and not is_proven else "",
        kept,
    ]
    details = _collect_details(examined, comparison) | ({"problem": problem} if problem else {})
    seen = " · ".join(filter(None, parts))
    name, ok = examined.source.id, problem is None
    return Finding(
        name, ok=ok, seen=seen, remedy=remedy, details=details, is_source=True, problem=problem
    )


def _find_problem(examined: Examined, comparison: Comparison | None) -> Problem | None:
    """Describe the problem of a readable page: its links have another form, or lead to unparsed
    pages.
    """
    if comparison and comparison.strange_links:
        forms = ", ".join(sorted(comparison.live.shapes)[:2])
        return Problem(
            kind=ErrorKind.LAYOUT,
            text=f"all its links have another form than on the saved page, such as {forms}",
        )
    if comparison and comparison.live.fault:
        return comparison.live.fault
    if examined.followed and examined.followed.nothing:
        return Problem(
            kind=ErrorKind.READER, text=f"{examined.followed.url}: {examined.followed.nothing}"
        )
    return None


def find_common_cause(all_examined: Sequence[Examined]) -> Iterator[Finding]:
    """One line where no source could be reached."""
    lost = [
        (one.source.id, (one.problem,)) for one in all_examined if not one.answers and one.problem
    ]
    if nothing := causes.describe_no_network(causes.group_unreached(lost), len(all_examined)):
        yield make_bad_finding("network", nothing, causes.CHECK_NETWORK)


def _list_answers(answers: Sequence[Seen]) -> Iterator[str]:
    if not answers:
        return
    last = answers[-1]
    yield last.address
    if last.certificate:
        yield f"TLS by {last.certificate.issuer} until {last.certificate.expires}"
    yield f"{last.status}"
    if last.url.startswith("http://"):
        yield "with http alone: nothing proves that it comes from the publisher"
    # one address may be asked twice
    if redirects := sum(one.url != other.url for one, other in pairwise(answers)):
        yield f"{words.format_count(redirects, 'redirect')} to {last.url}"


def choose_charset(page: Page) -> str:
    """Describe the charset that gives the page its words: ours, the bytes' own, the server's."""
    if page.charset:
        return page.charset.lower()
    try:
        page.body.whole.decode("utf-8")
    except UnicodeDecodeError:
        declared = CHARSET.search(page.content_type) or CHARSET.search(
            page.body.whole[:4096].decode("latin-1")
        )
        return declared[1].lower() if declared else "charset guessed"
    return "utf-8"


def _list_found(examined: Examined, comparison: Comparison | None) -> Iterator[str]:
    """Describe the answer, the reader's result, the difference from the saved page, and the
    first links.
    """
    if page := examined.page:
        yield f"{page.body.size:,} bytes"
        yield f"{page.content_type.partition(';')[0] or 'no type'}, {choose_charset(page)}"
    if comparison:
        live, saved = comparison.live, comparison.saved
        if live.problem is None:
            yield _count_facts(live)
        yield from live.remarks  # unknown columns, a namespace taken for ours
        if comparison.file:
            ratio = f", ratio {comparison.ratio:g}" if comparison.ratio is not None else ""
            yield f"saved {comparison.file}: {_count_facts(saved)}{ratio}"
        missing = [
            css for css, count in saved.matched.items() if count and not live.matched.get(css)
        ]
        if missing:
            yield f"no longer found: {', '.join(missing)}"
        elif comparison.file and saved.matched:
            yield "same selectors"
    if followed := examined.followed:
        if followed.problem:
            yield f"a page it links to can't be read: {followed.problem}"
        elif not followed.nothing:
            yield f"a page it links to gives {words.format_count(followed.facts, 'fact')}"


def _count_facts(reading: Reading) -> str:
    return (
        f"{words.format_count(reading.links, 'link')}, {words.format_count(reading.facts, 'fact')}"
    )


def _collect_details(examined: Examined, comparison: Comparison | None) -> dict[str, object]:
    details: dict[str, object] = {
        "url": examined.url,
        "answers": [_collect_answer(answer) for answer in examined.answers],
    }
    if page := examined.page:
        details |= {
            "bytes": page.body.size,
            "sha256": page.body.sha256,
            "charset": choose_charset(page),
        }
    if comparison:
        details |= _collect_reading(comparison.live)
    if followed := examined.followed:
        problem = followed.problem or followed.nothing
        details["linked"] = {
            "url": followed.url,
            "reader": followed.reader,
            "facts": followed.facts,
            "problem": problem,
        }
    if comparison and comparison.file:
        details["saved"] = {
            "file": comparison.file,
            **_collect_reading(comparison.saved),
            "ratio": comparison.ratio,
        }
    return details


def _collect_reading(reading: Reading) -> dict[str, object]:
    return {"links": reading.links, "facts": reading.facts, "selectors": dict(reading.matched)}


def _collect_answer(answer: Seen) -> dict[str, object]:
    tls = (
        {"issuer": answer.certificate.issuer, "expires": answer.certificate.expires}
        if answer.certificate
        else None
    )
    shown: dict[str, object] = {
        "url": answer.url,
        "status": answer.status,
        "address": answer.address,
        "content_type": answer.content_type,
        "headers": dict(answer.headers),
    }
    return shown | ({"tls": tls} if tls else {})
