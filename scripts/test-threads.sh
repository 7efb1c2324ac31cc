#!/usr/bin/env bash
# Runs the tests of the framework, of the dialects and of the conformance suite under Thread Sanitizer, in a build
# directory of their own. A report fails the run, even where the tests themselves pass.
#
# usage: scripts/test-threads.sh [options of 'swift test']
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

options=(--scratch-path .build/threads --sanitize=thread --traits 'PostgreSQL,SQLite,MySQL')
log=$(mktemp)
suppressions=$(mktemp)
trap 'rm -f "$log" "$suppressions"' EXIT
# Subprocess, which starts the servers of tests, has `Synchronization.Mutex`, and the sanitizer does not see that it locks.
# A continuation that is resumed before its task has begun to wait: the run-time library orders the two by an atomic of
# which the sanitizer is not told, as it is of the hand-over to a task that waits. Seen are what `resume` itself reads of the
# task and the rows that come through it; rows never change once they are made, so nothing else is hidden.
cat >"$suppressions" <<'END'
race:/swift-subprocess/Sources/
race_top:sScc6resume9returning
race:s11DialectCore10RowStorageC7columns
END

swift build --build-tests "${options[@]}"
# What is about processes, about long storms or about computing rather than about threads is left out: the sanitizer makes it
# ten times slower, and what computes for seconds on every core starves what has a time limit.
skipped='^AuthFort|^InteroperabilityTests|StressTests|RandomURLTests|PoolExplorerTests|MigrationPlanPropertyTests|manySessionsGoOnInAStorm'
status=0
TSAN_OPTIONS="halt_on_error=0 report_signal_unsafe=0 suppressions=$suppressions" \
    swift test --skip-build --disable-xctest "${options[@]}" \
    --skip "$skipped" "$@" 2>&1 | tee "$log" || status=$?

reports=$(grep --count 'WARNING: ThreadSanitizer' "$log" || true)
((reports == 0)) || fail "Thread Sanitizer made $reports reports; the output above has them"
grep --quiet --extended-regexp 'Test run with [1-9][0-9]* tests? .*passed' "$log" || fail "the tests did not pass"
exit "$status"
