"""The pictures of the documents: saved notices as a terminal shows them, and their Block Kit as
Slack does.
"""

import io
import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from notices import NAMES, PAYLOADS, saved
from rich.console import Console
from slack_picture import picture

from monitor.deliver.terminal import show
from monitor.render.alert import compose_alert

ALERTS = Path(__file__).parent / "alerts"
DOCUMENT = (Path(__file__).parent.parent / "docs/use.md").read_text()
README = (Path(__file__).parent.parent / "README.md").read_text()
# payload, width, height
SLACK = {"slack-desktop": ("parent-largest", 760, 640), "slack-phone": ("act-largest", 390, 640)}
PICTURED = (
    "act-largest",
    "effect-smallest",
    "edition-smallest",
    "reminder-largest",
    "early-largest",
)


def on_a_terminal(name: str) -> str:
    console = Console(
        record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    show(compose_alert(saved(name)), console)
    return re.sub(
        r" +$", "", console.export_svg(title="monitor", unique_id=name), flags=re.MULTILINE
    )


def blocks_of(payload: str) -> list[dict]:
    return json.loads((PAYLOADS / f"{payload}.json").read_text(encoding="utf-8"))["blocks"]


def in_slack(name: str) -> str:
    payload, width, height = SLACK[name]
    shown = {"app": "Regulatory monitor", "channel": "export-controls", "at": "16:03"}
    return picture(blocks_of(payload), width=width, height=height, **shown)


@pytest.mark.parametrize("name", [*PICTURED, *SLACK])
def test_picture_shows_what_the_alert_says_today(name: str) -> None:
    """UPDATE_PAYLOADS=1 draws it anew; look at it before it is believed."""
    path = ALERTS / f"{name}.svg"
    now = in_slack(name) if name in SLACK else on_a_terminal(name)
    drawn = path.exists()
    if os.environ.get("UPDATE_PAYLOADS") or not drawn:
        path.write_text(now, encoding="utf-8")

    assert drawn, f"drew {path.name}: please look at it, then commit it"
    assert path.read_text(encoding="utf-8") == now
    ET.fromstring(path.read_text(encoding="utf-8"))


def test_the_documents_show_every_picture_and_each_has_its_block_kit() -> None:
    shown = re.findall(r"\]\(\.\./tests/alerts/([\w-]+)\.svg\)", DOCUMENT)
    in_readme = re.findall(r"\]\(tests/alerts/([\w-]+)\.svg\)", README)

    assert sorted(shown) == sorted(PICTURED)
    assert sorted(in_readme) == sorted(SLACK)
    assert sorted(path.stem for path in ALERTS.iterdir()) == sorted([*shown, *in_readme])
    assert set(PICTURED) <= set(NAMES)
    assert all((PAYLOADS / f"{name}.json").exists() for name in PICTURED)
