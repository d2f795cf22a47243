"""Cleaning of typed text: one and the same form for all of it, or a refusal in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from assessment.actions.responses.save_answers import NOTE_LIMIT
from assessment.instrument.plain_text import normalise_text, unsupported_character

__all__ = ["NAME_LIMIT", "NOTE_LIMIT", "BadText", "clean_line", "clean_text"]

NAME_LIMIT = 200


class BadText(ValueError):
    """Text that cannot be stored; `str()` is the sentence for the person who typed it."""


def clean_text(raw: str, *, limit: int) -> str:
    """`raw` in NFC with plain line breaks and no space around it; raises BadText."""
    text = normalise_text(raw).strip(" \n\t")
    _refuse_odd_characters(text)
    if len(text) > limit:
        raise BadText(_too_long(len(text) - limit, limit))
    return text


def clean_line(raw: str, *, limit: int = NAME_LIMIT) -> str:
    """The same for one line: line breaks and tabs become spaces."""
    return " ".join(clean_text(raw, limit=limit).split())


def _refuse_odd_characters(text: str) -> None:
    odd = unsupported_character(text)
    if odd:
        sentence = gettext(
            "The text contains a character that cannot be kept (U+%(code)s). "
            "Delete it and save again."
        )
        raise BadText(sentence % {"code": odd})


def _too_long(over: int, limit: int) -> str:
    return ngettext(
        "The text may have at most %(limit)d characters. It is %(over)d character too long.",
        "The text may have at most %(limit)d characters. It is %(over)d characters too long.",
        over,
    ) % {"limit": limit, "over": over}
