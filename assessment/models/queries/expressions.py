"""Expressions that the two databases write differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, Func, IntegerField, TextField


class DialectFunc(Func):
    """`dialects` holds the template of each database."""

    dialects: Mapping[str, str]

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        dialect = {"template": self.dialects[connection.vendor], **context}
        return super().as_sql(compiler, connection, *args, **dialect)


class Sha256(DialectFunc):
    """As hash_of() makes it, without an extension of PostgreSQL."""

    output_field = TextField()
    dialects = {
        "sqlite": "SHA256(%(expressions)s)",
        "postgresql": "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')",
    }


class NonEmptyEntries(DialectFunc):
    """How many entries of a list are not empty."""

    output_field = IntegerField()
    dialects = {
        "sqlite": "(SELECT COUNT(*) FROM JSON_EACH(%(expressions)s) WHERE value <> '')",
        "postgresql": (
            "(SELECT COUNT(*) FROM JSONB_ARRAY_ELEMENTS_TEXT(%(expressions)s) AS e WHERE e <> '')"
        ),
    }


class EntriesAsLines(DialectFunc):
    """The entries of a list, one a line."""

    output_field = TextField()
    dialects = {
        "sqlite": "(SELECT GROUP_CONCAT(value, CHAR(10)) FROM JSON_EACH(%(expressions)s))",
        "postgresql": (
            "ARRAY_TO_STRING(ARRAY(SELECT JSONB_ARRAY_ELEMENTS_TEXT(%(expressions)s)), CHR(10))"
        ),
    }


class JoinedValues(DialectFunc, Aggregate):
    """The values of a group in one text, with commas."""

    output_field = TextField()
    dialects = {
        "sqlite": "GROUP_CONCAT(%(expressions)s)",
        "postgresql": "STRING_AGG(%(expressions)s, ',')",
    }
