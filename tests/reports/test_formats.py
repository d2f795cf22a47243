from __future__ import annotations

from datetime import UTC, datetime

from django.utils import translation

from assessment.reports import formats


def test_number_is_rounded_half_up() -> None:
    table: list[tuple[float, str]] = [
        (62.5, "63"),
        (0.5, "1"),
        (2.5, "3"),
        (44.49, "44"),
        (1234.4, "1,234"),
        (99.99, "100"),
    ]
    shares: list[tuple[float, str]] = [(0.625, "63%"), (1 / 6, "17%"), (1.0, "100%")]

    assert [(value, formats.number(value)) for value, _ in table] == table
    assert [(share, formats.percent(share)) for share, _ in shares] == shares
    assert formats.number(1.25, 1) == "1.3"


def test_score_is_not_rounded_over_the_limit_of_a_level() -> None:
    table: list[tuple[float, str]] = [
        (79.6, "79.6"),
        (79.96, "79.96"),
        (79.9999, "80.000"),
        (80, "80"),
        (59.5, "59.5"),
        (45.2, "45"),
    ]

    assert [(value, formats.score(value, (20, 40, 60, 80))) for value, _ in table] == table


def test_words_stand_in_the_order_of_the_alphabet_of_the_reader() -> None:
    table: dict[str, list[str]] = {
        "es": ["Ángel", "Árbol", "arena", "nube", "ñandú", "oso", "Zaire"],
        "fr": ["Égypte", "épée", "été", "Zaïre"],
        "pt": ["África", "agora", "Índia", "São", "Zâmbia"],
    }

    def outcome(language: str) -> list[str]:
        with translation.override(language):
            return sorted(sorted(table[language]), key=formats.sort_key)

    assert {language: outcome(language) for language in table} == table


def test_numbers_dates_countries_and_marks_stand_as_each_language_sets_them() -> None:
    """What is counted goes by the number that is shown; a country that is not known by its code."""
    table: dict[str, tuple[str, list[str], list[int], list[str]]] = {
        "en": ("4.3", ["22 November 2026", "Peru", "ZZZ"], [2, 2, 2, 2], ["; ", "“a”"]),
        "es": ("4,3", ["22 de noviembre de 2026", "Perú", "ZZZ"], [2, 2, 2, 2], ["; ", "“a”"]),
        "fr": (
            "4,3",
            ["22 novembre 2026", "Pérou", "ZZZ"],
            [1, 1, 1, 2],
            ["\xa0; ", "«\xa0a\xa0»"],
        ),
        "pt": ("4,3", ["22 de novembro de 2026", "Peru", "ZZZ"], [1, 1, 1, 2], ["; ", "“a”"]),
    }

    def outcome(language: str) -> tuple[str, list[str], list[int], list[str]]:
        with translation.override(language):
            return (
                formats.number(4.25, 1),
                [
                    formats.date_words(datetime(2026, 11, 22, tzinfo=UTC)),
                    formats.country_name("PE"),
                    formats.country_name("ZZZ"),
                ],
                [formats.counted(value, 1) for value in (0.4, 1.3, 1.94, 1.96)],
                [formats.semicolon(), formats.quoted("a")],
            )

    assert {language: outcome(language) for language in table} == table
