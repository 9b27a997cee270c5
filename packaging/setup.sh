#!/usr/bin/env bash
# Makes .venv with the locked packages and this project in it. Does nothing when nothing changed.
#
# usage: packaging/setup.sh [run|window|dev|bench]
#   run     what the program needs, without a screen (default)
#   window  the same, and what a window on a real screen needs
#   dev     the same as run, and the tools of the tests and checks
#   bench   the same as dev, and the peers that the benchmarks measure against
#
# System libraries that are missing are installed with apt-get when this runs as root. Otherwise the one command that
# installs them is printed, and nothing is made.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kind=${1:-run}
case $kind in
  run | window) lock=requirements.txt level=1 ;;
  dev) lock=requirements-dev.txt level=2 ;;
  bench) lock=requirements-bench.txt level=3 ;;
  *) echo "setup: unknown kind '$kind'; use run, window, dev or bench" >&2; exit 2 ;;
esac

stop() { echo "setup: $*" >&2; exit 1; }

python_is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11 python3.14; do
    if command -v "$name" >/dev/null && python_is_new_enough "$name"; then echo "$name"; return; fi
  done
}

# Library file, Debian package. The first six are needed to import QtWidgets at all, also without a screen.
needed="libGL.so.1:libgl1 libEGL.so.1:libegl1 libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3
  libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0"
if [ "$kind" = window ]; then
  needed="$needed libxcb-cursor.so.0:libxcb-cursor0 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-icccm.so.4:libxcb-icccm4
    libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0"
fi

# What WeasyPrint, a peer of the benchmarks, sets its text with.
if [ "$kind" = bench ]; then
  needed="$needed libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0"
fi

missing_packages() {
  [ "$(uname -s)" = Linux ] || return 0
  local known pair
  known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
  for pair in $needed; do
    case $known in *"${pair%%:*} "*) ;; *) echo "${pair##*:}" ;; esac
  done
}

missing_python_packages() {
  local python
  [ ! -x .venv/bin/python ] || return 0
  python=$(find_python)
  if [ -z "$python" ]; then
    echo python3 python3-venv
  elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    # Debian keeps what `python3 -m venv` needs in a package of its own, one for each version.
    if [ "$python" = python3 ]; then echo python3-venv; else echo "$python-venv"; fi
  fi
}

install_missing() {
  local packages
  packages=$(echo $(missing_python_packages) $(missing_packages))
  [ -n "$packages" ] || return 0
  local line="apt-get update && apt-get install --yes --no-install-recommends $packages"
  if ! command -v apt-get >/dev/null; then
    stop "these Debian packages, under this system's own names, must be installed first: $packages"
  elif [ "$(id -u)" != 0 ]; then
    stop "system packages are missing; run this as root, then try again:
$line"
  fi
  echo "setup: installing $packages"
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  # An index that is out of reach is no reason to stop yet: what is needed may lie in the local package cache.
  apt-get update >"$log" 2>&1 || true
  if ! apt-get install --yes --no-install-recommends $packages >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    stop "apt-get could not install: $packages"
  fi
  rm -f "$log"
}

# Two runs at the same time would disturb each other; the second waits. Where flock is missing, do not start two.
if command -v flock >/dev/null; then
  exec 9<packaging/setup.sh
  flock 9
fi

# --- nothing to do? ---------------------------------------------------------------------------------------------------
content=$(cat pyproject.toml requirements.txt requirements-dev.txt requirements-bench.txt packaging/setup.sh | cksum)
stamp=.venv/made-from
place=$(pwd -P)
if [ -x .venv/bin/python ] && ! python_is_new_enough .venv/bin/python; then rm -rf .venv; fi
# No stamp: making it was cut off. Another place: a virtual environment does not survive being moved with its folder.
if [ -d .venv ] && { [ ! -f "$stamp" ] || [ "$(sed -n 2p "$stamp")" != "$place" ]; }; then rm -rf .venv; fi
install_missing
if [ -f "$stamp" ] && [ "$(sed -n 1p "$stamp")" = "$content" ] && [ "$(sed -n 3p "$stamp")" -ge "$level" ]; then exit 0; fi

# --- make or bring up to date -----------------------------------------------------------------------------------------
python=$(find_python)
[ -n "$python" ] || [ -x .venv/bin/python ] || stop "Python 3.11 or later was not found"
made_here=no
finished=no
trap '[ "$finished" = yes ] || [ "$made_here" = no ] || { rm -rf .venv; echo "setup: failed; the unfinished .venv was removed" >&2; }' EXIT

if [ -f "$stamp" ]; then
  # Until it is up to date again, the stamp fits nothing, so that the next run tries again.
  printf 'unfinished\n%s\n0\n' "$place" >"$stamp"
fi
if [ ! -x .venv/bin/python ]; then
  made_here=yes
  echo "setup: making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi
# What pip says is of interest only when it fails.
pip() {
  local log
  log=$(mktemp)
  if ! .venv/bin/python -m pip --disable-pip-version-check --no-input "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
}
echo "setup: installing the packages of $lock (about 110 MB the first time)"
pip install --require-hashes --only-binary :all: -r "$lock"
pip install --no-deps --no-build-isolation --no-index -e .
.venv/bin/python -c 'import PySide6.QtWidgets' || stop "Qt cannot be loaded; the line above names what is missing"
printf '%s\n%s\n%s\n' "$content" "$place" "$level" >"$stamp"
finished=yes
