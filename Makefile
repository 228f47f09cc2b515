# `make` alone lists the targets. Everything is installed below .venv; `make clean` removes it.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-deep check bench docs lock messages clean
.DELETE_ON_ERROR:

BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
STAGES := $(BIN)/python -m tests.stages

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target what; do printf '%-18s %s\n' "$$target" "$$what"; done

setup: $(RUNTIME) ## Prepare .venv with what a node needs (done once; the others call it).
	@echo ".venv is ready. Next: make demo"

demo: $(RUNTIME) ## Start two fictional States on this machine and print the address.
	$(BIN)/comity demo

test: $(DEV) ## Check, then run every test stage (installs Chromium if root and it is missing).
	@requirements/install browser
	@$(STAGES)

test-deep: $(DEV) ## The same stages for a night: more seeds, more kills, more examples.
	@requirements/install browser
	@COMITY_DEPTH=deep $(STAGES)

check: $(DEV) ## Format, lint, types, layers, translations and the rules of the house.
	@$(BIN)/python -m tests.house.measures
	@$(STAGES) rules house

bench: $(DEV) ## Measure how fast a press of "send" reaches the other desk.
	$(BIN)/python -m bench.acts --json

docs: $(DEV) ## Write the generated pages, diagrams and vectors again, and check every link.
	@$(BIN)/python -m tests.house.generated
	@$(BIN)/pytest --quiet tests/house/test_docs.py

messages: $(DEV) ## Bring the translation catalogues up to date with the sentences in the source.
	@$(BIN)/python -m tests.house.catalogues

lock: ## Pin every dependency again, by digest (needs uv).
	@requirements/lock

clean: ## Remove .venv, caches and everything else that was made here.
	rm -rf .venv build dist var/demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements/runtime.txt requirements/install pyproject.toml
	@requirements/install runtime
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@requirements/install dev
	@touch $@
