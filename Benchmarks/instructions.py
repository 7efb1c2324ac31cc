"""Counts the instructions that an operation takes in user mode, and compares them with thresholds.

usage: instructions.py FOLDER-OF-PROGRAMS [--update]

Valgrind counts them, so that the figures are the same on a slow machine, on a busy one, and on one whose processor has no
counters to read. Each benchmark runs twice, with another number of calls: the difference is without the start of the process.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

THRESHOLDS = Path(__file__).parent / "thresholds.json"
# The order in which threads take turns is the scheduler's, and changes a figure by one or two in a hundred.
TOLERANCE = 0.05
CALLS = (500, 2500)


def instructions(program, name, calls):
    """How many instructions the process ran in all."""
    with tempfile.NamedTemporaryFile() as file:
        ended = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={file.name}", program, "run", name, "--calls", str(calls)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", ended.stderr)
    if ended.returncode or not found:
        raise SystemExit(f"{name} did not run under valgrind:\n{ended.stderr}")
    return int(found[1]), json.loads(ended.stdout.strip().splitlines()[-1])["operations"]


def of_operation(program, name):
    tasks = int(name.split("@")[1])
    few, many = (instructions(program, name, max(1, calls // tasks)) for calls in CALLS)
    return (many[0] - few[0]) / (many[1] - few[1])


def main(folder, update):
    thresholds = json.loads(THRESHOLDS.read_text())
    exceeded = []
    with tempfile.TemporaryDirectory() as copy:
        # Valgrind does not understand what the compiler says of the static run-time library.
        program = f"{copy}/pool-bench"
        subprocess.run(["objcopy", "--strip-debug", f"{folder}/pool-bench", program], check=True)
        print("| instructions of an operation | counted | threshold |\n|---|--:|--:|")
        for name, threshold in thresholds.items():
            counted = of_operation(program, name)
            print(f"| {name} | {counted:,.0f} | {threshold:,} |", flush=True)
            if counted > threshold * (1 + TOLERANCE):
                exceeded.append(name)
            if update:
                thresholds[name] = int(round(counted, -2))
    if update:
        THRESHOLDS.write_text(json.dumps(thresholds, indent=2) + "\n")
    elif exceeded:
        raise SystemExit(f"more than {TOLERANCE:.0%} above the threshold: {', '.join(exceeded)}. Where that is meant, run "
                         "with --update and say why in the commit.")


if __name__ == "__main__":
    main(sys.argv[1], "--update" in sys.argv[2:])
