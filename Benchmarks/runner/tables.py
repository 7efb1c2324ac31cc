"""Empties the tables before a benchmark that writes, and checks afterwards that what it says it wrote is there."""

import os
import sqlite3
from urllib.parse import urlsplit

BULK_ROWS = 100_000


def execute(database, statements):
    """Runs statements and returns the first row of the last."""
    if database == "postgresql":
        import psycopg

        with psycopg.connect(os.environ["BENCH_POSTGRESQL_URL"], autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None
    if database == "mariadb":
        import pymysql

        parts = urlsplit(os.environ["BENCH_MARIADB_URL"])
        connection = pymysql.connect(
            host=parts.hostname, port=parts.port, user=parts.username, password=parts.password,
            database=parts.path[1:], autocommit=True,
        )
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchone()
    connection = sqlite3.connect(os.environ["BENCH_SQLITE_PATH"], isolation_level=None)
    for statement in statements:
        row = connection.execute(statement).fetchone()
    connection.close()
    return row


def writes(benchmark):
    """What the benchmark writes: `transaction`, `bulk` or nothing."""
    for what in ("transaction", "bulk"):
        if what in benchmark.work:
            return what
    return None


def empty(benchmark):
    database, what = benchmark.name.split("/")[0], writes(benchmark)
    if what is None or database == "mock":
        return
    delete = "DELETE FROM" if database == "sqlite" else "TRUNCATE"
    statements = [f"{delete} entries", f"{delete} bulk", "UPDATE accounts SET balance = 0 WHERE balance <> 0"]
    # Each run finds the accounts as the first one did, not what the one before has left.
    statements += {
        "postgresql": ["VACUUM FULL accounts", "CHECKPOINT"],
        "mariadb": [],
        "sqlite": ["PRAGMA wal_checkpoint(TRUNCATE)"],
    }[database]
    execute(database, statements)


def check(benchmark, line):
    """Raises when the rows are not those that the benchmark says it wrote."""
    database, what = benchmark.name.split("/")[0], writes(benchmark)
    if database == "mock":
        return
    if what == "transaction":
        count, amount, balance = execute(database, [
            "SELECT (SELECT count(*) FROM entries), (SELECT sum(amount) FROM entries),"
            " (SELECT sum(balance) FROM accounts)"
        ])
        # More than what it counted: the warm-up wrote as well.
        if count < line["operations"] or not count == amount == balance:
            raise RuntimeError(
                f"{count} entries of {amount} in all, and balances of {balance}, after {line['operations']} operations"
            )
    if what == "bulk":
        count, ids, visits = execute(database, ["SELECT count(*), sum(id), sum(visits) FROM bulk"])
        if count != BULK_ROWS or ids != BULK_ROWS * (BULK_ROWS + 1) // 2 or visits != 3 * ids:
            raise RuntimeError(f"{count} rows in the table after the last insertion, or other ones")
