"""What a table says, by names that outlast its numbers, and where two tables differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.apps.registry import Apps

Key = tuple[Any, ...]
Table = Mapping[Key, Mapping[str, Any]]
Reader = Callable[["Apps"], Table]

EXCERPT = 60


def rows_of(models: Apps, name: str) -> Any:
    """Every row; `name` is that of a model of ours, or begins with its app and a dot."""
    app, _dot, model = name.rpartition(".")
    return models.get_model(app or "assessment", model)._base_manager.order_by()


def table(
    rows: Any, key: tuple[str, ...], *names: str, lists: Mapping[str, tuple[str, ...]] | None = None
) -> Table:
    """The values of `names` by those of `key`; `lists` says how the rows of a list are called.

    Another row is named by what it is called, never by its number, which may change.
    """
    lists = lists or {}
    found: dict[Key, dict[str, Any]] = {}
    for row in rows.values(*key, *names):
        place = tuple(row[name] for name in key)
        if place in found:
            raise ValueError(f"Two rows are called {place}.")
        found[place] = {**row, **{name: [] for name in lists}}
    for name, called in lists.items():
        paths = [f"{name}__{path}" for path in called]
        for row in rows.exclude(**{name: None}).order_by(*paths).values_list(*key, *paths):
            found[row[: len(key)]][name].append(row[len(key) :])
    return found


def differences(before: Table, after: Table) -> list[str]:
    """A line for each value that is not the same, and for each row that only one of them has."""
    return [line for key in {**before, **after} for line in _differences(before, after, key)]


def _differences(before: Table, after: Table, key: Key) -> Iterator[str]:
    called = "/".join(map(str, key))
    if key not in after or key not in before:
        yield f"{called}: {'new' if key in after else 'gone'}"
        return
    for name in before[key]:
        was, is_now = _text(before[key][name]), _text(after[key][name])
        if was != is_now:
            yield f"{called}: {name} was {_excerpt(was, is_now)}, is {_excerpt(is_now, was)}"


def _text(value: Any) -> str:
    """Tells 1, 1.0 and true apart, which Python calls equal."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _excerpt(text: str, other: str) -> str:
    """Where it begins to differ from `other`: a result has thousands of characters."""
    signs = enumerate(zip(text, other, strict=False))
    place = next((n for n, (one, two) in signs if one != two), min(len(text), len(other)))
    return text[max(place - EXCERPT, 0) : place + EXCERPT]
