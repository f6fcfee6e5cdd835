"""`monitor evidence`: pack the evidence of an act or a name so that others can check it alone; or
check a pack.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from typer import Argument, Context, Option

from monitor.cli.setting import Json
from monitor.config import files
from monitor.config.outward import note, say
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.cli.ask import CommandDesk
    from monitor.store import Dossier


Asked = Annotated[
    list[str] | None,
    Argument(metavar="ACT|NAME", help="As for `monitor show`: an act, a name, goods, a code."),
]


Sha256 = Annotated[
    str,
    Option("--sha256", metavar="HEX", help="With --verify: what the whole pack should have."),
]


Out = Annotated[Path | None, Option("--out", metavar="FILE", help="The pack: a new .zip.")]


def evidence(
    context: Context,
    asked: Asked = None,
    out: Out = None,
    check: Annotated[
        Path | None, Option("--verify", metavar="FILE", help="Instead: check a pack, offline.")
    ] = None,
    sha256: Sha256 = "",
    as_json: Json = False,
) -> None:
    """Pack the bytes, quotes, readings and messages of an act or a name for others to check; or
    check a pack.
    """
    from monitor.ask import stories
    from monitor.cli.setting import Setting

    if check:
        if asked or out:
            raise ConfigError("--verify checks a pack, and takes nothing else but --sha256")
        _check_pack(check, sha256, as_json=as_json)
        return
    if not asked or out is None:
        raise ConfigError(
            "name what to pack and the file: monitor evidence mofcom-2025-61 --out pack.zip;"
            " --verify FILE checks one"
        )
    setting: Setting = context.obj
    desk = setting.desk(as_json=as_json)
    desk.ask(
        lambda history: stories.load_dossier(
            history, asked, desk.thresholds, desk.watched, [source.id for source in desk.sources]
        ),
        lambda dossier: _write_pack(desk, tuple(asked), dossier, out),
    )


def _write_pack(desk: "CommandDesk", asked: tuple[str, ...], dossier: "Dossier", out: Path) -> None:
    from monitor.cli import output
    from monitor.evidence import contents, pack, timestamp
    from monitor.store import archive

    authority = desk.config.evidence.timestamp
    stamp = timestamp.make_stamper(authority, desk.config.fetch.name) if authority else None
    made = pack.write(
        contents.Contents(asked, dossier, archive.open_archive(desk.store)), out, stamp
    )
    if desk.as_json:
        output.print_json(
            {
                "file": str(out),
                **{name: value for name, value in msgspec.structs.asdict(made).items() if value},
            }
        )
    else:
        shown = files.shorten_path(out)
        say(
            f"{shown}: {made.acts} acts and reports, {made.bodies} pages and files, {made.rows}"
            " records of registers"
        )
        say(
            f"quotes: {made.quotes}, {made.placed} at places in the words, {made.in_bytes} found in"
            " the bytes by Python alone"
        )
        say(f"SHA-256 of the pack: {made.sha256} (also in {shown}.sha256)")
        say(f"SHA-256 of its manifest: {made.manifest}")
        if made.timestamp:
            say(made.timestamp)
    for lacking in made.missing:
        note(f"monitor: {files.shorten_path(out)}: {lacking}")


def _check_pack(file: Path, sha256: str, *, as_json: bool) -> None:
    from monitor.cli import output
    from monitor.evidence import verify

    files.refuse(file, most=2**62)
    if sha256 and not verify.SHA256.fullmatch(sha256.lower()):
        raise ConfigError(
            f"--sha256: {sha256[:80]!r} is no SHA-256, which has 64 hexadecimal digits"
        )
    wrong = list(verify.find_complaints(file, (sha256 or verify.find_sidecar_hash(file)).lower()))
    lines = [] if wrong else list(verify.describe_pack(file))
    if as_json:
        output.print_json({"file": str(file), "refused": wrong, "checked": lines})
    else:
        for line in lines:
            say(f"ok: {line}")
        for line in wrong:
            note(f"monitor: {files.shorten_path(file)}: refused: {line}")
    if wrong:
        raise typer.Exit(1)
