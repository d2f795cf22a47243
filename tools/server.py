"""The real server as a process of its own, on a database and in a folder that are thrown away."""

from __future__ import annotations

import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
LONGEST_START = 180
POSTGRESQL = ("postgres", "postgresql")


class DidNotStart(Exception):
    """The server came to its end or never answered; the message is the end of its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Site:
    """`manage.py start`, which can be killed and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "server.log"
        self.port = free_port()
        self.starts: list[float] = []
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=ROOT, stdout=log, stderr=log)
        while not self.serves():
            late = time.monotonic() - began > LONGEST_START
            if late or self.process.poll() is not None:
                raise DidNotStart(self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.05)
        self.starts.append(time.monotonic() - began)

    def command(self) -> tuple[str, ...]:
        return (sys.executable, "manage.py", "start", "--no-input", f"--port={self.port}")

    def serves(self) -> bool:
        try:
            connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def faults(self, most: int = 10) -> list[str]:
        """The last lines of the server's log that tell of a 5xx other than the 503 of a trouble."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if re.search(r'"status": 5(?!03)', line)][-most:]

    def in_line(self) -> float:
        """Seconds it was ready to go on and stood in line for a processor that others had."""
        found = [Path(f"/proc/{pid}/schedstat") for pid in self.processes()]
        return sum(int(path.read_text().split()[1]) / 1e9 for path in found if path.exists())

    def processes(self) -> Iterator[int]:
        if self.process is not None:
            yield self.process.pid


@contextmanager
def refused_writes(processes: Callable[[], Iterable[int]], **owner: Any) -> Iterator[None]:
    """As on a full disk, these processes and what they start can write to no file."""
    usual, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        for pid in processes():
            _limit_files(pid, 0, owner)
        yield
    finally:
        for pid in processes():
            _limit_files(pid, usual, owner)


def _limit_files(pid: int, size: int, owner: dict[str, Any]) -> None:
    """As their owner: not every root may limit the processes of others."""
    most = "unlimited" if size == resource.RLIM_INFINITY else size
    command = ("prlimit", f"--pid={pid}", f"--fsize={most}:")
    subprocess.run(command, check=False, capture_output=True, **owner)  # it may have ended by now


@contextmanager
def database_beside(url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database beside the one of `url`, dropped afterwards."""
    import psycopg

    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_soak_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
