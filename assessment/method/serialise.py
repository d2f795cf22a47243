"""A result as JSON and back, without loss."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from assessment.method.result import Result


def result_to_json(result: Result) -> dict[str, Any]:
    content: dict[str, Any] = to_json(result)
    return content


def result_from_json(content: dict[str, Any]) -> Result:
    result: Result = from_json(Result, content)
    return result


def to_json(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: to_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return [to_json(item) for item in value] if isinstance(value, tuple) else value


@cache
def hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def from_json(kind: Any, content: Any) -> Any:
    """Rebuilds what the annotation `kind` says from lists and objects."""
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: from_json(hints(kind)[name], content[name]) for name in content})
    origin = get_origin(kind)
    if origin is dict:
        inner = get_args(kind)[1]
        return {key: from_json(inner, item) for key, item in content.items()}
    if origin in {Union, types.UnionType}:
        return from_union(get_args(kind), content)
    return from_list(kind, content) if isinstance(content, list) else content


def from_union(choices: tuple[Any, ...], content: Any) -> Any:
    """Of a union the structured member is meant wherever the content has structure."""
    structured = [c for c in choices if is_dataclass(c) or get_origin(c) in {dict, tuple}]
    if isinstance(content, dict | list) and structured:
        return from_json(structured[0], content)
    return content


def from_list(kind: Any, content: list[Any]) -> tuple[Any, ...]:
    inner = get_args(kind)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(from_json(inner[0], item) for item in content)
    return tuple(from_json(part, item) for part, item in zip(inner, content, strict=True))
