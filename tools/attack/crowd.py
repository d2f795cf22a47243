"""python -m tools.attack.crowd: connections that hold a server up; prints what it met as JSON,
after `--seconds` or at SIGTERM.

It sends to this machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from tools.attack.odd_requests import ODD_REQUESTS, OddRequest
from tools.server import HOST

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
# With the cookie that makes the site read the form; without it the site refuses at once.
SLOW_START = (
    b"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrf=" + b"t" * 32 + b"\r\n\r\n"
)
HEAD_TARGETS = ("/", "/help/", "/healthz", "/nothing/", "/admin/", "/static/css/site.css")
PIPELINED = 10
LONGEST_ANSWER = 10.0
FAULTS = (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError, ValueError, IndexError)

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Crowd:
    """`met` counts what happened; what begins with `wrong` must not."""

    def __init__(self, port: int, until: float) -> None:
        self.port, self.until = port, until
        self.met: Counter[str] = Counter()

    async def keep(self, name: str, act: Callable[[Streams], Awaitable[None]]) -> None:
        """One connection, opened again whenever it ends."""
        while time.monotonic() < self.until:
            try:
                streams = await asyncio.wait_for(asyncio.open_connection(HOST, self.port), 10)
            except FAULTS:
                self.met[f"{name}: not connected"] += 1
                await asyncio.sleep(0.5)
                continue
            self.met[f"{name}: connected"] += 1
            try:
                await act(streams)
            except FAULTS:
                self.met[f"{name}: ended"] += 1
            finally:
                streams[1].close()
            await asyncio.sleep(0.2)

    async def idle(self, streams: Streams) -> None:
        """As a browser after its page: it was answered once and keeps the connection."""
        streams[1].write(HEALTH)
        await self.read_answer(streams[0])
        await self.wait_for_end(streams[0])

    async def silent(self, streams: Streams) -> None:
        await self.wait_for_end(streams[0])

    async def wait_for_end(self, reader: asyncio.StreamReader) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(), max(0.1, self.until - time.monotonic()))

    async def slow_header(self, streams: Streams) -> None:
        await self.drip(streams, HEALTH[:-2], b"X-Slow: 1\r\n")

    async def slow_body(self, streams: Streams) -> None:
        await self.drip(streams, SLOW_START, b"a")

    async def drip(self, streams: Streams, first: bytes, more: bytes) -> None:
        streams[1].write(first)
        while time.monotonic() < self.until:
            await asyncio.sleep(1)
            streams[1].write(more)
            await streams[1].drain()

    async def heads(self, streams: Streams) -> None:
        """After each HEAD the next answer on the connection must be the next answer."""
        for target in HEAD_TARGETS:
            streams[1].write(f"HEAD {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            await self.read_answer(streams[0], head=True)
            streams[1].write(HEALTH)
            if await self.read_answer(streams[0]) != 200:
                self.met["wrong: after HEAD"] += 1
            self.met["HEAD"] += 1

    async def pipeline(self, streams: Streams) -> None:
        streams[1].write(HEALTH * PIPELINED)
        for _ in range(PIPELINED):
            if await self.read_answer(streams[0]) != 200:
                self.met["wrong: pipelined"] += 1
            self.met["pipelined"] += 1

    async def half_closed(self, streams: Streams) -> None:
        streams[1].write(HEALTH)
        streams[1].write_eof()
        await asyncio.wait_for(streams[0].read(), LONGEST_ANSWER)
        self.met["half closed"] += 1

    async def read_answer(self, reader: asyncio.StreamReader, *, head: bool = False) -> int:
        """The status; what is no answer, because another one's body stands there, is counted."""
        async with asyncio.timeout(LONGEST_ANSWER):
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            if not lines[0].startswith("HTTP/1.1 "):
                self.met["wrong: no answer but " + lines[0][:30]] += 1
                raise ValueError(lines[0])
            lengths = [line[15:] for line in lines if line.lower().startswith("content-length:")]
            if not head and lengths:
                await reader.readexactly(int(lengths[0]))
            return int(lines[0].split()[1])

    async def odd(self, request: OddRequest) -> str:
        """The status of its answer, `cut` or `silence`."""
        try:
            reader, writer = await asyncio.open_connection(HOST, self.port)
        except OSError:
            return "not connected"
        answer = "cut"
        with suppress(*FAULTS):
            writer.write(request.content)
            async with asyncio.timeout(LONGEST_ANSWER):
                answer = (await reader.readline()).decode("latin-1")[9:12] or "cut"
        writer.close()
        return answer

    async def odd_requests(self) -> None:
        while time.monotonic() < self.until:
            for request in ODD_REQUESTS:
                answer = await self.odd(request)
                self.met[f"odd: {request.name}: {answer}"] += 1
                if answer.isdecimal() and int(answer) not in request.right:
                    self.met[f"wrong: {request.name} {answer}"] += 1
            await asyncio.sleep(0.5)


async def besiege(options: argparse.Namespace) -> Counter[str]:
    crowd = Crowd(options.port, time.monotonic() + options.seconds)
    kinds = (
        ("idle", crowd.idle, options.idle // 2),
        ("silent", crowd.silent, options.idle - options.idle // 2),
        ("slow headers", crowd.slow_header, options.slow),
        ("slow bodies", crowd.slow_body, options.slow),
        ("heads", crowd.heads, 3),
        ("pipelines", crowd.pipeline, 2),
        ("half closed", crowd.half_closed, 2),
    )
    works = [crowd.keep(name, act) for name, act, number in kinds for _ in range(number)]
    whole = asyncio.gather(crowd.odd_requests(), *works)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, whole.cancel)
    # Nobody waits for the answers to the last requests.
    with suppress(TimeoutError, asyncio.CancelledError):
        async with asyncio.timeout(options.seconds):
            await whole
    return crowd.met


def main() -> int:
    parser = argparse.ArgumentParser(prog="crowd")
    for name in ("port", "idle", "slow"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    print(json.dumps(asyncio.run(besiege(parser.parse_args()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
