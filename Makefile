# Two verbs for newcomers: `make demo` and `make test`. Both install what they need into .venv first, and never outside it.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .venv/bin/uv
# Where the environment forbids it, each process would compile all the tests and what has moved of the program by itself.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test pytest long sweep strength check bench scoreboard second-reader audit licences schema clean

demo: .venv/installed
	.venv/bin/monitor replay

# The types are one process's work, and the tests begin beside it.
test: .venv/installed
	$(MAKE) --no-print-directory -j 2 check pytest

# One more than the cores of a small machine: some tests wait for a process or a clock, and each process loads all of them.
TESTS ?= -n 3
pytest: .venv/installed
	.venv/bin/pytest $(TESTS)

# What takes minutes: kills, browsers, figures of cost.
# Each is taken when somebody is free: one alone takes as long as many others. Half of them wait for a clock or a process.
long: .venv/installed
	.venv/bin/pytest -n 6 -m long --dist load --maxschedchunk 1

# The same with kills, power cuts, clicks and texts by the hundred, where `long` has some dozens: before a release.
sweep: .venv/installed
	.venv/bin/pytest -n 2 -m sweep --dist load --maxschedchunk 1

# How many of 150 small faults, planted one by one, the tests find; one takes from seconds to minutes. `long` plants one.
strength: .venv/installed
	.venv/bin/python tests/support/strength.py --faults 150 --seed 0

check: .venv/installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Ratios to floors and peers of the same run, as docs/performance.md; labelled names are yours: make bench PAIRS=pairs.jsonl
bench: .venv/installed
	.venv/bin/python -m tests.bench $(PAIRS)

# What is right, by labelled texts and measuring scripts of your own: make scoreboard CORPUS=folder EVAL=folder
scoreboard: .venv/installed
	.venv/bin/python -m tests.support.scoreboard $(CORPUS) $(EVAL)

# How a second reader does on labelled acts: make second-reader URL=http://127.0.0.1:8080/v1 MODEL=some-model CORPUS=folder
second-reader: .venv/installed
	.venv/bin/python -m tests.support.second_reader $(URL) $(MODEL) $(CORPUS)

# Known faults of what we depend on, asked of PyPI: no part of `test`, which needs no network. What can't be asked about fails.
audit: .venv/installed
	$(UV) export --locked --quiet --all-extras --no-emit-project --output-file .venv/audited.txt
	$(UV) tool run pip-audit@2.10.1 --strict --disable-pip --progress-spinner off --requirement .venv/audited.txt

licences: .venv/installed
	.venv/bin/python -m tests.support.licences

schema: .venv/installed
	.venv/bin/python -m tests.support.config_schema

# Installed once; after that neither target needs the network.
.venv/installed: uv.lock pyproject.toml
	test -x $(UV) || ($(PYTHON) -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION))
	UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --locked --inexact --compile-bytecode
	.venv/bin/python -m compileall -q monitor scrapers
	touch $@

clean:
	rm -rf .venv .replay
