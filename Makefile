PYTHON ?= python3
BIN    := .venv/bin
STAMP  := .venv/.stamp

.DEFAULT_GOAL := help
.PHONY: help verify test report lint bench check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

verify: $(STAMP) ## verify every claim, write the report, compare with the baseline
	$(BIN)/verifier verify $(if $(JOBS),--jobs $(JOBS)) --json reports/run.json \
	  --report reports/site --counterexamples reports/counterexamples \
	  --certificates reports/certificates --baseline reports/baseline.json
	$(BIN)/verifier check-certificates reports/certificates

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -n 2

report: $(STAMP) ## write the report of the last run again
	@test -f reports/run.json || { echo "There is no run yet: make verify" >&2; exit 1; }
	$(BIN)/verifier report --from reports/run.json --out reports/site

lint: $(STAMP) ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## race against peers: same work, one run, ratios
	$(BIN)/python -m benchmarks

check: ## what CI runs: lint, test, verify
	$(MAKE) lint
	$(MAKE) test
	$(MAKE) verify

clean: ## remove the environment and everything that was generated
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find reports -mindepth 1 ! -name README.md ! -name schema.json ! -name baseline.json -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
