"""Write a pack: a ZIP with the same bytes for the same history, and the SHA-256 of all before at
its end.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from monitor.config import files, redact
from monitor.config.files import FILE
from monitor.config.outward import redacted
from monitor.errors import ConfigError, MonitorError
from monitor.evidence import verify
from monitor.evidence.contents import Contents, name_row_file
from monitor.evidence.verify import BESIDE, DIGEST, MANIFEST, STAMP, UNSTAMPED, make_comment
from monitor.model import frozen

SCRIPT = Path(verify.__file__)
FIRST = datetime(1980, 1, 1, tzinfo=UTC)  # before which a ZIP knows no day
UNKNOWN = "0" * DIGEST

T = TypeVar("T")
Pieces = Callable[[], Iterator[bytes]]
Stamp = Callable[[bytes], "Stamped"]


@frozen
class Stamped:
    """A file of a pack about its timestamp: the token, or why there is none; `told` describes it in
    a line.
    """

    name: str
    content: bytes
    told: str


class Packed(msgspec.Struct, frozen=True):
    """A finished pack: the SHA-256 of the file and of its manifest, the counts, and the missing
    parts.
    """

    sha256: str
    manifest: str
    acts: int
    bodies: int
    rows: int
    quotes: int
    placed: int
    in_bytes: int
    missing: tuple[str, ...]
    timestamp: str = ""


def write(contents: Contents, file: Path, stamp: Stamp | None = None) -> Packed:
    """Write a pack into a new file, and its SHA-256 beside it; whole or not at all. `stamp`
    requests a timestamp of the manifest.

    Raises:
        MonitorError: the file exists, or can't be written.
        EvidenceLost: an archived body has just gone.
    """
    return write_new(
        file, lambda draft: write_pack(contents, draft, stamp), lambda packed: packed.sha256
    )


def write_new(file: Path, fill: Callable[[IO[bytes]], T], get_sha256: Callable[[T], str]) -> T:
    """Have a new file filled, with its SHA-256 in one beside it; there whole or not at all.

    Raises:
        MonitorError: there is such a file, or it can't be written.
    """
    if file.exists():
        raise MonitorError(
            f"{files.shorten_path(file)}: is there already; name a new one with --out"
        )
    try:
        with NamedTemporaryFile(
            dir=file.absolute().parent, prefix=f".{file.name}.", delete=False
        ) as draft:
            try:
                packed = fill(draft)
                os.fsync(draft.fileno())
                Path(draft.name).chmod(FILE)
                Path(draft.name).rename(file)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
        file.with_name(f"{file.name}.sha256").write_text(
            f"{get_sha256(packed)}  {file.name}\n", encoding="utf-8"
        )
    except OSError as error:
        raise MonitorError(
            f"{files.shorten_path(file)}: can't be written: {files.describe_os_error(error)}"
        ) from error
    return packed


def write_pack(contents: Contents, file: IO[bytes], stamp: Stamp | None = None) -> Packed:
    """Write a pack into an open file that can be read and written at any place."""
    members, quotes = _list_members(contents, contents.record()), contents.quotes
    about = {"asked": list(contents.asked), "quotes": quotes, "missing": contents.missing}
    sha256, manifest, stamped = _write_members(file, members, _find_last(contents), about, stamp)
    return Packed(
        sha256=sha256,
        manifest=manifest,
        acts=len({finding.key for finding in contents.dossier.findings}),
        bodies=len(contents.kept),
        rows=len(contents.dossier.rows),
        quotes=len(quotes),
        placed=sum("text" in quote for quote in quotes),
        in_bytes=sum("bytes" in quote for quote in quotes),
        missing=tuple(contents.missing),
        timestamp=stamped.told if stamped else "",
    )


def write_screenings(pieces: Pieces, file: Path) -> str:
    """Write the record of screenings, as JSON lines, into a new pack; its SHA-256.

    Raises:
        MonitorError: there is such a file, or it can't be written.
    """
    members = {
        "screenings.jsonl": (FIRST, pieces),
        "verify.py": (FIRST, _yield_whole(SCRIPT.read_bytes())),
    }
    about = {"asked": ["screenings"], "quotes": [], "missing": []}
    return write_new(file, lambda draft: _write_members(draft, members, FIRST, about, None)[0], str)


def _write_members(
    file: IO[bytes],
    members: dict[str, tuple[datetime, Pieces]],
    last: datetime,
    about: dict[str, Any],
    stamp: Stamp | None,
) -> tuple[str, str, Stamped | None]:
    """Write a ZIP of these files; its SHA-256, that of its manifest, and its timestamp."""
    raw = _encode_json(
        {
            "format": 1,
            **about,
            "files": {name: _describe_pieces(pieces) for name, (_, pieces) in members.items()},
        }
    )
    sha256 = hashlib.sha256(raw).hexdigest()
    members = members | {MANIFEST: (last, _yield_whole(raw))}
    stamped = stamp(raw) if stamp else None
    if stamped:
        assert stamped.name in BESIDE, "a verifier would take it for added"
        members[stamped.name] = (last, _yield_whole(stamped.content))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, (moment, pieces) in sorted(members.items()):
            entry = zipfile.ZipInfo(member, max(moment.astimezone(UTC), FIRST).timetuple()[:6])
            entry.create_system, entry.external_attr, entry.compress_type = (
                3,
                0o644 << 16,
                zipfile.ZIP_DEFLATED,
            )
            with archive.open(entry, "w", force_zip64=True) as packed:
                for piece in pieces():
                    packed.write(piece)
        archive.comment = make_comment(sha256, UNKNOWN)
    return _seal_pack(file), sha256, stamped


def _list_members(contents: Contents, record: dict[str, Any]) -> dict[str, tuple[datetime, Pieces]]:
    """Every file of a pack but the manifest, each with the moment that it bears."""
    last = _find_last(contents)
    fetched: dict[str, datetime] = {}  # when each body came first
    for finding in record["findings"]:
        for evidence in filter(None, (finding["page"], *finding["annexes"])):
            fetched.setdefault(evidence["sha256"], datetime.fromisoformat(evidence["fetched_at"]))
    texts = {
        f"texts/{sha256}.txt": (last, _yield_whole(text.encode()))
        for sha256, text in contents.texts.items()
    }
    bodies = {
        f"bodies/{sha256}": (fetched.get(sha256, last), partial(contents.archive.pieces, sha256))
        for sha256 in contents.kept
    }
    rows = {
        name_row_file(number): (row.at, _yield_whole(row.raw))
        for number, row in enumerate(contents.dossier.rows)
    }
    own = {
        "record.json": redacted(_encode_json(record).decode()).encode(),
        "index.html": redacted(render_page(contents, record)).encode(),
        "verify.py": SCRIPT.read_bytes(),
    }
    return {
        **texts,
        **bodies,
        **rows,
        **{name: (last, _yield_whole(content)) for name, content in own.items()},
    }


def _describe_pieces(pieces: Pieces) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces():
        digest.update(piece)
        size += len(piece)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _find_last(contents: Contents) -> datetime:
    """Find the moment of the last record: a pack that is made again later is then the same."""
    dossier = contents.dossier
    told = [telling.told_at or telling.owed_at for telling in dossier.tellings]
    return max(
        (*(finding.at for finding in dossier.findings), *told, *(row.at for row in dossier.rows)),
        default=FIRST,
    )


def _yield_whole(content: bytes) -> Pieces:
    return lambda: iter((content,))


def _seal_pack(file: IO[bytes]) -> str:
    """Write the SHA-256 of all before it to the end of the comment; return the SHA-256 of the
    whole.
    """
    size = file.seek(0, os.SEEK_END)
    _, before = verify.hash_file(file, size)
    file.seek(size - DIGEST)
    file.write(before.encode())
    file.flush()
    return verify.hash_file(file, size)[0]


def _encode_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


# The page of a pack for people: what was known when, from which bytes, what was sent; and how to
# check it. No I/O.

STYLE = (
    "body{font:1em/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0"
    " 1em}table{border-collapse:collapse}code{font-size:.85em}td,th{border:1px solid"
    " #bbb;padding:.2em .5em;text-align:left;vertical-align:top;word-break:break-word}"
)
META = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"'
    """ content="default-src 'none'; style-src 'unsafe-inline'">"""
)
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


def render_page(contents: Contents, record: dict[str, Any]) -> str:
    """Render the page; foreign content is only text on it, and it loads or runs nothing."""
    asked = escape(", ".join(contents.asked))
    missing = "".join(f"<li>{escape(line)}</li>" for line in contents.missing)
    parts = (
        f"<h1>Evidence: {asked}</h1><p>{CHECK}</p><p>{NOT_PROVEN}</p>",
        f"<h2>What is missing</h2><ul>{missing}</ul>" if missing else "",
        *(_render_table(*table) for table in _iterate_tables(contents, record)),
    )
    return (
        f"<!doctype html><html lang=en><head>{META}<title>Evidence: {asked}</title>"
        f"<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


Cells = tuple[str, ...]


def _iterate_tables(
    contents: Contents, record: dict[str, Any]
) -> Iterator[tuple[str, str, Iterable[Cells]]]:
    """Iterate over the tables: the title, the heads and the rows of each."""
    findings = record["findings"]
    yield (
        "What was known when",
        "recorded, what, of, title, source, address, fetched, bytes, words",
        [_list_finding_cells(contents, finding) for finding in findings],
    )
    yield (
        "Annexes",
        "act, title, address, fetched, bytes",
        dict.fromkeys(chain.from_iterable(map(_list_annex_cells, findings))),
    )
    yield (
        "Records of registers",
        "register, record, name, what, when, gone, bytes",
        _pick_cells(record["rows"], "register row name action at gone file"),
    )
    yield (
        "What was told",
        "about, what, where to, state, owed, arrived",
        _pick_cells(record["told"], "about kind destination state owed_at told_at"),
    )
    yield (
        "How the bytes came",
        "SHA-256, when, address, status, headers",
        chain.from_iterable(map(_list_response_cells, record["arrivals"])),
    )
    yield (
        "Quotes",
        "act, of, words, place in the words, in the bytes",
        map(_list_quote_cells, contents.quotes),
    )


def _list_finding_cells(contents: Contents, finding: dict[str, Any]) -> Cells:
    came = finding["page"] or {"url": "", "fetched_at": "", "sha256": ""}
    sha256 = came["sha256"]
    return (
        *(finding[name] for name in ("at", "kind", "key")),
        str(finding["fact"].get("title") or finding["fact"].get("register") or ""),
        finding["source"],
        came["url"],
        f"{came['fetched_at']}{' (handed in by a person)' if 'handed_in_at' in came else ''}",
        f"bodies/{sha256}" if sha256 else "",
        f"texts/{sha256}.txt" if sha256 in contents.texts else "",
    )


def _list_annex_cells(finding: dict[str, Any]) -> Iterator[Cells]:
    for annex in finding["annexes"]:
        about = (annex[name] for name in ("title", "url", "fetched_at"))
        yield finding["key"], *about, f"bodies/{annex['sha256']}"


def _pick_cells(rows: Iterable[dict[str, Any]], names: str) -> Iterator[Cells]:
    return (tuple(row[name] or "" for name in names.split()) for row in rows)


def _list_response_cells(came: dict[str, Any]) -> Iterator[Cells]:
    for response in came["hops"]:
        headers = "; ".join(
            f"{name}: {value}" for name, value in response.get("headers", {}).items()
        )
        yield came["sha256"], response["at"], response["url"], str(response["status"]), headers


def _list_quote_cells(quote: dict[str, Any]) -> Cells:
    return (
        *(quote[name] for name in ("act", "of", "words")),
        (
            f"{quote['text']}, {quote['from']}–{quote['to']}"
            if "text" in quote
            else "not found as it is quoted"
        ),
        "yes" if "bytes" in quote else "not by Python alone",
    )


def _render_table(title: str, heads: str, rows: Iterable[Cells]) -> str:
    """Render a table; nothing where it has no row."""
    lines = "".join(
        f"<tr>{''.join(f'<td>{_render_cell(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    named = "".join(f"<th>{head}</th>" for head in heads.split(", "))
    return f"<h2>{title}</h2><table><tr>{named}</tr>{lines}</table>" if lines else ""


def _render_cell(cell: str) -> str:
    """A file of the pack is a link to it; an address is none, since a pack is read offline."""
    inside = cell.startswith("texts/") and cell.endswith(".txt")
    return (
        f'<a href="{escape(cell)}"><code>{escape(cell[:20])}…</code></a>'
        if inside
        else escape(cell)
    )


# Timestamp a pack by an authority of the operator's choice (RFC 3161). Uses the network; never
# fails a pack.

INSTALL = (
    "needs the extra evidence: pip install 'regulatory-monitor[evidence]' (here: .venv/bin/uv sync"
    " --extra evidence)"
)
TIMEOUT = 15.0  # seconds
LARGEST = 64 * 1024  # bytes of a token with its certificates
GRANTED = (0, 1)  # granted as requested, or with listed changes
KINDS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class Unstamped(Exception):
    """The reason why there is no timestamp, in words."""


def make_stamper(address: str, user_agent: str) -> Stamp:
    """Build the request for a timestamp of some bytes; it has only their SHA-256.

    Raises:
        ConfigError: the extra is not installed.
    """
    try:
        import rfc3161_client  # noqa: PLC0415 - of an extra

        question = rfc3161_client.TimestampRequestBuilder().hash_algorithm(
            rfc3161_client.HashAlgorithm.SHA256
        )
    except ModuleNotFoundError as error:
        raise ConfigError(f"evidence.timestamp: {INSTALL}") from error
    host = urlsplit(address).hostname or address

    def stamp(stamped: bytes) -> Stamped:
        request = question.data(stamped).nonce(nonce=True).cert_request(cert_request=True).build()
        try:
            reply = _ask_authority(address, request.as_bytes(), user_agent)
            moment = _check_reply(
                rfc3161_client.decode_timestamp_response, reply, stamped, request.nonce
            )
        except Unstamped as why:
            told = f"no timestamp: {host}: {why}"
            of = hashlib.sha256(stamped).hexdigest()  # so that it fits no other pack
            return Stamped(UNSTAMPED, f"{told}\n{of}\n".encode(), told)
        return Stamped(STAMP, reply, f"timestamp of {moment} by {host} ({STAMP} in the pack)")

    return stamp


def _ask_authority(address: str, request: bytes, user_agent: str) -> bytes:
    """Request a timestamp once; redirects are not followed.

    Raises:
        Unstamped: there is none.
    """
    reply = b""
    try:
        with (
            httpx.Client(timeout=TIMEOUT, headers={"User-Agent": user_agent}) as client,
            client.stream("POST", address, content=request, headers=KINDS) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise Unstamped(f"answered {answer.status_code}")
            for piece in answer.iter_bytes():
                reply += piece
                if len(reply) > LARGEST:
                    raise Unstamped(f"its reply is larger than {LARGEST // 1024} KB")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unstamped(f"no answer ({type(error).__name__})") from error
    return reply


def _check_reply(
    decode: Callable[[bytes], Any], reply: bytes, stamped: bytes, nonce: int | None
) -> str:
    """Return the instant in a reply, if it answers this request. The signer is not checked here.

    Raises:
        Unstamped: a refusal, another request's reply, or none.
    """
    try:
        response = decode(reply)
        if response.status not in GRANTED:
            raise Unstamped(
                "refuses:"
                f" {redact.clean(' '.join(response.status_string))[:200] or response.status}"
            )
        told = response.tst_info
    except ValueError as error:
        raise Unstamped("its reply is none of RFC 3161") from error
    if told.message_imprint.message != hashlib.sha256(stamped).digest() or told.nonce != nonce:
        raise Unstamped("its reply is about something else")
    return f"{told.gen_time:%Y-%m-%d %H:%M:%S} UTC"
