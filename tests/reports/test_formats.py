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

    assert [(value, formats.number(value)) for value, _ in table] == table


def test_number_keeps_the_places_asked_for() -> None:
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


def test_percent_is_rounded_half_up() -> None:
    table: list[tuple[float, str]] = [(0.625, "63%"), (1 / 6, "17%"), (1.0, "100%")]

    assert [(share, formats.percent(share)) for share, _ in table] == table


def test_date_names_the_month() -> None:
    assert formats.date_words(datetime(2026, 11, 22, tzinfo=UTC)) == "22 November 2026"


def test_country_is_named_where_it_is_known() -> None:
    table: list[tuple[str, str]] = [("PE", "Peru"), ("ZZZ", "ZZZ")]

    assert [(code, formats.country_name(code)) for code, _ in table] == table


def test_words_stand_in_the_order_of_the_alphabet_of_the_reader() -> None:
    table: dict[str, list[str]] = {
        "es": ["Ángel", "Árbol", "arena", "nube", "ñandú", "oso", "Zaire"],
        "fr": ["Égypte", "épée", "été", "Zaïre"],
        "pt": ["África", "agora", "Índia", "São", "Zâmbia"],
    }

    for language, words in table.items():
        with translation.override(language):
            assert sorted(sorted(words), key=formats.sort_key) == words


def test_numbers_follow_the_language_of_the_reader() -> None:
    with translation.override("es"):
        assert (formats.number(4.25, 1), formats.country_name("PE")) == ("4,3", "Perú")


def test_counted_follows_the_language_of_the_number_that_is_shown() -> None:
    table = {"en": [2, 2, 2, 2], "es": [2, 2, 2, 2], "fr": [1, 1, 1, 2], "pt": [1, 1, 1, 2]}

    for language, wanted in table.items():
        with translation.override(language):
            assert [formats.counted(value, 1) for value in (0.4, 1.3, 1.94, 1.96)] == wanted


def test_marks_stand_as_each_language_sets_them() -> None:
    table = {"en": ("; ", "“a”"), "es": ("; ", "“a”"), "fr": ("\xa0; ", "«\xa0a\xa0»")}

    for language, wanted in table.items():
        with translation.override(language):
            assert (formats.semicolon(), formats.quoted("a")) == wanted
