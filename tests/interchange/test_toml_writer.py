from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessment.interchange.toml_writer import table, tables

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
VALUES = TEXTS | st.integers(-(10**9), 10**9) | st.booleans() | st.lists(TEXTS, max_size=8)


@given(st.dictionaries(st.sampled_from("abcdef"), VALUES))
def test_table_is_read_back_the_same(values: dict[str, Any]) -> None:
    assert tomllib.loads(table(values)) == values


def test_value_is_written_as_in_the_seeds() -> None:
    values: list[tuple[Any, str]] = [
        ("plain", '"plain"'),
        ('is "LA"', "'is \"LA\"'"),
        ('it\'s "LA"', r'"it' + r"'s \"LA\"" + '"'),
        ("two\nlines", '"""\ntwo\nlines"""'),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        ([], "[]"),
        (["RS-KM1", "RB-2"], '["RS-KM1", "RB-2"]'),
    ]

    assert [table({"key": value}) for value, _ in values] == [
        f"key = {written}\n" for _, written in values
    ]


def test_long_texts_of_a_list_stand_one_a_line() -> None:
    text = "A sentence that is long enough to fill the greater part of a line."

    assert table({"levels": [text, text]}) == f'levels = [\n  "{text}",\n  "{text}",\n]\n'


def test_many_codes_stand_several_a_line() -> None:
    lines = table({"countries": ["AG"] * 30}).splitlines()

    assert [len(line) <= 100 for line in lines] == [True] * 4
    assert lines[0] == "countries = ["
    assert lines[-1] == "]"


def test_entries_stand_under_their_header() -> None:
    assert tables("term", ["a = 1\n", "a = 2\n"]) == "[[term]]\na = 1\n\n[[term]]\na = 2\n"
