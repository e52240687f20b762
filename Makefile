# Two commands are all that a newcomer needs: make demo, make test.
PYTHON ?= python3
PORT ?= 8000
FOTFESTE_HOME ?= $(CURDIR)/.fotfeste
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade
export FOTFESTE_HOME
# A start without bytecode takes twice the time, and the first one writes it.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-more check fix bench pictures lock chromium postgresql

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.installed ## make .venv from the lock; the others call it

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fotfeste needs Python 3.11 or newer. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## a working service with made-up people on http://localhost:8000 (PORT= picks another)
	@$(BIN)/fotfeste demo --port $(PORT)

test: setup chromium ## everything a change must pass, browser journeys included
	$(BIN)/python -m pytest -n 2 -m "not more"

$(VENV)/.cluster: $(VENV)/.installed requirements-cluster.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-build-isolation --require-hashes -r requirements-cluster.lock
	@touch $@

test-more: setup postgresql $(VENV)/.cluster ## what needs heavy installs or long time
	$(BIN)/python -m pytest -n 2 -m more

check: setup ## style, types, import contracts; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

fix: setup ## mend what can be mended by itself, and make the tables of the papers anew
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	DJANGO_SETTINGS_MODULE=fotfeste_web.config.settings $(BIN)/python -m django papers

bench: setup ## figures of speed, one JSON line each; with PEOPLE=1000000 in the registers
	$(BIN)/python -m benchmarks $(if $(PEOPLE),--people $(PEOPLE))

pictures: setup chromium ## remake the screenshots in docs/bilder
	$(BIN)/python -m tests.pictures

lock: setup ## renew the locks from pyproject.toml
	$(LOCK) --extra dev pyproject.toml -o requirements.lock
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["cluster"], sep="\n")' | $(LOCK) - -o requirements-cluster.lock

chromium postgresql:
	@tools/$@
