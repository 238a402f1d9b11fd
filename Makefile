# The commands of this project. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test coverage check docs bench lock clean

# The Python that makes the environment: 3.11 or later. make PYTHON=python3.12 test
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# A stamp stands for an environment that holds what the files it depends on ask for.
CORE := .venv/core.stamp
DEV := .venv/dev.stamp
BENCH := .venv/bench.stamp
PROJECT := pyproject.toml setup.py

POLICY := policies/agencies/opm_basic.sespms
ROSTER := examples/roster.csv
EXAMPLE := OPM's published example

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(CORE) ## make the environment, then check, test, rate and explain OPM's system
	$(BIN)/sespms check $(POLICY)
	$(BIN)/sespms test $(POLICY)
	$(BIN)/sespms rate $(POLICY) $(ROSTER) || test $$? -eq 1  # two of its rows are refused on purpose
	$(BIN)/sespms explain $(POLICY) --scenario "$(EXAMPLE)"

serve: $(CORE) ## work on a folder in a browser (make serve FOLDER=policies)
	$(BIN)/sespms serve $(or $(FOLDER),.)

test: $(DEV) ## make the environment, then run all tests (make test ARGS="-k weights" for some)
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

coverage: $(DEV) ## measure which lines and branches the tests reach, and keep to the floor in pyproject.toml
	$(BIN)/coverage erase
	HYPOTHESIS_PROFILE=coverage $(BIN)/coverage run -m pytest -o timeout=0 -m "not slow and not differential" $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(DEV) ## format, lint, types, layers and known faults of packages, changing nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	cd tests && $(CURDIR)/$(BIN)/mypy --config-file mypy.ini .
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/python scripts/audit.py

docs: $(DEV) ## build the documentation into site/; a broken link is an error
	$(BIN)/python scripts/docs_pages.py
	$(BIN)/python scripts/wings_picture.py
	$(BIN)/mkdocs build --strict

bench: $(BENCH) ## measure speed beside other tools
	$(BIN)/python bench/run.py

lock: $(DEV) ## remake requirements/ (make lock ARGS=--upgrade for newer versions)
	bash scripts/lock.sh $(ARGS)

clean: ## remove everything that the other commands made
	rm -rf .venv build dist site docs/checks docs/language/reference
	rm -rf .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
	rm -rf src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

# What builds packages goes in first, pinned and hashed like the rest: without it pip would fetch whatever
# is newest to build durable-rules, which ships as source alone.
$(CORE): $(PROJECT) requirements/build.txt requirements/core.txt | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/build.txt
	$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements/core.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

$(DEV): requirements/dev.txt requirements/build-dev.txt $(CORE)
	$(PIP) install --quiet --require-hashes -r requirements/build-dev.txt
	$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements/dev.txt
	@touch $@

$(BENCH): requirements/bench.txt $(DEV)
	$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements/bench.txt
	@touch $@
