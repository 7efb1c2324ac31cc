#!/usr/bin/env bash
# Installs Debian packages that are missing: `build` for the C libraries that the package links, `test` for those and
# for what the tests and checks run. Does nothing when all are there.
#
# usage: scripts/install-packages.sh build|test
set -euo pipefail
source "$(dirname "$0")/lib.sh"

build_packages=(
    pkg-config
    libargon2-dev libgumbo-dev libidn2-dev libunistring-dev
    libmariadb-dev libpq-dev libsqlite3-dev
)
test_packages=(
    ca-certificates git openssl python3 python3-venv shellcheck
    libsqlcipher-dev mariadb-client-core mariadb-server-core pgbouncer postgresql sqlite3
)

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

# While the packages are installed, two files tell Debian to start no service and to make no PostgreSQL cluster.
made=()
# tell FILE TEXT [MODE]: makes a file that is gone when the script ends. One that is there is the administrator's, and stays.
tell() {
    if [[ ! -e $1 ]]; then
        made+=("$1")
        "${as_root[@]}" mkdir -p "$(dirname "$1")"
        printf '%s\n' "$2" | "${as_root[@]}" tee "$1" >/dev/null
        "${as_root[@]}" chmod "${3:-644}" "$1"
    fi
}
trap '((${#made[@]} == 0)) || "${as_root[@]}" rm -f "${made[@]}"' EXIT
tell /usr/sbin/policy-rc.d $'#!/bin/sh\nexit 101' 755
tell /etc/postgresql-common/createcluster.d/no-main-cluster.conf 'create_main_cluster = false'

say "installing ${missing[*]}"
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "${missing[@]}" >/dev/null
# Nor is the service of the pooler to come up with the system.
if [[ " ${missing[*]} " == *" pgbouncer "* ]]; then "${as_root[@]}" update-rc.d pgbouncer disable; fi
