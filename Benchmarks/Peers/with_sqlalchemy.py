"""SQLAlchemy's asynchronous engine, on asyncpg, aiomysql and aiosqlite; its check-in rolls back."""

import os
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from measuring import (
    BULK_ROWS, PEOPLE, ROWS, ROWS_SCORED, SELECT, SELECT_SCORED, SESSIONS, bulk_names, check_count, check_people,
    check_person,
)

DRIVERS = {"postgresql": "asyncpg", "mariadb": "aiomysql", "sqlite": "aiosqlite"}


class Peer:
    counts_for = {"rows": PEOPLE, "bulk": BULK_ROWS}

    def __init__(self, engine, database):
        self.engine = engine
        self.versions = {DRIVERS[database]: version(DRIVERS[database])}
        self.is_scored = database == "sqlite"
        self.one = text((SELECT_SCORED if self.is_scored else SELECT) + ":key")
        self.many = text((ROWS_SCORED if self.is_scored else ROWS) + ":key")
        self.insertion = text("INSERT INTO entries (account, amount) VALUES (:key, :amount)")
        self.change = text("UPDATE accounts SET balance = balance + :amount WHERE id = :key")
        self.emptying = text("DELETE FROM bulk" if self.is_scored else "TRUNCATE bulk")
        column = "score" if self.is_scored else "created"
        self.row = text(f"INSERT INTO bulk (id, name, {column}, visits) VALUES (:id, :name, :{column}, :visits)")
        self.beginning = datetime(2024, 1, 1, tzinfo=timezone.utc if database == "postgresql" else None)

    async def select(self, key):
        async with self.engine.connect() as connection:
            check_person((await connection.execute(self.one, {"key": key})).one(), key)

    async def transaction(self, key):
        async with self.engine.begin() as connection:
            inserted = await connection.execute(self.insertion, {"key": key, "amount": 1})
            updated = await connection.execute(self.change, {"key": key, "amount": 1})
            check_count((inserted.rowcount, updated.rowcount), (1, 1), "rows")

    async def rows(self, _):
        async with self.engine.connect() as connection:
            check_people((await connection.execute(self.many, {"key": PEOPLE})).all())

    async def checkout(self, _):
        async with self.engine.connect():
            pass

    async def empty(self):
        async with self.engine.begin() as connection:
            await connection.execute(self.emptying)

    async def bulk(self, _):
        rows = [
            {"id": id, "name": name, "score": id / 8, "created": self.beginning + timedelta(seconds=61 * id),
             "visits": 3 * id}
            for id, name in bulk_names()
        ]
        async with self.engine.begin() as connection:
            await connection.execute(self.row, rows)
            inserted = (await connection.execute(text("SELECT count(*) FROM bulk"))).scalar_one()
        check_count(inserted, BULK_ROWS, "rows")


@asynccontextmanager
async def opened(database, library):
    if database == "sqlite":
        url = f"sqlite+aiosqlite:///{os.environ['BENCH_SQLITE_PATH']}"
    else:
        scheme = {"postgresql": "postgresql+asyncpg", "mariadb": "mysql+aiomysql"}[database]
        url = f"{scheme}:{os.environ[f'BENCH_{database.upper()}_URL'].partition(':')[2]}"
    engine = create_async_engine(url, pool_size=SESSIONS, max_overflow=0, poolclass=AsyncAdaptedQueuePool)
    if database == "sqlite":
        event.listen(engine.sync_engine, "connect", be_quick)
    yield Peer(engine, database)
    await engine.dispose()


def be_quick(connection, _):
    """Commits as the other sides do, and begins transactions as writers, because they would fail to become one."""
    connection.execute("PRAGMA synchronous = normal")
    connection.execute("PRAGMA busy_timeout = 60000")
