#!/usr/bin/env bash
# Builds the nested package Benchmarks in release and runs it. Benchmarks/README.md says how to read the table.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

# The load tells whether the machine did something else; read before the build, which is a load itself.
if [[ -r /proc/loadavg ]]; then say "load average before the build: $(cut -d' ' -f1-3 /proc/loadavg)"; fi
say "$(swift --version 2>/dev/null | head -n 1)"
cd "$root/Benchmarks"
swift build --configuration release --product pool-bench
exec "$(swift build --configuration release --show-bin-path)/pool-bench"
