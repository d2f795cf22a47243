"""What no reply to a hostile request may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tools.html_page import HtmlPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.hostile.attacks import Attack
    from tools.reply import Reply

LONGEST_SECONDS = 5.0
OWN_HOSTS = {"testserver", "127.0.0.1", "localhost"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster"}
SCRIPTED = re.compile(r"\s*javascript:", re.IGNORECASE)


def faults_of(attack: Attack, reply: Reply) -> list[str]:
    """A sentence for each thing that must not happen, with the request that made it happen."""
    return [f"{fault}: {attack} {reply.trace}".rstrip() for fault in _faults(reply)]


def _faults(reply: Reply) -> Iterator[str]:
    if reply.status >= 500 and reply.status != 501:
        yield f"status {reply.status}"
    if reply.seconds > LONGEST_SECONDS:
        yield f"{reply.seconds:.1f} seconds"
    if "x-evil" in {name.lower() for name in reply.headers}:
        yield "a header of the attacker's"
    if leads_away(reply.headers.get("Location", "")):
        yield f"redirect to {reply.headers['Location']}"
    if reply.headers.get("Content-Type", "").startswith("text/html") and live_markup(reply.content):
        yield "live markup"


def leads_away(location: str) -> bool:
    """Read as browsers read it: a backslash is a slash, blanks and controls do not count."""
    plain = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    target = urlsplit(plain)
    if target.scheme or plain.startswith("//"):
        return target.scheme not in {"", "http", "https"} or target.hostname not in OWN_HOSTS
    return False


def live_markup(content: bytes) -> bool:
    """An element, handler or address of the attacker's in the page as it is parsed."""
    text = content.decode("utf-8", "replace")
    if "articula()" not in text:
        return False
    page = HtmlPage(text)
    return any(
        (tag == "script" and "articula()" in page.texts.get(index, ""))
        or any(_runs(name, value) for name, value in attrs.items())
        for index, tag, attrs in page.find()
    )


def _runs(name: str, value: str) -> bool:
    followed = name in ADDRESSES and bool(SCRIPTED.match(value))
    return "articula()" in value and (name.startswith("on") or followed)
