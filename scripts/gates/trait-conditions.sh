#!/usr/bin/env bash
# Every Swift file of a dialect, and of its tests, is inside one `#if <trait>`, where the trait is the folder's name.
# A root build compiles all targets, so code outside would need a C library that the build did not ask for. A folder whose
# name ends in `Family` is exempt: it is published for dialects elsewhere, and has to build without any trait.
set -euo pipefail

result=0
shopt -s nullglob
for folder in Dialects/*/; do
    trait=$(basename "$folder")
    sources=("$folder")
    if [[ -d Tests/Dialect${trait}Tests ]]; then sources+=("Tests/Dialect${trait}Tests"); fi
    while IFS= read -r -d '' file; do
        if ! awk -v condition="#if $trait" '
            /^[ \t]*(\/\/.*)?$/ { next }
            depth == 0 && (ended || $0 != condition) { outside = 1; exit }
            /^[ \t]*#if / { depth++ }
            /^[ \t]*#endif/ { depth--; ended = depth == 0 }
            END { exit outside || depth != 0 }
        ' "$file"; then
            echo "$file: all of its code has to be inside '#if $trait' and '#endif'"
            result=1
        fi
    done < <(find "${sources[@]}" \( -name .build -o -name '*Family' \) -prune -o -name '*.swift' -print0)
done
exit "$result"
