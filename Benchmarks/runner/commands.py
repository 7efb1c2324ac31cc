"""How a benchmark is started, and how its line is read."""

import json
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).parent.parent / "Peers"


def command(benchmark, binaries):
    """The program and its arguments. Python programs run on the interpreter that runs the runner."""
    library = benchmark.work.split("-")[0]
    if library == "migrate":
        program = "authfort-command" if benchmark.work == "migrate" else None
        path = binaries / program if program else Path(sys.executable).parent / "authfort"
        return [sys.executable, str(PEERS / "migrate.py"), benchmark.name, str(path)]
    if library == "pgbench":
        return [sys.executable, str(PEERS / "pgbench.py"), benchmark.name]
    if library == "grdb":
        return [str(binaries / "grdb-peer"), benchmark.name]
    if benchmark.kind == "peer":
        return [sys.executable, str(PEERS / "peer.py"), benchmark.name]
    return [str(binaries / "pool-bench"), benchmark.name]


def run(benchmark, binaries):
    """Runs it once and returns its line; its progress and its complaints go where the runner's go."""
    ended = subprocess.run(command(benchmark, binaries), stdout=subprocess.PIPE, text=True)
    if ended.returncode:
        raise RuntimeError(f"it ended with status {ended.returncode}; what it said is above")
    try:
        line = json.loads(ended.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        raise RuntimeError("it printed no line of JSON") from None
    if not line["figures"] and not (line["operations"] > 0 and line["seconds"] > 0):
        raise RuntimeError("it did nothing")
    return line
