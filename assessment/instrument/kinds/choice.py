"""One option of several, without points: facts of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.kinds.kind import Kind
from assessment.instrument.kinds.parse import option_value, option_words
from assessment.instrument.validation.issues import issues_unless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.answers import Value
    from assessment.instrument.model import Question
    from assessment.instrument.validation.issues import Issue

TWO_OPTIONS = "It needs two options or more."


class ChoiceKind(Kind):
    name = "choice"
    field = "one_option"

    def read(self, question: Question, raw: object) -> Value:
        return option_value(question, raw)

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return option_words(question, value)

    def validate(self, question: Question) -> Iterator[Issue]:
        return issues_unless(question.code, (len(question.options) > 1, "kind", TWO_OPTIONS))
