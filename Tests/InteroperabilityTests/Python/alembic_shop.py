"""Alembic and the shop's model in SQLAlchemy's words, on one database.

usage: alembic_shop.py URL [make]

Prints a line for each change that Alembic proposes, with the filters of the Python library's helper. With `make` Alembic
makes the changes as well.
"""

import asyncio
import sys

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations
from authfort import alembic_filters, register_foreign_tables
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import create_async_engine

metadata = sa.MetaData()
register_foreign_tables(metadata)

microseconds = (
    sa.DateTime(timezone=True)
    .with_variant(postgresql.TIMESTAMP(timezone=True, precision=6), "postgresql")
    .with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
)

# Alembic compares a default letter by letter with what the database prints.
false = sa.text("0" if sys.argv[1].startswith(("mysql", "mariadb")) else "false")

orders = sa.Table(
    "shop_orders",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("user_id", sa.Uuid, sa.ForeignKey("authfort_users.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),
    sa.Column("state", sa.String(40), server_default="new", nullable=False),
    sa.Column("cents", sa.BigInteger, server_default=sa.text("0"), nullable=False),
    sa.Column("paid", sa.Boolean, server_default=false, nullable=False),
    sa.Column("placed_at", microseconds, nullable=False),
    sa.Column("note", sa.Text),
    sa.CheckConstraint("cents >= 0", name="shop_orders_cents"),
)
sa.Index("shop_orders_by_time", orders.c.user_id, orders.c.placed_at.desc())

sa.Table(
    "shop_order_lines",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("order_id", sa.Uuid, sa.ForeignKey("shop_orders.id", ondelete="CASCADE"), nullable=False),
    sa.Column("product", sa.String(100), nullable=False),
    sa.Column("quantity", sa.Integer, server_default=sa.text("1"), nullable=False),
    sa.UniqueConstraint("order_id", "product", name="shop_order_lines_once"),
)


def perform(operation, operations):
    if hasattr(operation, "ops"):
        for inner in operation.ops:
            perform(inner, operations)
    else:
        operations.invoke(operation)


def work(connection, makes):
    options = {"compare_type": True, "compare_server_default": True, "version_table": "shop_version"}
    context = MigrationContext.configure(connection, opts={**options, **alembic_filters(), "target_metadata": metadata})
    proposed = produce_migrations(context, metadata).upgrade_ops
    for difference in proposed.as_diffs():
        print(difference)
    if makes:
        perform(proposed, Operations(context))


async def main(url, makes):
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(work, makes)
    await engine.dispose()


asyncio.run(main(sys.argv[1], sys.argv[2:] == ["make"]))
