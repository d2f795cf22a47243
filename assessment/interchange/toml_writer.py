"""Plain values as TOML that a person likes to read: the forms of the files in seeds/."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WIDTH = 100


def table(values: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {_value(name, value)}\n" for name, value in values.items())


def tables(header: str, entries: Iterable[str]) -> str:
    return "\n".join(f"[[{header}]]\n{entry}" for entry in entries)


def _value(name: str, value: Any) -> str:
    if not isinstance(value, list):
        return _scalar(value)
    items = [_scalar(item) for item in value]
    line = f"[{', '.join(items)}]"
    if len(name) + len(line) + 3 <= WIDTH:
        return line
    if all(len(item) <= WIDTH / 5 and " " not in item for item in items):
        items = wrap(", ".join(items), WIDTH - 6)
        return "[\n" + "\n".join(f"  {item.removesuffix(',')}," for item in items) + "\n]"
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _scalar(value: str | int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _string(value) if isinstance(value, str) else str(value)


def _string(text: str) -> str:
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    if "\n" not in text:
        return _escaped(text)
    lines = [_escaped(line)[1:-1] for line in text.split("\n")]
    return '"""\n' + "\n".join(lines) + '"""'


def _escaped(text: str) -> str:
    """JSON's escapes are TOML's, but for the one control character that JSON lets through."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
