#!/usr/bin/env bash
# What a build or a run makes is not committed: build folders, Package.resolved, virtual environments, databases.
set -euo pipefail

if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    echo "not a git repository, so there is nothing committed to look at"
    exit
fi
made='(^|/)(\.build|\.swiftpm|\.venv|__pycache__|\.DS_Store|Package\.resolved)(/|$)|\.(db|sqlite|sqlite3|profraw)(-wal|-shm)?$'
if git ls-files | grep --extended-regexp "$made"; then
    echo "these files are made by a build or a run; take them out with 'git rm --cached'"
    exit 1
fi
