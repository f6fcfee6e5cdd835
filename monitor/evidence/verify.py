"""Check an evidence pack offline, with nothing but Python 3.8 or newer.

    python3 verify.py PACK.zip [--sha256 HEX]

The script prints a line for each check. It ends with exit code 1 if one fails. It checks:

- the whole file: its last 64 characters are the SHA-256 of all bytes before them. With --sha256,
  or with a file PACK.zip.sha256 beside it, it also checks the SHA-256 of the whole file.
- the manifest: the comment of the archive has its SHA-256.
- every file: none is missing or added; each has the size and the SHA-256 of the manifest. The
  name of a body is its SHA-256.
- every quote: it stands at its place in the words of its page (texts/).
- every quote for which the manifest names `bytes`: it also stands in the bytes of the page as
  they came (bodies/). The script decodes them and removes tags and comments by itself.

White space makes no difference. In a quote, a bar separates the cells of a row, and three dots
stand for omitted words.

The script does not check who made the pack, or when. Anyone who changes a pack can also compute
its sums again, and replace this script. So take the script from another place. Compare the
SHA-256 of the pack with a timestamp, or with what its maker told you in another way.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import zipfile
import zlib
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any, Iterable, Iterator  # noqa: UP035 - so that Python 3.8 has them

MANIFEST = "manifest.json"
STAMP = "timestamp.tsr"
UNSTAMPED = "timestamp.txt"  # why there is none
# allowed in a pack without an entry in its manifest, because it is about the manifest
BESIDE = {STAMP, UNSTAMPED}
HEAD = b"regulatory-monitor evidence 1, manifest SHA-256 "
THEN = b", SHA-256 of all before it "
COMMENT = re.compile(re.escape(HEAD) + b"([0-9a-f]{64})" + re.escape(THEN) + b"([0-9a-f]{64})")
TAG = re.compile("<[^<>]*>")
# Parts of a page without visible words.
UNSEEN = re.compile(
    r"<!--.*?(?:--!?>|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
GAP = re.compile(r" \| |\u2026")
# of a file of a pack: none that is unpacked beside its folder
NAME = re.compile("(?:[a-z]+/)?[0-9A-Za-z][0-9A-Za-z.-]*")
SHA256 = re.compile("[0-9a-f]{64}")
BODIES = "bodies/"
LENGTH = len(HEAD) + len(THEN) + 128
DIGEST = 64  # hexadecimal digits of a SHA-256
PIECE = 1024 * 1024
# the largest file to read whole: no words and no manifest are larger, however packed
LARGEST = 256 * PIECE
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


def make_comment(manifest: str, before: str) -> bytes:
    """Make the comment at the end of the archive: the SHA-256 of its manifest, and that of all
    bytes before its last 64.
    """
    return HEAD + manifest.encode() + THEN + before.encode()


def find_complaints(pack: Path, sha256: str = "") -> Iterator[str]:
    """List all that is wrong with a pack, a sentence each; `sha256` is what the whole file should
    have.
    """
    with pack.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        told = _read_comment(file, size)
        if told is None:
            yield "the file does not end as a pack does: it was cut, or its end was changed"
            return
        whole, before = hash_file(file, size)
    if before != told[1]:
        yield "a byte was changed: the file does not have the SHA-256 that stands at its end"
    if sha256 and whole != sha256:
        yield "the whole file has the SHA-256 " + whole + ", and not " + sha256
    try:
        with zipfile.ZipFile(pack) as archive:
            yield from _check_contents(archive, told[0])
    except BROKEN as error:
        yield "it can't be read as a pack: " + type(error).__name__


def _read_comment(file: Any, size: int) -> tuple[str, str] | None:
    file.seek(max(size - LENGTH, 0))
    told = COMMENT.fullmatch(file.read())
    return (told[1].decode(), told[2].decode()) if told else None


def hash_file(file: Any, size: int) -> tuple[str, str]:
    """Hash the whole file, and all but its last 64 bytes."""
    digest = hashlib.sha256()
    file.seek(0)
    left = size - DIGEST
    while left:
        piece = file.read(min(left, PIECE))
        digest.update(piece)
        left -= len(piece)
    before = digest.hexdigest()
    digest.update(file.read())
    return digest.hexdigest(), before


def _check_contents(archive: zipfile.ZipFile, sha256: str) -> Iterator[str]:
    raw = _read_member(archive, MANIFEST)
    if raw is None or hashlib.sha256(raw).hexdigest() != sha256:
        yield MANIFEST + ": missing, or not the one that the comment of the archive names"
        return
    try:
        manifest = json.loads(raw.decode("utf-8"))
        files, quotes = dict(manifest["files"]), list(manifest["quotes"])
    except BROKEN:
        yield MANIFEST + ": is none of a pack"
        return
    if STAMP in archive.namelist() and bytes.fromhex(sha256) not in (
        _read_member(archive, STAMP) or b""
    ):
        yield STAMP + ": is a timestamp of something else"
    if UNSTAMPED in archive.namelist() and sha256.encode() not in (
        _read_member(archive, UNSTAMPED) or b""
    ):
        yield UNSTAMPED + ": speaks of something else"
    yield from _check_files(archive, files)
    yield from _check_quotes(archive, quotes)


def _check_files(archive: zipfile.ZipFile, files: dict[str, Any]) -> Iterator[str]:
    names = archive.namelist()
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield name + ": stands there twice"
    for name in sorted(name for name in {*names, *files} if not NAME.fullmatch(name)):
        yield name + ": is no name that a file of a pack has"
    for name in sorted(set(names) - set(files) - BESIDE - {MANIFEST}):
        yield name + ": was added; the manifest does not name it"
    for name, told in sorted(files.items()):
        kept = _hash_member(archive, name)
        if kept is None:
            yield name + ": missing, or can't be unpacked"
        elif kept != (told["sha256"], told["bytes"]):
            yield name + ": is not the file that the manifest names"
        elif name.startswith(BODIES) and name != BODIES + kept[0]:
            yield name + ": has the SHA-256 " + kept[0] + ", and not that of its name"


def _check_quotes(archive: zipfile.ZipFile, quotes: list[dict[str, Any]]) -> Iterator[str]:
    texts: dict[str, str] = {}
    in_bytes: dict[tuple[str, str], list[str]] = {}
    for quote in quotes:
        if not split_quote(quote["words"]):
            yield quote["act"] + " " + quote["of"] + ": quotes no words"
        if "text" in quote:
            if quote["text"] not in texts:
                texts[quote["text"]] = (_read_member(archive, quote["text"]) or b"").decode(
                    "utf-8", errors="replace"
                )
            stands = texts[quote["text"]][quote["from"] : quote["to"]]
            if not is_quote_of(stands, quote["words"]):
                yield (
                    quote["act"]
                    + " "
                    + quote["of"]
                    + ": its words do not stand in "
                    + quote["text"]
                    + " where they should"
                )
        if "bytes" in quote:
            in_bytes.setdefault((quote["bytes"], quote["charset"]), []).append(quote["words"])
    for (name, charset), words in sorted(in_bytes.items()):
        for missing in sorted(
            set(words) - find_said(_read_member(archive, name) or b"", charset, words)
        ):
            yield name + ": its bytes do not say " + json.dumps(missing[:60], ensure_ascii=False)


def find_said(body: bytes, charset: str, quotes: Iterable[str]) -> set[str]:
    """Return the quotes that stand in a page's bytes, decoded and without tags; ignore
    white space.
    """
    # by hand, not by html.parser: what that makes of faulty pages differs from one Python to the
    # next
    text = UNSEEN.sub("", body.decode(charset, errors="replace"))
    places = [squeeze_space(unescape(TAG.sub("", text)))]
    if "</" not in text:  # text in angle brackets may be words
        places.append(squeeze_space(unescape(text)))
    return {
        quote
        for quote in quotes
        if any(_is_in_order(split_quote(quote), place) for place in places)
    }


def split_quote(quote: str) -> list[str]:
    """Split a quote at its bars and dots, and remove white space from its parts."""
    return [squeeze_space(part) for part in GAP.split(quote) if squeeze_space(part)]


def is_quote_of(text: str, quote: str) -> bool:
    """Return whether a text fits a quote: the same beginning and end, and each part in order."""
    said, place = split_quote(quote), squeeze_space(text)
    if len(said) < 2:
        return place == "".join(said)
    return place.startswith(said[0]) and place.endswith(said[-1]) and _is_in_order(said, place)


def _is_in_order(said: list[str], place: str) -> bool:
    reached = 0
    for part in said:
        begins = place.find(part, reached)
        if begins < 0:
            return False
        reached = begins + len(part)
    return bool(said)


def squeeze_space(words: str) -> str:
    """Remove all white space."""
    return "".join(words.split())


def _read_member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        return archive.read(name) if archive.getinfo(name).file_size <= LARGEST else None
    except BROKEN:
        return None


def _hash_member(archive: zipfile.ZipFile, name: str) -> tuple[str, int] | None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                digest.update(piece)
                size += len(piece)
    except BROKEN:
        return None
    return digest.hexdigest(), size


def describe_pack(pack: Path) -> Iterator[str]:
    """List the successful checks of a pack."""
    with zipfile.ZipFile(pack) as archive:
        manifest = json.loads(archive.read(MANIFEST).decode("utf-8"))
        quotes = manifest["quotes"]
        placed = [quote for quote in quotes if "text" in quote]
        in_bytes = [quote for quote in quotes if "bytes" in quote]
        yield (
            "{} files have the size and the SHA-256 of the manifest; none is missing or was added".format(
                len(manifest["files"])
            )
        )
        yield (
            f"{len(placed)} of {len(quotes)} quotes stand at their places in the words of their"
            " pages"
        )
        yield f"{len(in_bytes)} of them were found in the bytes of the pages by this script alone"
        for lacking in manifest.get("missing", []):
            yield "the pack says of itself that it lacks: " + lacking
        yield "SHA-256 of the manifest: " + hashlib.sha256(archive.read(MANIFEST)).hexdigest()
        if BESIDE & set(archive.namelist()):
            yield (
                "about a timestamp see "
                + min(BESIDE & set(archive.namelist()))
                + " and index.html; it is not checked here"
            )


def find_sidecar_hash(pack: Path) -> str:
    """Read the SHA-256 beside a pack, in PACK.zip.sha256; "" without one."""
    try:
        return (
            pack.with_name(pack.name + ".sha256")
            .read_text(encoding="ascii", errors="replace")
            .split()[0]
        )
    except (OSError, IndexError):
        return ""


def main(arguments: list[str]) -> int:
    """Check the given pack; return 0 if it is good, 1 if not, 2 if nothing was checked."""
    sha256 = arguments[2].lower() if len(arguments) == 3 and arguments[1] == "--sha256" else ""
    if not (len(arguments) == 1 or SHA256.fullmatch(sha256)) or not Path(arguments[0]).is_file():
        sys.stderr.write("python3 verify.py PACK.zip [--sha256 HEX]\n")
        return 2
    pack = Path(arguments[0])
    expected = sha256 or find_sidecar_hash(pack)
    wrong = list(find_complaints(pack, expected))
    for line in wrong:
        _print_line("REFUSED " + line)
    if wrong:
        return 1
    for line in describe_pack(pack):
        _print_line("ok      " + line)
    outer = (
        "the whole file has the SHA-256 that was given"
        if expected
        else "nothing outside the pack was there to hold it against"
    )
    _print_line("ok      " + outer)
    return 0


def _print_line(line: str) -> None:
    """Print foreign text so that it moves no cursor and fits the charset of the output."""
    encoding = sys.stdout.encoding or "ascii"
    shown = "".join(letter if letter.isprintable() else "?" for letter in line)
    sys.stdout.write(shown.encode(encoding, "backslashreplace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
