"""Runs the server benchmarks and prints a Markdown table.

usage: BENCH_POSTGRESQL_URL=… BENCH_MARIADB_URL=… run.py POOL_BENCH PYTHON [WORD...]

POOL_BENCH is the built program, PYTHON an interpreter that has the packages of Peers/requirements.txt. With words, only
the benchmarks run whose names contain one of them. Each benchmark is a process that prints its operations and its
seconds as a line of JSON. The rounds are interleaved, so that a neighbour's load meets all of them alike, and a figure
is the median of the rounds (BENCH_ROUNDS, 3).
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys

PEERS = pathlib.Path(__file__).parent / "Peers"


class Benchmark:
    """A process to measure, and the benchmark that its figure is divided by."""

    def __init__(self, name, what, command, beside=None):
        self.name, self.what, self.command, self.beside = name, what, command, beside
        self.figures = []

    def run(self):
        output = subprocess.run(self.command, capture_output=True, text=True)
        try:
            line = json.loads(output.stdout.strip().splitlines()[-1])
        except (IndexError, ValueError):
            reason = (output.stderr.strip() or f"status {output.returncode}").splitlines()[-1]
            print(f"{self.name} gave no figure: {reason}", file=sys.stderr)
            return
        self.figures.append(line["operations"] / line["seconds"])


def benchmarks(program, python):
    """All of them, what others are compared with first."""

    def ours(name, what, beside):
        return Benchmark(name, what, [program, name], beside)

    def script(name, what, beside):
        return Benchmark(name, what, [python, str(PEERS / "peer.py"), name], beside)

    def pgbench(threads, beside):
        name = f"postgresql/pgbench-j{threads}"
        what = f"pgbench, 16 clients, {threads} thread{'s' * (threads > 1)}"
        return Benchmark(name, what, [str(PEERS / "pgbench.sh"), str(threads)], beside)

    def engine(server):
        c, leased, rows = f"{server}/c", f"{server}/leased+reactor", f"{server}/c-rows"
        return [
            ours(f"{server}/checkout", "withConnection, nothing in it", None),
            ours(f"{server}/checkout+reactor", "the same, tasks on the reactor", None),
            ours(f"{server}/leased", "withConnection, one select each", c),
            ours(leased, "the same, tasks on the reactor", c),
            ours(f"{server}/execute", "engine.execute", c),
            ours(f"{server}/execute+reactor", "the same, tasks on the reactor", c),
            ours(f"{server}/read", "engine.read", leased),
            ours(f"{server}/read+reactor", "the same, tasks on the reactor", leased),
            ours(rows, "10,000 rows, plain C", None),
            ours(f"{server}/rows", "10,000 rows, decoded", rows),
        ]

    postgresql = "postgresql/c"
    found = [
        ours(postgresql, "libpq in C, 16 sessions, one epoll", None),
        pgbench(1, postgresql),
        pgbench(2, postgresql),
        script("postgresql/asyncpg", "asyncpg, uvloop", postgresql),
        script("postgresql/sqlalchemy", "SQLAlchemy, asyncpg, uvloop", postgresql),
        ours("postgresql/c-pipeline-each", "libpq in C, 4 pipelines, a Sync for each", postgresql),
        ours("postgresql/c-pipeline-batched", "libpq in C, 4 pipelines, a Sync for each turn", postgresql),
        *engine("postgresql"),
        script("postgresql/psycopg-rows", "10,000 rows, psycopg 3", "postgresql/c-rows"),
        ours("mariadb/c", "libmariadb in C, 16 sessions, one epoll", None),
        script("mariadb/asyncmy", "asyncmy, uvloop", "mariadb/c"),
        script("mariadb/aiomysql", "aiomysql, uvloop", "mariadb/c"),
        *engine("mariadb"),
    ]
    return [one for one in found if f"BENCH_{one.name.split('/')[0].upper()}_URL" in os.environ]


def line(one, medians):
    median = medians.get(one.name)
    ratio = median / medians[one.beside] if median and medians.get(one.beside) else None
    cells = [
        one.name,
        one.what,
        f"{median:.0f}" if median else "-",
        f"{min(one.figures):.0f}" if median else "-",
        f"{max(one.figures):.0f}" if median else "-",
        f"{ratio:.2f} of {one.beside}" if ratio else "",
    ]
    return "| " + " | ".join(cells) + " |"


def main():
    program, python, *words = sys.argv[1:]
    chosen = [one for one in benchmarks(program, python) if not words or any(word in one.name for word in words)]
    rounds = int(os.environ.get("BENCH_ROUNDS", "3"))
    for _ in range(rounds):
        for one in chosen:
            one.run()
    medians = {one.name: statistics.median(one.figures) for one in chosen if one.figures}
    print(f"\nthe median of {rounds} interleaved runs of about {os.environ.get('BENCH_SECONDS', '2')} seconds")
    print("load average: " + " ".join(f"{load:.1f}" for load in os.getloadavg()) + "\n")
    print("| benchmark | what | per second, median | lowest | highest | ratio |")
    print("|---|---|--:|--:|--:|--:|")
    for one in chosen:
        print(line(one, medians))


main()
