"""What no answer to a hostile request may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tools.html_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tools.hostile.attacks import Attack

LONGEST = 5.0
OWN_HOSTS = {"testserver", "127.0.0.1", "localhost"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster"}
SCRIPTED = re.compile(r"\s*javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    trace: str = ""


def faults(attack: Attack, reply: Reply) -> list[str]:
    """A sentence for each thing that must not happen, with the request that made it happen."""
    return [f"{fault}: {attack} {reply.trace}".rstrip() for fault in _faults(reply)]


def _faults(reply: Reply) -> Iterator[str]:
    if reply.status >= 500 and reply.status != 501:
        yield f"status {reply.status}"
    if reply.seconds > LONGEST:
        yield f"{reply.seconds:.1f} seconds"
    if "x-evil" in {name.lower() for name in reply.headers}:
        yield "a header of the attacker's"
    if leads_away(reply.headers.get("Location", "")):
        yield f"redirect to {reply.headers['Location']}"
    if reply.headers.get("Content-Type", "").startswith("text/html") and live_markup(reply.body):
        yield "live markup"


def leads_away(location: str) -> bool:
    """Read as browsers read it: a backslash is a slash, blanks and controls do not count."""
    plain = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    target = urlsplit(plain)
    if target.scheme or plain.startswith("//"):
        return target.scheme not in {"", "http", "https"} or target.hostname not in OWN_HOSTS
    return False


def live_markup(body: bytes) -> bool:
    """An element, handler or address of the attacker's in the page as it is parsed."""
    text = body.decode("utf-8", "replace")
    if "articula()" not in text:
        return False
    page = Page(text)
    return any(
        (tag == "script" and "articula()" in page.texts.get(place, ""))
        or any(_runs(name, value) for name, value in attrs.items())
        for place, tag, attrs in page.found()
    )


def _runs(name: str, value: str) -> bool:
    followed = name in ADDRESSES and bool(SCRIPTED.match(value))
    return "articula()" in value and (name.startswith("on") or followed)
