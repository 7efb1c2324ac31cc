#!/usr/bin/env bash
# Runs the Swift tests that `scripts/strict-build.sh --build-tests` built. A missing database or Python library skips
# its tests, but not where CI is set: there it fails them.
#
# usage: scripts/run-tests.sh [options of 'swift test']
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

if [[ -n ${CI:-} ]]; then export REQUIRE_DATABASES=1; fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A test that hangs ends the run. On an INT the package manager ends its children too.
limit=${TEST_TIMEOUT:-900}
timeout --foreground --signal=INT --kill-after=10 "$limit" \
    swift test --skip-build --disable-xctest "${strict_flags[@]}" "$@" 2>&1 | tee "$log" || {
    status=$?
    ((status != 124)) || fail "the tests did not end within $limit seconds; TEST_TIMEOUT sets another limit"
    exit "$status"
}
grep --quiet --extended-regexp 'Test run with [1-9][0-9]* tests? .*passed' "$log" || fail "no test ran"
