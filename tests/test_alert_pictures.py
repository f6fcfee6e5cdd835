"""The pictures of docs/use.md: saved notices as a terminal shows them; tests/payloads has the same ones as Block Kit."""

import io
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from notices import NAMES, PAYLOADS, saved
from rich.console import Console

from monitor.deliver.terminal import show
from monitor.render.alert import compose

ALERTS = Path(__file__).parent / "alerts"
DOCUMENT = (Path(__file__).parent.parent / "docs/use.md").read_text()
PICTURED = ("act-largest", "effect-smallest", "edition-smallest", "reminder-largest", "early-largest")


def picture(name: str) -> str:
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    show(compose(saved(name)), console)
    return re.sub(r" +$", "", console.export_svg(title="monitor", unique_id=name), flags=re.MULTILINE)


@pytest.mark.parametrize("name", PICTURED)
def test_picture_shows_what_the_alert_says_today(name: str) -> None:
    """UPDATE_PAYLOADS=1 draws it anew; look at it before it is believed."""
    path = ALERTS / f"{name}.svg"
    drawn = path.exists()
    if os.environ.get("UPDATE_PAYLOADS") or not drawn:
        path.write_text(picture(name), encoding="utf-8")

    assert drawn, f"drew {path.name}: please look at it, then commit it"
    assert path.read_text(encoding="utf-8") == picture(name)
    ET.fromstring(path.read_text(encoding="utf-8"))


def test_the_document_shows_every_picture_and_each_has_its_block_kit() -> None:
    shown = re.findall(r"\]\(\.\./tests/alerts/([\w-]+)\.svg\)", DOCUMENT)

    assert sorted(shown) == sorted(PICTURED) == sorted(path.stem for path in ALERTS.iterdir())
    assert set(PICTURED) <= set(NAMES)
    assert all((PAYLOADS / f"{name}.json").exists() for name in PICTURED)
