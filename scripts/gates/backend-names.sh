#!/usr/bin/env bash
# The framework and the library name no database in code, so nothing can branch on one; comments and the command's help
# may. Two files are exempt: the one that links the picked dialects, and the one that tells which trait adds a scheme.
set -euo pipefail

exempt='^Sources/(AuthFort/LinkedDialects|DialectCore/Registry/PackageTraits)\.swift:'
code=$(find Sources -name '*.swift' -not -path 'Sources/AuthFortCommands/*' -exec \
    awk '{ sub(/(^|[ \t])\/\/.*/, "") } /./ { print FILENAME ":" FNR ":" $0 }' {} +)
if grep --ignore-case --extended-regexp ':.*(sqlite|sqlcipher|postgres|libpq|pgbouncer|mysql|mariadb)' <<<"$code" |
    grep --invert-match --extended-regexp "$exempt"; then
    echo "ask a DialectFeature, or move this into the dialect"
    exit 1
fi
