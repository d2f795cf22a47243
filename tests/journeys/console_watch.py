"""What a browser reports on the way: messages, errors, requests to other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError


# A refusal that the site means (404, 409, 422), and a remark of Chromium on its own limits.
EXPECTED = ("Failed to load resource", "Clear-Site-Data header")


class ConsoleWatch:
    """What a browser context reports of all its pages."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.events: list[str] = []
        context.on("console", self.message)
        context.on("weberror", self.error)
        context.on("request", self.request)

    def message(self, message: ConsoleMessage) -> None:
        self.events.append(f"{message.page.url if message.page else ''}: {message.text}")

    def error(self, error: WebError) -> None:
        self.events.append(f"error: {error.error}")

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.events.append(f"a request to {request.url}")

    @property
    def unexpected(self) -> list[str]:
        return [line for line in self.events if not any(words in line for words in EXPECTED)]
