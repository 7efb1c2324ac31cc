"""asyncpg with its own pool, whose check-in resets the session by a statement."""

import os
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone

import asyncpg

from measuring import (
    BULK_ROWS, PEOPLE, ROWS, SELECT, SESSIONS, bulk_names, check_count, check_people, check_person,
)

BEGINNING = datetime(2024, 1, 1, tzinfo=timezone.utc)


class Peer:
    counts_for = {"rows": PEOPLE, "bulk": BULK_ROWS}

    def __init__(self, pool):
        self.pool, self.versions = pool, {}

    async def select(self, key):
        async with self.pool.acquire() as connection:
            check_person(await connection.fetchrow(SELECT + "$1", key), key)

    async def transaction(self, key):
        async with self.pool.acquire() as connection, connection.transaction():
            inserted = await connection.execute("INSERT INTO entries (account, amount) VALUES ($1, $2)", key, 1)
            updated = await connection.execute("UPDATE accounts SET balance = balance + $1 WHERE id = $2", 1, key)
            check_count((inserted, updated), ("INSERT 0 1", "UPDATE 1"), "as result")

    async def rows(self, _):
        async with self.pool.acquire() as connection:
            check_people(await connection.fetch(ROWS + "$1", PEOPLE))

    async def checkout(self, _):
        async with self.pool.acquire():
            pass

    async def empty(self):
        await self.pool.execute("TRUNCATE bulk")

    async def bulk(self, _):
        """By COPY in its binary form."""
        rows = ((id, name, BEGINNING + timedelta(seconds=61 * id), 3 * id) for id, name in bulk_names())
        async with self.pool.acquire() as connection:
            copied = await connection.copy_records_to_table(
                "bulk", records=rows, columns=("id", "name", "created", "visits")
            )
        check_count(copied, f"COPY {BULK_ROWS}", "as result")


@asynccontextmanager
async def opened(database, library):
    url = os.environ["BENCH_POSTGRESQL_URL"]
    async with asyncpg.create_pool(url, min_size=SESSIONS, max_size=SESSIONS) as pool:
        yield Peer(pool)
