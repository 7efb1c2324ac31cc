#!/usr/bin/env bash
# Runs the Swift tests that `scripts/strict-build.sh --build-tests` built. A missing database or Python library skips
# its tests, but not where CI is set: there it fails them.
#
# Without options it runs them in passes, so that what keeps all cores busy does not starve what measures time. Each test
# runs in exactly one pass: in the first that picks it, and in the last when none does. With options there is one pass.
#
# usage: scripts/run-tests.sh [options of 'swift test']
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

if [[ -n ${CI:-} ]]; then export REQUIRE_DATABASES=1; fi

# Suites that compute for seconds on every core: searches, random inputs, password hashes, storms.
heavy=(
    Argon2HashTests
    MigrationPlanPropertyTests
    PasswordHasherTests
    PoolExplorerTests
    RandomURLTests
    StressTests
)
# Tests that open hundreds of sessions, or race thousands of times, beside which others miss their own deadlines.
storms=(
    aCancellationNeverHitsTheNextStatement
    sessionsAddNoThreads
    twoHundredSessionsTakeNoThreadEach
)
# What begins with the name of a pass picks its tests, as a regular expression over names such as `Module.Suite/test()`.
passes=(
    "heavy \.($(IFS='|' && echo "${heavy[*]}"))/"
    "storms /($(IFS='|' && echo "${storms[*]}"))\("
    'races \.MigrationRaceTests/'
    'crashes \.(MigrationCrashTests|PythonLeftoverTests|StoppedMigratorTests)/'
    'interoperability ^InteroperabilityTests\.'
    'conformance ^DialectConformanceTests\.'
    'migrations ^DialectMigrationCommandsTests\.|\.(AuthFortMigrationTests|MigrationTroubleTests|ReflectedSchemaTests)/'
    'postgresql ^DialectPostgreSQLTests\.'
    'mysql ^(DialectMySQLTests|TestSupportTests)\.'
    'others .'
)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
limit=${TEST_TIMEOUT:-1500}

# run OPTION...: runs tests, and fails when one fails, when they do not end in time, or when there is none. `counted` is
# how many there were, the skipped ones among them.
run() {
    local status=0
    # A test that hangs ends the run. On an INT the package manager ends its children too.
    timeout --foreground --signal=INT --kill-after=10 "$((limit > SECONDS ? limit - SECONDS : 1))" \
        swift test --skip-build --disable-xctest "${build_flags[@]}" "$@" 2>&1 | tee "$log" || status=$?
    ((status != 124)) || fail "the tests did not end within $limit seconds; TEST_TIMEOUT sets another limit"
    ((status == 0)) || return "$status"
    counted=$(sed --quiet --regexp-extended 's/.*Test run with ([1-9][0-9]*) tests? .*passed.*/\1/p' "$log")
    [[ -n $counted ]] || fail "no test ran"
}

if (($# > 0)); then
    run "$@"
    exit
fi

tests=$(swift test list --skip-build "${build_flags[@]}" 2>/dev/null)
for suite in "${heavy[@]}"; do
    grep --quiet "\.$suite/" <<<"$tests" || fail "there is no suite $suite any more: correct the list of heavy suites in $0"
done
for storm in "${storms[@]}"; do
    grep --quiet "/$storm(" <<<"$tests" || fail "there is no test $storm any more: correct the list of storms in $0"
done
failed=()
picked=()
for pass in "${passes[@]}"; do
    name=${pass%% *}
    pattern=${pass#* }
    own=$(grep --extended-regexp "$pattern" <<<"$tests" || true)
    tests=$(grep --invert-match --extended-regexp "$pattern" <<<"$tests" || true)
    [[ -n $own ]] || continue
    expected=$(wc --lines <<<"$own")
    say "running $expected tests: $name"
    if run --filter "$pattern" "${picked[@]}"; then
        ((counted == expected)) || fail "the pass '$name' has $expected tests, and $counted ran"
    else
        failed+=("$name")
    fi
    picked+=(--skip "$pattern")
done
((${#failed[@]} == 0)) || fail "tests failed in these passes: ${failed[*]}"
say "all tests ran, each once"
