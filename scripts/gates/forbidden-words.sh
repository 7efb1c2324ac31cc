#!/usr/bin/env bash
# Work that is left over is not hidden in the code, and there is one test framework, Swift Testing.
set -euo pipefail

result=0
# forbid WORDS ADVICE
forbid() {
    if grep --recursive --line-number --extended-regexp --exclude-dir=.build --include='*.swift' --include='*.[ch]' \
        "$1" Package.swift Sources Dialects Tests; then
        echo "$2"
        result=1
    fi
}
forbid '\b(TODO|FIXME|XXX)\b' 'do it, or say in a comment what holds now'
forbid '\bimport +XCTest\b' 'use Swift Testing'
exit "$result"
