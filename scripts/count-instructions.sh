#!/usr/bin/env bash
# Counts the instructions of the pool's and the dialects' operations, and fails where they exceed Benchmarks/thresholds.json.
#
# usage: scripts/count-instructions.sh [--update]
#
# With --update the thresholds become what was counted.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

for program in valgrind objcopy; do
    command -v "$program" >/dev/null || fail "$program is missing; install the packages valgrind and binutils"
done
cd "$root/Benchmarks"
options=(--configuration release --static-swift-stdlib --product pool-bench)
swift build "${options[@]}"
exec ./servers.sh python3 instructions.py "$(swift build "${options[@]}" --show-bin-path)" "$@"
