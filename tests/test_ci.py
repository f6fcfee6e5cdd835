"""What the forge runs is what everybody runs, and what it shows to those who report something is
well formed.
"""

import os
import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def loaded(path: str | Path) -> dict:
    return yaml.safe_load((ROOT / path).read_text())


def recipe(target: str) -> list[str]:
    text = (ROOT / "Makefile").read_text()
    return re.findall(
        r"^\t(.+)$", re.search(rf"^{target}:.*\n((?:\t.+\n)+)", text, re.MULTILINE)[1], re.MULTILINE
    )


def test_the_workflow_runs_what_a_stranger_runs():
    (job,) = loaded(".github/workflows/ci.yml")["jobs"].values()
    script = ROOT / ".ci/run"

    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert os.access(script, os.X_OK)
    assert re.findall(r"^make .+$", script.read_text(), re.MULTILINE) == [
        "make test TESTS=\"-n 7 -m 'not sweep' --dist load --maxschedchunk 1\"",
        "make demo",
    ]


def test_the_workflow_tries_the_oldest_and_the_newest_python_that_we_say_we_work_with():
    (job,) = loaded(".github/workflows/ci.yml")["jobs"].values()
    said = [re.search(r"Python :: (3\.\d+)$", each) for each in PROJECT["classifiers"]]
    versions = sorted((found[1] for found in said if found), key=lambda version: int(version[2:]))

    assert job["strategy"]["matrix"]["python"] == [versions[0], versions[-1]]
    assert PROJECT["requires-python"] == f">={versions[0]}"


def test_the_workflow_may_only_read_and_names_a_version_of_all_that_it_uses():
    workflow = loaded(".github/workflows/ci.yml")
    (job,) = workflow["jobs"].values()

    assert workflow["permissions"] == {"contents": "read"}
    assert all(
        re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
        for step in job["steps"]
        if "uses" in step
    )


def test_the_hooks_are_local_and_say_what_make_check_says():
    repositories = loaded(".pre-commit-config.yaml")["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    checks = {line.removesuffix(" --check .").removesuffix(" .") for line in recipe("check")}

    assert {repository["repo"] for repository in repositories} == {"local"}
    assert {hook["entry"].removesuffix(" --force-exclude") for hook in hooks} == checks
