#!/usr/bin/env bash
# Runs the benchmarks of the nested package Benchmarks.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

[[ -f $root/Benchmarks/Package.swift ]] || fail "there are no benchmarks yet; Benchmarks/README.md says what they will be"
cd "$root/Benchmarks"
exec swift package --disable-sandbox benchmark "$@"
