# make demo    a small programme with invented people   ARGS="…" goes to `jisr demo`
# make test    the tests                                ARGS="…" goes to pytest
# make browser the console's pages in a browser, alone; screenshots into tests/browser/screens
# make soak    the rare tests, a hundred kills among ten thousand steps, the whole API surveyed
#                           SOAK_KILLS=10 SOAK_STEPS=500 ARGS="--on sqlite"
# make bench   how fast it is, into bench/results.md   ARGS=--short takes ten minutes
# make check   lint, format, types, import contracts
# make docs    the documents that are made from the code
# make samples the events' stored samples anew, where a shape changed
# make pictures  the pictures in the documentation, of the demo's pages
# make lock    the lock files anew                      ARGS=--upgrade takes newer versions
# make clean   all that these commands made
#
# A fresh machine needs Python 3.11, 3.12 or 3.13 with pip (PYTHON=python3.13 names one), make, and
# a package index. The environment is made in .venv by the first command that wants it.

PYTHON ?= python3
ARGS ?=
SOAK_KILLS ?= 100
SOAK_STEPS ?= 10000
TOGETHER = -n 3 --max-worker-restart 0 --dist loadfile --no-loadscope-reorder
SETUP = $(PYTHON) -I tools/environment.py
RUN = .venv/bin/python -m
COMPILE = $(RUN) uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock" $(ARGS) pyproject.toml

unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV
# What a hundred processes of one test run load they compile once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test browser soak bench check docs samples pictures lock clean runtime dev

demo: runtime
	.venv/bin/jisr demo $(ARGS)

test: dev
	@$(SETUP) browser?
	@$(RUN) tests.support.node
	$(RUN) pytest --cache-clear $(TOGETHER) -m "not rare" $(ARGS) || $(RUN) tests.support.again

browser: dev
	@$(SETUP) browser
	JISR_SCREENS=yes $(RUN) pytest tests/browser $(ARGS)

soak: dev
	@$(SETUP) browser?
	@$(RUN) tests.support.node
	$(RUN) pytest $(TOGETHER) -m rare
	$(RUN) tests.soak --kills $(SOAK_KILLS) --steps $(SOAK_STEPS) $(ARGS)

bench: dev
	$(RUN) bench $(ARGS)

check: dev
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	.venv/bin/lint-imports

pictures: dev
	@$(SETUP) browser
	$(RUN) tests.support.pictures

samples: dev
	$(RUN) tests.support.samples

docs: dev
	.venv/bin/jisr path --markdown > docs/path.md
	$(RUN) tests.support.answered
	.venv/bin/jisr openapi > docs/openapi.json
	.venv/bin/jisr page events > docs/events.md
	.venv/bin/jisr page privacy > docs/privacy.md

lock: dev
	$(COMPILE) -o requirements.lock
	$(COMPILE) -o requirements-dev.lock --extra dev -c requirements.lock \
		--overrides tools/overrides.txt
	$(COMPILE) -o requirements-browser.lock --extra dev --extra browser \
		-c requirements-dev.lock --overrides tools/overrides.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime dev:
	@$(SETUP) $@
