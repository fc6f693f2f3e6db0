# Everything sets itself up: a machine needs Python 3.11 or later, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := bench/.venv
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes

.PHONY: run demo test lint bench chaos mutations locks clean

run: $(VENV)/runtime  ## start the product on this machine
	$(BIN)/prospects up

demo: $(VENV)/runtime  ## the same with sample data: nobody is asked, nothing is mixed
	$(BIN)/prospects up --demo

test: $(VENV)/development  ## every check and every test that this machine can run
	$(BIN)/python -m tests.everywhere

lint: $(VENV)/development  ## the checks alone
	$(BIN)/python -m tests.everywhere --lint

bench: $(VENV)/development $(PEERS)/ready  ## every stage beside its peers and limits, then what the task system costs; BENCH_QUICK=1 is short
	$(BIN)/python -m bench

$(PEERS)/ready: bench/peers/requirements.txt | $(BIN)/uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(PEERS)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(PEERS)/bin/python --require-hashes -r bench/peers/requirements.txt
	touch $@

chaos: $(VENV)/development  ## everything dies at random moments, on every engine; a quarter of an hour each
	PROSPECTS_HOME=$(VENV) $(BIN)/python -m tests.engine.chaos

mutations: $(VENV)/development  ## 100,000 damaged rows and 2,000 damaged files through the readers; some minutes
	PROSPECTS_HOME=$(VENV) $(BIN)/python -X faulthandler -m tests.mutations

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv

$(VENV)/runtime: requirements.txt pyproject.toml | $(BIN)/uv
	$(UV) -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/runtime
	$(UV) -r requirements-dev.txt
	touch $@

locks: | $(BIN)/uv  ## write the locks anew, newest versions that fit
	$(BIN)/uv pip compile --quiet --upgrade pyproject.toml --extra postgres --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade pyproject.toml --extra postgres --group dev --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --upgrade bench/peers/requirements.in --constraint requirements.txt --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate -o bench/peers/requirements.txt

clean:
	rm -rf $(VENV) $(PEERS) bench/.inputs var-demo build .mypy_cache .ruff_cache .hypothesis
