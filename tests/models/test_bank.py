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


def refused(row: Model) -> bool:
    """Whether the database itself refuses to keep the row."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def test_edition_is_named_by_number_name_and_state(edition: Edition, draft: Edition) -> None:
    assert str(edition) == f"{edition.number}: Second edition (published)"
    assert str(draft) == f"Draft {draft.pk}: Second edition (begun 2 Nov 2026)"


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


def test_edition_is_published_only_with_number_and_hash(edition: Edition) -> None:
    table: list[dict[str, Any]] = [
        {"published_at": None},
        {"number": None},
        {"content_hash": ""},
        {"state": Edition.State.DRAFT},
    ]

    def changed(columns: dict[str, Any]) -> Edition:
        row = Edition.objects.get(pk=edition.pk)
        for name, value in columns.items():
            setattr(row, name, value)
        return row

    assert [columns for columns in table if not refused(changed(columns))] == []


def test_part_is_named_by_its_code(edition: Edition) -> None:
    parts = [model.objects.filter(edition=edition)[0] for model in PART_MODELS]

    assert [str(part) for part in parts] == [part.code for part in parts]


def test_part_is_changed_in_a_draft_alone(edition: Edition, draft: Edition) -> None:
    """Without an edition it is for the field of the edition to refuse."""
    for model in PART_MODELS:
        raised(ValidationError, model.objects.filter(edition=edition)[0].clean)
        model(edition=draft, code="NEW").clean()
        model().clean()


def test_part_has_a_code_that_stands_once_in_its_edition(edition: Edition) -> None:
    def taken(model: type[Any]) -> Any:
        first, second = model.objects.filter(edition=edition)[:2]
        second.code = first.code
        return second

    assert [model for model in PART_MODELS if not refused(taken(model))] == []


def test_option_has_a_value_that_stands_once_in_its_question(edition: Edition) -> None:
    first, second = Question.objects.filter(edition=edition, code="PC1")[0].options.all()[:2]
    second.value = first.value

    assert refused(second)


def test_case_reading_is_an_interval_of_levels(edition: Edition) -> None:
    reading = CaseReading.objects.filter(case__edition=edition)[0]
    reading.low, reading.high = 3, 2
    assert refused(reading)

    reading.low, reading.high = 0, 5
    assert refused(reading)


def test_rows_below_a_part_are_named_by_it(edition: Edition) -> None:
    option = Option.objects.filter(question__edition=edition)[0]
    reading = CaseReading.objects.filter(case__edition=edition)[0]
    variant = RuleVariant.objects.filter(rule__edition=edition)[0]

    assert [str(option), str(reading), str(variant)] == [
        f"{option.question_id}/{option.value}",
        f"{reading.case_id}/{reading.dimension.code}",
        f"{variant.rule_id}/{variant.position}",
    ]
