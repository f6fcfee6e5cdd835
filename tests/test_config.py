import re
from pathlib import Path

import msgspec
import pytest

from monitor.config import Config, load
from monitor.errors import ConfigError

ROOT = Path(__file__).parent.parent


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return path


def test_the_file_in_the_repository_works_unedited_and_shows_the_defaults():
    assert load(ROOT / "config.toml") == Config()


def test_the_file_in_the_repository_speaks_of_every_key():
    keys = {
        field.name
        for section in (Config, *(type(getattr(Config(), name)) for name in ("fetch", "slack", "health", "events")))
        for field in msgspec.structs.fields(section)
    }

    assert {key for key in keys if not re.search(rf"\b{key}\b", (ROOT / "config.toml").read_text())} == set()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("stroe = 'x'", "unknown key 'stroe'; did you mean 'store'?"),
        ("[fetch]\ndeadlin = '3 seconds'", "unknown key 'fetch.deadlin'; did you mean 'deadline'?"),
        ("[slak]\nchannel = ''", "unknown key 'slak'; did you mean 'slack'?"),
        ("[sources.\"cn_mofcom.replies\"]\nevry = '5 minutes'", "did you mean 'every'?"),
        ("[health]\npatience = 30", "health.patience: expected `str`, got `int`"),
        ("[health]\npatience = '30m'", "health.patience: '30m' is not a duration"),
        ("[sources.\"cn_mofcom.replies\"]\nevery = 'often'", "sources.\"cn_mofcom.replies\".every: 'often' is not a duration"),
        ("[fetch\n", "not valid TOML"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_the_way_out(tmp_path: Path, text: str, line: str):
    path = written(tmp_path, text)

    with pytest.raises(ConfigError) as raised:
        load(path)

    assert str(raised.value).startswith(f"{path}: ")
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path):
    with pytest.raises(ConfigError, match="can't be read: No such file.*--config"):
        load(tmp_path / "missing.toml")


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    assert load(None) == Config()
