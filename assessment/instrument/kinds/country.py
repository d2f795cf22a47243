"""A country by its code (ISO 3166 alpha-2); which ones are offered, the regions say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessment.instrument.answers import BadAnswer
from assessment.instrument.kinds.kind import Kind
from assessment.instrument.kinds.parse import describe_value

if TYPE_CHECKING:
    from assessment.instrument.answers import Value
    from assessment.instrument.model import Question

CODE = re.compile(r"[A-Z]{2}")


class CountryKind(Kind):
    name = "country"
    field = "country"

    def read(self, question: Question, raw: object) -> Value:
        if not isinstance(raw, str) or not CODE.fullmatch(raw):
            raise BadAnswer("unknown_country", country=describe_value(raw))
        return raw

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return (str(value),)
