"""Readers of the question bank: each gives one table whole, rows by edition and code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.upgrade.tables import Reader, Table, rows_of, table

if TYPE_CHECKING:
    from django.apps.registry import Apps

PART = ("edition__name", "code")
"""No two editions of the stored rows have the same name."""
FINDINGS = {"findings": PART}


def part(field: str) -> tuple[str, ...]:
    """How the part is called that `field` names: it must be one of the same edition."""
    return tuple(f"{field}__{name}" for name in PART)


def editions(models: Apps) -> Table:
    return table(
        rows_of(models, "Edition"),
        ("name",),
        *("number", "state", "language", "scale", "content_hash", "translations_hash"),
        *("started_from__name", "created_at", "published_at", "withdrawn_at", "withdrawn_reason"),
        "corrections",
    )


def regions(models: Apps) -> Table:
    return table(rows_of(models, "Region"), PART, "position", "name", "countries")


def sources(models: Apps) -> Table:
    return table(
        rows_of(models, "Source"),
        PART,
        *("position", "title", "author", "publisher", "date", "kind", "url", "file"),
        *("attribution", "note"),
    )


def findings(models: Apps) -> Table:
    return table(
        rows_of(models, "Finding"),
        PART,
        *part("source"),
        *("position", "section", "place", "kind", "region", "text", "note"),
        lists={"dimensions": PART},
    )


def dimensions(models: Apps) -> Table:
    return table(
        rows_of(models, "Dimension"),
        PART,
        *("position", "name", "short", "summary", "sub_dimensions", "advice"),
        lists=FINDINGS,
    )


def questions(models: Apps) -> Table:
    return table(
        rows_of(models, "Question"),
        PART,
        *part("dimension"),
        *("position", "kind", "text", "help", "why", "text_national"),
        *("profile", "weight", "essential", "scored", "aspect", "indicator_type"),
        *("protocol_cells", "tiers", "finance", "sectors", "shown_if", "hidden_points"),
        *("goalposts", "minimum", "maximum", "unit", "not_applicable"),
        lists=FINDINGS,
    )


def options(models: Apps) -> Table:
    key = (*part("question"), "value")
    names = ("text", "points", "exclusive", "help", "position")
    return table(rows_of(models, "Option"), key, *names)


def cases(models: Apps) -> Table:
    return table(
        rows_of(models, "Case"),
        PART,
        *("position", "name", "country", "region", "arrangement", "programmes", "intention"),
        *part("finding"),
        *("text", "note"),
    )


def case_readings(models: Apps) -> Table:
    return table(
        rows_of(models, "CaseReading"),
        (*part("case"), *part("dimension")),
        *("low", "high", "certainty", "text"),
        lists=FINDINGS,
    )


def rules(models: Apps) -> Table:
    return table(
        rows_of(models, "Rule"),
        PART,
        *part("dimension"),
        *("position", "title", "when", "when_case", "region", "priority"),
        *("actor", "horizon", "text", "first_step", "needs", "suppressed_by", "suppressed_when"),
        lists={"other_dimensions": PART, **FINDINGS},
    )


def rule_variants(models: Apps) -> Table:
    key = (*part("rule"), "position")
    return table(rows_of(models, "RuleVariant"), key, "when", "text", "first_step", "needs")


def terms(models: Apps) -> Table:
    return table(rows_of(models, "Term"), PART, "position", "term", "text", "forms")


def edition_languages(models: Apps) -> Table:
    key = ("edition__name", "language")
    return table(rows_of(models, "EditionLanguage"), key, "fallback_accepted")


def translations(models: Apps) -> Table:
    key = ("edition__name", "language", "kind", "code", "field")
    return table(rows_of(models, "Translation"), key, "text", "source_hash", "updated_at")


def corrections(models: Apps) -> Table:
    return table(
        rows_of(models, "Correction"),
        ("edition__name", "number"),
        *("language", "kind", "code", "field", "old", "new", "reason", "user", "created_at"),
    )


BANK: Mapping[str, Reader] = {
    "Edition": editions,
    "Region": regions,
    "Source": sources,
    "Finding": findings,
    "Dimension": dimensions,
    "Question": questions,
    "Option": options,
    "Case": cases,
    "CaseReading": case_readings,
    "Rule": rules,
    "RuleVariant": rule_variants,
    "Term": terms,
    "EditionLanguage": edition_languages,
    "Translation": translations,
    "Correction": corrections,
}
