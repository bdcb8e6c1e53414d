# Two commands matter: `make run` and `make test`. Each sets up what it needs.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test format-check format check types contracts tests faults bench hooks pictures tour browser clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt scripts/ensure.sh
	@sh scripts/ensure.sh venv $(PYTHON)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1" -c constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev --editable .
	@touch $@

run: setup
	@$(BIN)/topicwire run

test: setup browser
	@$(MAKE) --no-print-directory format-check check types contracts tests

format-check:
	@$(BIN)/ruff format --check --quiet . || { echo "Run 'make format' and commit the result."; exit 1; }

format: setup
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

check:
	@$(BIN)/ruff check .

types:
	@$(BIN)/mypy

contracts:
	@$(BIN)/lint-imports

# Three at a time on two cores: a good part of the longest tests is waiting. Their order is that of tests/conftest.py.
tests:
	@$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

faults: setup
	@TOPICWIRE_FAULTS=long $(BIN)/pytest tests/faults --capture=no

# BENCH_QUICK=1 looks at less and writes nothing; PARTS="latency rescan" measures those alone.
bench: setup .venv-bench/.ready .venv-plain/.ready
	@$(BIN)/python -W ignore -m benchmarks $(PARTS)

.venv-bench/.ready: pyproject.toml benchmarks/constraints.txt
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --constraint benchmarks/constraints.txt --group bench
	@touch $@

.venv-plain/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -m venv .venv-plain
	@.venv-plain/bin/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@.venv-plain/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

hooks: setup
	@git config core.hooksPath .githooks
	@echo "Format, lint, types and import contracts are now looked at before each commit."

browser:
	@sh scripts/ensure.sh chromium

pictures: setup browser
	@$(BIN)/python -m scripts.pictures
	@$(BIN)/python -m scripts.platform_pictures
	@$(BIN)/python -m scripts.desk_pictures
	@$(BIN)/python -m scripts.digest_pictures
	@$(BIN)/python -m scripts.language_pictures

# Holds the conversations of docs/tour.md and writes it anew, with its pictures.
tour: setup browser
	@$(BIN)/python -W ignore -m scripts.tour

clean:
	rm -rf $(VENV) .venv-bench .venv-plain data
