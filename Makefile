# Every command of the house. A fresh machine needs Python 3.11+ (Debian: python3-venv), make and git.
PYTHON ?= python3
BIN := .venv/bin
# Compiled once, not anew by every program that a test or a trial starts.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup check test bench faults try pins clean
setup: .venv/ready

.venv/ready: requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

check: setup ## style, types, fences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/architecture

test: setup ## three at once on two cores, for much of it is waiting
	$(BIN)/python -m pytest -n 3 --dist worksteal

bench: setup
	$(BIN)/python -m tests.bench

faults: setup ## everything that may go wrong, played in full
	$(BIN)/python -m tests.faults
	$(BIN)/python -m pytest -n 2 -q tests/handlers/test_shuffled.py --sequences 2000

try: setup
	$(BIN)/python -m bot try $(if $(STORY),--story)

pins: ## after a change of pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev pyproject.toml -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
