#!/usr/bin/env bash
# Builds the nested package Benchmarks in release and runs it. Benchmarks/README.md says how to read the tables.
#
# usage: scripts/bench.sh [WORD]...
#
# Without words everything runs. A word selects the benchmarks whose names or groups contain it, such as `sqlite`, `W2` or
# `grdb`. BENCH_SECONDS is how long each run takes, BENCH_ROUNDS how many there are, BENCH_SERVERS which databases there
# are, BENCH_RESULTS the folder of the results.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

# The load tells whether the machine did something else; read before the build, which is a load itself.
if [[ -r /proc/loadavg ]]; then say "load average before the build: $(cut -d' ' -f1-3 /proc/loadavg)"; fi
BENCH_SWIFT_VERSION=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
export BENCH_SWIFT_VERSION
say "Swift $BENCH_SWIFT_VERSION"
cd "$root/Benchmarks"
# As server programs are linked: the run-time library is a tenth of what a checkout costs.
swift build --configuration release --static-swift-stdlib
binaries=$(swift build --configuration release --static-swift-stdlib --show-bin-path)

peers=$root/Benchmarks/.build/peers
if ! cmp --silent Peers/requirements.txt "$peers/installed-requirements.txt"; then
    say "installing the Python peers into Benchmarks/.build/peers"
    rm -rf "$peers"
    python3 -m venv "$peers"
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check --requirement Peers/requirements.txt
    cp Peers/requirements.txt "$peers/installed-requirements.txt"
fi
# Nothing is left in the source folders.
export PYTHONDONTWRITEBYTECODE=1
exec ./servers.sh "$peers/bin/python" run.py "$binaries" "$@"
