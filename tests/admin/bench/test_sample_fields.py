"""A question as a plain field: chosen among its options, or written."""

from __future__ import annotations

from typing import Any

from django import forms

from assessment.admin.bench.sample_fields import PlainSelect, answer_field
from assessment.instrument.model import Option, Question

OPTIONS = (Option("0", "Never."), Option("1", "Often."))


def offered(kind: str, **more: Any) -> tuple[type[forms.Widget], list[Any]]:
    """How the question is asked, and the values that can be chosen."""
    widget = answer_field(Question("Q1", kind, "How often?", dimension="PC", **more)).widget
    return type(widget), [value for value, _words in getattr(widget, "choices", ())]


def test_question_is_written_chosen_or_ticked() -> None:
    """“I do not know” can always be chosen, “does not apply” where the question allows it."""
    one = ["", "0", "1", "dont_know"]

    assert offered("number") == (forms.TextInput, [])
    assert offered("choice", options=OPTIONS) == (PlainSelect, one)
    assert offered("choice", options=OPTIONS, not_applicable=True) == (
        PlainSelect,
        [*one, "not_applicable"],
    )
    assert offered("multi", options=OPTIONS) == (forms.CheckboxSelectMultiple, one[1:])
