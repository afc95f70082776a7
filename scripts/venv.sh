#!/usr/bin/env bash
# Makes the Python environment of a test where it is not there or wants other packages, and prints its folder.
#
#   scripts/venv.sh REQUIREMENTS FOLDER
set -euo pipefail
wanted=$1 venv=$2
if ! cmp -s "$wanted" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted" >&2
  cp "$wanted" "$venv/requirements.txt"
fi
echo "$venv"
