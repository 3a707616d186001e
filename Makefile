# make run    the dashboard, on the invented sample if nothing has been published
# make test   everything that must hold, browser tests included
#             (in the order of folders: browser tests are few and slow, and would otherwise come last, on one core)
# make faults every fault of the store, in full, which takes an hour or two; make test tries a sample of them
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
ADDRESS := http://127.0.0.1:8501

.PHONY: run test faults check browser documents pictures lock

run: $(VENV)/run.stamp
	@$(RUN) -m pipelines sample --if-empty
	@echo "Open $(ADDRESS) in a browser. Stop with Ctrl+C."
	@$(VENV)/bin/streamlit run asgi.py

test: $(VENV)/test.stamp browser check
	$(RUN) -m pytest -n 2 --dist loadscope --no-loadscope-reorder

faults: $(VENV)/test.stamp
	FAULTS=full $(RUN) -m pytest tests/faults -s

check: $(VENV)/test.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

# Browser tests need Debian's chromium: installed where that can be done, named where it cannot.
browser:
	@command -v chromium >/dev/null || \
	{ command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } || \
	{ echo "The browser tests need the package chromium: sudo apt-get install chromium" >&2; exit 1; }

documents: $(VENV)/test.stamp
	$(RUN) -m pipelines.template
	$(RUN) -m pipelines.dictionary
	$(RUN) -m pipelines.rules_page
	$(RUN) -m pipelines.catalogue
	$(RUN) -m pipelines.questions_page
	$(RUN) -m pipelines.translators

pictures: $(VENV)/test.stamp browser
	$(RUN) -m docs.make_pictures

# Exact versions with hashes for every platform, and no index address. Needs uv.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	pyproject.toml --group test -c requirements.lock -o requirements-test.lock

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-test.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@ $(VENV)/run.stamp
