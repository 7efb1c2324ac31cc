"""aiosqlite, which has no pool: 16 connections in a queue, one thread for each.

Writers of one file exclude each other, so a lock stands before the transactions, as it would in an application.
"""

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager

import aiosqlite

from measuring import (
    BULK_ROWS, PEOPLE, ROWS_SCORED, SELECT_SCORED, SESSIONS, bulk_names, check_count, check_people, check_person,
)


class Peer:
    counts_for = {"rows": PEOPLE, "bulk": BULK_ROWS}
    versions = {"sqlite3": sqlite3.sqlite_version}

    def __init__(self, connections):
        self.idle, self.writer = asyncio.Queue(), asyncio.Lock()
        for connection in connections:
            self.idle.put_nowait(connection)

    @asynccontextmanager
    async def checked_out(self):
        connection = await self.idle.get()
        try:
            yield connection
        finally:
            self.idle.put_nowait(connection)

    async def select(self, key):
        async with self.checked_out() as connection, connection.execute(SELECT_SCORED + "?", (key,)) as cursor:
            check_person(await cursor.fetchone(), key)

    async def transaction(self, key):
        async with self.writer, self.checked_out() as connection:
            await connection.execute("BEGIN IMMEDIATE")
            inserted = await connection.execute("INSERT INTO entries (account, amount) VALUES (?, ?)", (key, 1))
            updated = await connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", (1, key))
            await connection.execute("COMMIT")
            check_count((inserted.rowcount, updated.rowcount), (1, 1), "rows")

    async def rows(self, _):
        async with self.checked_out() as connection, connection.execute(ROWS_SCORED + "?", (PEOPLE,)) as cursor:
            check_people(list(await cursor.fetchall()))

    async def empty(self):
        async with self.checked_out() as connection:
            await connection.execute("DELETE FROM bulk")

    async def bulk(self, _):
        rows = ((id, name, id / 8, 3 * id) for id, name in bulk_names())
        async with self.checked_out() as connection:
            await connection.execute("BEGIN IMMEDIATE")
            inserted = await connection.executemany(
                "INSERT INTO bulk (id, name, score, visits) VALUES (?, ?, ?, ?)", rows
            )
            await connection.execute("COMMIT")
        check_count(inserted.rowcount, BULK_ROWS, "rows")


@asynccontextmanager
async def opened(database, library):
    path = os.environ["BENCH_SQLITE_PATH"]
    connections = [await aiosqlite.connect(path, isolation_level=None) for _ in range(SESSIONS)]
    for connection in connections:
        await connection.execute("PRAGMA synchronous = normal")
    yield Peer(connections)
    for connection in connections:
        await connection.close()
