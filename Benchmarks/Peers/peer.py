"""Runs one Python peer and prints a line of JSON.

usage: peer.py DATABASE/LIBRARY-WORK[@TASKS], such as postgresql/asyncpg-select@64

The load is that of the other sides: a pool of 16 connections, tasks that each want the next thing as soon as they have
the last, and the same checks of what came.
"""

import importlib
import platform
import sys
from importlib.metadata import version

from measuring import blocking_loop, closed_loop

MODULES = {
    "asyncpg": "with_asyncpg", "psycopg": "with_psycopg", "aiomysql": "with_mysql", "asyncmy": "with_mysql",
    "aiosqlite": "with_aiosqlite", "sqlalchemy": "with_sqlalchemy",
}


async def measure(module, database, library, work, tasks):
    async with module.opened(database, library) as peer:
        operation = getattr(peer, work)
        # A load that empties a table before each operation has one task.
        prepare = peer.empty if work == "bulk" else None
        measurement = await closed_loop(operation, tasks, peer.counts_for.get(work, 1), prepare)
        measurement.versions |= peer.versions
        return measurement


def main():
    name = sys.argv[1]
    database, rest = name.split("/")
    rest, _, tasks = rest.partition("@")
    library, _, work = rest.partition("-")
    module = importlib.import_module(MODULES[library])
    if work in getattr(module, "BLOCKING", {}):
        measurement = module.BLOCKING[work](blocking_loop)
    else:
        import uvloop

        measurement = uvloop.run(measure(module, database, library, work, int(tasks or 1)))
        measurement.versions["uvloop"] = version("uvloop")
    measurement.versions |= {"Python": platform.python_version(), library: version(library)}
    print(measurement.line(name))


main()
