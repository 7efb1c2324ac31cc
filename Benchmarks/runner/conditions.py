"""Under which conditions the figures were made."""

import json
import os
import platform
from pathlib import Path


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def load():
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def packages(folder):
    """The versions of the Swift packages that peers are made of."""
    try:
        pins = json.loads((folder / "Package.resolved").read_text())["pins"]
    except (OSError, ValueError, KeyError):
        return {}
    names = {"grdb.swift": "GRDB", "hdrhistogram-swift": "HdrHistogram"}
    return {names[pin["identity"]]: pin["state"].get("version", "?") for pin in pins if pin["identity"] in names}


def conditions(groups, rounds, load_before, folder):
    versions = packages(folder) | {"Swift": os.environ.get("BENCH_SWIFT_VERSION", "unknown")}
    for group in groups:
        database = group.key.split("/")[0]
        for one in group.members:
            for line in one.lines:
                for name, version in line["versions"].items():
                    if name == "server":
                        name = {"postgresql": "PostgreSQL", "mariadb": "MariaDB"}[database]
                    if name == "sqlite3" and one.kind == "peer":
                        name = f"sqlite3 of {one.label.partition(',')[0]}"
                    if name != "authfort":
                        versions[name] = version
                    elif one.work.endswith("python"):
                        versions["authfort for Python"] = version
    return {
        "processor": processor(), "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}",
        "rounds": rounds, "seconds": float(os.environ.get("BENCH_SECONDS", "2")),
        "load_before": load_before, "load_after": load(), "versions": versions,
    }
