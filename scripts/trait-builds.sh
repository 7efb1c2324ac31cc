#!/usr/bin/env bash
# Builds the package, tests included, with the SQLite trait alone and with no trait at all, and looks into the `authfort`
# of each: SQLite's library is there in the one and absent in the other.
#
# Both use the build folder of the default build. Only this package's own targets are compiled anew, because traits are
# conditions of those; the dependencies stay.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

# links_sqlite: whether the built command is linked to SQLite or uses one of its functions.
links_sqlite() {
    local command
    command=$(swift build --show-bin-path "$@")/authfort
    [[ -x $command ]] || fail "the build made no $command"
    ldd "$command" | grep --quiet sqlite3 || nm --dynamic "$command" | grep --quiet ' sqlite3_'
}

say "building with the SQLite trait alone"
scripts/strict-build.sh --build-tests --disable-default-traits --traits SQLite
links_sqlite --disable-default-traits --traits SQLite || fail "the SQLite trait is on, but authfort has no SQLite in it"

say "building with no trait"
scripts/strict-build.sh --build-tests --disable-default-traits
if links_sqlite --disable-default-traits; then fail "no trait is on, but authfort is linked to SQLite"; fi
