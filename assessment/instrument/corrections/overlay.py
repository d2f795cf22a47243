"""Typing errors put right in published texts: laid over them, content and hash stay."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from assessment.instrument.model import Instrument
from assessment.instrument.texts import hash_of_text, map_texts, texts_of
from assessment.instrument.translation import FallbackText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import TranslatedInstrument


@dataclass(frozen=True, kw_only=True)
class CorrectedInstrument(Instrument):
    """An instrument with other letters; its content, and so its hash, is that of the original."""

    original: Instrument

    @cached_property
    def content_hash(self) -> str:
        return self.original.content_hash

    @cached_property
    def texts_hash(self) -> str:
        words = (json.dumps([*place, text]) for place, text in texts_of(self).items())
        return hash_of_text("\n".join([self.content_hash, *words]))


def with_corrections(instrument: Instrument, texts: Mapping[TextKey, str]) -> CorrectedInstrument:
    """`instrument` with `texts` in their places."""
    changed = map_texts(instrument, texts.get)
    own = {field.name: getattr(changed, field.name) for field in fields(Instrument)}
    return CorrectedInstrument(**own, original=instrument)


def with_corrected_translations(
    overlay: TranslatedInstrument, texts: Mapping[TextKey, str], translated: Mapping[TextKey, str]
) -> Instrument:
    """A translation: `texts` where it shows those of the source, else what is `translated`."""

    def corrected(place: TextKey, text: str) -> str:
        if place not in overlay.fallbacks:
            return translated.get(place, text)
        return FallbackText(texts[place], overlay.language_of(place)) if place in texts else text

    return map_texts(overlay, corrected)
