# What a maintainer types. `make check` is green before every commit.
PYTHON ?= python

.PHONY: check format lint types contracts test bench

check: lint types contracts test

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

contracts:
	PYTHONPATH=. $(PYTHON) -c "from importlinter.cli import lint_imports_command as c; c()"

test:
	$(PYTHON) -m pytest -q

bench:
	$(PYTHON) tests/bench/run.py --output bench.json
