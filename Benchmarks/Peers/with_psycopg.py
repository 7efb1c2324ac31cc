"""psycopg 3: its asynchronous pool for the select and the transaction, blocking calls for many rows."""

import os
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone

import psycopg
import psycopg_pool

from measuring import (
    BULK_ROWS, PEOPLE, ROWS, SELECT, SESSIONS, bulk_names, check_count, check_people, check_person,
)

URL = os.environ.get("BENCH_POSTGRESQL_URL")
BEGINNING = datetime(2024, 1, 1, tzinfo=timezone.utc)


class Peer:
    counts_for = {}
    versions = {"psycopg_pool": psycopg_pool.__version__}

    def __init__(self, pool):
        self.pool = pool

    async def select(self, key):
        async with self.pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(SELECT + "%s", (key,), prepare=True)
            check_person(await cursor.fetchone(), key)

    async def transaction(self, key):
        async with self.pool.connection() as connection, connection.transaction():
            inserted = await connection.execute(
                "INSERT INTO entries (account, amount) VALUES (%s, %s)", (key, 1), prepare=True
            )
            updated = await connection.execute(
                "UPDATE accounts SET balance = balance + %s WHERE id = %s", (1, key), prepare=True
            )
            check_count((inserted.rowcount, updated.rowcount), (1, 1), "rows")


@asynccontextmanager
async def opened(database, library):
    pool = psycopg_pool.AsyncConnectionPool(
        URL, min_size=SESSIONS, max_size=SESSIONS, kwargs={"autocommit": True}, open=False
    )
    async with pool:
        yield Peer(pool)


def rows(loop):
    with psycopg.connect(URL) as connection, connection.cursor(binary=True) as cursor:

        def fetch(_):
            cursor.execute(ROWS + "%s", (PEOPLE,), prepare=True)
            check_people(cursor.fetchall())

        return loop(fetch, PEOPLE)


def bulk(loop):
    with psycopg.connect(URL, autocommit=True) as connection:

        def copy(_):
            with connection.cursor() as cursor:
                with cursor.copy("COPY bulk (id, name, created, visits) FROM STDIN (FORMAT binary)") as writer:
                    writer.set_types(["int8", "text", "timestamptz", "int4"])
                    for id, name in bulk_names():
                        writer.write_row((id, name, BEGINNING + timedelta(seconds=61 * id), 3 * id))
                check_count(cursor.rowcount, BULK_ROWS, "rows")

        return loop(copy, BULK_ROWS, lambda: connection.execute("TRUNCATE bulk"))


BLOCKING = {"rows": rows, "bulk": bulk}
