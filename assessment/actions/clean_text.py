"""Cleaning of typed text: one and the same form for all of it, or a refusal with a reason."""

from __future__ import annotations

from assessment.instrument.answers import NOTE_LIMIT
from assessment.instrument.issues import Issue, Param
from assessment.instrument.plain_text import normalise_text, unsupported_character

__all__ = ["NAME_LIMIT", "NOTE_LIMIT", "BadText", "clean_line", "clean_text"]

NAME_LIMIT = 200


class BadText(ValueError):
    """Text that cannot be stored; carries the issue."""

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code)
        self.issue = Issue(code, params=params)


def clean_text(raw: str, *, limit: int) -> str:
    """`raw` in NFC with plain line breaks and no space around it; raises BadText."""
    text = normalise_text(raw).strip(" \n\t")
    _refuse_odd_characters(text)
    if len(text) > limit:
        raise BadText("text_too_long", over=len(text) - limit, limit=limit)
    return text


def clean_line(raw: str, *, limit: int = NAME_LIMIT) -> str:
    """The same for one line: line breaks and tabs become spaces."""
    return " ".join(clean_text(raw, limit=limit).split())


def _refuse_odd_characters(text: str) -> None:
    odd = unsupported_character(text)
    if odd:
        raise BadText("odd_character", character=f"U+{odd}")
