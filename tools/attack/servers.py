"""The server of `start`, and others to compare it with where they are installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tools.server import HOST, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = "start"
APPLICATION = "assessment.wsgi:application"
THREADS = "8"
PLAIN_TORNADO = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
from tornado.httpserver import HTTPServer
from tornado.wsgi import WSGIContainer
from assessment.wsgi import application
async def main():
    site = WSGIContainer(application, ThreadPoolExecutor(8))
    server = HTTPServer(site, idle_connection_timeout=75)
    server.listen(int(sys.argv[1]), "127.0.0.1", backlog=1024)
    await asyncio.Event().wait()
asyncio.run(main())
"""
BRIDGED_UVICORN = """
import sys, uvicorn
from a2wsgi import WSGIMiddleware
from assessment.wsgi import application
uvicorn.run(WSGIMiddleware(application, workers=8), port=int(sys.argv[1]), log_level="error")
"""
CHEROOT = """
import sys
from cheroot.wsgi import Server
from assessment.wsgi import application
Server(("127.0.0.1", int(sys.argv[1])), application, numthreads=8, request_queue_size=1024).start()
"""
# By the module that must be there: what follows `python`; {port} is its port.
CANDIDATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "tornado": ("tornado", ("-c", PLAIN_TORNADO, "{port}")),
    "granian": (
        "granian",
        (
            *("-m", "granian", "--interface", "wsgi", "--port", "{port}", "--no-log"),
            *("--blocking-threads", THREADS, "--backlog", "4096", "--backpressure", "4000"),
            APPLICATION,
        ),
    ),
    "gunicorn": (
        "gunicorn",
        (
            *("-m", "gunicorn", "-k", "gthread", "--threads", THREADS, "--keep-alive", "75"),
            *("--worker-connections", "4000", "-b", f"{HOST}:{{port}}", APPLICATION),
        ),
    ),
    "uvicorn": ("a2wsgi", ("-c", BRIDGED_UVICORN, "{port}")),
    "hypercorn": (
        "hypercorn",
        ("-m", "hypercorn", "-b", f"{HOST}:{{port}}", f"wsgi:{APPLICATION}"),
    ),
    "cheroot": ("cheroot", ("-c", CHEROOT, "{port}")),
    "waitress": (
        "waitress",
        (
            *("-m", "waitress", f"--listen={HOST}:{{port}}", f"--threads={THREADS}"),
            *("--connection-limit=3000", "--asyncore-use-poll", APPLICATION),
        ),
    ),
}


class Candidate(Server):
    """Serves what the server of `start` has prepared before."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder)
        self.name = name

    def command(self) -> tuple[str, ...]:
        if self.name == OWN:
            return super().command()
        given = CANDIDATES[self.name][1]
        return (sys.executable, *(one.replace("{port}", str(self.port)) for one in given))

    def stop(self) -> None:
        """With its workers, which a killed master would leave behind."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def process_ids(self) -> Iterator[int]:
        yield from super().process_ids()
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(path.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if self.process is not None and parent == self.process.pid:
                yield int(path.parent.name)

    def seconds_in_line(self) -> float:
        """How long the thread that did so longest was ready and had no processor."""
        waits = [
            int(file.read_text().split()[1]) / 1e9
            for pid in self.process_ids()
            for file in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ]
        return max(waits, default=0.0)

    def peak_megabytes(self) -> int:
        """Most memory that it and its workers have held, each at its own time."""
        total = 0
        for pid in self.process_ids():
            status = Path(f"/proc/{pid}/status")
            lines = status.read_text().splitlines() if status.exists() else []
            total += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        return total // 1024


def is_installed(name: str) -> bool:
    return name == OWN or find_spec(CANDIDATES[name][0]) is not None
