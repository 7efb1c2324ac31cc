#!/usr/bin/env bash
# Builds the package, tests included, with the SQLite trait alone and with no trait at all, and looks into the `authfort`
# of each: SQLite's library is there in the one and absent in the other. The build without it runs where the library's
# header is an empty file, as if it were not installed.
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
    # Not `--quiet`: that would end the pipe early and fail its first command.
    ldd "$command" | grep sqlite3 >/dev/null || nm --dynamic "$command" | grep ' sqlite3_' >/dev/null
}

empty=$(mktemp)
trap 'rm -f "$empty"' EXIT
# without_sqlite COMMAND...: runs a command in a mount namespace in which SQLite's header is empty.
without_sqlite() {
    # shellcheck disable=SC2016  # Expanded by the inner shell.
    unshare --mount --map-root-user bash -euc 'mount --bind "$1" "$2"; shift 2; exec "$@"' \
        bash "$empty" "$(pkg-config --variable=includedir sqlite3)/sqlite3.h" "$@"
}

say "building with the SQLite trait alone"
scripts/strict-build.sh --build-tests --disable-default-traits --traits SQLite
links_sqlite --disable-default-traits --traits SQLite || fail "the SQLite trait is on, but authfort has no SQLite in it"

say "building with no trait"
uses_sqlite='#include <sqlite3.h>
int version(void) { return SQLITE_VERSION_NUMBER; }'
clang -fsyntax-only -x c - <<<"$uses_sqlite" || fail "cannot compile against SQLite, so its absence would show nothing"
if without_sqlite true 2>/dev/null; then
    if without_sqlite clang -fsyntax-only -x c - <<<"$uses_sqlite" 2>/dev/null; then fail "SQLite is not hidden"; fi
    without_sqlite scripts/strict-build.sh --build-tests --disable-default-traits
else
    say "this machine allows no mount namespace, so SQLite's header stays visible"
    scripts/strict-build.sh --build-tests --disable-default-traits
fi
if links_sqlite --disable-default-traits; then fail "no trait is on, but authfort is linked to SQLite"; fi
