"""Lets the Python library migrate databases, and ends its process at a statement.

A line in is a URL and the number of the statement before which to end, counted from 1 without those that only read; a
commit counts as one. The line out is `stopped`, or `done` and how many there were.
"""

import asyncio
import os
import sys

from sqlalchemy import event
from sqlalchemy.engine import Engine

from authfort import AuthFort

READING = ("SELECT", "SHOW", "PRAGMA", "DESCRIBE", "SET")


def answer(text):
    print(text, flush=True)
    os._exit(0)


def migrate(url, stop):
    count = 0

    def step():
        nonlocal count
        count += 1
        if count == stop:
            answer("stopped")

    @event.listens_for(Engine, "before_cursor_execute")
    def before_statement(connection, cursor, statement, parameters, context, executemany):
        if not statement.lstrip().upper().startswith(READING):
            step()

    @event.listens_for(Engine, "commit")
    def before_commit(connection):
        step()

    asyncio.run(AuthFort(url).migrate())
    answer(f"done {count}")


for line in sys.stdin:
    url, stop = line.split()
    # Each database has a process of its own, which begins with everything imported.
    child = os.fork()
    if child == 0:
        migrate(url, int(stop))
    os.waitpid(child, 0)
