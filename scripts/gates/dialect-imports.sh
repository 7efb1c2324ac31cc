#!/usr/bin/env bash
# Nothing under Sources imports a module of a dialect, except the one file that links those which the traits picked.
# The modules are the folders of the folders of Dialects/: a new one is covered without a change here.
set -euo pipefail

link_file=Sources/AuthFort/LinkedDialects.swift
result=0
shopt -s nullglob
for folder in Dialects/*/*/; do
    module=$(basename "$folder")
    trait=$(basename "$(dirname "$folder")")
    if grep --recursive --line-number --extended-regexp --include='*.swift' \
        "^[^/\"]*\bimport +((struct|class|enum|protocol|func|var|let|typealias|actor) +)?$module\b" Sources |
        grep --invert-match "^$link_file:.*import Dialect$trait$"; then
        echo "Sources does not know dialects: only $link_file may import Dialect$trait, inside '#if $trait'"
        result=1
    fi
done
exit "$result"
