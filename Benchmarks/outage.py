"""Restarts servers under load and prints how long after the server was ready the first statement succeeded.

usage: outage.py POOL_BENCH [postgresql|mariadb]

POOL_BENCH is the built program. The interpreter must have the packages of Peers/requirements.txt. Each server is ended by
the signals of its list, one after the other, and started again a second later. It is ready when a client that tries to
connect every two milliseconds has had an answer; a negative figure says that the engine was there before that client.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pymysql

# The servers refuse to run as root.
AS_USER = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] if os.getuid() == 0 else []


class PostgreSQL:
    # Fast, immediate.
    signals = [signal.SIGINT, signal.SIGQUIT, signal.SIGINT, signal.SIGQUIT]

    def __init__(self, folder, port):
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        data = f"{folder}/data"
        self.create = [programs / "initdb", "-D", data, "-U", "bench", "-A", "trust", "--no-locale", "--no-sync"]
        self.serve = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1"]
        self.url = f"postgresql://bench@127.0.0.1:{port}/postgres"

    def ask(self):
        with psycopg.connect(self.url) as connection:
            connection.execute("SELECT 1")


class MariaDB:
    signals = [signal.SIGKILL, signal.SIGTERM, signal.SIGKILL, signal.SIGKILL]

    def __init__(self, folder, port):
        self.port = port
        data = f"--datadir={folder}/data"
        self.create = ["mariadb-install-db", "--no-defaults", data, "--auth-root-authentication-method=normal"]
        self.serve = ["/usr/sbin/mariadbd", "--no-defaults", data, f"--socket={folder}/socket", f"--port={port}"]
        self.serve += ["--bind-address=127.0.0.1", "--innodb-use-native-aio=0", f"--pid-file={folder}/pid"]
        self.url = f"mariadb://root@127.0.0.1:{port}/mysql"

    def ask(self):
        with pymysql.connect(host="127.0.0.1", port=self.port, user="root") as connection:
            connection.cursor().execute("SELECT 1")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(server):
    """Starts a server; returns its process and the time when it was ready."""
    process = subprocess.Popen(AS_USER + server.serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.time() + 60
    while time.time() < deadline and process.poll() is None:
        try:
            server.ask()
            return process, time.time()
        except (psycopg.Error, pymysql.Error):
            time.sleep(0.002)
    process.kill()
    process.wait()
    raise RuntimeError(f"{server.serve[0]} did not start")


def measure(kind, program):
    with tempfile.TemporaryDirectory(prefix="outage.") as folder:
        if AS_USER:
            shutil.chown(folder, "nobody", "nogroup")
        server = kind(folder, free_port())
        subprocess.run(AS_USER + server.create, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        process, _ = start(server)
        engine = subprocess.Popen([program, "outage", server.url], stdout=subprocess.PIPE, text=True)
        changes = []
        reader = threading.Thread(target=lambda: changes.extend(line.split() for line in engine.stdout), daemon=True)
        reader.start()
        try:
            for number in kind.signals:
                time.sleep(1)
                seen = len(changes)
                process.send_signal(number)
                process.wait()
                time.sleep(1)
                process, ready = start(server)
                time.sleep(1)
                states = [(state, float(at)) for state, at in changes[seen:]]
                if not states or states[-1][0] != "up":
                    raise RuntimeError(f"no statement succeeded within a second after {number.name}: {states}")
                print(f"{kind.__name__} {number.name}: {(states[-1][1] - ready) * 1000:.0f} ms", flush=True)
        finally:
            engine.kill()
            process.send_signal(kind.signals[-1])
            engine.wait()
            process.wait()


if __name__ == "__main__":
    kinds = {"postgresql": PostgreSQL, "mariadb": MariaDB}
    for name in sys.argv[2:] or kinds:
        measure(kinds[name], sys.argv[1])
