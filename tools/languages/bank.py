"""The texts that are checked: the bank of `seeds/` and its translations."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from assessment.instrument.seeds import read_seeds
from assessment.instrument.texts import TextKey, texts_of
from assessment.interchange.seed_texts import read_seed_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import Translation

LEVEL = re.compile(r"options\.([0-4])\.text")
NARROW = str.maketrans({"\u00a0": " ", "\u202f": " "})

Texts: TypeAlias = "Mapping[TextKey, str]"


class Fault(NamedTuple):
    """What is wrong with one text, in words for whoever mends it."""

    place: str
    check: str
    what: str


@cache
def bank() -> Instrument:
    return read_seeds()


@cache
def sources() -> Texts:
    return texts_of(bank())


@cache
def translations() -> Mapping[str, Mapping[TextKey, Translation]]:
    """Of every language and country, read once: it takes a second."""
    return read_seed_texts(bank())


@cache
def targets(language: str) -> Texts:
    """Every text in the language, with plain spaces where it has hard ones.

    In the words of a country only what it says otherwise.
    """
    made = translations()[language]
    return {place: one.text.translate(NARROW) for place, one in made.items()}


def in_country(variant: str) -> tuple[Texts, Texts]:
    """What a country says otherwise, with the rest of the same objects and the glossary.

    The sources, and the texts as they are read there.
    """
    own = targets(variant)
    laid = {**targets(variant.partition("-")[0]), **own}
    codes = {place.code for place in own}
    near = {at: text for at, text in laid.items() if at.code in codes or at.kind == "terms"}
    return {place: sources()[place] for place in near}, near


def name(place: TextKey) -> str:
    return f"{place.kind}/{place.code}/{place.field}"


def ladders(texts: Texts) -> dict[str, list[str]]:
    """The five sentences of each level question, lowest first."""
    found: dict[str, dict[int, str]] = {}
    for place, text in texts.items():
        if place.kind == "questions" and (level := LEVEL.fullmatch(place.field)):
            found.setdefault(place.code, {})[int(level[1])] = text
    return {
        code: [levels[step] for step in range(5)]
        for code, levels in found.items()
        if len(levels) == 5
    }
