"""What is measured, in groups of benchmarks that do the same work."""

import os
from dataclasses import dataclass, field
from functools import cache

OURS, C, PEER = "ours", "c", "peer"

# What a side does less, or otherwise, than the engine does for each checkout.
NOTES = {
    "c": "no pool, no reset, no ping, cannot be cancelled",
    "c-select@1": "one thread, no pool, no reset, no ping",
    "pgbench": "no checkout, no reset, no ping, decodes nothing",
    "asyncpg": "resets by a statement at each check-in",
    "psycopg": "no reset, no ping",
    "sqlalchemy": "rolls back at each check-in, no ping",
    "aiomysql": "no reset, no ping",
    "asyncmy": "no reset, no ping",
    "aiosqlite": "no pool but a queue, no reset, no ping",
    "grdb": "no reset, no ping; each read is a transaction",
}

LABELS = {
    "select": "withConnection, one select each",
    "select-execute": "engine.execute",
    "select-read": "engine.read",
    "select-together": "withConnection, 100 selects each",
    "transaction": "withTransaction",
    "rows": "withConnection, 10,000 rows decoded",
    "checkout": "withConnection, nothing in it",
    "checkout-crowded": "withConnection, a yield in it",
    "bulk": "insert(into:columns:rows:)",
    "bulk-writer": "openBulkInsert",
    "hold": "withConnection, 1 ms each",
    "migrate": "authfort migrate, this one",
    "migrate-python": "authfort migrate, Python",
    "memory-waiting": "a task that waits for a connection",
    "memory-idle": "an idle connection",
    "c-select": "C",
    "c-pipeline-each": "C, 4 pipelines, a Sync for each",
    "c-pipeline-batched": "C, 4 pipelines, a Sync for each turn",
    "c-transaction": "C",
    "c-rows": "C",
    "c-bulk": "C",
    "c-memory-idle": "an idle connection in C",
}

PLAIN = {"asyncpg": "asyncpg", "psycopg": "psycopg 3", "aiomysql": "aiomysql", "asyncmy": "asyncmy",
         "aiosqlite": "aiosqlite", "grdb": "GRDB"}
SQLALCHEMY = {"postgresql": "SQLAlchemy, asyncpg", "mariadb": "SQLAlchemy, aiomysql", "sqlite": "SQLAlchemy, aiosqlite"}


@dataclass
class Benchmark:
    """One process to run, again and again."""

    name: str
    kind: str
    label: str
    note: str
    lines: list = field(default_factory=list)
    failures: list = field(default_factory=list)

    @property
    def work(self):
        return self.name.split("/")[1].split("@")[0]


@dataclass
class Group:
    """Benchmarks of the same work; the others are divided by the reference, and `ours` by each of them."""

    key: str
    title: str
    unit: str
    reference: str
    ours: str
    members: list


@cache
def benchmark(name):
    """The benchmark of a name; one that is in two groups is the same in both, and runs once in a round."""
    database, rest = name.split("/")
    work, _, tasks = rest.partition("@")
    library, _, library_work = work.partition("-")
    reactor = ", tasks on the reactor" if work.endswith("+reactor") else ""
    plain = work.removesuffix("+reactor")
    if library == "c":
        return Benchmark(name, C, LABELS[plain], NOTES.get(rest, NOTES["c"]))
    if library == "pgbench":
        return Benchmark(name, PEER, f"pgbench -c16 -{library_work.split('-')[0]}", NOTES["pgbench"])
    if library in NOTES:
        label = SQLALCHEMY[database] if library == "sqlalchemy" else PLAIN[library]
        together = ", 100 selects in one read" if "together" in work else ""
        return Benchmark(name, PEER, label + together, NOTES[library])
    kind = PEER if plain == "migrate-python" else OURS
    return Benchmark(name, kind, LABELS[plain] + reactor, "")


def group(database, key, title, unit, reference, ours, works):
    names = [f"{database}/{work}" for work in works]
    title = f"{title}, {TITLES[database]}"
    return Group(f"{database}/{key}", title, unit, f"{database}/{reference}" if reference else None,
                 f"{database}/{ours}", [benchmark(name) for name in names])


TITLES = {"postgresql": "PostgreSQL", "mariadb": "MariaDB", "sqlite": "SQLite", "mock": "the pool without a database"}


def server_groups(database, peers, extra):
    """The groups that both servers have."""

    def with_peers(work, tasks, among=peers):
        return [f"{peer}-{work}{tasks}" for peer in among]

    one = [f"{name}@1" for name in ("c-select", "select", "select+reactor", "select-execute", "select-together")]
    crowd = [f"{name}@64" for name in ("c-select", "select", "select+reactor", "select-execute",
                                       "select-execute+reactor")]
    transactions = ["c-transaction@64", "transaction@64", "transaction+reactor@64"]
    return [
        group(database, "W1@1", "W1 point select, 1 task", "selects/s", "c-select@1", "select@1",
              one + with_peers("select", "@1")),
        group(database, "W1@16", "W1 point select, 16 tasks", "selects/s", "c-select@16", "select@16",
              ["c-select@16", "select@16", "select+reactor@16"] + with_peers("select", "@16")),
        group(database, "W1@64", "W1 point select, 64 tasks", "selects/s", "c-select@64", "select@64",
              crowd + extra.get("select", []) + with_peers("select", "@64")),
        group(database, "W1@256", "W1 point select, 256 tasks", "selects/s", "c-select@256", "select@256",
              ["c-select@256", "select@256", "select+reactor@256"] + with_peers("select", "@256", peers[:1])),
        group(database, "W1@10000", "W1 point select, 10,000 tasks", "selects/s", None, "select@10000",
              ["select@256", "select@10000", "select-execute@10000", "select+reactor@10000"]),
        group(database, "W2", "W2 transaction, 64 tasks", "transactions/s", "c-transaction@64", "transaction@64",
              transactions + extra.get("transaction", []) + with_peers("transaction", "@64")),
        group(database, "W3", "W3 10,000 rows", "rows/s", "c-rows", "rows",
              ["c-rows", "rows", "rows+reactor"] + with_peers("rows", "")),
        group(database, "W4", "W4 checkout only, 64 tasks", "checkouts/s", None, "checkout@64",
              ["checkout@1", "checkout@64", "checkout+reactor@64", "checkout-crowded@64"]
              + with_peers("checkout", "@64", [peer for peer in peers if peer != "psycopg"])),
        group(database, "W5", "W5 100,000 rows inserted", "rows/s", "c-bulk", "bulk",
              ["c-bulk", "bulk", "bulk-writer"] + with_peers("bulk", "")),
        group(database, "W6", "W6 migrate an empty database", "processes/s", "migrate-python", "migrate",
              ["migrate-python", "migrate"]),
    ]


def postgresql_groups():
    groups = server_groups("postgresql", ["asyncpg", "psycopg", "sqlalchemy"], {
        "select": ["pgbench-j1-select", "pgbench-j2-select"],
        "transaction": ["pgbench-j1-transaction"],
    })
    shared = group("postgresql", "W1-read@64", "W1 single reads that share sessions, 64 tasks", "selects/s",
                   "c-pipeline-batched@64", "select-read@64",
                   ["c-pipeline-batched@64", "c-pipeline-each@64", "select-read@64", "select-read+reactor@64",
                    "pgbench-j2-select"])
    memory = group("postgresql", "memory", "Memory", "bytes each", "c-memory-idle", "memory-idle",
                   ["c-memory-idle", "memory-idle"])
    return groups[:4] + [shared] + groups[4:] + [memory]


def sqlite_groups():
    one = ["c-select@1", "select@1", "select-execute@1", "select-together@1", "grdb-select@1",
           "grdb-select-together@1", "aiosqlite-select@1"]
    return [
        group("sqlite", "W1@1", "W1 point select, 1 task", "selects/s", "c-select@1", "select@1", one),
        group("sqlite", "W1@64", "W1 point select, 64 tasks", "selects/s", "grdb-select@64", "select@64",
              ["grdb-select@64", "select@64", "select+reactor@64", "select-execute@64", "aiosqlite-select@64",
               "sqlalchemy-select@64"]),
        group("sqlite", "W1@10000", "W1 point select, 10,000 tasks", "selects/s", None, "select@10000",
              ["select@256", "select@10000"]),
        group("sqlite", "W2", "W2 transaction, 64 tasks", "transactions/s", "grdb-transaction@64", "transaction@64",
              ["c-transaction@1", "grdb-transaction@64", "transaction@1", "transaction@64", "transaction+reactor@64",
               "aiosqlite-transaction@64"]),
        group("sqlite", "W3", "W3 10,000 rows", "rows/s", "c-rows", "rows",
              ["c-rows", "rows", "grdb-rows", "aiosqlite-rows", "sqlalchemy-rows"]),
        group("sqlite", "W4", "W4 checkout only", "checkouts/s", None, "checkout@64",
              ["checkout@1", "checkout@64", "checkout-crowded@64", "sqlalchemy-checkout@64"]),
        group("sqlite", "W5", "W5 100,000 rows inserted", "rows/s", "c-bulk", "bulk",
              ["c-bulk", "bulk", "grdb-bulk", "aiosqlite-bulk", "sqlalchemy-bulk"]),
        group("sqlite", "W6", "W6 migrate an empty database", "processes/s", "migrate-python", "migrate",
              ["migrate-python", "migrate"]),
    ]


def mock_groups():
    return [
        group("mock", "W4", "W4 checkout only", "checkouts/s", None, "checkout-crowded@64",
              ["checkout@1", "checkout@64", "checkout-crowded@16", "checkout-crowded@64", "checkout-crowded@256",
               "checkout-crowded@10000"]),
        group("mock", "hold", "16 connections, each kept for 1 ms", "checkouts/s", None, "hold@64",
              ["hold@16", "hold@64", "hold@256"]),
        group("mock", "memory", "Memory", "bytes each", None, "memory-waiting", ["memory-waiting"]),
    ]


def groups(words):
    """The groups that the words select, with the benchmarks that they select, for the databases that are there."""
    found = [*mock_groups(), *postgresql_groups(), *server_groups("mariadb", ["asyncmy", "aiomysql", "sqlalchemy"], {}),
             *sqlite_groups()]
    chosen = []
    for one in found:
        database = one.key.split("/")[0]
        if database != "mock" and f"BENCH_{database.upper()}_URL" not in os.environ:
            continue
        if words and not any(word in one.key for word in words):
            one.members = [member for member in one.members if any(word in member.name for word in words)]
        if one.members:
            chosen.append(one)
    return chosen
