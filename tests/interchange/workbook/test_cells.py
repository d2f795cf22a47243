from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.conditions.grammar import Condition, parse
from assessment.instrument.plain_text import normalise_text
from assessment.interchange.workbook.cells import LONGEST, BadCell, cell_text, cell_value
from assessment.interchange.workbook.sheets import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.issues import Param

TEXT = Column("text", str)
CODES = Column("findings", tuple[str, ...], of="findings")
LINES = Column("advice", tuple[str, ...])
NUMBER = Column("priority", int)
CONDITION = Column("when", Condition)


def not_read(column: Column, raw: str) -> tuple[str, Mapping[str, Param]]:
    with pytest.raises(BadCell) as caught:
        cell_value(column, raw)
    return caught.value.code, caught.value.params


def not_written(column: Column, value: Any) -> tuple[str, Mapping[str, Param]]:
    with pytest.raises(BadCell) as caught:
        cell_text(column, value)
    return caught.value.code, caught.value.params


SAFE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Cs"]), max_size=40
).map(normalise_text)


@given(st.lists(SAFE.map(lambda text: f"{text}\\n\n"), max_size=5).map(tuple))
def test_lines_are_read_back_the_same(texts: tuple[str, ...]) -> None:
    normal = cell_value(LINES, cell_text(LINES, texts))

    assert cell_value(LINES, cell_text(LINES, normal)) == normal
    assert len(normal) == len(texts)


def test_value_is_written_and_read_back() -> None:
    table: list[tuple[Column, Any, str]] = [
        (TEXT, "=1+1", "=1+1"),
        (TEXT, "two\nlines\n", "two\nlines\n"),
        (TEXT, " spaces kept ", " spaces kept "),
        (TEXT, "x" * LONGEST, "x" * LONGEST),
        (Column("essential", bool), True, "yes"),
        (Column("essential", bool), False, "no"),
        (NUMBER, -3, "-3"),
        (Column("minimum", int | None), None, ""),
        (Column("minimum", int | None), 0, "0"),
        (Column("overlap", Fraction), Fraction(2, 3), "2/3"),
        (CODES, ("RS-KM1", "RB-2"), "RS-KM1, RB-2"),
        (CODES, (), ""),
        (LINES, ("a, b", "", "c\nd", "e\\n"), "a, b\n\\\nc\\nd\ne\\\\n"),
        (LINES, (), ""),
        (Column("bands", tuple[int, ...]), (20, 40), "20, 40"),
        (Column("goalposts", tuple[int, int] | None), (0, 8), "0, 8"),
        (Column("goalposts", tuple[int, int] | None), None, ""),
        (CONDITION, parse('profile.region == "LA"'), 'profile.region == "LA"'),
        (Column("shown_if", Condition | None), None, ""),
    ]

    assert [
        (cell_text(column, value), cell_value(column, cell)) for column, value, cell in table
    ] == [(cell, value) for _, value, cell in table]


def test_value_written_by_hand_is_read() -> None:
    table: list[tuple[Column, str, Any]] = [
        (Column("code", str), " HC1 ", "HC1"),
        (Column("kind", str, choices=("level",)), "level\n", "level"),
        (Column("essential", bool), " YES ", True),
        (CODES, "RS-KM1,RB-2 ,", ("RS-KM1", "RB-2", "")),
        (LINES, "one\n\ntwo\n", ("one", "two")),
        (TEXT, "e\u0301", "\u00e9"),
        (TEXT, "a_x000D_b", "a\nb"),
    ]

    assert [(column, raw, cell_value(column, raw)) for column, raw, _ in table] == table


def test_wrong_cell_and_value_that_no_cell_holds_are_refused() -> None:
    longest: dict[str, Param] = {"longest": LONGEST}
    read: list[tuple[Column, str, str, dict[str, Param]]] = [
        (NUMBER, "two", "cell_not_whole", {"value": "two"}),
        (NUMBER, "1.5", "cell_not_whole", {"value": "1.5"}),
        (NUMBER, "", "cell_not_whole", {"value": ""}),
        (NUMBER, "9" * 60, "cell_not_whole", {"value": f"{'9' * 40}..."}),
        (Column("essential", bool), "maybe", "cell_not_yes_or_no", {"value": "maybe"}),
        (Column("overlap", Fraction), "1/0", "cell_not_share", {"value": "1/0"}),
        (Column("goalposts", tuple[int, int] | None), "1, 2, 3", "cell_not_two_numbers", {}),
        (TEXT, "a_x0007_b", "control_character", {"character": "U+0007", "near": "a[U+0007]b"}),
        (TEXT, "a\ufffeb", "control_character", {"character": "U+FFFE", "near": "a[U+FFFE]b"}),
        (TEXT, "_xD800_", "control_character", {"character": "U+D800", "near": "[U+D800]"}),
        (CONDITION, "level.PC >=", "condition_unreadable", {}),
    ]
    written: list[tuple[Column, Any, str, dict[str, Param]]] = [
        (TEXT, "a\x07b", "control_character", {"character": "U+0007", "near": "a[U+0007]b"}),
        (TEXT, "a_x0041_b", "escaped_letter", {}),
        (TEXT, "x" * (LONGEST + 1), "cell_too_long", longest),
        (TEXT, "\U0001f33e" * (LONGEST // 2 + 1), "cell_too_long", longest),
        (CODES, ("a,b",), "code_in_list", {"value": "a,b"}),
        (CODES, ("",), "code_in_list", {"value": ""}),
        (CODES, (" a",), "code_in_list", {"value": " a"}),
        (CODES, ("a\nb",), "code_in_list", {"value": "a\nb"}),
    ]

    assert [(column, raw, *not_read(column, raw)) for column, raw, *_ in read] == read
    assert [(column, raw, *not_written(column, raw)) for column, raw, *_ in written] == written
