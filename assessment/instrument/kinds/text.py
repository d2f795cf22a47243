"""Own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.answers import BadAnswer
from assessment.instrument.kinds.kind import Kind
from assessment.instrument.plain_text import excess_length, normalise_text, unsupported_character

if TYPE_CHECKING:
    from assessment.instrument.answers import Value
    from assessment.instrument.model import Question

LONGEST_TEXT = 4000


class TextKind(Kind):
    name = "text"
    field = "text"
    free_text = True

    def read(self, question: Question, raw: object) -> Value:
        if not isinstance(raw, str):
            raise BadAnswer("not_text", question=question.code)
        text = normalise_text(raw).strip()
        if not text:
            raise BadAnswer("empty", question=question.code)
        if odd := unsupported_character(text):
            where = {"character": odd.name, "near": odd.near}
            raise BadAnswer("odd_character", question=question.code, **where)
        if (over := excess_length(raw, text, LONGEST_TEXT)) > 0:
            raise BadAnswer("too_long", question=question.code, longest=LONGEST_TEXT, over=over)
        return text

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return (str(value),)
