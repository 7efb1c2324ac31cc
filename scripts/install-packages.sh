#!/usr/bin/env bash
# Installs Debian packages that are missing: `build` for the C libraries that the package links, `test` for those and
# for what the tests and checks run. Does nothing when all are there.
#
# usage: scripts/install-packages.sh build|test
set -euo pipefail
source "$(dirname "$0")/lib.sh"

build_packages=(pkg-config libargon2-dev libgumbo-dev libidn2-dev libsqlite3-dev libunistring-dev)
test_packages=(ca-certificates git python3 python3-venv shellcheck sqlite3)

case ${1:-} in
    build) wanted=("${build_packages[@]}") ;;
    test) wanted=("${build_packages[@]}" "${test_packages[@]}") ;;
    *) fail "usage: scripts/install-packages.sh build|test" ;;
esac

if [[ ${SKIP_PACKAGES:-} == 1 ]]; then
    say "skipping the system packages: SKIP_PACKAGES is set"
    exit
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "this is not a Debian system, so install the equivalents of these packages by hand: ${wanted[*]}." \
        "Then set SKIP_PACKAGES=1 to go on without this step."
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    say "the system packages for $1 are installed"
    exit
fi

as_root=()
if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || fail "run this as root, or install sudo: apt-get install ${missing[*]}"
    as_root=(sudo)
fi
say "installing ${missing[*]}"
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "${missing[@]}" >/dev/null
