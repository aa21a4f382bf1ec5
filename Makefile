# Each target makes its own .venv when it is missing; `make demo` needs git, make and Python 3.11+.
PYTHON ?= python3
PORT ?= 7860
# Exact versions with the hashes of their files. A mirror that builds its own files has other hashes:
# there it is `make demo LOCK=requirements.txt`.
LOCK ?= requirements.lock
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test train bench lint format notebooks lock

demo: $(VENV)/.runtime
	$(BIN)/python -m demo serve --port $(PORT)

test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: $(VENV)/.development
	$(BIN)/python -m models.train all

notebooks: $(VENV)/.development
	$(BIN)/python -m nbconvert --execute --to notebook --inplace --NotebookClient.record_timing=False notebooks/*.ipynb

lock: $(VENV)/.development
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make lock" --no-annotate --output-file requirements.lock requirements.txt

bench: $(VENV)/.development
	$(BIN)/python -m benchmarks

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(LOCK)
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
