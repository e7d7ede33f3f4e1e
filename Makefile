# make prove | test | lint | soundness | clean. Each sets up what it needs; PYTHON names the interpreter to use.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The pins hold for the build's own environment too; older and newer pips look for them under these two names.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/constraints.txt
TESTS ?= tests
# The checker's tests that fail by `require`, not by assert: they are worth a run without asserts.
WITHOUT_ASSERTS := $(addprefix tests/checker/test_,certificates.py rejections.py regressions.py shape_steps.py stubs.py)
JOBS ?= 2
# What the tests and lint are run with; with dev,smt the tests that need z3 run too.
EXTRAS ?= dev
DEVELOPED := $(VENV)/.installed-$(EXTRAS)
COUNT ?= 100000
SEED ?= 0

.DEFAULT_GOAL := prove
.PHONY: prove test test-optimised lint soundness clean

prove: $(VENV)/.installed ## judge every lesson
	$(BIN)/symact prove proofs/

test: $(DEVELOPED) test-optimised ## run the tests, the checker's a second time without asserts
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

test-optimised: $(DEVELOPED)
	PYTHONOPTIMIZE=1 $(BIN)/python -m pytest -q -n $(JOBS) tests/test_support.py $(WITHOUT_ASSERTS)

lint: $(DEVELOPED) ## style and types
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

soundness: $(DEVELOPED) ## random claims: no verdict may be wrong
	$(BIN)/python -m tests.soundness --count $(COUNT) --seed $(SEED) --jobs $(JOBS)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -e .
	touch $@

$(DEVELOPED): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -e '.[$(EXTRAS)]'
	touch $@ $(VENV)/.installed

clean: ## remove the virtual environment and every cache
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
