# Everything runs in .venv, which each target sets up by itself. Needs Python >= 3.11 and make.
.DEFAULT_GOAL := test
SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/.ready

# The first Python on the path that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

# With the day on which they were written, since their open actions are long overdue by now.
DEMO := --today 2025-03-20 fixtures/bad/2024-04-09-customer-import-duplicates.md \
	fixtures/bad/2025-09-18-late-night-login-outage.md fixtures/good/2025-03-11-checkout-latency.md

.PHONY: demo test lint types contracts unit golden docs treebank train meaning clean setup

setup: $(READY)

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "pmlint needs Python 3.11 or later; set PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (once; takes a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $(READY)

## demo: check three real-looking postmortems, two to be mended and one that is in good order
demo: $(READY)
	@$(BIN)/pmlint check $(DEMO) || test $$? -eq 1

## test: everything that has to be true before a merge
test: lint types contracts unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

unit: $(READY)
	$(BIN)/pytest --numprocesses auto

## golden: write the expected outputs anew; read the difference before committing it
golden: $(READY)
	PMLINT_UPDATE=1 $(BIN)/pytest tests/golden tests/report --numprocesses auto

## docs: write the pages of the manual that are made from rules and settings
docs: $(READY)
	$(BIN)/python -m pmlint.cli.docs docs

# Where a training leaves its steps; git does not look there.
TRAINED := build/training
MODEL := src/pmlint/language/model

treebank:
	@test -n "$(TREEBANK)" || { echo "say where the data is: make train TREEBANK=folder (see training/README.md)" >&2; exit 2; }
	@missing=; for file in ewt/train.conllu ewt/dev.conllu ewt/test.conllu; do \
		test -f "$(TREEBANK)/$$file" || missing="$$missing $$file"; done; \
	test -n "$$(ls "$(TREEBANK)/ner" 2>/dev/null)" || missing="$$missing ner/*"; \
	test -z "$$missing" || { echo "$(TREEBANK) lacks:$$missing (training/README.md says where to get them)" >&2; exit 2; }

## train: the language model anew, from TREEBANK=folder; takes an hour or more (see training/README.md)
train: treebank $(READY)
	$(BIN)/python training/convert.py "$(TREEBANK)" $(TRAINED)/data
	$(BIN)/python -m spacy train training/grammar.cfg --output $(TRAINED)/grammar \
		--paths.train $(TRAINED)/data/train.spacy --paths.dev $(TRAINED)/data/dev.spacy
	$(BIN)/python -m spacy train training/names.cfg --output $(TRAINED)/names \
		--paths.train $(TRAINED)/data/names-train.spacy --paths.dev $(TRAINED)/data/names-dev.spacy
	$(BIN)/python training/assemble.py $(TRAINED)/grammar/model-best $(TRAINED)/names/model-best $(MODEL)
	$(BIN)/python training/evaluate.py $(MODEL) $(TRAINED)/data/test.spacy --names $(TRAINED)/data/names-dev.spacy

## meaning: the transformer and its prefilter anew, from ENCODER=folder; takes an hour or more
meaning: $(READY)
	@test -f "$(ENCODER)/model.safetensors" || { echo "say where the encoder is: make meaning ENCODER=folder (see training/README.md)" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[training]"
	$(BIN)/python training/meaning.py training "$(ENCODER)" src/pmlint/language/meaning
	$(BIN)/python training/prefilter.py training src/pmlint/language/meaning src/pmlint/language/meaning/prefilter.npy

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
