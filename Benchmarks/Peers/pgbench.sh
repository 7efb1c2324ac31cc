#!/usr/bin/env bash
# Runs pgbench with the select of the server benchmarks, and prints a line of JSON as the other peers do.
#
# usage: pgbench.sh THREADS
set -euo pipefail

for folder in /usr/lib/postgresql/*/bin; do PATH=$folder:$PATH; done
script=$(mktemp)
trap 'rm -f "$script"' EXIT
cat >"$script" <<'SQL'
\set key random(1, 10000)
SELECT id, name, email, created, active, visits FROM people WHERE id = :key;
SQL
seconds=${BENCH_SECONDS:-2}
# pgbench counts whole seconds.
pgbench --no-vacuum --protocol=prepared --client=16 --jobs="$1" --time="$(printf '%.0f' "$seconds")" \
    --file="$script" "$BENCH_POSTGRESQL_URL" 2>/dev/null |
    awk '/^tps = / { printf "{\"operations\": %d, \"seconds\": 1}\n", $3 }'
