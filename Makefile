# make run    chat with the bot in the browser, or serve Telegram when TELEGRAM_BOT_TOKEN is set
# make test   all tests          make check   all that CI checks besides
# make fix    repair what a tool can          make bench   measure
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
CATALOGUES := $(wildcard bot/locales/*/LC_MESSAGES/*.po)

.PHONY: run test check fix bench catalogue lock clean

run: .venv/.run
	@$(BIN)/jejaring

test: .venv/.dev
	$(BIN)/pytest -n 2

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.bench
	$(BIN)/python -m tests.benchmarks

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it and try again."; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
		echo "Python's venv module is missing here; asking apt for it ..."; \
		{ [ "$$(id -u)" = 0 ] && SUDO= || SUDO="sudo -n"; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq python3-venv; } >/dev/null 2>&1; \
		$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "That did not work. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }; }

.venv/.run: .venv/bin/python requirements.lock pyproject.toml $(CATALOGUES)
	@echo "Setting up (once, about half a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.bench: .venv/.dev requirements-bench.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

# Bring the message catalogues up to the templates; what is new waits there for its translation.
catalogue: .venv/.dev
	$(BIN)/pybabel -q extract -F babel.cfg --sort-by-file --no-location -o messages.pot .
	$(BIN)/pybabel -q update -i messages.pot -d bot/locales -D jejaring --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@rm messages.pot

# The lock files name no index, so that any mirror will do. Needs uv.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet \
		pyproject.toml --extra build -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet \
		pyproject.toml --extra build --extra dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet \
		pyproject.toml --extra build --extra dev --extra bench \
		-c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
