#!/usr/bin/env bash
# Checks that the application in Examples/Shop stands as a package of its own.
#
# usage: scripts/test-shop-example.sh short|full
#
# short: its manifest finds every product that it names. The build of this package compiles the same sources, and its tests
# use them on every database.
#
# full: it is built too, and used on a SQLite file. It shares the build folder of this package, where either's targets are
# then compiled anew for the other.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

cd "$root/Examples/Shop"
options=(--scratch-path "$root/.build")
case ${1:-} in
    short)
        # Loads the whole graph of packages.
        swift package show-dependencies "${options[@]}" >/dev/null
        say "the example application finds all products that it names"
        exit
        ;;
    full) ;;
    *) fail "usage: scripts/test-shop-example.sh short|full" ;;
esac

work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT

say "building the example application as a package of its own"
"$root/scripts/strict-build.sh" "${options[@]}"
shop=$(swift build --show-bin-path "${options[@]}" "${strict_flags[@]}")/shop

export SHOP_DATABASE_URL=sqlite:///$work/shop.db
"$shop" upgrade
"$shop" check
[[ -z $("$shop" orders) ]] || fail "an empty shop has orders"
