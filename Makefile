# gongkai (公开): `make demo` does the main job on built-in portals, `make test` passes the tests.
# Both make their own virtual environment from requirements.lock; a second run does not install again.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed-from-lock
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types unit debian lock docs clean \
	bench-extract bench-crawl bench-memory bench-archive bench-site bench-rebuild bench-dates bench-narrative \
	gold fuzz hostile faults test-pywb screenshots

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "gongkai needs Python 3.11 or later; $(PYTHON) is older. Say PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making the virtual environment .venv from requirements.lock (once; a minute or two) …"
	@$(PYTHON) -m venv .venv
	@{ $(BIN)/pip install --require-hashes --requirement requirements.lock \
		&& $(BIN)/pip install --no-deps --no-build-isolation --editable . ; } > .venv/install.log 2>&1 \
		|| { tail -n 20 .venv/install.log >&2; echo "The installation failed; all of it is in .venv/install.log" >&2; exit 1; }
	@touch $@
	@echo "Installed. The command is .venv/bin/gongkai"

.venv-pywb/.installed-from-lock: tests/pywb.lock
	@echo "Making .venv-pywb for the replay tests (once) …"
	@$(PYTHON) -m venv .venv-pywb
	@.venv-pywb/bin/pip install --require-hashes --requirement $< > .venv-pywb/install.log 2>&1 \
		|| { tail -n 5 .venv-pywb/install.log >&2; echo "pywb could not be installed; the tests that need it will skip" >&2; exit 0; }; \
		touch $@

demo: $(STAMP)  ## crawl the built-in demo portals on loopback and show what was found
	@$(BIN)/gongkai demo

test: $(STAMP) debian lint types unit  ## lint, types and all tests

check: $(STAMP) lint types  ## lint and types only

lint: $(STAMP)
	@echo "Lint: ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check . ; exit 1; }

types: $(STAMP)
	@echo "Types: mypy"
	@$(BIN)/mypy

unit: $(STAMP) .venv-pywb/.installed-from-lock
	@echo "Tests: pytest"
	@GONGKAI_STRICT=1 $(BIN)/pytest -n 2 --dist loadfile

debian:  # Chromium and fonts for the browser tests, readers of old Word files, OCR, PostgreSQL: by name, only if missing
	@.ci/debian

gold: $(STAMP)  ## score the extraction on the gold corpus, field by field
	@$(BIN)/python -m tests.gold.score

fuzz: $(STAMP)  ## 100,000 mutated documents: no crash, no silent wrong figure (about an hour)
	@$(BIN)/python -m bench.fuzz 100000 --jobs 2

hostile: $(STAMP)  ## hostile sources of every format: an answer in ten seconds and 500 MB (some minutes)
	@$(BIN)/python -m bench.hostile

faults: $(STAMP)  ## 200 kills, full disks, cut and flipped files: what was lost, what went unnoticed
	@$(BIN)/python -m tests.archive.faults --kills 200
	@$(BIN)/python -m tests.crawler.kills --kills 100
	@$(BIN)/python -m tests.pipelines.rebuild_kills --kills 20

test-pywb: $(STAMP) .venv-pywb/.installed-from-lock  ## replay the archive with pywb, in an environment of its own
	@$(BIN)/pytest tests/archive/test_pywb_replay.py tests/crawler/test_memento_pywb.py

screenshots: $(STAMP)  ## make the README's screenshots anew
	@$(BIN)/python -m bench.screenshots

bench-dates: $(STAMP)  ## the dates parser against dateparser
	@$(BIN)/python -m bench.dates

bench-narrative: $(STAMP)  ## false positives of the narrative rules
	@$(BIN)/python -m bench.narrative

bench-extract: $(STAMP)  ## extraction against parsel, pandas.read_html, pypdfium2, pdfplumber, python-docx
	@$(BIN)/python -m bench.extract

bench-crawl: $(STAMP)  ## requests a report, CPU a page, the unchanged second crawl
	@$(BIN)/python -m bench.crawl

bench-memory: $(STAMP)  ## whether a crawl of 100,000 pages keeps its memory (half an hour)
	@$(BIN)/python -m bench.memory

bench-archive: $(STAMP)  ## WARC writing and reading against warcio and FastWARC
	@$(BIN)/python -m bench.archive

bench-rebuild: $(STAMP)  ## rebuild with two processes against one; memory
	@$(BIN)/python -m bench.rebuild

bench-site: $(STAMP)  ## every kind of page at 300,000 reports against 2,000
	@$(BIN)/python -m bench.site

lock:  ## resolve pyproject.toml again into requirements.lock, and pywb into tests/pywb.lock (needs uv)
	uv pip compile --generate-hashes --all-extras --no-header --quiet pyproject.toml --output-file requirements.lock
	printf 'pywb\nsetuptools<80\n' | uv pip compile --generate-hashes --no-header --quiet - --output-file tests/pywb.lock

clean:  ## remove the virtual environment and caches, not the archive
	rm -rf .venv .venv-pywb .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
