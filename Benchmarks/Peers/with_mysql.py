"""aiomysql and asyncmy, which have one interface; their pools neither reset nor ping a session."""

import importlib
import os
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from measuring import (
    BULK_ROWS, PEOPLE, ROWS, SELECT, SESSIONS, bulk_names, check_count, check_people, check_person,
)

BEGINNING = datetime(2024, 1, 1)


class Peer:
    counts_for = {"rows": PEOPLE, "bulk": BULK_ROWS}

    def __init__(self, pool):
        self.pool, self.versions = pool, {}

    async def select(self, key):
        async with self.pool.acquire() as connection, connection.cursor() as cursor:
            await cursor.execute(SELECT + "%s", (key,))
            check_person(await cursor.fetchone(), key)

    async def transaction(self, key):
        async with self.pool.acquire() as connection, connection.cursor() as cursor:
            await connection.begin()
            inserted = await cursor.execute("INSERT INTO entries (account, amount) VALUES (%s, %s)", (key, 1))
            updated = await cursor.execute("UPDATE accounts SET balance = balance + %s WHERE id = %s", (1, key))
            await connection.commit()
            check_count((inserted, updated), (1, 1), "rows")

    async def rows(self, _):
        async with self.pool.acquire() as connection, connection.cursor() as cursor:
            await cursor.execute(ROWS + "%s", (PEOPLE,))
            check_people(await cursor.fetchall())

    async def checkout(self, _):
        async with self.pool.acquire():
            pass

    async def empty(self):
        async with self.pool.acquire() as connection, connection.cursor() as cursor:
            await cursor.execute("TRUNCATE bulk")

    async def bulk(self, _):
        """By executemany, which writes INSERT statements of many rows."""
        rows = [(id, name, BEGINNING + timedelta(seconds=61 * id), 3 * id) for id, name in bulk_names()]
        async with self.pool.acquire() as connection, connection.cursor() as cursor:
            await connection.begin()
            inserted = await cursor.executemany(
                "INSERT INTO bulk (id, name, created, visits) VALUES (%s, %s, %s, %s)", rows
            )
            await connection.commit()
        check_count(inserted, BULK_ROWS, "rows")


@asynccontextmanager
async def opened(database, library):
    parts = urlsplit(os.environ["BENCH_MARIADB_URL"])
    pool = await importlib.import_module(library).create_pool(
        host=parts.hostname, port=parts.port, user=parts.username, password=parts.password, db=parts.path[1:],
        minsize=SESSIONS, maxsize=SESSIONS, autocommit=True,
    )
    yield Peer(pool)
    pool.close()
    await pool.wait_closed()
