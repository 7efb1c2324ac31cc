#!/usr/bin/env bash
# Builds and tests the third-party dialect in Examples/SQLCipherDialect, and shows that a program with SQLite's library
# beside SQLCipher's is refused, and that SQLite's is not in the example's programs.
#
# It shares the build folder of this package, whose targets it needs without traits. So that comes last, and a build
# without traits that follows compiles them no more.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

cd "$root/Examples/SQLCipherDialect"
options=(--scratch-path "$root/.build" "${strict_flags[@]}")
work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT

say "linking SQLite and SQLCipher into one program, which has to be refused"
swift build --quiet --product OpeningProbe --traits PlainSQLite "${options[@]}"
answer=$("$(swift build --show-bin-path "${options[@]}")/OpeningProbe" "sqlite+sqlcipher://:hunter2@/$work/never-made.db")
say "it says: $answer"
[[ $answer == *invalidConfiguration*"package trait 'SQLite'"* && $answer != *hunter2* ]] || fail "it is not refused"
[[ -z $(ls "$work") ]] || fail "the program with both libraries has made a file"

say "building the dialect for SQLCipher as a package of its own"
"$root/scripts/strict-build.sh" --build-tests --scratch-path "$root/.build"
libraries=$(ldd "$(swift build --show-bin-path "${options[@]}")/authfort-sqlcipher")
[[ $libraries == *libsqlcipher* ]] || fail "authfort-sqlcipher is not linked to SQLCipher"
[[ $libraries != *libsqlite3* ]] || fail "authfort-sqlcipher is linked to SQLite too"

timeout --foreground --signal=INT --kill-after=10 "${TEST_TIMEOUT:-900}" \
    swift test --skip-build --disable-xctest "${options[@]}" 2>&1 | tee "$work/log"
grep --quiet --extended-regexp 'Test run with [1-9][0-9]* tests? .*passed' "$work/log" || fail "no test ran"
