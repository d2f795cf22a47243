"""Cleaning of typed text: one and the same form for all of it, or a refusal with a reason."""

from __future__ import annotations

from assessment.instrument.answers import NOTE_LIMIT
from assessment.instrument.issues import Issue, Param
from assessment.instrument.plain_text import excess_length, normalise_text, unsupported_character

NAME_LIMIT = 200


class BadText(ValueError):
    """Text that cannot be stored; carries the issue."""

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code)
        self.issue = Issue(code, params=params)


def clean_text(raw: str, *, limit: int) -> str:
    """`raw` in its one form (`normalise_text`) and no space around it; raises BadText."""
    text = normalise_text(raw).strip()
    if odd := unsupported_character(text):
        raise BadText("odd_character", character=odd.name, near=odd.near)
    if (over := excess_length(raw, text, limit)) > 0:
        raise BadText("text_too_long", over=over, limit=limit)
    return text


def clean_note(raw: str) -> str:
    """The note to an answer, from a form or without one; raises BadText."""
    return clean_text(raw, limit=NOTE_LIMIT)


def clean_line(raw: str, *, limit: int = NAME_LIMIT) -> str:
    """The same for one line: line breaks and tabs become spaces."""
    return " ".join(clean_text(raw, limit=limit).split())
