from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assessment.actions.editions.order import add_part, reorder_parts, resequence_parts
from assessment.models import Edition, Question, Term
from assessment.models.editions import NotADraft
from tests.admin.small_bank import freeze, make_dimension, make_edition
from tests.bank_fixtures import empty_bank_tables
from tests.tables import raised, undone


@pytest.fixture
def draft(db: None) -> Edition:
    empty_bank_tables()
    return make_edition("Second edition")


def order(edition: Edition) -> list[tuple[str, int]]:
    return list(edition.question_set.order_by("position").values_list("code", "position"))


def add_question(edition: Edition, dimension: str) -> None:
    own = edition.dimension_set.get(code=dimension)
    add_part(part=Question(edition=edition, code="X1", kind="text", text="?", dimension=own))


def test_new_part_stands_first_or_last_and_a_question_behind_its_dimension(draft: Edition) -> None:
    table: dict[str, list[str]] = {
        "TG": ["TG1", "TG2", "X1", "TG3"],
        "BI": ["TG1", "TG2", "TG3", "X1"],
        "HC": ["TG1", "TG2", "TG3", "X1"],
    }
    bi = draft.dimension_set.get(code="BI")
    draft.question_set.filter(code="TG3").update(dimension=bi)
    make_dimension(draft, "HC", 2)

    def order_with(dimension: str) -> list[tuple[str, int]]:
        with undone():
            add_question(draft, dimension)
            return order(draft)

    assert {dimension: order_with(dimension) for dimension in table} == {
        dimension: [(code, place) for place, code in enumerate(expected)]
        for dimension, expected in table.items()
    }
    add_part(part=Term(edition=draft, code="T1", term="grant", text="Money."))
    assert Term.objects.get().position == 0


WRITES: list[Callable[[Edition], Any]] = [
    lambda edition: add_question(edition, "TG"),
    lambda edition: reorder_parts(model=Question, edition=edition, places={}),
    lambda edition: resequence_parts(model=Question, edition=edition, sequence=[]),
]


def test_order_of_published_edition_stays(draft: Edition) -> None:
    freeze(draft)

    for write in WRITES:
        raised(NotADraft, write, draft)

    assert order(draft) == [("TG1", 0), ("TG2", 1), ("TG3", 2)]
