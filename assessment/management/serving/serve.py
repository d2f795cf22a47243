"""Serves until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from assessment.management.serving.server import SiteServer

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Sequence
    from wsgiref.types import WSGIApplication

BACKLOG = 1024  # connections that the system keeps while none is accepted


def serve(
    application: WSGIApplication,
    listening: tuple[str, int],
    sockets: Sequence[socket.socket],
    *,
    threads: int,
    ready: Callable[[], None],
) -> None:
    """`ready` is called once connections are taken."""
    told = Event()
    # The loop has a thread of its own: the main one is free for signals on every system.
    with ThreadPoolExecutor(1, "server") as runner, told_by_signals(told):
        serving = run_until_told(application, listening, threads, sockets, told)
        work = runner.submit(asyncio.run, serving)
        ready()
        while not work.done():
            wait([work], timeout=1)
        work.result()


async def run_until_told(
    application: WSGIApplication,
    listening: tuple[str, int],
    threads: int,
    sockets: Sequence[socket.socket],
    told: Event,
) -> None:
    server = SiteServer(application, listening, threads)
    server.add_sockets(sockets)
    await asyncio.to_thread(told.wait)
    await server.finish()


@contextmanager
def told_by_signals(told: Event) -> Iterator[None]:
    def tell(_signal: int, _frame: object) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        told.set()
        for number, handler in before.items():
            signal.signal(number, handler)
