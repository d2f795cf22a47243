"""A mail server on this machine that sends nothing on: it remembers what it took."""

from __future__ import annotations

import asyncio
import threading
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from email.message import EmailMessage

TAKEN = "250 2.0.0 taken"


class MailSink:
    """`to_recipient` and `to_data` are its answers; `hangs_up` ends the dialogue after the text.

    It takes its time: `pause` seconds before it takes a text, and as many before it says so.
    """

    def __init__(self, pause: float = 0) -> None:
        self.pause = pause
        self.to_recipient = self.to_data = TAKEN
        self.hangs_up = False
        self.messages: list[EmailMessage] = []
        self.arrived = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _listen(self) -> asyncio.Server:
        return await self.loop.create_server(self._session, "127.0.0.1", 0)

    def _session(self) -> SMTP:
        return SMTP(self, hostname="sink.example.org", loop=self.loop)

    async def _end(self) -> None:
        self.server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]

    async def handle_RCPT(  # noqa: N802 -- the library asks for it by this name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        if self.to_data.startswith("2"):
            self.messages.append(message_from_bytes(envelope.content, policy=default))
            self.arrived.set()
        await asyncio.sleep(self.pause)
        if self.hangs_up:
            server.transport.abort()
        return self.to_data
