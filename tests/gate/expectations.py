"""What holds of every page and every result, whatever the bank and its thresholds are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of
from tests.gate.given_answers import LOWEST

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Scale
    from assessment.method.result import DimensionResult, Result

LEFT_BRACES = re.compile(r"\{[A-Za-z0-9_ ]*\}|%\([a-z_]+\)s")
NAMED = re.compile(r"<(h[1-6]|legend|dt|caption|a)\b[^>]*>(.*?)</\1>", re.DOTALL)
"""What names something, and is read out by itself."""
NO_WORD = re.compile(r"<[^>]*>|&[a-z]+;|[\W\d_]")
FOR_SCRIPTS = re.compile(r'data-[a-z-]+="[^"]*"')
SPAN = re.compile(r"(\d+) to below (\d+)")
LEGEND = re.compile(r"at most level “(.*?)”.*?level “(.*?)” or more")


def require_words(where: str, html: str) -> None:
    """No placeholder is left, and nothing that has a name goes without."""
    left = LEFT_BRACES.findall(FOR_SCRIPTS.sub("", html))
    assert not left, (where, left)
    bare = [tag for tag, inside in NAMED.findall(html) if not NO_WORD.sub("", inside)]
    assert not bare, (where, "without words", bare)


def require_ordered_levels(bank: Instrument, page: str) -> None:
    """As the report explains them: one above the other, each with a name of its own."""
    for low, high in SPAN.findall(page):
        assert int(low) < int(high), (low, high)
    labels = bank.scale.labels
    assert len(set(labels)) == 5, f"levels that are called alike: {labels}"
    for low, high in LEGEND.findall(page):
        assert labels.index(low) < labels.index(high), (low, high)


def require_sound_result(bank: Instrument, style: str, result: Result) -> None:
    for code, questions in bank.questions_of.items():
        statuses = [result.items[q.code].status for q in questions if q.scored]
        if set(statuses) == {"answered"}:
            enough = len(statuses) >= bank.scale.minimum_questions
            assert result.dimensions[code].settled or not enough, code
    for code, item in result.items.items():
        question = bank.question[code]
        assert item.score is None or 0 <= item.score <= 100, item
        if style == LOWEST and kind_of(question).several and question.options[-1].exclusive:
            assert not item.score, f"nothing of all was chosen, and counts: {item}"
    for found in result.dimensions.values():
        require_sound_level(bank.scale, found)


def require_sound_level(scale: Scale, found: DimensionResult) -> None:
    assert found.score is None or 0 <= found.score <= 100, found
    if found.settled and found.score == 100:
        assert (found.level, found.limited_by) == (4, ()), found
    if found.settled and found.score == 0:
        assert found.level == 0, found
    is_strength = (found.level or 0) >= scale.strength_level
    assert not (is_strength and found.direction == "low"), found
