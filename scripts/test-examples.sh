#!/usr/bin/env bash
# Builds and tests the third-party dialect in Examples/SQLCipherDialect, and shows that SQLite's library is not in its
# programs and that a program with both libraries is refused.
#
# It shares the build folder of this package. The example needs the package without traits, so this is quickest right
# after a build without traits.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

example=$root/Examples/SQLCipherDialect
scratch=(--scratch-path "$root/.build")

cd "$example"
say "building the dialect for SQLCipher as a package of its own"
"$root/scripts/strict-build.sh" --build-tests "${scratch[@]}"
(cd "$root" && scripts/run-tests.sh --package-path "$example" "${scratch[@]}")

command=$(swift build --show-bin-path "${scratch[@]}")/authfort-sqlcipher
libraries=$(ldd "$command")
[[ $libraries == *libsqlcipher* ]] || fail "authfort-sqlcipher is not linked to SQLCipher"
[[ $libraries != *libsqlite3* ]] || fail "authfort-sqlcipher is linked to SQLite too"

say "linking SQLite and SQLCipher into one program, which has to be refused"
file=$(mktemp --directory)/never-made.db
trap 'rm -rf "$(dirname "$file")"' EXIT
swift build --quiet --product OpeningProbe --traits PlainSQLite "${scratch[@]}" "${strict_flags[@]}"
answer=$("$(swift build --show-bin-path "${scratch[@]}")/OpeningProbe" "sqlite+sqlcipher://:secret@/$file")
say "it says: $answer"
[[ $answer == *invalidConfiguration*"package trait 'SQLite'"* && $answer != *secret* ]] || fail "it is not refused"
[[ ! -e $file ]] || fail "the program with both libraries has made a file"
