#!/usr/bin/env bash
# Remakes requirements/*.txt from pyproject.toml: every package pinned and hashed, for every Python from
# 3.11 on and every platform, and with no registry's address in the files.
#
#   build.txt  what packages without a wheel are built with (installed first, so that nothing unpinned runs)
#   build-dev.txt  what one of dev.txt without a wheel (bagit) is built with besides
#   core.txt   what the product needs
#   all.txt    with every optional part of the product
#   dev.txt    with tests, quality tools and documentation
#   bench.txt  the tools that `make bench` compares with
#
# Pass --upgrade to take newer versions; without it, pins that still fit are kept.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=.venv/bin/uv
if [ ! -x "$uv" ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi

lock() { # lock OUTPUT INPUT-AND-OPTIONS…
  local output=requirements/$1
  shift
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --annotation-style line --output-file "$output" "$@"
}

mkdir -p requirements
# The widest set is solved first; the narrower ones take its versions.
lock dev.txt "$@" pyproject.toml --all-extras
lock all.txt "$@" pyproject.toml --extra cvc5 --extra lsp --extra parquet --extra postgres --extra rich --extra sql --extra spark --constraint requirements/dev.txt
lock core.txt "$@" pyproject.toml --constraint requirements/dev.txt
printf 'business-rules\nopenfisca-core\npandas\npolars\nzen-engine\n' | lock bench.txt "$@" - --constraint requirements/dev.txt
printf 'setuptools\nwheel\n' | lock build.txt "$@" - --constraint requirements/dev.txt
printf 'setuptools-scm\n' | lock build-dev.txt "$@" - --constraint requirements/dev.txt

if grep -n '://' requirements/*.txt; then
  echo "lock.sh: a requirements file carries an address (above)" >&2
  exit 1
fi
