"""Lengths of a translation: of a text beside its source, and of its sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.languages.bank import Fault, name
from tools.languages.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.languages.bank import Texts

LONG_ENOUGH = 40
SHORTEST, LONGEST = 0.6, 1.8
MOST_WORDS = {"label": 8, "short": 5}
SENTENCE = re.compile(r"(?<=[.?!])\s+|\n")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def length_faults(source: Texts, target: Texts) -> Iterator[Fault]:
    """Texts of less than 0.6 or more than 1.8 of the source, and names of too many words."""
    for place, text in target.items():
        share = len(text) / len(source[place])
        if len(source[place]) >= LONG_ENOUGH and not SHORTEST <= share <= LONGEST:
            yield Fault(name(place), "length", f"{share:.2f} of its source: {text}")
        most = MOST_WORDS.get(place.field.rpartition(".")[2])
        if place.kind == "questions" and most and len(text.split()) > most:
            yield Fault(name(place), "length", f"more than {most} words: {text}")


def sentence_lengths(texts: Texts) -> list[tuple[int, str, str]]:
    """The words of every sentence, with its place."""
    return [
        (len(WORD.findall(sentence)), name(place), sentence)
        for place, text in texts.items()
        if place.field != "forms"
        for sentence in SENTENCE.split(text)
        if sentence.strip()
    ]


def sentence_faults(language: str, texts: Texts) -> Iterator[Fault]:
    """Each sentence of more words than the language allows."""
    for count, place, sentence in sentence_lengths(texts):
        if count > rules()[language].longest_sentence:
            yield Fault(place, "sentence", f"{count} words: {sentence}")
