from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment.models import CaseReading, Edition, Option, Question, RuleVariant
from assessment.models.bank import PART_MODELS
from tests.factories import NOW
from tests.tables import raised

if TYPE_CHECKING:
    from django.db.models import Model


@pytest.fixture
def draft(edition: Edition) -> Edition:
    """An empty draft beside the published edition."""
    return Edition.objects.create(name=edition.name, scale=edition.scale, created_at=NOW)


def refused(row: Model, columns: dict[str, Any]) -> bool:
    """Whether the database itself refuses to keep the row with these columns."""
    for name, value in columns.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def test_editions_parts_and_what_stands_below_them_are_named(
    edition: Edition, draft: Edition
) -> None:
    parts = [model.objects.filter(edition=edition)[0] for model in PART_MODELS]
    option = Option.objects.filter(question__edition=edition)[0]
    reading = CaseReading.objects.filter(case__edition=edition)[0]
    variant = RuleVariant.objects.filter(rule__edition=edition)[0]

    assert [str(row) for row in (edition, draft, *parts, option, reading, variant)] == [
        f"{edition.number}: Second edition (published)",
        f"Draft {draft.pk}: Second edition (begun 2 Nov 2026)",
        *(part.code for part in parts),
        f"{option.question_id}/{option.value}",
        f"{reading.case_id}/{reading.dimension.code}",
        f"{variant.rule_id}/{variant.position}",
    ]


def test_current_edition_is_the_published_one_with_the_highest_number(
    edition: Edition, draft: Edition
) -> None:
    newer = Edition.objects.create(
        number=(edition.number or 0) + 1,
        name="Second edition",
        state=Edition.State.PUBLISHED,
        scale={},
        content_hash="f" * 64,
        created_at=NOW,
        published_at=NOW,
    )

    assert Edition.objects.current() == newer


def test_database_refuses_rows_of_the_bank_that_cannot_be(edition: Edition) -> None:
    """An edition is published with all it needs, codes stand once, and a reading is an interval."""
    options = Question.objects.filter(edition=edition, code="PC1")[0].options.all()
    readings = CaseReading.objects.filter(case__edition=edition)

    def of_parts(model: type[Any]) -> tuple[Any, dict[str, Any]]:
        first, second = model.objects.filter(edition=edition)[:2]
        return second, {"code": first.code}

    table: list[tuple[Any, dict[str, Any]]] = [
        (Edition.objects.get(), {"published_at": None}),
        (Edition.objects.get(), {"number": None}),
        (Edition.objects.get(), {"content_hash": ""}),
        (Edition.objects.get(), {"state": Edition.State.DRAFT}),
        *map(of_parts, PART_MODELS),
        (options[1], {"value": options[0].value}),
        (readings[0], {"low": 3, "high": 2}),
        (readings[0], {"low": 0, "high": 5}),
    ]

    assert [(row, columns) for row, columns in table if not refused(row, columns)] == []


def test_part_is_changed_in_a_draft_alone(edition: Edition, draft: Edition) -> None:
    """Without an edition it is for the field of the edition to refuse."""
    for model in PART_MODELS:
        raised(ValidationError, model.objects.filter(edition=edition)[0].clean)
        model(edition=draft, code="NEW").clean()
        model().clean()
