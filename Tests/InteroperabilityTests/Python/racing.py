"""Lets several processes of the Python library migrate one database at once.

The arguments are the URL, the number of processes, and a file that is made when they begin. They wait a moment before
each statement, so that others get in between. The line out has their exit codes.
"""

import asyncio
import os
import random
import sys
import time

from sqlalchemy import event
from sqlalchemy.engine import Engine

from authfort import AuthFort


def migrate(url, seed):
    chance = random.Random(seed)

    @event.listens_for(Engine, "before_cursor_execute")
    def before_statement(connection, cursor, statement, parameters, context, executemany):
        # Made up for the time that a real program spends between its statements.
        time.sleep(chance.random() * 0.02)

    try:
        asyncio.run(AuthFort(url).migrate())
    except Exception as error:
        print(type(error).__name__, error, file=sys.stderr)
        os._exit(1)
    os._exit(0)


url, count, marker = sys.argv[1], int(sys.argv[2]), sys.argv[3]
open(marker, "w").close()
children = []
for seed in range(count):
    child = os.fork()
    if child == 0:
        migrate(url, seed)
    children.append(child)
print(" ".join(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])) for child in children), flush=True)
