"""All checks of one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.languages.back import order_faults, polarity_faults
from tools.languages.bank import Fault, name
from tools.languages.lengths import length_faults, sentence_faults
from tools.languages.words import (
    forbidden_faults,
    glossary_faults,
    language_faults,
    spelling_faults,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.languages.bank import Texts


def faults(language: str, source: Texts, target: Texts) -> Iterator[Fault]:
    """Everything wrong with the language; a text that is not there ends the rest."""
    absent = [place for place in source if place not in target]
    yield from (Fault(name(place), "missing", "not translated") for place in absent)
    if absent:
        return
    yield from length_faults(source, target)
    yield from sentence_faults(language, target)
    yield from forbidden_faults(language, target)
    yield from glossary_faults(language, source, target)
    yield from spelling_faults(language, target)
    yield from language_faults(language, target)
    yield from order_faults(language, source, target)
    yield from polarity_faults(language, source, target)
