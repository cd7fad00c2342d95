# Sayso's tasks. `make demo` and `make test` set up all they need in .venv; Python 3.11 or newer is all they ask for.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test check format web bench gate install clean

help: ## list the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: .venv/ready web ## set up, build the example case, show it and open its page
	$(BIN)/sayso build examples/almaty-2022 --case almaty.sayso
	$(BIN)/sayso show almaty.sayso chronology
	$(BIN)/sayso export almaty.sayso --to html --out almaty.html
	@$(BIN)/python -m webbrowser -n "file://$(CURDIR)/almaty.html" >/dev/null 2>&1 || true
	@echo "The page of the example case: almaty.html. To judge and search it as a served page: $(BIN)/sayso open almaty.sayso"

test: .venv/ready-dev web ## set up and pass the tests
	$(BIN)/python -m pytest

check: .venv/ready-dev ## format, lint, types, import directions, docs
	$(BIN)/ruff format --check src tests benchmarks training corpus web
	$(BIN)/ruff check src tests benchmarks training corpus web
	$(BIN)/ty check src
	$(BIN)/lint-imports
	$(BIN)/python corpus/validate.py
	$(BIN)/python -m sayso.schema | diff -q - docs/case.schema.json

format: .venv/ready-dev ## format the code
	$(BIN)/ruff format src tests benchmarks training corpus web
	$(BIN)/ruff check --fix src tests benchmarks training corpus web

web: .venv/ready ## build the page (needs no Node on the path)
	$(BIN)/python web/build.py

bench: .venv/ready-dev ## measure everything (corpora in $$SAYSO_CORPORA) and write docs/evaluation.md
	$(BIN)/python -m benchmarks

gate: .venv/ready-dev ## measure the small gold set and compare with floors.json
	$(BIN)/python -m benchmarks.gate

install: .venv/ready ## set up .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	SAYSO_SKIP_PAGE=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean: ## remove what was built
	rm -rf .venv build dist almaty.sayso* almaty.html src/sayso/page/static web/node_modules
