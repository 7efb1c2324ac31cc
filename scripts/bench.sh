#!/usr/bin/env bash
# Builds the nested package Benchmarks in release and runs it. Benchmarks/README.md says how to read the tables.
#
# usage: scripts/bench.sh [sqlite|postgresql|mariadb|WORD]...
#
# Without words everything runs. A word selects the benchmarks whose names contain it, such as `mariadb` or `rows`.
# BENCH_SECONDS is how long each run of a server's benchmark takes, BENCH_ROUNDS how many there are.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

# The load tells whether the machine did something else; read before the build, which is a load itself.
if [[ -r /proc/loadavg ]]; then say "load average before the build: $(cut -d' ' -f1-3 /proc/loadavg)"; fi
say "$(swift --version 2>/dev/null | head -n 1)"
cd "$root/Benchmarks"
swift build --configuration release --product pool-bench
program=$(swift build --configuration release --show-bin-path)/pool-bench

words=()
runs_sqlite=$(($# == 0))
for word in "$@"; do
    if [[ $word == sqlite ]]; then runs_sqlite=1; else words+=("$word"); fi
done
if ((runs_sqlite)); then "$program"; fi
if (($# > 0 && ${#words[@]} == 0)); then exit; fi

peers=$root/Benchmarks/.build/peers
if ! cmp --silent Peers/requirements.txt "$peers/installed-requirements.txt"; then
    say "installing the Python peers into Benchmarks/.build/peers"
    rm -rf "$peers"
    python3 -m venv "$peers"
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check --requirement Peers/requirements.txt
    cp Peers/requirements.txt "$peers/installed-requirements.txt"
fi
exec ./servers.sh python3 run.py "$program" "$peers/bin/python" "${words[@]}"
