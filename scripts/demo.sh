#!/usr/bin/env bash
# Shows what the package does on this machine: builds `authfort`, makes a database, creates a user, lists the users, and
# shows that a second migration has nothing to do. It leaves the database in demo.db, or in the file that is given.
#
# usage: scripts/demo.sh [DATABASE-FILE]
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

file=${1:-demo.db}
case $file in
    /*) url="sqlite+aiosqlite:///$file" ;;
    *) url="sqlite+aiosqlite:///./$file" ;;
esac

say "building authfort (the first time, its dependencies take some minutes)"
swift build --product authfort
PATH=$(swift build --show-bin-path):$PATH

# run COMMAND...: shows a command and runs it.
run() {
    printf '\n$ %s\n' "$*"
    "$@"
}

rm -f "$file" "$file-wal" "$file-shm"
run authfort migrate --database-url "$url"

printf '\n$ %s\n' "AUTHFORT_PASSWORD=… authfort users create --database-url $url --email ada@example.com --name 'Ada Lovelace'"
AUTHFORT_PASSWORD='correct horse battery staple' \
    authfort users create --database-url "$url" --email ada@example.com --name 'Ada Lovelace'

run authfort users list --database-url "$url"
run authfort migrate --database-url "$url"
run authfort current --database-url "$url"
printf '\n'
say "the database is in $file"
