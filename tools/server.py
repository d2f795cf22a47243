"""The real server as a process of its own, on a database and in a folder that are thrown away."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
LONGEST_START = 600
USED = slice(11, 15)
"""Where /proc/PID/stat has the ticks of a process in user and system mode, and its children's."""
LONGEST_STOP = 60
DATABASE = "articula.sqlite3"


class DidNotStart(Exception):
    """The server came to its end or never answered; the message is the end of its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def bring_files(data: Path) -> None:
    """Styles and catalogues that a site has made: a new folder's own would take seconds.

    `start` looks through them, and makes again what is out of date.
    """
    made = Path(os.environ.get("SITE_MADE") or os.environ.get("ARTICULA_DATA") or ROOT / "var")
    for name in ("static", "locale"):
        if (made / name).is_dir():
            shutil.copytree(made / name, data / name, dirs_exist_ok=True)


def bring_database(file: Path) -> None:
    """To this file of SQLite, where tests have made a site: with the published bank."""
    if made := os.environ.get("SITE_MADE"):
        shutil.copy(Path(made) / DATABASE, file)


def bring_site(data: Path) -> None:
    bring_files(data)
    bring_database(data / DATABASE)


class Server:
    """`manage.py start`, which can be killed and started again on the same data."""

    def __init__(self, folder: Path, *options: str, path: str = "") -> None:
        """`options` are those of `start`, `path` is that of ARTICULA_PATH."""
        self.options = options
        self.health = f"{path}/healthz"
        self.log = folder / "server.log"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=ROOT, stdout=log, stderr=log)
        while not self.is_healthy():
            late = time.monotonic() - began > LONGEST_START
            if late or self.process.poll() is not None:
                raise DidNotStart(self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def command(self) -> tuple[str, ...]:
        quiet = ("--no-input", "--no-system-packages")
        return (sys.executable, "manage.py", "start", *quiet, f"--port={self.port}", *self.options)

    def is_healthy(self) -> bool:
        try:
            connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
            connection.request("GET", self.health, headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """In order: what it has begun to answer is answered."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(LONGEST_STOP)

    def logged_errors(self, most: int = 10) -> list[str]:
        """The last lines of its log with a 5xx, but for 503: right while the database is away."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if re.search(r'"status": 5(?!03)', line)][-most:]

    def processor_wait(self) -> float:
        """Seconds it was ready to go on and waited for a processor that others had."""
        files = [Path(f"/proc/{pid}/schedstat") for pid in self.process_ids()]
        return sum(int(path.read_text().split()[1]) / 1e9 for path in files if path.exists())

    def processor_seconds(self) -> float | None:
        """What it used of the processor, all its threads and ended children; None where no system
        says it."""
        try:
            text = Path(f"/proc/{self.process.pid if self.process else 0}/stat").read_text()
        except OSError:
            return None
        # The name of the program stands in brackets and may hold anything; the rest are numbers.
        numbers = text.rpartition(")")[2].split()
        return sum(map(int, numbers[USED])) / float(os.sysconf("SC_CLK_TCK"))

    def process_ids(self) -> Iterator[int]:
        if self.process is not None:
            yield self.process.pid
