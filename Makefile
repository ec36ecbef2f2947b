# make brochure   sets everything up and builds the default edition into out/
# make test       sets up what tests need and runs them
# make lint       formatter, linters, types, floors
# make goldens    renews the golden pictures in tests/goldens/: look at each that changed
# make bench      times of the street's stages
# make lock       renews the locked versions after a change in pyproject.toml
# make clean      removes .venv, .venv-referees and out/

PYTHON ?= python3
VENV := .venv
REFEREES := .venv-referees
PY := $(VENV)/bin/python
JOBS ?= 2
# The setter's native libraries: Debian's and Homebrew's names.
APT := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: brochure setup test lint goldens bench lock clean native

brochure: $(VENV)/.locked native
	$(PY) build.py

setup: $(VENV)/.locked native

# The two environments are installed side by side; then apt, which suffers no other apt beside it.
test:
	@$(MAKE) --no-print-directory -j2 $(VENV)/.locked-dev apart
	@$(MAKE) --no-print-directory native judges postfix
	$(PY) -m pytest -n $(JOBS)

lint: $(VENV)/.locked-dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

goldens: $(VENV)/.locked-dev native
	PYTHONPATH=. $(PY) tests/pictures.py

bench: $(VENV)/.locked-dev native
	$(PY) -m pytest tests/bench -s -o addopts="-q --strict-markers" -p no:cacheprovider

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "machine: error: $$($(PYTHON) --version 2>&1) is too old. Install Python 3.11 or newer, or say make PYTHON=python3.12." >&2; exit 6; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory apt PACKAGES=python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.locked: requirements.lock $(VENV)/bin/pip
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# The longer list holds all of the shorter one.
$(VENV)/.locked-dev: requirements-dev.lock requirements.lock $(VENV)/bin/pip
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $(VENV)/.locked $@

# Pango and HarfBuzz are the system's: install them where we may, say so where we may not.
native: $(VENV)/.locked
	@$(PY) -c 'from brochure.native import missing; import sys; sys.exit(bool(missing()))' || $(MAKE) --no-print-directory apt PACKAGES="$(APT)"

# Programs that judge our files in tests; where they are missing and can't be installed, their tests are skipped. Those in
# Python live apart: one of them is AGPL, and none is ours to import.
JUDGES := ghostscript qpdf poppler-utils
.PHONY: referees judges apart
referees: judges apart

judges:
	@command -v gs qpdf pdftotext >/dev/null && [ "$$(command -v gs qpdf pdftotext | wc -l)" = 3 ] || \
	  $(MAKE) --no-print-directory apt PACKAGES="$(JUDGES)" || \
	  echo "machine: warning: some of $(JUDGES) are missing. Tests that ask them are skipped." >&2

apart: $(VENV)/bin/pip
	@$(MAKE) --no-print-directory $(REFEREES)/.locked || \
	  echo "machine: warning: tests/referees.lock can't be installed. Tests that ask outloud and oxidize-pdf are skipped." >&2

# A real mail server that letters are sent to in tests, each time with a configuration of its own: none is installed, so
# that no daemon starts, and nothing is where another mail server is already.
.PHONY: postfix
postfix:
	@command -v postfix >/dev/null || [ -e /usr/sbin/sendmail ] || \
	  { [ "$$(id -u)" != 0 ] || echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections; \
	    $(MAKE) --no-print-directory apt PACKAGES="--no-install-recommends postfix"; } || \
	  echo "machine: warning: postfix is missing. Tests that send letters through it are skipped." >&2

$(REFEREES)/.locked: tests/referees.lock
	@rm -rf $(REFEREES)
	@$(PYTHON) -m venv $(REFEREES)
	@$(REFEREES)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tests/referees.lock
	@touch $@

.PHONY: apt
apt:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  DEBIAN_FRONTEND=noninteractive sh -c 'apt-get install -y -qq $(PACKAGES) >/dev/null || { apt-get update -qq && apt-get install -y -qq $(PACKAGES) >/dev/null; }'; \
	else \
	  echo "machine: error: $(PACKAGES) is missing. Run: sudo apt-get install $(PACKAGES)   (macOS: brew install pango)" >&2; exit 6; \
	fi

lock: $(VENV)/bin/pip
	$(VENV)/bin/pip install --quiet 'uv>=0.9,<1'
	$(VENV)/bin/uv lock
	$(VENV)/bin/uv export --quiet --frozen --no-dev --no-emit-project --format requirements-txt -o requirements.lock
	$(VENV)/bin/uv export --quiet --frozen --no-emit-project --format requirements-txt -o requirements-dev.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate tests/referees.in -o tests/referees.lock

clean:
	rm -rf $(VENV) $(REFEREES) out
