"""Typing errors put right in published texts: laid over them, content and hash stay."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from assessment.instrument.model import Instrument
from assessment.instrument.translation import Borrowed, changed_texts, hash_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.translation import Laid, Place


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


def correct_laid(
    laid: Laid, texts: Mapping[Place, str], translated: Mapping[Place, str]
) -> Instrument:
    """A translation: `texts` where it shows those of the source, else what is `translated`."""

    def corrected(place: Place, text: str) -> str:
        if place not in laid.borrowed:
            return translated.get(place, text)
        return Borrowed(texts[place], laid.language_of(place)) if place in texts else text

    return changed_texts(laid, corrected)
