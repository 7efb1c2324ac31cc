#!/usr/bin/env bash
# Starts throw-away database servers on loopback for the benchmarks and makes a SQLite file, runs a command with their
# addresses in its environment, and ends them. Each has the tables of the folder Tables.
#
# usage: Benchmarks/servers.sh COMMAND [ARGUMENT...]
#
# The command sees BENCH_POSTGRESQL_URL, BENCH_MARIADB_URL, and BENCH_SQLITE_URL with BENCH_SQLITE_PATH, each unset where
# the server is not installed or not named in BENCH_SERVERS, a list such as "postgresql mariadb sqlite" (the default).
set -euo pipefail
source "$(dirname "$0")/../scripts/lib.sh"

wanted=" ${BENCH_SERVERS:-postgresql mariadb sqlite} "
tables=$root/Benchmarks/Tables
folder=$(mktemp -d /tmp/pool-bench.XXXXXX)
chmod 755 "$folder"
postgresql=''
mariadb=''

# shellcheck disable=SC2317  # The trap calls it.
end_servers() {
    # Each with the signal that ends it without waiting for its clients.
    if [[ -n $postgresql ]]; then kill -s INT "$postgresql" || true; fi
    if [[ -n $mariadb ]]; then kill -s TERM "$mariadb" || true; fi
    wait
    rm -rf "$folder"
}
trap end_servers EXIT

# Database servers refuse to run as root: `nobody` runs them then, because a server's own user may not exist.
as_user=()
if [[ $(id -u) == 0 ]]; then
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups --)
fi

# A folder of that user's own.
make_folder() {
    mkdir "$1"
    if [[ $(id -u) == 0 ]]; then chown nobody:nogroup "$1"; fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_until SERVER COMMAND...: waits up to a minute until a probe of a server succeeds.
wait_until() {
    local server=$1 deadline=$((SECONDS + 60))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || fail "the server $server did not start within a minute: $(tail "$folder/$server.log")"
        sleep 0.1
    done
}

start_postgresql() {
    local programs port
    programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    PATH=${programs:+$programs:}$PATH
    command -v initdb >/dev/null || return 0
    port=$(free_port)
    make_folder "$folder/postgresql"
    "${as_user[@]}" initdb -D "$folder/postgresql/data" -U bench -A trust -E UTF8 --no-locale --no-sync >/dev/null
    "${as_user[@]}" postgres -D "$folder/postgresql/data" -p "$port" -k "$folder/postgresql" \
        -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100 >"$folder/postgresql.log" 2>&1 &
    postgresql=$!
    wait_until postgresql pg_isready -q -h 127.0.0.1 -p "$port"
    export BENCH_POSTGRESQL_URL="postgresql://bench@127.0.0.1:$port/postgres"
    psql -q -X -v ON_ERROR_STOP=1 -f "$tables/postgresql.sql" "$BENCH_POSTGRESQL_URL" >/dev/null
}

start_mariadb() {
    local port socket
    PATH=$PATH:/usr/sbin
    command -v mariadbd >/dev/null || return 0
    port=$(free_port)
    socket=$folder/mariadb/socket
    make_folder "$folder/mariadb"
    "${as_user[@]}" mariadb-install-db --no-defaults --datadir="$folder/mariadb/data" --skip-test-db \
        --auth-root-authentication-method=normal >/dev/null 2>&1
    "${as_user[@]}" mariadbd --no-defaults --datadir="$folder/mariadb/data" --socket="$socket" --port="$port" \
        --bind-address=127.0.0.1 --skip-name-resolve --innodb-flush-log-at-trx-commit=0 --innodb-use-native-aio=0 \
        --pid-file="$folder/mariadb/pid" >"$folder/mariadb.log" 2>&1 &
    mariadb=$!
    wait_until mariadb mariadb --no-defaults --socket="$socket" --user=root --execute="SELECT 1"
    export BENCH_MARIADB_URL="mariadb://bench:bench@127.0.0.1:$port/bench"
    mariadb --no-defaults --socket="$socket" --user=root <<'SQL'
CREATE DATABASE bench CHARACTER SET utf8mb4;
CREATE USER bench@'127.0.0.1' IDENTIFIED BY 'bench';
GRANT ALL ON *.* TO bench@'127.0.0.1';
SQL
    mariadb --no-defaults --socket="$socket" --user=root bench <"$tables/mariadb.sql" >/dev/null
}

make_sqlite() {
    export BENCH_SQLITE_PATH=$folder/bench.db
    python3 - "$BENCH_SQLITE_PATH" "$tables/sqlite.sql" <<'PYTHON'
import sqlite3, sys
sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())
PYTHON
    # What GRDB sets by itself and the other peers are told: commits do not wait for the disk.
    export BENCH_SQLITE_URL="sqlite:///$BENCH_SQLITE_PATH?synchronous=normal"
}

if [[ $wanted == *" postgresql "* ]]; then start_postgresql; fi
if [[ $wanted == *" mariadb "* ]]; then start_mariadb; fi
if [[ $wanted == *" sqlite "* ]]; then make_sqlite; fi
"$@"
