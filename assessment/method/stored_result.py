"""A result as the JSON that is stored, and back without loss.

Stored results are never rewritten, so the keys of the JSON outlive the names of the code: a field
that is renamed here keeps its key in `KEY_OF`, and every version of the method names the reader of
what it stored.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from assessment.method.result import DimensionResult, Result
from assessment.method.rounds.withholding import without_shares

KEY_OF: Mapping[str, str] = {"same_arrangement": "arranged_like"}
"""By field of `Result` the key under which it is stored, where the two differ."""


class UnknownMethod(ValueError):
    """A result of a version of the method that this program does not know yet."""


def result_to_json(result: Result) -> dict[str, Any]:
    content: dict[str, Any] = _to_json(result)
    return {KEY_OF.get(name, name): value for name, value in content.items()}


def result_from_json(content: Mapping[str, Any], version: str) -> Result:
    """`version` is that of the method that gave the result; raises UnknownMethod."""
    if version not in READERS:
        raise UnknownMethod(version)
    return READERS[version](content)


DIRECTION_OF_LEVEL_1 = ("low", "low", "mixed", "high", "high")
"""What method 1 called low and high levels, 0 first."""


def _read(content: Mapping[str, Any]) -> Result:
    """The fields as they stand; one that was not there yet has its default."""
    field_of = {key: name for name, key in KEY_OF.items()}
    named = {field_of.get(key, key): value for key, value in content.items()}
    result: Result = _from_json(Result, named)
    return result


def _read_2_0(content: Mapping[str, Any]) -> Result:
    """Methods before 2.1 counted who did not know over hidden cells too."""
    result = _read(content)
    return replace(result, groups=without_shares(result.groups))


def _read_1_1(content: Mapping[str, Any]) -> Result:
    """Methods 1.0 and 1.1 knew no standing: what had a level is settled, the rest stays empty."""
    result = _read_2_0(content)
    return replace(
        result,
        dimensions=_with_standing(result.dimensions),
        raw=None if result.raw is None else _with_standing(result.raw),
        groups=tuple(replace(g, dimensions=_with_standing(g.dimensions)) for g in result.groups),
    )


def _with_standing(dimensions: Mapping[str, DimensionResult]) -> dict[str, DimensionResult]:
    return {
        code: found
        if found.level is None
        else replace(found, standing="settled", direction=DIRECTION_OF_LEVEL_1[found.level])
        for code, found in dimensions.items()
    }


READERS: Mapping[str, Callable[[Mapping[str, Any]], Result]] = {
    "1.0": _read_1_1,
    "1.1": _read_1_1,
    "1.2": _read_2_0,
    "2.0": _read_2_0,
    "2.1": _read,
}


def _to_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _to_json(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    kind: type = type(value)
    names = _names(kind)
    return {name: _to_json(getattr(value, name)) for name in names} if names else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class of `result.py`, in order; of anything else none."""
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The annotations of a class of `result.py`: they never change, and there are a dozen of them.

    Worth it: reading them takes a quarter of a millisecond, and a result holds hundreds of parts.
    """
    return get_type_hints(kind)


def _from_json(kind: Any, content: Any) -> Any:
    """Rebuilds what the annotation `kind` says from lists and objects."""
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _from_json(_hints(kind)[name], content[name]) for name in content})
    origin = get_origin(kind)
    if origin is dict:
        inner = get_args(kind)[1]
        return {key: _from_json(inner, item) for key, item in content.items()}
    if origin in {Union, types.UnionType}:
        return _from_union(get_args(kind), content)
    return _from_list(kind, content) if isinstance(content, list) else content


def _from_union(choices: tuple[Any, ...], content: Any) -> Any:
    """Of a union the structured member is meant wherever the content has structure."""
    structured = [c for c in choices if is_dataclass(c) or get_origin(c) in {dict, tuple}]
    if isinstance(content, dict | list) and structured:
        return _from_json(structured[0], content)
    return content


def _from_list(kind: Any, content: list[Any]) -> tuple[Any, ...]:
    inner = get_args(kind)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_from_json(inner[0], item) for item in content)
    return tuple(_from_json(part, item) for part, item in zip(inner, content, strict=True))
