from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from assessment.reports import formats


@pytest.mark.parametrize(
    ("value", "words"),
    [(62.5, "63"), (0.5, "1"), (2.5, "3"), (44.49, "44"), (1234.4, "1,234"), (99.99, "100")],
)
def test_number_is_rounded_half_up(value: float, words: str) -> None:
    assert formats.number(value) == words


def test_number_keeps_the_places_asked_for() -> None:
    assert formats.number(1.25, 1) == "1.3"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (79.6, "79.6"),
        (79.96, "79.96"),
        (79.9999, "80.000"),
        (80, "80"),
        (59.5, "59.5"),
        (45.2, "45"),
    ],
)
def test_score_is_not_rounded_over_the_limit_of_a_level(value: float, words: str) -> None:
    assert formats.score(value, (20, 40, 60, 80)) == words


@pytest.mark.parametrize(("share", "words"), [(0.625, "63%"), (1 / 6, "17%"), (1.0, "100%")])
def test_percent_is_rounded_half_up(share: float, words: str) -> None:
    assert formats.percent(share) == words


def test_date_names_the_month() -> None:
    assert formats.date_words(datetime(2026, 11, 22, tzinfo=UTC)) == "22 November 2026"


@pytest.mark.parametrize(("code", "name"), [("PE", "Peru"), ("ZZZ", "ZZZ")])
def test_country_is_named_where_it_is_known(code: str, name: str) -> None:
    assert formats.country_name(code) == name


def test_numbers_follow_the_language_of_the_reader() -> None:
    with translation.override("es"):
        assert (formats.number(4.25, 1), formats.country_name("PE")) == ("4,3", "Perú")
