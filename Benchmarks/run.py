"""Runs the benchmarks and prints Markdown tables; writes them, a JSON file and a picture into a folder as well.

usage: run.py BINARIES [WORD...]

BINARIES is the folder of the built programs. The interpreter must have the packages of Peers/requirements.txt, and
servers.sh must have set where the databases are. With words, only the benchmarks run whose names or groups contain one
of them, such as `postgresql`, `W2`, `mock/` or `grdb`. Each benchmark is a process that prints a line of JSON. The
rounds are interleaved, so that a neighbour's load meets all of them alike, and a figure is the median of the rounds
(BENCH_ROUNDS, 3). BENCH_RESULTS is the folder of the results, Benchmarks/.build/results by default.

The status is 1 when a benchmark gave no figure or a wrong one.
"""

import json
import os
import sys
import time
from pathlib import Path

from runner import catalogue, chart, commands, conditions, report, tables

FOLDER = Path(__file__).parent


def say(line):
    print(line, file=sys.stderr, flush=True)


def run(benchmark, binaries, place):
    tables.empty(benchmark)
    try:
        line = commands.run(benchmark, binaries)
        tables.check(benchmark, line)
    except RuntimeError as error:
        benchmark.failures.append(str(error))
        return say(f"{place} {benchmark.name} gave no figure: {error}")
    benchmark.lines.append(line)
    say(f"{place} {benchmark.name}: {report.rate(line):,.0f}")


def main():
    binaries, words = Path(sys.argv[1]).resolve(), sys.argv[2:]
    rounds = int(os.environ.get("BENCH_ROUNDS", "3"))
    groups = catalogue.groups(words)
    # Each once, although it may be in two groups.
    chosen = list({one.name: one for group in groups for one in group.members}.values())
    if not chosen:
        sys.exit(f"no benchmark has {' or '.join(words)} in its name; the README lists them")
    load_before, start = conditions.load(), time.monotonic()
    say(f"{len(chosen)} benchmarks in {rounds} rounds; load average {load_before}")
    for turn in range(rounds):
        for index, one in enumerate(chosen):
            run(one, binaries, f"[{turn + 1}/{rounds} {index + 1}/{len(chosen)}]")
    found = conditions.conditions(groups, rounds, load_before, FOLDER)
    results = Path(os.environ.get("BENCH_RESULTS", FOLDER / ".build/results"))
    results.mkdir(parents=True, exist_ok=True)
    text = report.markdown(groups, found)
    (results / "results.md").write_text(text)
    (results / "results.json").write_text(json.dumps(report.document(groups, found), indent=1) + "\n")
    (results / "results.svg").write_text(chart.chart(groups, found))
    print(text)
    say(f"{time.monotonic() - start:.0f} s; the results are in {results}")
    failed = [one.name for one in chosen if one.failures]
    if failed:
        sys.exit(f"without a figure in some round: {', '.join(failed)}")


main()
