"""Runs one Python peer of the server benchmarks and prints a line of JSON: its operations and its seconds.

usage: peer.py postgresql/asyncpg|postgresql/sqlalchemy|postgresql/psycopg-rows|mariadb/asyncmy|mariadb/aiomysql

The load is that of the other sides: a pool of 16 connections, 64 tasks, a select by key of six columns, or 10,000 rows
of four columns on one connection. The drivers decode; the check is that it is the row.
"""

import asyncio
import json
import os
import random
import sys
import time
from urllib.parse import urlsplit

SESSIONS, TASKS, PEOPLE = 16, 64, 10_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
SELECT = "SELECT id, name, email, created, active, visits FROM people WHERE id = "
ROWS = "SELECT id, name, created, visits FROM people WHERE id <= "


async def closed_loop(select):
    """Lets every task do `select(key)` again and again; the first tenth of the time is not counted."""

    async def task(deadline):
        done = 0
        while time.monotonic() < deadline:
            key = random.randint(1, PEOPLE)
            row = await select(key)
            if row[0] != key or row[5] != 3 * key:
                raise SystemExit("a select did not return the row that it looked for")
            done += 1
        return done

    await asyncio.gather(*(task(time.monotonic() + SECONDS / 10) for _ in range(TASKS)))
    start = time.monotonic()
    counts = await asyncio.gather(*(task(start + SECONDS) for _ in range(TASKS)))
    return sum(counts), time.monotonic() - start


async def asyncpg_select(url):
    import asyncpg

    async with asyncpg.create_pool(url, min_size=SESSIONS, max_size=SESSIONS) as pool:

        async def select(key):
            async with pool.acquire() as connection:
                return await connection.fetchrow(SELECT + "$1", key)

        return await closed_loop(select)


async def sqlalchemy_select(url):
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://"), pool_size=SESSIONS, max_overflow=0
    )
    statement = text(SELECT + ":key")

    async def select(key):
        async with engine.connect() as connection:
            return (await connection.execute(statement, {"key": key})).one()

    result = await closed_loop(select)
    await engine.dispose()
    return result


async def mysql_select(module, url):
    parts = urlsplit(url)
    pool = await module.create_pool(
        host=parts.hostname, port=parts.port, user=parts.username, password=parts.password, db=parts.path[1:],
        minsize=SESSIONS, maxsize=SESSIONS, autocommit=True,
    )

    async def select(key):
        async with pool.acquire() as connection:
            async with connection.cursor() as cursor:
                await cursor.execute(SELECT + "%s", (key,))
                return await cursor.fetchone()

    result = await closed_loop(select)
    pool.close()
    await pool.wait_closed()
    return result


async def asyncmy_select(url):
    import asyncmy

    return await mysql_select(asyncmy, url)


async def aiomysql_select(url):
    import aiomysql

    return await mysql_select(aiomysql, url)


def psycopg_rows(url):
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor(binary=True) as cursor:
        rows, start = 0, time.monotonic()
        while time.monotonic() - start < SECONDS:
            cursor.execute(ROWS + "%s", (PEOPLE,), prepare=True)
            fetched = cursor.fetchall()
            if len(fetched) != PEOPLE:
                raise SystemExit("rows are missing")
            rows += len(fetched)
        return rows, time.monotonic() - start


PEERS = {
    "postgresql/asyncpg": asyncpg_select,
    "postgresql/sqlalchemy": sqlalchemy_select,
    "postgresql/psycopg-rows": psycopg_rows,
    "mariadb/asyncmy": asyncmy_select,
    "mariadb/aiomysql": aiomysql_select,
}


def main():
    name = sys.argv[1]
    peer, url = PEERS[name], os.environ[f"BENCH_{name.split('/')[0].upper()}_URL"]
    if asyncio.iscoroutinefunction(peer):
        import uvloop

        operations, seconds = uvloop.run(peer(url))
    else:
        operations, seconds = peer(url)
    print(json.dumps({"operations": operations, "seconds": seconds}))


main()
