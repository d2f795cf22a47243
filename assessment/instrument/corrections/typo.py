"""Whether a text is another only by its letters: word by word, and nothing that carries meaning."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from assessment.instrument.corrections.protected_words import (
    PREFIXES,
    confusable_words,
    protected_words,
)

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NUMBER = re.compile(r"(?<![\w])[-\N{MINUS SIGN}]?\d+(?:[.,:/]\d+)*|\d+")
NEGATED = ("n't", "n’t")
LONGEST_WORD = 60
SHORT_WORD = 4
"""Words of so many letters or fewer may differ in one place, longer ones in two."""


def is_typo(old: str, new: str, language: str = "en") -> bool:
    """Whether `new` can only be read as `old` was meant.

    Numbers, signs and the protected words stay; other words may differ in a letter or two; a
    word may go where it stood twice, and two that were run together may part. Punctuation, accents,
    capitals and white space are free.
    """
    before, after = _words(old), _words(new)
    return (
        bool(new)
        and NUMBER.findall(old) == NUMBER.findall(new)
        and _signs(old) == _signs(new)
        and _protected_in(before, language) == _protected_in(after, language)
        and _match(before, after, confusable_words(language))
    )


def _words(text: str) -> list[str]:
    return [_plain(word) for word in WORD.findall(text)]


def _plain(word: str) -> str:
    """In small letters and without accents, which are no other words."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _signs(text: str) -> list[str]:
    """What is neither letter nor punctuation: %, <, +, €."""
    return [sign for sign in text if sign in "%‰#&@*" or unicodedata.category(sign)[0] == "S"]


def _protected_in(words: list[str], language: str) -> list[str]:
    """The words that must stay, those that stand twice in a row once."""
    protected = protected_words(language)
    single = [w for before, w in pairwise(["", *words]) if w != before]
    return [word for word in single if word in protected or word.endswith(NEGATED)]


def _match(before: list[str], after: list[str], confusable: frozenset[str]) -> bool:
    """Whether each word has its match, in the same order."""
    old = new = 0
    while old < len(before):
        parted = after[new : new + 2]
        if new < len(after) and _fits(before[old], after[new], confusable):
            new += 1
        elif len(parted) > 1 and before[old] == "".join(parted):
            new += 2
        elif old == 0 or before[old] != before[old - 1]:
            return False
        old += 1
    return new == len(after)


def _fits(old: str, new: str, confusable: frozenset[str]) -> bool:
    if old == new:
        return True
    if (old in confusable and new in confusable) or _turns_round(old, new):
        return False
    if max(len(old), len(new)) > LONGEST_WORD:
        return False
    places = 1 if min(len(old), len(new)) <= SHORT_WORD else 2
    return _other_letters(old, new) <= places and _distance(old, new) <= places


def _turns_round(old: str, new: str) -> bool:
    short, long = sorted((old, new), key=len)
    return any(long == prefix + short for prefix in PREFIXES)


def _other_letters(old: str, new: str) -> int:
    first, second = Counter(old), Counter(new)
    return sum(((first - second) + (second - first)).values())


def _distance(old: str, new: str) -> int:
    """Letters added, left out, changed or exchanged with their neighbour."""
    rows = [list(range(len(new) + 1))]
    for i, letter in enumerate(old, 1):
        row = [i]
        for j, other in enumerate(new, 1):
            costs = [rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other)]
            if i > 1 and j > 1 and (letter, old[i - 2]) == (new[j - 2], other):
                costs.append(rows[-2][j - 2] + 1)
            row.append(min(costs))
        rows.append(row)
    return rows[-1][-1]
