"""A question as a plain field: chosen among its options, or written."""

from __future__ import annotations

from typing import Any

from django import forms

from assessment.admin.bench.sample_fields import answer_field
from assessment.instrument.model import Option, Question

OPTIONS = (Option("0", "Never."), Option("1", "Often."))


def field(kind: str, **more: Any) -> forms.Field:
    return answer_field(Question("Q1", kind, "How often?", dimension="PC", **more))


def values(found: forms.Field) -> list[Any]:
    widget: Any = found.widget
    return [value for value, _words in widget.choices]


def test_question_without_options_is_written() -> None:
    assert isinstance(field("number").widget, forms.TextInput)


def test_dont_know_can_always_be_chosen() -> None:
    assert values(field("choice", options=OPTIONS)) == ["", "0", "1", "dont_know"]


def test_does_not_apply_can_be_chosen_where_the_question_allows_it() -> None:
    found = field("choice", options=OPTIONS, not_applicable=True)

    assert values(found)[-2:] == ["dont_know", "not_applicable"]


def test_several_options_are_ticked() -> None:
    found = field("multi", options=OPTIONS)

    assert isinstance(found.widget, forms.CheckboxSelectMultiple)
    assert values(found) == ["0", "1", "dont_know"]
