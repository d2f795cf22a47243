"""Copy the rows of an edition into a draft inside the database: a query a table, for any number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import OuterRef, Subquery, Value

from assessment.models import (
    CaseReading,
    EditionLanguage,
    Option,
    RuleVariant,
    Translation,
)
from assessment.models.bank import PART_MODELS
from assessment.models.editions import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from assessment.models import Edition

CHILD_MODELS: tuple[tuple[type[Any], str], ...] = (
    (Option, "question"),
    (CaseReading, "case"),
    (RuleVariant, "rule"),
)
TEXT_MODELS: tuple[type[Any], ...] = (EditionLanguage, Translation)


def copy_rows(*, edition: Edition, draft: Edition) -> None:
    """Every part with what belongs to it and every translation; the caller holds the transaction.

    Rows keep their order, and name the draft's own rows where they named those of the edition.
    """
    for model in (*PART_MODELS, *TEXT_MODELS):
        _copy(model.objects.filter(edition=edition).order_by(*_order(model)), draft)
    for child, parent in CHILD_MODELS:
        rows = child.objects.filter(**{f"{parent}__edition": edition})
        _copy(rows.order_by(*_order(child)), draft)
    for near, through, where in _links():
        _copy(through.objects.filter(**{f"{near}__{where}": edition}).order_by("pk"), draft)


def _order(model: type[Any]) -> tuple[str, ...]:
    names = {field.name for field in model._meta.concrete_fields}
    return ("position", "pk") if "position" in names else ("pk",)


def _links() -> Iterator[tuple[str, type[Any], str]]:
    """Each table between two parts: the field of the part that holds the list, the table itself."""
    holders: list[tuple[type[Any], str]] = [(part, "edition") for part in PART_MODELS]
    holders.append((CaseReading, "case__edition"))
    for holder, where in holders:
        for field in holder._meta.local_many_to_many:
            yield field.m2m_field_name(), field.remote_field.through, where


def _copy(rows: QuerySet[Any], draft: Edition) -> None:
    columns = [field for field in rows.model._meta.concrete_fields if not field.primary_key]
    new = {
        f"new_{field.name}": _counterpart(field, draft) for field in columns if field.is_relation
    }
    names = [f"new_{f.name}" if f.is_relation else f.attname for f in columns]
    sql, params = rows.annotate(**new).values_list(*names).query.sql_with_params()
    quote = connection.ops.quote_name
    into = ", ".join(quote(field.column) for field in columns)
    table = quote(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        # Names of our own tables and columns; every value is a parameter.
        cursor.execute(f"INSERT INTO {table} ({into}) {sql}", params)


def _counterpart(field: Any, draft: Edition) -> Any:
    """The draft itself, or its row that stands for the one named here."""
    to: Any = field.remote_field.model
    if issubclass(to, Part):
        return Subquery(
            to.objects.filter(edition=draft, code=OuterRef(f"{field.name}__code"))
            .order_by()
            .values("pk")
        )
    if to is CaseReading:
        same = {
            "case__code": OuterRef(f"{field.name}__case__code"),
            "dimension__code": OuterRef(f"{field.name}__dimension__code"),
        }
        rows = CaseReading.objects.filter(case__edition=draft, **same)
        return Subquery(rows.order_by().values("pk"))
    return Value(draft.pk)
