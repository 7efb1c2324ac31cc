#!/usr/bin/env bash
# Builds the package with sets of traits, and shows for each set that `authfort` has the C libraries of its dialects and
# no other, and that the build needs no header of another: those are hidden while it runs.
#
# usage: scripts/trait-builds.sh short|full
#
# full: all eight sets. The tests are built too for no trait, for each alone and for all. A file's condition names one
# trait, so a pair of traits compiles nothing that these do not, and only what it links is looked at.
#
# short: what the build that `make test` goes on with cannot show, since it has all traits on. No trait, with the tests,
# finds every file that forgot its condition. The default set is what users get who say nothing. MySQL is the trait that
# no default covers: alone, it also shows that neither of the others is needed.
#
# All builds share one folder. Only this package's own targets are compiled anew for a set, because traits are conditions
# of those; the dependencies stay.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

# A line for each dialect: trait, pkg-config name, header, C library, and the beginning of its functions' names.
dialects=(
    'PostgreSQL libpq      libpq-fe.h libpq      PQ'
    'SQLite     sqlite3    sqlite3.h  libsqlite3 sqlite3_'
    'MySQL      libmariadb mysql.h    libmariadb mysql_'
)

case ${1:-} in
    short) sets=('none --build-tests' 'PostgreSQL,SQLite --product=authfort' 'MySQL --product=authfort') ;;
    full)
        sets=(
            'none --build-tests'
            'PostgreSQL --build-tests'
            'SQLite --build-tests'
            'MySQL --build-tests'
            'PostgreSQL,SQLite --product=authfort'
            'PostgreSQL,MySQL --product=authfort'
            'SQLite,MySQL --product=authfort'
            'PostgreSQL,SQLite,MySQL --build-tests'
        )
        ;;
    *) fail "usage: scripts/trait-builds.sh short|full" ;;
esac

# has SET TRAIT: whether the set has the trait.
has() { [[ ,$1, == *",$2,"* ]]; }

# links COMMAND LIBRARY PREFIX: whether a program is linked to a C library or uses one of its functions.
links() {
    # Not `--quiet`: that would end the pipe early and fail its first command.
    ldd "$1" | grep "/$2\.so" >/dev/null || nm --dynamic --undefined-only "$1" | grep --extended-regexp " $3[A-Za-z]" >/dev/null
}

# without PATH... -- COMMAND...: runs a command in a mount namespace in which these files are not what they were.
hidden=$(mktemp)
trap 'rm -f "$hidden"' EXIT
echo '#error this file is hidden' >"$hidden"
without() {
    # shellcheck disable=SC2016  # Expanded by the inner shell.
    unshare --mount --map-root-user bash -euc '
        hidden=$1
        shift
        while [[ $1 != -- ]]; do mount --bind "$hidden" "$1"; shift; done
        shift
        exec "$@"' bash "$hidden" "$@"
}
can_hide=1
if ! without "$hidden" -- true 2>/dev/null; then
    say "this machine allows no mount namespace, so the headers of dialects that are off stay visible"
    can_hide=
fi

# build SET OPTION: builds a set of traits, with the headers of the others hidden.
build() {
    local line trait package header folder headers=() traits=(--disable-default-traits)
    [[ $1 == none ]] || traits+=(--traits "$1")
    for line in "${dialects[@]}"; do
        read -r trait package header _ <<<"$line"
        folder=$(pkg-config --variable=includedir "$package") || fail "$package is not installed, so its absence would show nothing"
        [[ -f $folder/$header ]] || fail "there is no $folder/$header, so its absence would show nothing"
        has "$1" "$trait" || headers+=("$folder/$header")
    done
    say "building with ${1//,/ and } ($2)"
    local build=(scripts/strict-build.sh "$2" "${traits[@]}")
    if [[ -z $can_hide || ${#headers[@]} == 0 ]]; then
        "${build[@]}"
    else
        for header in "${headers[@]}"; do
            if without "${headers[@]}" -- clang -fsyntax-only -x c "$header" 2>/dev/null; then fail "$header is not hidden"; fi
        done
        without "${headers[@]}" -- "${build[@]}"
    fi
}

# check SET: looks for the libraries of all dialects in the command that was built with a set of traits.
check() {
    local line trait library prefix command traits=(--disable-default-traits)
    [[ $1 == none ]] || traits+=(--traits "$1")
    command=$(swift build --show-bin-path "${traits[@]}")/authfort
    [[ -x $command ]] || fail "the build made no $command"
    for line in "${dialects[@]}"; do
        read -r trait _ _ library prefix <<<"$line"
        if has "$1" "$trait"; then
            # A dialect that AuthFort does not link yet leaves nothing in the command.
            grep --quiet "^import Dialect$trait" Sources/AuthFort/LinkedDialects.swift || continue
            links "$command" "$library" "$prefix" || fail "the trait $trait is on, but authfort has no $library in it"
        elif links "$command" "$library" "$prefix"; then
            fail "the trait $trait is off, but authfort is linked to $library"
        fi
    done
}

for entry in "${sets[@]}"; do
    build "${entry% *}" "${entry#* }"
    check "${entry% *}"
done
say "each of these sets of traits builds, and has its own C libraries alone: ${sets[*]% *}"
