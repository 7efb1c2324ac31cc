#!/usr/bin/env bash
# Checks that the Swift on PATH is new enough for this package.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

needed=6.3
command -v swift >/dev/null || fail "no swift on PATH; install Swift $needed or newer from https://www.swift.org/install"
banner=$(swift --version 2>/dev/null)
found=$(grep --only-matching --max-count=1 --extended-regexp 'Swift version [0-9]+\.[0-9]+' <<<"$banner" | grep -Eo '[0-9.]+$') ||
    fail "cannot read the version that 'swift --version' prints: $banner"
if [[ $(printf '%s\n' "$needed" "$found" | sort --version-sort | head -n 1) != "$needed" ]]; then
    fail "this package needs Swift $needed or newer, and 'swift --version' says $found"
fi
say "Swift $found"
