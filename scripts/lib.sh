# shellcheck shell=bash
# shellcheck disable=SC2034  # The scripts that source this file use its variables.
# Sourced by the other scripts: where the repository is, how a script speaks, and the flags that every strict build shares.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# A crashed child otherwise starts a backtracer that can hang with the parent's pipes open.
export SWIFT_BACKTRACE=enable=no

# The same for build, test and traits, so that nothing is compiled twice. SwiftPM keeps `-warnings-as-errors` away from
# remote dependencies, so the dependencies are shared with a plain `swift build` too.
strict_flags=(-Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error)

# The build whose tests run has every dialect in it.
build_flags=("${strict_flags[@]}" --enable-all-traits)

# Says what the script does now.
say() { printf '==> %s\n' "$*"; }

# Says what is wrong and what to do, and ends the script.
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}
