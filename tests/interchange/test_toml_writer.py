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


def test_values_and_entries_are_written_as_in_the_seeds() -> None:
    text = "A sentence that is long enough to fill the greater part of a line."
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
        ([text, text], f'[\n  "{text}",\n  "{text}",\n]'),
    ]
    many_codes = table({"countries": ["AG"] * 30}).splitlines()

    assert [(value, table({"key": value})) for value, _ in values] == [
        (value, f"key = {written}\n") for value, written in values
    ]
    assert [len(line) <= 100 for line in many_codes] == [True] * 4
    assert (many_codes[0], many_codes[-1]) == ("countries = [", "]")
    assert tables("term", ["a = 1\n", "a = 2\n"]) == "[[term]]\na = 1\n\n[[term]]\na = 2\n"
