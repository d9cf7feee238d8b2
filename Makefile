# What a newcomer types. A fresh machine needs Python 3.11+, make and git; everything else goes into .venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PREFECT_SERVER_ANALYTICS_ENABLED = false
export DO_NOT_TRACK = 1
# One thread a process: the work is in batches, and two cores are shared with the database and Prefect.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help setup demo test long check lint types imports hostile storm storms bench evaluate train serve wheel clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup: $(STAMP) ## make the environment in .venv

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

demo: $(STAMP) ## run the main job on samples/inbox and tell the story of one complaint
	$(BIN)/nistaran demo --home demo-data

test: $(STAMP) ## the tests (about seven minutes)
	$(BIN)/python -m pytest -q -n auto --dist loadgroup -m "not storm and not hostile and not bench and not long"

long: $(STAMP) ## the tests that take longer: whole worlds on Postgres and S3, bad files, training, decisions in Prefect
	$(BIN)/python -m pytest -q -n auto --dist loadgroup -m "long and not storm and not hostile and not bench"

hostile: $(STAMP) ## bombs and attacks
	$(BIN)/python -m pytest -q -m hostile

storm: $(STAMP) ## kills and races while ingesting
	$(BIN)/python -m pytest -q -m storm tests/storm

storms: $(STAMP) ## all storms: also a database, a worker and Prefect's own folder that go away (about 20 minutes)
	$(BIN)/python -m pytest -q -m storm

check: lint types imports ## ruff, mypy --strict, import contracts

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

bench: $(STAMP) ## measure speed and memory; writes benchmarks/results.md
	$(BIN)/python -m benchmarks

evaluate: $(STAMP) ## measure the department model on the test hands
	$(BIN)/python -m models.evaluate

train: $(STAMP) ## train the department model from models/corpus
	$(BIN)/python -m models.train

serve: $(STAMP) ## Prefect's server and UI, every deployment scheduled, and a worker, until Ctrl-C
	$(BIN)/nistaran serve

wheel: $(STAMP) ## build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## remove the environment and build products (never data)
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
