"""The condition language of questions and rules: parse, check, evaluate, explain."""

from __future__ import annotations

from assessment.method.checking import ANSWER_FAMILIES, check
from assessment.method.evaluation import AnyOf, Fact, Facts, Span, evaluate, explain, names
from assessment.method.grammar import Condition, ConditionError, parse

__all__ = [
    "ANSWER_FAMILIES",
    "AnyOf",
    "Condition",
    "ConditionError",
    "Fact",
    "Facts",
    "Span",
    "check",
    "evaluate",
    "explain",
    "names",
    "parse",
]
