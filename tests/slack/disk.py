"""What a power loss may leave on a disk: a record of the writes and syncs of a process, and the
images it allows.
"""

import os
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink,sendto"
_FILES = re.compile(r"^(pwrite64|fdatasync|fsync|ftruncate)\(\d+<([^>]+)>(?:, (.*))?\)\s+= (\d+)")
_GONE = re.compile(r'^unlink\("([^"]+)"\)\s+= (0|-1)')
_SAID = re.compile(r'^sendto\(\d+<[^>]*>, "([^"]*)"')


@dataclass(frozen=True)
class Step:
    """One thing that was done: `what` is write, sync, cut (to a size), gone, or said (to the
    network).
    """

    what: str
    name: str = ""
    at: int = 0
    content: bytes = b""


def recorded(
    command: Sequence[str | Path], folder: Path, log: Path, environment: dict[str, str]
) -> list[Step]:
    """The steps of a command, and of all its threads, on the files in `folder`."""
    strace = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "1000000",
        "--seccomp-bpf",
        "-e",
        f"trace={CALLS}",
        "-o",
        log,
    ]
    done = subprocess.run(
        [*strace, "--", *command], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return list_steps(log.read_text().splitlines(), folder)


def list_steps(lines: Sequence[str], folder: Path) -> list[Step]:
    """The steps on the files in `folder` that strace wrote down."""
    return [step for call in _whole(lines) if (step := _step(call, folder))]


def hindrance() -> str:
    """Why strace can't look on; empty where it can."""
    try:
        done = subprocess.run(
            ["strace", "-f", "--seccomp-bpf", "-e", "trace=fsync", "true"],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        return "strace is not installed"
    return "strace may not look on here" if done.returncode else ""


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """The calls in the order in which they ended; one that another thread interrupted is joined."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").rstrip()
        elif call.startswith("<..."):
            yield begun.pop(thread) + call.partition("resumed>")[2]
        else:
            yield call


def _step(call: str, folder: Path) -> Step | None:
    if found := _SAID.match(call):
        return Step("said", content=_bytes(found[1]))
    if found := _GONE.match(call):
        return (
            Step("gone", _text(found[1]).name)
            if found[2] == "0" and _text(found[1]).parent == folder
            else None
        )
    found = _FILES.match(call)
    # A sync that is passed over would make a kept write look lost.
    assert found or call.partition("(")[0] not in CALLS.split(","), (
        f"failed, or is not understood: {call[:200]}"
    )
    if not found or _text(found[2]).parent != folder:
        return None
    name, arguments = _text(found[2]).name, (found[3] or "").strip()
    if found[1] == "pwrite64":
        content, size, at = re.fullmatch(r'"([^"]*)", (\d+), (\d+)', arguments).groups()
        assert len(_bytes(content)) == int(size) == int(found[4]), "a short write"
        return Step("write", name, int(at), _bytes(content))
    return Step("cut", name, int(arguments)) if found[1] == "ftruncate" else Step("sync", name)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _text(text: str) -> Path:
    return Path(os.fsdecode(_bytes(text))) if text.startswith("\\x") else Path(text)


@dataclass
class File:
    """What is surely on the disk, and what may be."""

    safe: bytearray = field(default_factory=bytearray)
    perhaps: list[Step] = field(default_factory=list)

    def image(self, kept: Sequence[Step]) -> bytes:
        content = bytearray(self.safe)
        for step in kept:
            _apply(content, step)
        return bytes(content)

    def sync(self) -> None:
        self.safe, self.perhaps = bytearray(self.image(self.perhaps)), []


@dataclass(frozen=True)
class Image:
    """The files as a power loss after the `after`-th step may leave them, and what had been said
    until then.
    """

    after: int
    files: dict[str, bytes]
    said: tuple[bytes, ...]

    def lay(self, folder: Path) -> Path:
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder


def images(steps: Sequence[Step], names: Sequence[str], seed: int) -> Iterator[Image]:
    """After every step: with all unsynced writes, with none, and with some of them, the last one
    torn; each image once.
    """
    dice = random.Random(seed)
    files: dict[str, File] = {}
    said: list[bytes] = []
    known: set[int] = set()
    for after, step in enumerate(steps):
        _take(files, said, step, names)
        for kept in (_all, _none, _some):
            made = {name: file.image(kept(file.perhaps, dice)) for name, file in files.items()}
            mark = hash((tuple(sorted(made.items())), len(said)))
            if mark not in known:
                known.add(mark)
                yield Image(after, made, tuple(said))


def _take(files: dict[str, File], said: list[bytes], step: Step, names: Sequence[str]) -> None:
    if step.what == "said":
        said.append(step.content)
    elif step.name not in names:
        return
    elif step.what == "gone":
        files.pop(step.name, None)
    elif step.what == "sync":
        files.setdefault(step.name, File()).sync()
    else:
        files.setdefault(step.name, File()).perhaps.append(step)


def _all(steps: list[Step], _: random.Random) -> list[Step]:
    return steps


def _none(_steps: list[Step], _: random.Random) -> list[Step]:
    return []


def _some(steps: list[Step], dice: random.Random) -> list[Step]:
    kept = [step for step in steps if dice.random() < 0.5]
    if kept and kept[-1].what == "write":
        torn = kept[-1].content[: SECTOR * dice.randrange(1 + len(kept[-1].content) // SECTOR)]
        kept[-1] = Step("write", kept[-1].name, kept[-1].at, torn)
    return kept


def _apply(content: bytearray, step: Step) -> None:
    if step.what == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    content.extend(bytes(max(0, step.at + len(step.content) - len(content))))
    content[step.at : step.at + len(step.content)] = step.content
