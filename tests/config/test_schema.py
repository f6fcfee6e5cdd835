"""The JSON Schema beside config.toml: what editors complete and check is what the monitor takes."""

import json
import re
import tomllib

import config_schema
import jsonschema
import pytest
from documents import ROOT, fenced

from monitor.config.settings import OLD_KEYS
from monitor.errors import ConfigError

SCHEMA = jsonschema.Draft202012Validator(json.loads(config_schema.FILE.read_text(encoding="utf-8")))
PAGE = '[[page]]\nname = "x"\nurl = "https://a.example/"\n'


def wrong(text: str) -> list[str]:
    return [error.json_path for error in SCHEMA.iter_errors(tomllib.loads(text))]


def test_the_schema_is_that_of_the_settings():
    assert config_schema.FILE.read_text(encoding="utf-8") == config_schema.text(), (
        "make schema writes it anew"
    )
    SCHEMA.check_schema(SCHEMA.schema)


def test_the_settings_in_the_repository_name_it_and_are_right_by_it():
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    assert text.startswith(f"{config_schema.NAMED}\n")
    assert wrong(text) == []


@pytest.mark.parametrize("document", ["first-day", "use", "watch", "pages"])
def test_every_example_of_the_documents_is_right_by_it(document: str):
    examples = fenced(ROOT / f"docs/{document}.md", "toml")
    assert examples
    assert [wrong(example) for example in examples] == [[] for _ in examples]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("stroe = '.x'", "$"),
        ("[fetch]\ndeadline = 'soon'", "$.fetch.deadline"),
        ("[fetch]\ndeadlin = '3 seconds'", "$.fetch"),
        ("[[routes]]\nto = 'alerts'", "$.routes[0].to"),
        ("[[routes]]\nto = ['alerts']\nseverity = 'grave'", "$.routes[0].severity"),
        ("[destinations.desk]\nslak = 'C1'", "$.destinations.desk"),
        ("[sources.\"cn_mofcom.replies\"]\nevry = '1 day'", "$.sources['cn_mofcom.replies']"),
        (PAGE, "$.page[0]"),
        (PAGE + "text = true\nfeed = true", "$.page[0]"),
        (PAGE + "text = 5", "$.page[0].text"),
        (PAGE + "text = true\nkind = 'act'", "$.page[0].kind"),
        ("[[page]]\nname = 'x'\ntext = true", "$.page[0]"),
    ],
)
def test_what_an_editor_marks_the_monitor_refuses_too(text: str, place: str, loaded):
    assert place in wrong(text)
    with pytest.raises(ConfigError):
        loaded(text, lambda config: ["no way out"] if config.destinations else [])


def test_every_key_is_in_the_document_with_what_it_is_but_for_those_of_an_earlier_version():
    text = config_schema.DOCUMENT.read_text(encoding="utf-8")

    assert text == config_schema.document(), "make schema writes it anew"
    assert all(
        f"`{key.rpartition('.')[2]}`"
        not in text.partition(f"## `[{key.partition('.')[0]}]`")[2].partition("## ")[0]
        for key in OLD_KEYS
    )


def test_the_file_in_the_repository_is_short_and_names_what_a_deployment_sets_first():
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if re.match(r"(# )?[\w-]+ = ", line)]

    assert len(lines) <= 100
    assert len(keys) <= 45
