# whygrad: set up, run and check. Everything goes into .venv; pip reads its own settings and caches (PIP_*, pip.conf).
#   make check TORCH=no    goes without PyTorch: the tests that compare with it are skipped and say so

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.11 python3; do "$$p" -c '' 2>/dev/null && { echo "$$p"; break; }; done)
TORCH ?= yes
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
PIP_INSTALL := $(BIN)/python -m pip install --quiet --quiet --constraint constraints.txt
BENCH_INSTALL := $(BENCH)/bin/python -m pip install --quiet --quiet --constraint constraints.txt
# What builds whygrad itself, [build-system] and what editable installs need: it comes first, with the pins of the lock.
BUILD_NEEDS := hatchling editables brotli fonttools ziamath
# Whole files are dealt out: the examples of one document share their names, and a file's tests their trained runs.
DEAL := --dist loadfile
FUZZER_PIN := atheris==3.0.0
# The torch that is compared with is exactly this one: a range would take a build of several gigabytes.
TORCH_PIN := $(shell grep '^torch==' constraints.txt)

.PHONY: help demo lab check check-long lint types types-js layers tests bench performance gallery lock clean

help: ## show this list
	@echo "whygrad: a neural network that shows its work"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: $(VENV)/.demo ## set up .venv and train the two first examples, xor and penguins
	$(BIN)/whygrad train examples/xor.toml --report
	$(BIN)/whygrad train examples/penguins.toml --report
	@echo
	@echo "The reports, each one file that opens in any browser without a network:"
	@find runs -name '*.html' | sort | sed 's/^/  /'

lab: $(VENV)/.demo ## set up .venv and open the lab in the browser (make lab LAB="runs/xor --port 9000")
	$(BIN)/whygrad lab $(LAB)

check: $(VENV)/.check ## set up .venv, then lint, types, layers and tests (at most 10 minutes on 2 cores)
	@$(MAKE) --no-print-directory lint types layers tests

check-long: $(VENV)/.check $(VENV)/.fuzzer ## the same with every long test and many more drawn examples
	@$(MAKE) --no-print-directory lint types layers
	$(BIN)/pytest -n auto $(DEAL) -m '' --hypothesis-profile=long

lint: $(VENV)/.check
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.check
	$(BIN)/mypy

types-js: ## check the types in the comments of the lab's JavaScript (optional; needs npx)
	npx --yes --package typescript@5 tsc --project jsconfig.json

layers: $(VENV)/.check
	$(BIN)/lint-imports

tests: $(VENV)/.check
	@test "$$(cat $(VENV)/.torch)" = yes || echo "PyTorch is not installed in $(VENV): the tests that compare with it are skipped"
	$(BIN)/pytest -q -n auto $(DEAL)

bench: $(BENCH)/.made ## measure, against peers in an environment of its own; prints ratios taken side by side
	@for name in $$(grep -l __main__ benchmarks/*.py | xargs -n 1 basename -s .py | grep -vxE 'contest|report'); do \
		echo "== $$name"; $(BENCH)/bin/python -m "benchmarks.$$name"; done

performance: $(BENCH)/.made ## measure what docs/performance.md tells of and write it anew (ten minutes on a quiet machine)
	$(BENCH)/bin/python -m benchmarks.report

gallery: $(VENV)/.check ## draw the pictures of docs/gallery.md anew (needs Chromium)
	PYTHONPATH=. $(BIN)/python docs/gallery/draw.py

lock: ## write constraints.txt anew from the newest releases that pyproject.toml admits
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet $(BUILD_NEEDS) '$(TORCH_PIN)'
	build/lock/bin/python -m pip install --quiet --no-build-isolation --editable '.[dev,torch]'
	sed -n '/^#/p' constraints.txt > build/constraints.txt
	build/lock/bin/python -m pip freeze --exclude-editable | sed -E 's/\+[A-Za-z0-9.]+$$//' >> build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/lock

clean: ## remove the environments and the tools' caches; runs/ stays
	rm -rf $(VENV) $(BENCH) build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python $(BENCH)/bin/python:
	@test -n "$(PYTHON)" || { echo "make: no python3 was found; whygrad needs Python 3.11 or newer (or say make PYTHON=...)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "make: $(PYTHON) is $$($(PYTHON) -V 2>&1); whygrad needs Python 3.11 or newer (or say make PYTHON=...)"; exit 1; }
	@$(PYTHON) -m venv $(@:/bin/python=) || { rm -rf $(@:/bin/python=); \
		echo "make: $(PYTHON) cannot make a virtual environment (on Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.demo: pyproject.toml constraints.txt hatch_build.py | $(BIN)/python
	@echo "installing whygrad into $(VENV) (the first time takes a minute or two)"
	@$(PIP_INSTALL) $(BUILD_NEEDS)
	@$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.check: $(VENV)/.demo $(VENV)/.torch
	@echo "installing the tools of make check into $(VENV)"
	@$(PIP_INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@

# A fuzzer of 60 megabytes, for which not every machine has a wheel: without it its test is skipped and says so.
$(VENV)/.fuzzer: $(VENV)/.check
	@$(BIN)/python -m pip install --quiet --quiet --only-binary :all: '$(FUZZER_PIN)' || echo "make: $(FUZZER_PIN) was not installed"
	@touch $@

# Only the tests need PyTorch. Where it cannot be had, they say so and the rest still runs.
$(VENV)/.torch: $(VENV)/.demo
	@test "$(TORCH)" != yes || echo "installing $(TORCH_PIN), which the tests compare with"
	@if [ "$(TORCH)" = yes ] && $(PIP_INSTALL) --no-build-isolation --editable '.[torch]'; then echo yes > $@; \
	else echo no > $@; echo "make: $(TORCH_PIN) was not installed (rm $@ to try again)"; fi

# A peer that cannot be had is left out of the benchmarks.
$(BENCH)/.made: pyproject.toml constraints.txt hatch_build.py benchmarks/requirements.txt | $(BENCH)/bin/python
	@echo "installing whygrad, and who it is compared with, into $(BENCH)"
	@$(BENCH_INSTALL) $(BUILD_NEEDS)
	@$(BENCH_INSTALL) --no-build-isolation --editable '.[datasets,fast]'
	@sed -E '/^(#|-|$$)/d' benchmarks/requirements.txt | while read -r peer; do \
		$(BENCH_INSTALL) "$$peer" </dev/null || echo "make: $$peer was not installed and is left out (rm $@ to try again)"; done
	@touch $@
