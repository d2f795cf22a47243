"""Readers of what rounds took over, from the tables of today under the names of version 0.1.0."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.upgrade.tables import Reader, Table, rows_of, table

if TYPE_CHECKING:
    from django.apps.registry import Apps

TEXTS = ("country", "region", "stage", "arrangement", "intention", "stronger")
RENAMED = {
    "round__edition__name": "edition__name",
    "round__scheme__uuid": "scheme__uuid",
    "round__demo": "demo",
}


def schemes(models: Apps) -> Table:
    """The facts of a scheme stand in the profile of its round."""
    found = table(rows_of(models, "Round"), ("scheme__uuid",), "profile")
    rows = table(rows_of(models, "Scheme"), ("uuid",), "name", "created_at")
    return {
        key: {
            "uuid": row["uuid"],
            **row,
            **{name: found[key]["profile"].get(name, "") for name in TEXTS},
            "programmes": found[key]["profile"].get("programmes"),
        }
        for key, row in rows.items()
    }


def responses(models: Apps) -> Table:
    found = table(
        rows_of(models, "Response"),
        ("uuid",),
        *RENAMED,
        *("tier", "sector", "language", "secret_hash", "key", "notice", "created_at"),
        *("submitted_at", "result__uuid", "supersedes__uuid", "reopened_because"),
    )
    return {
        key: {RENAMED.get(name, name): value for name, value in row.items()}
        for key, row in found.items()
    }


def results(models: Apps) -> Table:
    """The content as it comes out of its compression."""
    found = table(
        rows_of(models, "Result"),
        ("uuid",),
        *("edition__name", "edition_hash", "method_version", "content_zlib", "content_hash"),
        "created_at",
    )
    return {
        key: {**row, "content": json.loads(zlib.decompress(row["content_zlib"]))}
        for key, row in found.items()
    }


def dimension_scores(models: Apps) -> Table:
    """Those of all together, of which an own result has no others."""
    key = ("result__uuid", "dimension")
    names = ("score", "low", "high", "level", "sufficient")
    return table(rows_of(models, "DimensionScore").filter(sector="", tier=""), key, *names)


ROUNDS: Mapping[str, Reader] = {
    "Scheme": schemes,
    "Response": responses,
    "Result": results,
    "DimensionScore": dimension_scores,
}
