#!/usr/bin/env bash
# Starts throw-away database servers on loopback for the benchmarks, runs a command with their addresses in its
# environment, and ends them. Each has a table `people` of 20,000 rows.
#
# usage: Benchmarks/servers.sh COMMAND [ARGUMENT...]
#
# The command sees BENCH_POSTGRESQL_URL and BENCH_MARIADB_URL, each unset where the server is not installed or not
# named in BENCH_SERVERS, a list such as "postgresql mariadb" (the default).
set -euo pipefail
source "$(dirname "$0")/../scripts/lib.sh"

wanted=" ${BENCH_SERVERS:-postgresql mariadb} "
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
    psql -q -X "$BENCH_POSTGRESQL_URL" <<'SQL'
CREATE TABLE people (
    id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL, created timestamptz NOT NULL,
    active boolean NOT NULL, visits integer NOT NULL
);
INSERT INTO people
SELECT id, 'person number ' || id, 'person' || id || '@example.org',
    timestamptz '2024-01-01 00:00:00+00' + id * interval '61.000123 seconds', id % 2 = 0, id * 3
FROM generate_series(1, 20000) AS id;
VACUUM ANALYZE people;
SQL
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
GRANT ALL ON bench.* TO bench@'127.0.0.1';
CREATE TABLE bench.people (
    id bigint PRIMARY KEY, name varchar(60) NOT NULL, email varchar(60) NOT NULL, created datetime(6) NOT NULL,
    active boolean NOT NULL, visits int NOT NULL
);
INSERT INTO bench.people
SELECT id, CONCAT('person number ', id), CONCAT('person', id, '@example.org'),
    TIMESTAMP('2024-01-01 00:00:00') + INTERVAL id * 61 SECOND + INTERVAL id MICROSECOND, id % 2 = 0, id * 3
FROM (SELECT seq AS id FROM bench.seq_1_to_20000) AS ids;
ANALYZE TABLE bench.people;
SQL
}

if [[ $wanted == *" postgresql "* ]]; then start_postgresql; fi
if [[ $wanted == *" mariadb "* ]]; then start_mariadb; fi
"$@"
