"""What stands in a part and in the rows below it, in words: to see whether a page is still true."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from assessment.instrument.texts import hash_of_text

FieldKey = tuple[str, str, str]
"""Prefix of the rows (empty for the part itself), key of the row, name of the field."""
Snapshot = Mapping[FieldKey, str]
OWN_FIELDS = ""
NOT_COMPARED = frozenset({"edition", "position"})


def snapshot(model: type[Any], pk: int, below: Iterable[tuple[str, type[Any], str]]) -> Snapshot:
    """`below` names the rows by prefix, model and key; nothing where there is no such part."""
    return {
        **_of_rows(OWN_FIELDS, model, {"pk": pk}, NOT_COMPARED),
        **{
            key: text
            for prefix, child, owner in below
            for key, text in _of_rows(prefix, child, {owner: pk}, {owner}).items()
        },
    }


def _of_rows(
    prefix: str, model: type[Any], which: Mapping[str, Any], left_out: Iterable[str]
) -> Snapshot:
    fields = list(_fields(model, left_out))
    single = [field.name for field in fields if field.many_to_one]
    several = [field.name for field in fields if field.many_to_many]
    rows = model._default_manager.filter(**which).select_related(None)
    rows = rows.select_related(*single) if single else rows
    return {
        (prefix, str(row.pk), field.name): display_text(row, field)
        for row in rows.prefetch_related(*several)
        for field in fields
    }


def _fields(model: type[Any], left_out: Iterable[str]) -> Iterator[Any]:
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.editable and not field.primary_key and field.name not in left_out:
            yield field


def display_text(row: Any, field: Any) -> str:
    if field.many_to_many:
        return ", ".join(sorted(str(other) for other in getattr(row, field.name).all()))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return value_text(getattr(row, field.name))


def value_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return (
        json.dumps(value, indent=2, ensure_ascii=False) if isinstance(value, dict) else str(value)
    )


def snapshot_token(state: Snapshot) -> str:
    """What a page carries to know later which of this has changed."""
    return json.dumps({"/".join(key): _digest(text) for key, text in state.items()})


def changed_since(token: str, state: Snapshot) -> frozenset[FieldKey]:
    """What stands otherwise than when the token was made, also rows that came or went."""
    before = _read(token)
    now = {key: _digest(text) for key, text in state.items()}
    return frozenset(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


def _read(token: str) -> dict[FieldKey, Any]:
    """Empty where it is not one of ours: then everything counts as changed."""
    try:
        found = json.loads(token)
    except (RecursionError, ValueError):
        return {}
    parts = {tuple(key.split("/")): found[key] for key in found} if isinstance(found, dict) else {}
    return {(k[0], k[1], k[2]): digest for k, digest in parts.items() if len(k) == 3}


def _digest(text: str) -> str:
    return hash_of_text(text)[:16]
