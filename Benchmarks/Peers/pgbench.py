"""Runs pgbench with the select or the transaction of the other sides and prints a line of JSON as they do.

usage: pgbench.py postgresql/pgbench-j1-select

It decodes nothing and does not check rows; its latencies are those of a sample. It has no tasks that wait for a
connection: 16 clients run as fast as they can.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import PEOPLE, SECONDS, SESSIONS, Measurement, Wrong, cpu_seconds, resource

SCRIPTS = {
    "select": "SELECT id, name, email, created, active, visits FROM people WHERE id = :key;",
    "transaction": """BEGIN;
        INSERT INTO entries (account, amount) VALUES (:key, 1);
        UPDATE accounts SET balance = balance + 1 WHERE id = :key;
        COMMIT;""",
}


def program():
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which("pgbench", path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))


def main():
    name = sys.argv[1]
    threads, work = re.fullmatch(r"postgresql/pgbench-j(\d)-(\w+)", name).groups()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "script.sql")
        script.write_text(f"\\set key random(1, {PEOPLE})\n{SCRIPTS[work]}\n")
        before, measurement = cpu_seconds(resource.RUSAGE_CHILDREN), Measurement()
        output = subprocess.run(
            # pgbench counts whole seconds.
            [program(), "--no-vacuum", "--protocol=prepared", f"--client={SESSIONS}", f"--jobs={threads}",
             f"--time={max(1, round(SECONDS))}", f"--file={script}", "--log", "--sampling-rate=0.1",
             f"--log-prefix={folder}/log", os.environ["BENCH_POSTGRESQL_URL"]],
            check=True, capture_output=True, text=True,
        ).stdout
        measurement.end()
        measurement.cpu = cpu_seconds(resource.RUSAGE_CHILDREN) - before
        for log in Path(folder).glob("log*"):
            measurement.latencies.extend(int(line.split()[2]) / 1e6 for line in log.read_text().splitlines())
    transactions = int(re.search(r"transactions actually processed: (\d+)", output)[1])
    failed = re.search(r"failed transactions: (\d+)", output)
    if failed and int(failed[1]):
        raise Wrong(f"{failed[1]} failed transactions")
    if not transactions:
        raise Wrong("pgbench processed no transaction")
    per_second = float(re.search(r"tps = ([\d.]+)", output)[1])
    measurement.shares, measurement.seconds = [transactions], transactions / per_second
    measurement.versions["pgbench"] = subprocess.run(
        [program(), "--version"], capture_output=True, text=True
    ).stdout.split()[2]
    print(measurement.line(name, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))


main()
