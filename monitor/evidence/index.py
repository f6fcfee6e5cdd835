"""The page of a pack for people: what was known when, from which bytes, what was told; and how to check all of it. Pure."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from monitor.evidence.contents import Contents

STYLE = (
    "body{font:1em/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
    "code{font-size:.85em}td,th{border:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top;word-break:break-word}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
CHECK = """
To check it: take verify.py of a monitor that you trust (the one in here is part of what is to be checked) and say
<code>python3 verify.py PACK.zip --sha256 HEX</code>, with the SHA-256 that whoever made the pack told you. It needs Python 3.8 or
newer and nothing else, no network. It checks every byte of the file, every file in it by its SHA-256, that none is missing or was
added, and every quote at its place."""
NOT_PROVEN = """
What it does not prove: who made it, and when. Where there is a timestamp.tsr, it is over manifest.json, and
<code>openssl ts -verify -data manifest.json -in timestamp.tsr -CAfile authority.pem</code> checks it. The files in texts/ are the
words as the monitor read them from the bytes; of a PDF or an office file nothing takes them from the bytes a second time. The
annexes of an act are those of its page as they were read last. The words of a message are put together when it is sent, and are
not kept: here stands what it was about, where it went and when it arrived."""


def page(contents: Contents, record: dict[str, Any]) -> str:
    """The page; whatever came from outside is text on it, and nothing on it is loaded or run."""
    asked = escape(", ".join(contents.asked))
    parts = (
        f"<h1>Evidence: {asked}</h1><p>{CHECK}</p><p>{NOT_PROVEN}</p>",
        *_missing(contents.missing),
        *_findings(contents, record["findings"]),
        *_table("Records of registers", ("register", "record", "name", "what", "when", "gone", "bytes"), _rows(record["rows"])),
        *_table("What was told", ("about", "what", "where to", "state", "owed", "arrived"), _told(record["told"])),
        *_table("How the bytes came", ("SHA-256", "when", "address", "status", "headers"), _responses(record["arrivals"])),
        *_table("Quotes", ("act", "of", "words", "place in the words", "in the bytes"), _quotes(contents.quotes)),
    )
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Evidence: {asked}</title>'
    return f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"


def _missing(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield f"<h2>What is missing</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in missing)}</ul>"


def _findings(contents: Contents, findings: Sequence[dict[str, Any]]) -> Iterator[str]:
    heads = ("recorded", "what", "of", "title", "source", "address", "fetched", "bytes", "words")
    yield from _table("What was known when", heads, (_finding(contents, finding) for finding in findings))
    annexes = [(finding["key"], annex) for finding in findings for annex in finding["annexes"]]
    rows = ((key, annex["title"], annex["url"], annex["fetched_at"], f"bodies/{annex['sha256']}") for key, annex in annexes)
    yield from _table("Annexes", ("act", "title", "address", "fetched", "bytes"), dict.fromkeys(rows))


def _finding(contents: Contents, finding: dict[str, Any]) -> tuple[str, ...]:
    came = finding["page"] or {"url": "", "fetched_at": "", "sha256": ""}
    sha256 = came["sha256"]
    fetched = f"{came['fetched_at']}{' (handed in by a person)' if 'handed_in_at' in came else ''}"
    title = str(finding["fact"].get("title") or finding["fact"].get("register") or "")
    body, text = (f"bodies/{sha256}" if sha256 else ""), (f"texts/{sha256}.txt" if sha256 in contents.texts else "")
    return finding["at"], finding["kind"], finding["key"], title, finding["source"], came["url"], fetched, body, text


def _rows(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield row["register"], row["row"], row["name"], row["action"], row["at"], row["gone"] or "", row["file"]


def _told(told: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for one in told:
        arrived = one["told_at"] or ""
        yield one["about"] or "", one["kind"], one["destination"], one["state"], one["owed_at"], arrived


def _responses(retrievals: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for came in retrievals:
        for response in came["hops"]:
            headers = "; ".join(f"{name}: {value}" for name, value in response.get("headers", {}).items())
            yield came["sha256"], response["at"], response["url"], str(response["status"]), headers


def _quotes(quotes: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for quote in quotes:
        place = f"{quote['text']}, {quote['from']}–{quote['to']}" if "text" in quote else "not found as it is quoted"
        yield quote["act"], quote["of"], quote["words"], place, "yes" if "bytes" in quote else "not by Python alone"


def _table(title: str, heads: Sequence[str], rows: "Iterator[tuple[str, ...]] | dict[tuple[str, ...], None]") -> Iterator[str]:
    lines = [f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows]
    if lines:
        yield f"<h2>{escape(title)}</h2><table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{''.join(lines)}</table>"


def _cell(cell: str) -> str:
    """A file of the pack is a link to it; an address is none, since a pack is read offline."""
    inside = cell.startswith(("texts/",)) and cell.endswith(".txt")
    return f'<a href="{escape(cell)}"><code>{escape(cell[:20])}…</code></a>' if inside else escape(cell)
