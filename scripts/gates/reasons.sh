#!/usr/bin/env bash
# What switches a check of the compiler off, blocks a thread or ends the process stands beside its reason: a `//` comment
# on the same line or right above. In a documentation comment the reason is a line that begins with `/// Safety:` or
# `/// Sendable:`.
set -euo pipefail

checked=(Sources Dialects Benchmarks Examples)
waits=(Sources Dialects Tests)

# reasons PATTERN PATH...: prints the lines of code that match and have no reason.
reasons() {
    local pattern=$1
    shift
    # shellcheck disable=SC2016  # The dollars are awk's.
    find "$@" -name .build -prune -o -name '*.swift' -print0 2>/dev/null |
        xargs -0 --no-run-if-empty awk -v pattern="$pattern" '
            FNR == 1 { reason = 0 }
            /^[ \t]*\/\/\// { if ($0 ~ /\/\/\/ (Safety|Sendable): /) reason = 1; next }
            /^[ \t]*\/\// { reason = 1; next }
            /^[ \t]*@[A-Za-z]+(\([^)]*\))?[ \t]*$/ { next }
            {
                code = $0
                beside = sub(/[ \t]\/\/ .*/, "", code)
                gsub(/"([^"\\]|\\.)*"/, "\"\"", code)
                gsub(/func u?sleep/, "", code)
                if (code ~ pattern && !reason && !beside) print FILENAME ":" FNR ": " $0
                reason = 0
            }
        '
}

found=$(
    reasons 'try!|as!|@unchecked Sendable|nonisolated[(]unsafe[)]|unsafeBitCast|fatalError[(]|@preconcurrency' "${checked[@]}"
    reasons 'Task[.]sleep|(^|[^A-Za-z.])u?sleep[(]|Mutex[<(]' "${waits[@]}"
    # Foundation is the fallback for platforms without FoundationEssentials; anywhere else it needs a reason.
    reasons '^(public |internal |package )?import Foundation$' Sources Dialects | while IFS= read -r line; do
        file=${line%%:*}
        number=${line#*:}
        number=${number%%:*}
        if [[ $(sed -n "$((number - 1))p" "$file") != '#else' ]]; then printf '%s\n' "$line"; fi
    done
)
if [[ -n $found ]]; then
    printf '%s\n' "$found"
    echo "write the reason as a // comment on the same line or right above"
    exit 1
fi
