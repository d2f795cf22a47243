"""Typing errors put right in published texts: laid over them, content and hash stay."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from assessment.method.instrument import Instrument
from assessment.method.translation import Borrowed, changed_texts, hash_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.method.translation import Laid, Place

# A typing error leaves nearly everything as it stands.
KEPT_SHARE = 0.8
NUMBERS = re.compile("[0-9]+")
WORDS = re.compile(r"\w+")
NEGATIONS = frozenset({"no", "not", "never", "none", "nor", "without", "cannot"})


@dataclass(frozen=True, kw_only=True)
class Corrected(Instrument):
    """An instrument with other letters; its content, and so its hash, is that of the original."""

    original: Instrument

    @cached_property
    def content_hash(self) -> str:
        return self.original.content_hash

    @cached_property
    def texts_hash(self) -> str:
        words = (json.dumps([*place, text]) for place, text in texts_of(self).items())
        return hash_of("\n".join([self.content_hash, *words]))


def correct(instrument: Instrument, texts: Mapping[Place, str]) -> Corrected:
    """`instrument` with `texts` in their places."""
    changed = changed_texts(instrument, texts.get)
    own = {field.name: getattr(changed, field.name) for field in fields(Instrument)}
    return Corrected(**own, original=instrument)


def correct_borrowed(laid: Laid, texts: Mapping[Place, str]) -> Instrument:
    """A translation, corrected where it shows the texts of the source."""

    def corrected(place: Place, text: str) -> str:
        if place not in texts or place not in laid.borrowed:
            return text
        return Borrowed(texts[place], laid.language_of(place))

    return changed_texts(laid, corrected)


def is_typing_error(old: str, new: str) -> bool:
    """Whether `new` can only be read as `old` was meant: same numbers, same negations."""
    if not new or NUMBERS.findall(old) != NUMBERS.findall(new):
        return False
    if _negations(old) != _negations(new):
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= KEPT_SHARE


def _negations(text: str) -> list[str]:
    return [word for word in WORDS.findall(text.lower()) if word in NEGATIONS]
