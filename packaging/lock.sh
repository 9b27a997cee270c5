#!/usr/bin/env bash
# Resolves pyproject.toml into the pinned requirement files, for Python 3.11 and later on Linux, Windows and macOS.
#
# usage: packaging/lock.sh [--upgrade]
# Needs the `uv` command, which nothing else in this project needs. The files name no package index: each site uses its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pins=$(mktemp)
trap 'rm -f "$pins"' EXIT

compile() {
  local file=$1
  shift
  uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-header --no-annotate --no-config --output-file "$file" "$@" >/dev/null
}

# The largest set is resolved first, and the smaller ones take its versions, so that what is tested is what is shipped.
compile requirements-bench.txt --extra build --extra dev --extra bench "$@"
sed -nE 's/^([A-Za-z0-9._-]+==[^ ;\\]+)( *;[^\\]*)? *\\?$/\1\2/p' requirements-bench.txt >"$pins"
compile requirements-dev.txt --extra build --extra dev --constraint "$pins"
compile requirements.txt --extra build --constraint "$pins"
grep -c == requirements.txt requirements-dev.txt requirements-bench.txt
