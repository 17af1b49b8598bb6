# Everything a stranger needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run setup test check format bench bench-setup clean

run: setup  ## serve everything in one process
	@$(BIN)/zhice serve

setup: $(VENV)/.ready  ## a .venv that holds the command zhice

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing packages into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m compileall -q bot handlers knowledge reminders
	@touch $@

test: setup  ## all tests
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

check: setup  ## format, lint, types, import rules, data, tests: what CI runs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/zhice knowledge check
	@$(BIN)/zhice windows check
	@$(BIN)/zhice forms check
	@$(MAKE) --no-print-directory test

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench-setup: setup  ## an environment for what the benchmarks compare us to: it may want other versions than we do
	@test -x $(VENV)-bench/bin/python || $(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'

bench: setup  ## every benchmark in its short form
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
