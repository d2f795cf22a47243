"""What a deletion takes with it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import CASCADE, prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst

from assessment.reports.formats import colon

ROW_FIELDS = ("value", "dimension", "when", "text")


def counts_without_links(model: type[Any], counts: Mapping[str, int]) -> dict[str, int]:
    """How many of each table go; a citation that ends is no loss of its own."""
    links = {_plural(link) for link in _links(model)}
    return {name: number for name, number in counts.items() if str(name) not in links}


def deletion_lines(model: type[Any], parts: Iterable[Any]) -> Iterator[Any]:
    """Each part, then the list of its rows; as many queries for many parts as for one."""
    parts, below = list(parts), list(_below(model))
    prefetch_related_objects(parts, *(path for name, rows in below for path in _paths(name, rows)))
    title = capfirst(model._meta.verbose_name)
    for part in parts:
        page = reverse(f"admin:assessment_{model._meta.model_name}_change", args=[part.pk])
        yield format_html('{}: <a href="{}">{}</a>', title, page, part)
        rows = [row for name, _model in below for row in getattr(part, name).all()]
        if rows:
            yield [_row(row) for row in rows]


def _below(model: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    for relation in model._meta.related_objects:
        if relation.one_to_many and relation.on_delete is CASCADE:
            yield relation.get_accessor_name(), relation.related_model


def _paths(name: str, model: type[Any]) -> Iterator[str]:
    yield name
    if any(field.name == "dimension" for field in model._meta.fields):
        yield f"{name}__dimension"


def _row(row: Any) -> str:
    words = (str(getattr(row, name)) for name in ROW_FIELDS if hasattr(row, name))
    return f"{capfirst(row._meta.verbose_name)}{colon()}{Truncator(' – '.join(words)).chars(90)}"


def _links(model: type[Any]) -> Iterator[type[Any]]:
    """The tables that only say which part cites which, of this model and of its rows."""
    for table in (model, *(rows for _name, rows in _below(model))):
        for field in table._meta.get_fields(include_hidden=True):
            if field.is_relation and field.auto_created and field.related_model._meta.auto_created:
                yield field.related_model


def _plural(model: type[Any]) -> str:
    return str(model._meta.verbose_name_plural)
