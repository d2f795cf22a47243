"""One value of the bank as the text of one cell, and back."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import Condition, ConditionError, parse
from assessment.instrument.plain_text import normalise_text, unsupported_character
from assessment.interchange.refusal import FileFault
from assessment.interchange.texts import control_character_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.instrument.issues import Param
    from assessment.interchange.workbook.sheets import Column

LONGEST = 32_767
LONGEST_NUMBER = 18
KEYS = ("code", "value")
# How spreadsheets write a character that XML does not hold.
SIGN = re.compile("_x([0-9A-Fa-f]{4})_")


class BadCell(ValueError):
    """What is wrong with one cell, as a code of FileFault and its params."""

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def at(self, sheet: str, row: int, column: str) -> FileFault:
        return FileFault(self.code, sheet, row, column, self.params)


def cell_text(column: Column, value: Any) -> str:
    """The text of the cell; raises BadCell where a cell cannot hold the value unharmed."""
    text = _plain(column, value)
    if SIGN.search(text):
        raise BadCell("escaped_letter")
    if odd := control_character_in(text):
        raise BadCell("control_character", character=odd.name, near=odd.near)
    text = text.replace("\r", "_x000D_")
    if len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise BadCell("cell_too_long", longest=LONGEST)
    return text


def _plain(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Condition):
        return value.source_text
    if not isinstance(value, tuple):
        return str(value)
    return "\n".join(map(_line, value)) if column.lines else ", ".join(map(_code, value))


def _line(text: str) -> str:
    """One line, whatever it holds; an empty entry is a single backslash."""
    return text.replace("\\", "\\\\").replace("\n", "\\n") or "\\"


def _code(code: object) -> str:
    text = str(code)
    if not text or text != text.strip() or "," in text or "\n" in text:
        raise BadCell("code_in_list", value=text)
    return text


def cell_value(column: Column, raw: str) -> Any:
    """The value; raises BadCell."""
    text = normalise_text(SIGN.sub(lambda sign: chr(int(sign[1], 16)), raw))
    if odd := unsupported_character(text):
        raise BadCell("control_character", character=odd.name, near=odd.near)
    return VALUE_READERS[column.hint](column, text)


def _text(column: Column, text: str) -> str:
    return text.strip() if column.of or column.choices or column.name in KEYS else text


def _whole(_column: Column, text: str) -> int:
    if not re.fullmatch(rf"-?[0-9]{{1,{LONGEST_NUMBER}}}", text.strip()):
        raise BadCell("cell_not_whole", value=_short(text))
    return int(text)


def _whole_or_nothing(column: Column, text: str) -> int | None:
    return _whole(column, text) if text.strip() else None


def _yes_or_no(_column: Column, text: str) -> bool:
    word = text.strip().lower()
    if word not in ("yes", "no"):
        raise BadCell("cell_not_yes_or_no", value=_short(text))
    return word == "yes"


def _share(_column: Column, text: str) -> Fraction:
    if not re.fullmatch(r"[0-9]{1,6}(/0*[1-9][0-9]{0,5})?", text.strip()):
        raise BadCell("cell_not_share", value=_short(text))
    return Fraction(text.strip())


def _texts(column: Column, text: str) -> tuple[str, ...]:
    if column.lines:
        return tuple(_unlined(line) for line in text.split("\n") if line)
    return tuple(code.strip() for code in text.split(",")) if text.strip() else ()


def _unlined(line: str) -> str:
    if line == "\\":
        return ""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], line)


def _numbers(column: Column, text: str) -> tuple[int, ...]:
    return tuple(_whole(column, part) for part in _texts(column, text))


def _two_numbers(column: Column, text: str) -> tuple[int, ...] | None:
    numbers = _numbers(column, text)
    if numbers and len(numbers) != 2:
        raise BadCell("cell_not_two_numbers")
    return numbers or None


def _condition(_column: Column, text: str) -> Condition:
    try:
        return parse(text)
    except ConditionError as error:
        raise BadCell(error.issue.code, **error.issue.params) from error


def _condition_or_nothing(column: Column, text: str) -> Condition | None:
    return _condition(column, text) if text.strip() else None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


VALUE_READERS: dict[Any, Callable[[Column, str], Any]] = {
    str: _text,
    int: _whole,
    int | None: _whole_or_nothing,
    bool: _yes_or_no,
    Fraction: _share,
    tuple[str, ...]: _texts,
    tuple[int, ...]: _numbers,
    tuple[int, int] | None: _two_numbers,
    Condition: _condition,
    Condition | None: _condition_or_nothing,
}
