"""Reads requests in one thread and has them answered in others: nobody slow takes one of these."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections
from tornado.httpserver import HTTPServer

from assessment.management.serving.refused import PatientStream
from assessment.management.serving.request import Request

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from tornado.http1connection import HTTP1Connection, HTTP1ServerConnection
    from tornado.iostream import IOStream

logger = logging.getLogger(__name__)

MOST_CONNECTIONS = 4000
MOST_ON_WINDOWS = 400  # its select() takes 512
FILES_BESIDE = 200  # of database, logs, printing
# Seconds that a connection may be idle and the headers of a request may take. Longer than the
# documented proxies keep a connection, else they would send a request into one that ends.
LONGEST_IDLE = 75
LONGEST_STOP = 20
# Bytes of the bodies that are not yet answered, all together.
MOST_HELD = 256 * 2**20
# What is too large is read on to here, because who is cut off while sending sees no answer.
LARGEST_READ = 64 * 2**20
LARGEST_BUFFER = 2**18


class SiteServer(HTTPServer):
    """`waiting` holds the connections whose next request is not whole yet, the oldest first.

    Where there is no room for one more connection or body, the oldest of them is cut.
    """

    def initialize(  # type: ignore[override]
        self, application: WSGIApplication, listening: tuple[str, int], threads: int
    ) -> None:
        super().initialize(
            self,
            idle_connection_timeout=LONGEST_IDLE,
            max_body_size=LARGEST_READ,
            max_buffer_size=LARGEST_BUFFER,
        )
        self.application, self.listening, self.threads = application, listening, threads
        self.largest_body: int = settings.LARGEST_BODY
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="site")
        self.most_connections = allowed_connections()
        self.waiting: dict[IOStream, None] = {}
        self.answering: set[asyncio.Task[None]] = set()
        self.held = 0
        self.stopping = False

    def handle_stream(self, stream: IOStream, address: tuple[str, int]) -> None:
        if len(self._connections) >= self.most_connections:
            self.cut_oldest()
        # Nothing was read yet: the same connection with an answer for headers without an end.
        stream = PatientStream(stream.socket, max_buffer_size=LARGEST_BUFFER)
        self.waiting[stream] = None
        super().handle_stream(stream, address)

    def start_request(  # type: ignore[override]
        self, server_conn: HTTP1ServerConnection, request_conn: HTTP1Connection
    ) -> Request:
        self.waiting[server_conn.stream] = None
        return Request(self, request_conn)

    def on_close(self, server_conn: HTTP1ServerConnection) -> None:  # type: ignore[override]
        self.waiting.pop(server_conn.stream, None)
        super().on_close(server_conn)

    def hold(self, size: int) -> None:
        self.held += size
        if self.held > MOST_HELD:
            self.cut_oldest()

    def cut_oldest(self) -> None:
        for oldest in tuple(islice(self.waiting, 1)):
            del self.waiting[oldest]
            oldest.close()

    def answer(self, request: Request) -> None:
        self.waiting.pop(request.connection.stream, None)
        task = asyncio.create_task(self._answer(request))
        self.answering.add(task)
        task.add_done_callback(self.answering.discard)

    async def _answer(self, request: Request) -> None:
        """Whatever fails, the connection ends: nobody waits for an answer that never comes."""
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self.pool, request.run)
            request.release()
            await request.send(answer)
        except Exception:
            logger.exception("a request was not answered")
            request.connection.close()

    async def finish(self) -> None:
        """Takes no more requests, and ends when those that were whole are answered."""
        self.stop()
        self.stopping = True
        while self.waiting:
            self.cut_oldest()
        if self.answering:
            await asyncio.wait(self.answering, timeout=LONGEST_STOP)
        await self.close_all_connections()
        if not self.answering:
            await asyncio.to_thread(self._close_database)
        self.pool.shutdown(wait=False, cancel_futures=True)

    def _close_database(self) -> None:
        """Each thread of the site has a connection of its own, which it alone may close."""
        all_here = threading.Barrier(self.threads, timeout=LONGEST_STOP)

        def close() -> None:
            connections.close_all()
            with suppress(threading.BrokenBarrierError):
                all_here.wait()

        wait([self.pool.submit(close) for _ in range(self.threads)], timeout=LONGEST_STOP)


def allowed_connections() -> int:
    """As many as the machine lets this process have; it is asked for its most first."""
    if sys.platform == "win32":
        return MOST_ON_WINDOWS
    import resource

    most = MOST_CONNECTIONS + FILES_BESIDE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if 0 <= soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most - FILES_BESIDE
