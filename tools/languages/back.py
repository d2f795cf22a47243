"""Levels in their order and with their negations, by translating them back to English.

A back-translation is bad English and a good signal: four letters in a row that it shares with a
source tell which source it was made from. Of all 120 orders of the five levels the one that was
written must be the nearest. A negation counts as lost only where neither the back-translation nor
the words of the language show it, since Apertium loses some of its own.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from tools.languages.bank import Fault, ladders
from tools.languages.programs import through
from tools.languages.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.languages.bank import Texts

LENGTH = 4
NEARER = 0.01  # by which another order has to be nearer


def shares(text: str) -> Counter[str]:
    """The runs of four letters, over the ends of words."""
    letters = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    return Counter(letters[start : start + LENGTH] for start in range(len(letters) - LENGTH + 1))


def likeness(one: str, other: str) -> float:
    """From 0, nothing shared, to 1."""
    first, second = shares(one), shares(other)
    return 2 * (first & second).total() / (first.total() + second.total())


def grid(said: Sequence[str], source: Sequence[str]) -> list[list[float]]:
    return [[likeness(line, level) for level in source] for line in said]


def back(language: str, texts: Texts) -> dict[str, list[str]]:
    """The ladders in English as Apertium says them."""
    written = ladders(texts)
    lines = tuple(line for levels in written.values() for line in levels)
    said = iter(through(lines, rules()[language].back))
    return {code: list(itertools.islice(said, 5)) for code in written}


def order_faults(language: str, source: Texts, target: Texts) -> Iterator[Fault]:
    """Each question of which another order of the levels is nearer to the source."""
    levels = ladders(source)
    for code, said in back(language, target).items():
        likely = grid(said, levels[code])
        nearest = max(
            itertools.permutations(range(5)),
            key=lambda order: sum(likely[step][order[step]] for step in range(5)),
        )
        gain = sum(likely[step][nearest[step]] - likely[step][step] for step in range(5))
        if gain > NEARER:
            yield Fault(f"questions/{code}", "order", f"reads as the levels {nearest}: {said}")


def negated(text: str, words: tuple[str, ...]) -> bool:
    return re.search(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", text, re.IGNORECASE) is not None


def polarity_faults(language: str, source: Texts, target: Texts) -> Iterator[Fault]:
    """Each level that says no where its source does not, or the other way round."""
    known, own, english = (
        rules()[language].polarity,
        rules()[language].negations,
        rules()["en"].negations,
    )
    written, levels = ladders(target), ladders(source)
    for code, said in back(language, target).items():
        for step in range(5):
            meant = negated(levels[code][step], english)
            found = {negated(said[step], english), negated(written[code][step], own)}
            if meant not in found and f"{code}.{step}" not in known:
                yield Fault(
                    f"questions/{code}/options.{step}.text",
                    "polarity",
                    f"{'loses' if meant else 'adds'} a negation: {written[code][step]}",
                )
