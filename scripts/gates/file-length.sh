#!/usr/bin/env bash
# No source file has more than 500 lines. A generated file says so on its first line and is left alone.
set -euo pipefail

limit=500
result=0
while IFS= read -r -d '' file; do
    lines=$(wc -l <"$file")
    if ((lines > limit)) && ! head -n 1 "$file" | grep --quiet --ignore-case generated; then
        echo "$file: $lines lines, more than $limit; split it, one idea for each file"
        result=1
    fi
done < <(find Package.swift Sources Dialects Tests Benchmarks Examples scripts -name .build -prune -o -type f \
    \( -name '*.swift' -o -name '*.c' -o -name '*.h' -o -name '*.sh' \) -print0 2>/dev/null)
exit "$result"
