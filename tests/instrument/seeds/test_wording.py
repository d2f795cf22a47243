"""What holds for every text that people read in the real bank."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from assessment.instrument.translation import first_and_further

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument

PAIR = re.compile(
    r"\bboth (?:\w+ and \w+ )?(?:programme|ministr|institution|director)", re.IGNORECASE
)

SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z“])")
LONGEST_SENTENCE = 25
MEDIAN_SENTENCE = 14


def advice_of(bank: Instrument) -> Iterator[tuple[str, str]]:
    for dimension in bank.dimensions:
        yield from ((dimension.code, text) for text in dimension.advice)
    for rule in bank.rules:
        own = (rule.title, rule.text, rule.actor, rule.first_step, rule.needs)
        other = (text for v in rule.variants for text in (v.text, v.first_step, v.needs))
        yield from ((rule.code, text) for text in (*own, *other))


def sentences_of(text: str) -> list[str]:
    """Of a text; a line that stands for itself is one, and an abbreviation ends none."""
    return [part for line in text.splitlines() for part in SENTENCE_END.split(line) if part.strip()]


def texts_of_advice(bank: Instrument) -> Iterator[tuple[str, str]]:
    """All that says what to do or what the answers look like, with what it stands under."""
    yield from advice_of(bank)
    for question in bank.questions:
        steps = (question.step_low, question.step_high, *(o.step for o in question.options))
        yield from ((question.code, text) for text in steps)
    for package in bank.packages:
        yield from ((package.code, text) for text in (package.title, package.text))
    for pattern in bank.patterns:
        yield from ((pattern.code, text) for text in (pattern.title, pattern.text))


def test_wording_of_advice_is_short(bank: Instrument) -> None:
    """At most 25 words a sentence, and half of them at most 14."""
    lengths = [
        (len(sentence.split()), code, sentence)
        for code, text in texts_of_advice(bank)
        for sentence in sentences_of(text)
    ]

    assert [found for found in lengths if found[0] > LONGEST_SENTENCE] == []
    assert median(words for words, _code, _sentence in lengths) <= MEDIAN_SENTENCE


def test_wording_has_no_word_that_does_not_belong_there_and_help_starts_short(
    bank: Instrument,
) -> None:
    """Advice holds for any number of programmes, a summary leaves the findings to the report."""
    told = re.compile(r"\b(?:documents?|cases?|found|brief|Barrantes)\b", re.IGNORECASE)
    first = {q.code: first_and_further(q.help)[0] for q in bank.questions}

    assert [(code, text) for code, text in advice_of(bank) if PAIR.search(text)] == []
    assert [d.code for d in bank.dimensions if told.search(d.summary)] == []
    assert {code: hint for code, hint in first.items() if len(hint) > 110 or ". " in hint} == {}
