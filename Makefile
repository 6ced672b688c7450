# One word per job; `make help` lists them. Everything is set up by the first call that needs it.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
ARGS ?=
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint format types bench eval screenshots train lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A stamp beside the packages says which lock file they came from; a changed lock installs anew.
$(VENV)/.run-installed: requirements.lock
	@$(PYTHON) .ci/check_machine.py $(VENV)
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked packages (about two minutes the first time) ..."
	@$(PY) -m pip install --quiet --requirement requirements.lock
	@touch $@

$(VENV)/.test-installed: requirements-test.lock $(VENV)/.run-installed
	@echo "Installing the test tools ..."
	@$(PY) -m pip install --quiet --requirement requirements-test.lock
	@touch $@

run: $(VENV)/.run-installed ## Prepare model and index, then start the chat (ARGS="--port 8000")
	@$(PY) app.py index
	@exec $(PY) app.py serve $(ARGS)

test: $(VENV)/.test-installed ## Run the tests (ARGS="-k parsing")
	@$(PY) app.py index
	@$(PY) -m pytest --numprocesses 2 --dist worksteal $(ARGS)

lint: $(VENV)/.test-installed ## Check style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

format: $(VENV)/.test-installed ## Rewrite the code in the agreed style
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: $(VENV)/.test-installed ## Print encoder, start, memory and retrieval figures (half an hour; needs ../shared/data)
	@$(PY) -m tests.benchmarks.encoder
	@$(PY) -m tests.benchmarks.serving
	@$(PY) -m tests.benchmarks.pages
	@$(PY) -m tests.benchmarks.widget
	@$(PY) -m tests.benchmarks.retrieval

screenshots: $(VENV)/.test-installed ## Take the pictures of docs/images anew
	@$(PY) -m tests.screenshots $(ARGS)

eval: $(VENV)/.test-installed ## Print the quality figures (ARGS="--own"; see docs/evaluation.md)
	@$(PY) -m tests.evaluation $(ARGS)

TYPING = $(PY) -m index.training train --base var/training/widened --frozen 0 --epochs 3 --rate 5e-5
train: $(VENV)/.test-installed ## Train the retriever on ../shared/data (6 hours on two cores)
	@$(PY) -m index.training train --typing 0 --out var/training/first
	@$(PY) -m index.training widen --model var/training/first/trained --out var/training/widened
	@$(TYPING) --out var/training/second
	@$(TYPING) --out var/training/third --noise 0.5 --weak 0.15 --seed 4711
	@$(PY) -m index.training pack --model var/training/widened var/training/second/trained \
		var/training/third/trained
	@$(PY) -m index.training adapt --out var/training/adapted
	@$(PY) -m index.training pack-adapted --model var/training/adapted/trained
	@$(PY) -m index.training adapt --further --steps 450 --rate 5e-4 --seed 911 \
		--out var/training/further
	@$(PY) -m index.training pack-adapted --model var/training/further/trained
	@$(PY) -m index.training adapt --further --both --asked index/training/later-questions.jsonl \
		--passes 1 --rows 32 --max-tokens 256 --passages 3000 --rate 5e-4 --seed 1128 \
		--out var/training/later
	@$(PY) -m index.training pack-adapted --model var/training/later/trained
	@$(PY) -m index.training translate

lock: ## Resolve the dependencies anew and write the lock files
	@$(PYTHON) .ci/lock.py

clean: ## Remove everything that can be made again; loaded documents stay
	@if test -d var; then find var -mindepth 1 -maxdepth 1 ! -name library -exec rm -rf {} +; fi
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
