# What people do with this repository. `make` alone lists it. A fresh machine needs Python 3.11 or later and pip.

PYTHON ?= python3
PY := .venv/bin/python
UV := build/uv/bin/uv
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run check fix test test-fast test-long messages migrations lock bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install everything; leaves .venv/bin/cchc ready
	@$(PYTHON) tools/bootstrap.py setup

run: ## serve it on http://127.0.0.1:8000 with demo data (PORT and CCHC_HOME are respected)
	@exec $(PYTHON) tools/bootstrap.py run

test: dev ## run the tests on a PostgreSQL of their own (ARGS="tests/worktime -x", PGBIN=/usr/lib/postgresql/15/bin)
	@$(PY) tools/test.py $(ARGS)

test-fast: dev ## run only the tests that need no database and no browser
	@$(PY) -m pytest -q -m "not long and not browser" --no-database $(ARGS)

test-long: dev ## run the storms, the big oracles and the demo from empty
	@$(PY) tools/test.py -n 0 -m long -rA $(ARGS)

check: dev ## everything that is judged without running it: style, types, import contracts, translations
	@$(PY) tools/check.py $(ARGS)

fix: dev ## mend what can be mended by machine: format and lint
	@$(PY) -m ruff check --fix-only --quiet . && $(PY) -m ruff format .

messages: dev ## bring the English translation file up to date with the sources, and compile it
	@$(PY) tools/messages.py extract && $(PY) tools/messages.py compile

migrations: dev ## write migrations for changed models
	@$(PY) manage.py makemigrations $(ARGS)

bench: setup ## run the benchmarks; each prints its figures as JSON
	@for file in benchmarks/[a-z]*.py; do $(PY) $$file $(ARGS) || exit 1; done

lock: ## pin the packages anew (ARGS=--upgrade takes newer ones)
	@$(PYTHON) -m venv --without-pip build/uv && $(PYTHON) -m pip --python build/uv/bin/python install --quiet uv==0.13.9
	@$(UV) pip compile --quiet --universal --generate-hashes --no-annotate --no-header $(ARGS) pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-annotate --no-header $(ARGS) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## delete what was built; neither the data nor the environment
	@rm -rf build node_modules

.PHONY: dev
dev:
	@$(PYTHON) tools/bootstrap.py dev
