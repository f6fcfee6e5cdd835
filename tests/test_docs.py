import re
from pathlib import Path

from command import run

from monitor.config import Config, load
from monitor.source.registry import Registry

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_readme_lists_every_source_and_no_other():
    named = set(re.findall(r"^\| `(\w+\.\w+)` \|", README, re.MULTILINE))

    assert named == {source.id for source in Registry(Config()).sources}


def test_the_readme_explains_every_command_and_no_other():
    explained = set(re.findall(r"^\| `monitor (\w+)", README, re.MULTILINE))
    offered = set(re.findall(r"^  (\w+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE))

    assert explained == offered


def test_every_file_the_documents_point_to_is_there():
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "scrapers/README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_two_commands_of_the_readme_are_in_the_makefile():
    verbs = set(re.findall(r"^make (\w+)$", README, re.MULTILINE))

    assert verbs == {"demo", "test"}
    assert all(re.search(rf"^{verb}:", (ROOT / "Makefile").read_text(), re.MULTILINE) for verb in verbs)


def test_the_rules_of_the_readme_are_rules(tmp_path):
    examples = re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "config.toml").write_text("\n".join(examples))
    config = load(tmp_path / "config.toml")

    assert config.routes[0].to == ("alerts", "rare-earth-desk")
    assert config.daily.at
    assert config.watch.suppliers
