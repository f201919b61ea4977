# Every verb of the project. `make` alone lists them.
# Options of a verb travel in ARGS: make run ARGS="--job sync_hot"

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
# Empty: the newest fitting Python is found. Or: make setup PYTHON=/usr/bin/python3.12
PYTHON ?=
ARGS ?=

# Without a home to write to, caches stay in the project.
ifeq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),)
export HOME := $(CURDIR)/.cache/home
export UV_CACHE_DIR := $(CURDIR)/.cache/uv
endif
# Compiled once at set-up instead of slowly at the first run.
export UV_COMPILE_BYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Nothing of an outer environment may leak into ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

.PHONY: help setup setup-dev run doctor setup-env sql dev api backup restore-drill \
	sandbox bench-sandbox test test-faults test-medium kpi mutate-kpis check format \
	docs bench bench-marts lock clean

help: ## List every verb.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) \
	| awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(VENV)/.runtime ## Set up .venv with what a run needs.

setup-dev: $(VENV)/.dev ## Set up .venv with what tests and checks need too.

run: setup ## Run the whole pipeline once and show a summary.
	@$(BIN)/cwp run $(ARGS)

doctor: setup ## Check credentials, host, clock and what may be read.
	@$(BIN)/cwp doctor $(ARGS)

setup-env: setup ## Ask for a tenant's credentials and write .env.
	@$(BIN)/cwp setup-env $(ARGS)

sql: setup ## Open a DuckDB prompt on the published copy.
	@$(BIN)/cwp sql $(ARGS)

dev: setup ## Open the Dagster UI.
	@$(BIN)/cwp dev $(ARGS)

api: setup ## Serve the API: ConnectWise's callbacks, and health.
	@$(BIN)/cwp api $(ARGS)

backup: setup ## Copy raw, history and meta to warehouse/backups.
	@$(BIN)/cwp backup $(ARGS)

restore-drill: setup ## Prove that a backup comes back: restore it beside, compare.
	@$(BIN)/cwp restore-drill $(ARGS)

sandbox: setup ## Serve the ConnectWise sandbox alone.
	@$(BIN)/cwp sandbox $(ARGS)

bench-sandbox: setup ## Measure how fast the sandbox serves pages, and its start.
	@PYTHONPATH=. $(BIN)/python benchmarks/sandbox_pages.py $(ARGS)

test: setup-dev ## Run the tests.
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

test-faults: setup-dev ## Break things on purpose with 50 seeds; print the report.
	@PYTHONPATH=. $(BIN)/python -m tests.faults.campaign $(ARGS)

test-medium: setup-dev ## Sync the medium world from empty and compare every row.
	@$(BIN)/pytest -m medium tests/medium $(ARGS)

kpi: setup-dev ## Try KPIs' examples on builds that are kept: make kpi ARGS=kill_rate.
	@$(BIN)/python -m tests.kpis.trying $(ARGS)

mutate-kpis: setup-dev ## Break each KPI on purpose; its tests must notice.
	@$(BIN)/python -m tests.kpis.mutants $(ARGS)

check: setup-dev ## Format, lint, types, layers, budgets, dbt parse, docs, drift.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/cwp docs --check
	$(BIN)/pytest -q -rfE tests/unit/test_budgets.py tests/unit/test_docs.py
	$(BIN)/pytest -q -rfE -m contract tests/contract

format: setup-dev ## Format and mend what can be mended by machine.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup-dev ## Write the generated reference pages.
	$(BIN)/cwp docs

bench: setup-dev ## Measure what extraction costs, beside others; see docs.
	@$(BIN)/python -m benchmarks $(ARGS)

bench-marts: setup-dev ## Measure what building all marts of a large MSP costs.
	@$(BIN)/python -m benchmarks.marts $(ARGS)

lock: setup-dev ## Compile both lock files anew.
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links \
		-o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links -c requirements.lock -o requirements-dev.lock

clean: ## Remove caches; the warehouse and .venv stay.
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# --- set-up -----------------------------------------------------------------------
# The stamps say when a lock was last brought into the environment. The development
# lock contains the runtime lock, so whoever has it keeps it.

# Prints the newest fitting Python that can make environments, or fails with a
# sentence on what to do.
define FIND_PYTHON
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; \
unfit=; \
for python in $${PYTHON:-python3.13 python3.12 python3.11 python3}; do \
	"$$python" -c "$$fits" >/dev/null 2>&1 || continue; \
	if "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
		echo "$$python"; exit 0; \
	fi; \
	unfit=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
done; \
if [ -n "$$unfit" ]; then \
	echo "Python $$unfit lacks its venv module; type:" \
		"sudo apt install python$$unfit-venv" >&2; \
else \
	echo "Python 3.11, 3.12 or 3.13 is needed and none was found; install one, or" \
		"name it: make setup PYTHON=/path/to/python3.12" >&2; \
fi; \
exit 1
endef
export FIND_PYTHON
export PYTHON

$(VENV)/.uv-$(UV_VERSION):
	@python=$$(/bin/sh -c "$$FIND_PYTHON") \
	&& echo "Making $(VENV) with $$python; this takes a minute or two, once" \
	&& "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.uv-$(UV_VERSION)
	@$(call SYNC,$(if $(wildcard $(VENV)/.dev),requirements-dev.lock,requirements.lock))
	@touch $(wildcard $(VENV)/.dev) $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.uv-$(UV_VERSION)
	@$(call SYNC,requirements-dev.lock)
	@touch $@ $(VENV)/.runtime

SYNC = $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python $(1) \
	&& $(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python -e .
