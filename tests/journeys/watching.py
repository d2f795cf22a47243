"""What a browser noticed on the way: messages, errors, requests to other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError


# A refusal that the site meant (404, 409, 422), and a remark of Chromium on its own limits.
MEANT = ("Failed to load resource", "Clear-Site-Data header")


class Watched:
    """What a context noticed, of all its pages."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.noticed: list[str] = []
        context.on("console", self.message)
        context.on("weberror", self.error)
        context.on("request", self.request)

    def message(self, message: ConsoleMessage) -> None:
        self.noticed.append(f"{message.page.url if message.page else ''}: {message.text}")

    def error(self, error: WebError) -> None:
        self.noticed.append(f"error: {error.error}")

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.noticed.append(f"a request to {request.url}")

    @property
    def surprises(self) -> list[str]:
        return [line for line in self.noticed if not any(words in line for words in MEANT)]
