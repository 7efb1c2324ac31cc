#!/usr/bin/env bash
# Checks the form of the Swift code and of the shell scripts. With --fix it rewrites the Swift code instead.
#
# usage: scripts/lint.sh [--fix]
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

paths=(Package.swift)
for folder in Sources Dialects Tests Benchmarks Examples; do
    if [[ -n $(find "$folder" -name '*.swift' -print -quit 2>/dev/null) ]]; then paths+=("$folder"); fi
done

if [[ ${1:-} == --fix ]]; then
    say "formatting ${paths[*]}"
    exec swift format --in-place --parallel --recursive "${paths[@]}"
fi

say "swift format lint over ${paths[*]}"
swift format lint --strict --parallel --recursive "${paths[@]}" || fail "'make format' repairs most of this"

say "shellcheck over the scripts"
command -v shellcheck >/dev/null || fail "no shellcheck on PATH; 'make setup' installs it"
find scripts .ci -name '*.sh' -print0 | xargs -0 shellcheck --external-sources --source-path=SCRIPTDIR .ci/run
