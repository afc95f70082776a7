#!/bin/bash
# Runs the tests of the Emacs package. Wants JIANGGAO_SERVER, and EMACS if `emacs` is not on the PATH.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config LC_ALL=C.UTF-8 JIANGGAO_TEST_FOLDER=$home/drafts
mkdir -p "$JIANGGAO_TEST_FOLDER"
cp "$here"/../test/*.txt "$JIANGGAO_TEST_FOLDER"
timeout 60 "${EMACS:-emacs}" -Q --batch -L "$here" -l "$here/test.el" 2> "$home/stderr"
status=$?
((status == 0)) || sed 's/^/# /' "$home/stderr"
((status <= 1)) || echo "not ok - emacs: ended with $status"
exit $status
