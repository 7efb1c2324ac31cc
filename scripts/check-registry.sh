#!/usr/bin/env bash
# Builds, in debug and in release, a program that links the SQLite dialect and neither imports nor calls it, and checks
# that the registry finds the dialect in it. In release the linker drops what nothing refers to.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

cd "$root/Tests/Fixtures/LinkedDialects"
expected=$'sqlite\nsqlite+aiosqlite'
for configuration in debug release; do
    say "looking for the linked dialect in a $configuration build"
    options=(--configuration "$configuration" --scratch-path "$root/.build/linked-dialects")
    swift build --quiet "${options[@]}"
    found=$("$(swift build --show-bin-path "${options[@]}")/LinkedDialects")
    [[ $found == "$expected" ]] || fail "in $configuration the program finds these schemes: '$found', not '$expected'"
done
