"""Readers of what people answered and were given, and of the people who work on the bank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.upgrade.tables import Reader, Table, rows_of, table

if TYPE_CHECKING:
    from django.apps.registry import Apps


def schemes(models: Apps) -> Table:
    return table(
        rows_of(models, "Scheme"),
        ("uuid",),
        *("name", "country", "region", "stage", "programmes", "arrangement", "intention"),
        *("stronger", "created_at"),
    )


def programmes(models: Apps) -> Table:
    key = ("scheme__uuid", "position")
    return table(rows_of(models, "Programme"), key, "name", "institution", "sector")


def responses(models: Apps) -> Table:
    return table(
        rows_of(models, "Response"),
        ("uuid",),
        *("edition__name", "scheme__uuid", "tier", "sector", "language", "secret_hash"),
        *("notice", "demo", "created_at", "submitted_at", "result__uuid", "supersedes__uuid"),
        "reopened_because",
    )


def answers(models: Apps) -> Table:
    key = ("response__uuid", "code")
    names = ("status", "value", "note", "revision", "updated_at")
    return table(rows_of(models, "Answer"), key, *names)


def section_states(models: Apps) -> Table:
    return table(rows_of(models, "SectionState"), ("response__uuid", "section"), "completed")


def results(models: Apps) -> Table:
    return table(
        rows_of(models, "Result"),
        ("uuid",),
        *("edition__name", "edition_hash", "method_version", "content", "content_hash"),
        "created_at",
    )


def dimension_scores(models: Apps) -> Table:
    key = ("result__uuid", "dimension")
    names = ("score", "low", "high", "level", "sufficient")
    return table(rows_of(models, "DimensionScore"), key, *names)


def translator_languages(models: Apps) -> Table:
    return table(rows_of(models, "TranslatorLanguage"), ("user__username", "language"))


def uploads(models: Apps) -> Table:
    """Bytes as such: PostgreSQL gives a view of the memory they stand in."""
    names = ("user__username", "edition__name", "name", "content", "created_at")
    found = table(rows_of(models, "Upload"), ("id",), *names)
    return {key: {**row, "content": bytes(row["content"])} for key, row in found.items()}


def accounts(models: Apps) -> Table:
    return table(
        rows_of(models, "auth.User"),
        ("username",),
        *("password", "first_name", "last_name", "email", "is_active", "is_staff"),
        *("is_superuser", "date_joined", "last_login"),
        lists={"groups": ("name",)},
    )


def history(models: Apps) -> Table:
    """Each of the stored entries has a moment of its own."""
    return table(
        rows_of(models, "auditlog.LogEntry"),
        ("timestamp",),
        *("content_type__model", "object_pk", "object_repr", "action", "changes"),
        *("additional_data", "actor__username", "actor_email"),
    )


RESPONSES: Mapping[str, Reader] = {
    "Scheme": schemes,
    "Programme": programmes,
    "Response": responses,
    "Answer": answers,
    "SectionState": section_states,
    "Result": results,
    "DimensionScore": dimension_scores,
    "TranslatorLanguage": translator_languages,
    "Upload": uploads,
    "auth.User": accounts,
    "auditlog.LogEntry": history,
}
