"""What every peer shares: the load, the clock, and the line of JSON."""

import asyncio
import json
import os
import random
import resource
import time
from array import array

SESSIONS, PEOPLE, BULK_ROWS = 16, 10_000, 100_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))

SELECT = "SELECT id, name, email, created, active, visits FROM people WHERE id = "
SELECT_SCORED = SELECT.replace("created", "score")
ROWS = "SELECT id, name, created, visits FROM people WHERE id <= "
ROWS_SCORED = ROWS.replace("created", "score")


class Wrong(SystemExit):
    """A result that is not what was asked for: there must be no figure then."""

    def __init__(self, what):
        super().__init__(f"the result is not what it must be: {what}")


def check_person(row, key):
    if row is None or row[0] != key or not row[1] or not row[2] or bool(row[4]) != (key % 2 == 0) or row[5] != 3 * key:
        raise Wrong(f"the row for the key {key}")


def check_people(rows):
    if len(rows) != PEOPLE or any(row[3] != 3 * row[0] for row in rows):
        raise Wrong(f"{len(rows)} rows")


def check_count(found, wanted, what):
    if found != wanted:
        raise Wrong(f"{found} {what} instead of {wanted}")


def cpu_seconds(who=resource.RUSAGE_SELF):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


class Measurement:
    """The operations, the latencies in seconds, and what they took of the machine."""

    def __init__(self):
        self.latencies = array("d")
        self.shares = []
        self.versions = {}
        self.cpu_before = cpu_seconds()
        self.start = time.perf_counter()
        self.skipped = 0.0

    def end(self):
        self.seconds = time.perf_counter() - self.start - self.skipped
        self.cpu = cpu_seconds() - self.cpu_before
        return self

    def line(self, name, peak=None):
        """The line of JSON, with the keys that the programs in Swift use."""
        ordered, operations = sorted(self.latencies), sum(self.shares)

        def percentile(share):
            return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e6 if ordered else None

        squares = len(self.shares) * sum(share * share for share in self.shares)
        return json.dumps({
            "name": name, "operations": operations, "seconds": self.seconds,
            "p50_us": percentile(0.5), "p99_us": percentile(0.99), "p999_us": percentile(0.999),
            "max_us": ordered[-1] * 1e6 if ordered else None,
            "cpu_us": self.cpu * 1e6 / max(1, operations),
            "peak_kib": peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            "fairness": operations ** 2 / squares if squares else None,
            "figures": {}, "versions": self.versions,
        })


async def closed_loop(operation, tasks, counts_for=1, prepare=None):
    """Lets every task do `operation(key)` again and again; a first tenth of the time is not counted."""

    async def task(measurement, end):
        done = 0
        began = time.perf_counter()
        while began < end or not done:
            if prepare:
                await prepare()
                now = time.perf_counter()
                measurement.skipped += now - began
                end += now - began
                began = now
            await operation(random.randint(1, PEOPLE))
            ended = time.perf_counter()
            measurement.latencies.append(ended - began)
            began = ended
            done += 1
        measurement.shares.append(done * counts_for)

    for seconds in (SECONDS / 10, SECONDS):
        measurement = Measurement()
        await asyncio.gather(*(task(measurement, measurement.start + seconds) for _ in range(tasks)))
        measurement.end()
    return measurement


def blocking_loop(operation, counts_for=1, prepare=None):
    """The same for one task that blocks."""
    for seconds in (SECONDS / 10, SECONDS):
        measurement, done = Measurement(), 0
        began = time.perf_counter()
        while began - measurement.start - measurement.skipped < seconds or not done:
            if prepare:
                prepare()
                measurement.skipped += time.perf_counter() - began
                began = time.perf_counter()
            operation(random.randint(1, PEOPLE))
            ended = time.perf_counter()
            measurement.latencies.append(ended - began)
            began = ended
            done += 1
        measurement.shares.append(done * counts_for)
        measurement.end()
    return measurement


def bulk_names():
    return ((id, f"person number {id}") for id in range(1, BULK_ROWS + 1))
