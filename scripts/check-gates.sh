#!/usr/bin/env bash
# Runs every gate in scripts/gates over the repository and names those that fail. What each one holds is written in it.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

failed=()
for gate in scripts/gates/*.sh; do
    name=$(basename "$gate" .sh)
    if "$gate"; then say "gate $name holds"; else failed+=("$name"); fi
done
((${#failed[@]} == 0)) || fail "these gates do not hold: ${failed[*]}"
