#!/usr/bin/env bash
# Builds the package in the current directory with warnings as errors and undeclared imports as errors. What only warns
# (C targets, the manifest, a missing system library) fails as well, unless it is about a dependency.
#
# usage: scripts/strict-build.sh [options of 'swift build']
set -euo pipefail
source "$(dirname "$0")/lib.sh"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build "${strict_flags[@]}" "$@" 2>&1 | tee "$log"

# A nested package shares the build folder of this one.
dependencies=$(find .build/checkouts "$root/.build/checkouts" -mindepth 1 -maxdepth 1 -printf "'%f'|" 2>/dev/null || true)
if grep 'warning: ' "$log" | grep --invert-match --extended-regexp "${dependencies}/checkouts/"; then
    fail "the build warns about this package"
fi
