"""The words of a message, whatever becomes of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailText:
    """Paragraphs, a link on a line of its own, and paragraphs below it; no markup."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    below: tuple[str, ...] = ()
