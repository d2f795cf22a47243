from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.conditions.grammar import Condition, parse
from assessment.interchange.workbook.cells import LONGEST, BadCell, cell_text, cell_value
from assessment.interchange.workbook.sheets import Column

TEXT = Column("text", str)
CODES = Column("findings", tuple[str, ...], of="findings")
LINES = Column("advice", tuple[str, ...])
NUMBER = Column("priority", int)
CONDITION = Column("when", Condition)


def sentence(column: Column, raw: str) -> str:
    with pytest.raises(BadCell) as caught:
        cell_value(column, raw)
    return str(caught.value)


def refused(column: Column, value: Any) -> str:
    with pytest.raises(BadCell) as caught:
        cell_text(column, value)
    return str(caught.value)


SAFE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Cs"]), max_size=40
)


@given(st.lists(SAFE.map(lambda text: f"{text}\\n\n"), max_size=5).map(tuple))
def test_lines_are_read_back_the_same(texts: tuple[str, ...]) -> None:
    normal = cell_value(LINES, cell_text(LINES, texts))

    assert cell_value(LINES, cell_text(LINES, normal)) == normal
    assert len(normal) == len(texts)


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        (TEXT, "=1+1", "=1+1"),
        (TEXT, "two\nlines\r\n", "two\nlines_x000D_\n"),
        (TEXT, " spaces kept ", " spaces kept "),
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
    ],
)
def test_value_is_written_and_read_back(column: Column, value: Any, cell: str) -> None:
    assert cell_text(column, value) == cell
    assert cell_value(column, cell) == value


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        (Column("code", str), " HC1 ", "HC1"),
        (Column("kind", str, choices=("level",)), "level\n", "level"),
        (Column("essential", bool), " YES ", True),
        (CODES, "RS-KM1,RB-2 ,", ("RS-KM1", "RB-2", "")),
        (LINES, "one\n\ntwo\n", ("one", "two")),
        (TEXT, "e\u0301", "\u00e9"),
        (TEXT, "a_x000D_b", "a\rb"),
    ],
)
def test_value_written_by_hand_is_read(column: Column, raw: str, value: Any) -> None:
    assert cell_value(column, raw) == value


@pytest.mark.parametrize(
    ("column", "raw", "message"),
    [
        (NUMBER, "two", "'two' is not a whole number."),
        (NUMBER, "1.5", "'1.5' is not a whole number."),
        (NUMBER, "", "'' is not a whole number."),
        (NUMBER, "9" * 60, f"'{'9' * 40}...' is not a whole number."),
        (Column("essential", bool), "maybe", "'maybe' is neither yes nor no."),
        (Column("overlap", Fraction), "1/0", "'1/0' is not a share such as 2/3."),
        (
            Column("goalposts", tuple[int, int] | None),
            "1, 2, 3",
            "takes two whole numbers with a comma between them, or nothing.",
        ),
        (TEXT, "a_x0007_b", "holds the control character U+0007."),
        (TEXT, "a\ufffeb", "holds the control character U+FFFE."),
        (TEXT, "_xD800_", "holds the control character U+D800."),
    ],
)
def test_wrong_cell_is_told_in_a_sentence(column: Column, raw: str, message: str) -> None:
    assert sentence(column, raw) == message


def test_wrong_condition_is_told_with_its_reason() -> None:
    assert sentence(CONDITION, "level.PC >=").startswith("is no condition: ")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (TEXT, "a\x07b", "holds the control character U+0007."),
        (
            TEXT,
            "a_x0041_b",
            "holds a sequence like _x0041_, which spreadsheets read as one letter.",
        ),
        (
            TEXT,
            "x" * (LONGEST + 1),
            "is longer than 32767 characters, which no cell of a workbook holds.",
        ),
        (CODES, ("a,b",), "the code 'a,b' cannot stand in a list with commas."),
        (CODES, ("",), "the code '' cannot stand in a list with commas."),
        (CODES, (" a",), "the code ' a' cannot stand in a list with commas."),
        (CODES, ("a\nb",), "the code 'a\\nb' cannot stand in a list with commas."),
    ],
)
def test_value_that_no_cell_holds_is_refused(column: Column, value: Any, message: str) -> None:
    assert refused(column, value) == message


def test_text_as_long_as_a_cell_is_written_whole() -> None:
    assert len(cell_text(TEXT, "x" * LONGEST)) == LONGEST


def test_text_is_measured_as_spreadsheets_do() -> None:
    assert refused(TEXT, "\U0001f33e" * (LONGEST // 2 + 1)).startswith("is longer")
