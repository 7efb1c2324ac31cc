"""Runs `authfort migrate` on empty databases, one process after another, and prints a line of JSON.

usage: migrate.py NAME COMMAND, such as migrate.py sqlite/migrate .build/release/authfort-command

A latency is the time of a whole process, from its start to its end. Making the empty database does not count. The
tables are counted afterwards.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from measuring import SECONDS, Measurement, Wrong, cpu_seconds

LEAST_TABLES = 5


class PostgreSQL:
    """A database of the server's for each run."""

    def __init__(self):
        import psycopg

        self.psycopg, self.url = psycopg, os.environ["BENCH_POSTGRESQL_URL"]
        self.administration = psycopg.connect(self.url, autocommit=True)

    def empty(self):
        self.administration.execute("DROP DATABASE IF EXISTS bench_migrate")
        self.administration.execute("CREATE DATABASE bench_migrate")
        return urlsplit(self.url)._replace(path="/bench_migrate").geturl()

    def tables(self, url):
        with self.psycopg.connect(url) as connection:
            return connection.execute(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
            ).fetchone()[0]


class MariaDB:
    """A database of the server's for each run."""

    def __init__(self):
        import pymysql

        self.url = os.environ["BENCH_MARIADB_URL"]
        parts = urlsplit(self.url)
        self.cursor = pymysql.connect(
            host=parts.hostname, port=parts.port, user=parts.username, password=parts.password, autocommit=True
        ).cursor()

    def empty(self):
        self.cursor.execute("DROP DATABASE IF EXISTS bench_migrate")
        self.cursor.execute("CREATE DATABASE bench_migrate CHARACTER SET utf8mb4")
        return urlsplit(self.url)._replace(path="/bench_migrate").geturl()

    def tables(self, url):
        self.cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'bench_migrate'")
        return self.cursor.fetchone()[0]


class SQLite:
    """A file for each run."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "migrate.db")

    def empty(self):
        for file in Path(self.folder.name).iterdir():
            file.unlink()
        return f"sqlite:///{self.path}"

    def tables(self, url):
        with sqlite3.connect(self.path) as connection:
            return connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()[0]


DATABASES = {"postgresql": PostgreSQL, "mariadb": MariaDB, "sqlite": SQLite}
PYTHON_SCHEMES = {"postgresql": "postgresql+asyncpg", "mariadb": "mysql+aiomysql", "sqlite": "sqlite+aiosqlite"}


def main():
    name, command = sys.argv[1:]
    kind = name.split("/")[0]
    database, measurement = DATABASES[kind](), Measurement()
    measurement.versions["authfort"] = "0.0.31" if name.endswith("python") else "this one"
    before, done = cpu_seconds(resource.RUSAGE_CHILDREN), 0
    # The first run is not counted: it brings the program from the disk.
    while done <= 3 or sum(measurement.latencies) < SECONDS:
        url = database.empty()
        shown = PYTHON_SCHEMES[kind] + url[url.index(":"):] if name.endswith("python") else url
        if done == 1:
            before = cpu_seconds(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        ended = subprocess.run([command, "migrate", "--database-url", shown], capture_output=True, text=True)
        latency = time.perf_counter() - began
        if ended.returncode:
            raise Wrong(f"status {ended.returncode} of {command}: {ended.stderr.strip()[-300:]}")
        if (tables := database.tables(url)) < LEAST_TABLES:
            raise Wrong(f"{tables} tables after the migration")
        if done:
            measurement.latencies.append(latency)
        done += 1
    measurement.shares, measurement.seconds = [len(measurement.latencies)], sum(measurement.latencies)
    measurement.cpu = cpu_seconds(resource.RUSAGE_CHILDREN) - before
    print(measurement.line(name, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))


main()
