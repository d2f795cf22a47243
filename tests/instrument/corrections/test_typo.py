"""What is a typing error, and what is another meaning."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.corrections.typo import is_typo


def test_typing_error_changes_letters() -> None:
    table: list[tuple[str, str]] = [
        ("How are the particpants chosen?", "How are the participants chosen?"),
        ("Targting", "Targeting"),
        ("Who recieves teh money?", "Who receives the money?"),
        ("Is there a a plan?", "Is there a plan?"),
        ("They meet meet.", "They meet."),
        ("A plan ofthe office", "A plan of the office"),
        ("The offices agree ,and meet", "The offices agree, and meet."),
        ("oficina tecnica", "Oficina técnica"),
        ("Wether it is there", "Whether it is there"),
        ("At least 5 ofices, 20 % of all", "At least 5 offices, 20 % of all"),
        ("It doesn't wrok", "It doesn't work"),
        ("twice twice a yaer ago", "twice a yaer ago"),
        ("...", "…"),
    ]

    assert [(old, new) for old, new in table if not is_typo(old, new)] == []


def test_another_meaning_is_no_typing_error() -> None:
    table: list[tuple[str, str]] = [
        ("How often do they meet?", "How rarely do they meet?"),
        ("Once, by chance.", "Twice, by chance."),
        ("They meet each year.", "They meet each month."),
        ("Who gets land?", "Who gets sand?"),
        ("They meet in June.", "They meet in July."),
        ("At least 5 offices agree.", "At least 50 offices agree."),
        ("At least 1.5 offices", "At least 15 offices"),
        ("About 5 % of them", "About 5 of them"),
        ("The offices do agree on it.", "The offices do not agree on it."),
        ("The offices don't agree.", "The offices do agree."),
        ("A formal body", "An informal body"),
        ("formal", "informal"),
        ("a legal ground", "a illegal ground"),
        ("internal money", "external money"),
        ("the minimum", "the maximum"),
        ("Who pays?", "Who prays for it?"),
        ("he decides", "she decides"),
        ("it is now", "it is not"),
        ("it is on paper", "it is in paper"),
        ("some must meet", "some most meet"),
        ("The plan", "The joint plan"),
        ("The joint plan", "The plan"),
        ("They meet", "They meet meet"),
        ("notable", "not able"),
        ("par ticipants", "participants"),
        ("x" * 61, "x" * 62),
        ("Text", ""),
        ("Text", "…"),
        ("...", ""),
        ("", "Text"),
        ("Who pays for water?", "How are the participants chosen?"),
    ]

    assert [(old, new) for old, new in table if is_typo(old, new)] == []


def test_each_language_keeps_its_words_and_has_its_typing_errors() -> None:
    meanings: list[tuple[str, str, str]] = [
        ("es", "Se reúnen cada mes.", "Se reúnen cada año."),
        ("es-pe", "Se reúnen siempre.", "Se reúnen nunca."),
        ("fr", "Une fois par mois", "Deux fois par mois"),
        ("fr", "Il est sur la table", "Il est sous la table"),
        ("pt", "Uma vez por semana", "Uma vez por ano"),
        ("am", "cada mes", "cada ano"),
        ("es", "Un cuarto de las familias", "Un cuadro de las familias"),
    ]
    errors: list[tuple[str, str, str]] = [
        ("es", "¿Como se elije a los participantes?", "¿Cómo se elige a los participantes?"),
        ("fr", "Qui choisi les particpants ?", "Qui choisit les participants ?"),
        ("pt", "Quem ecolhe as famílias?", "Quem escolhe as famílias?"),
    ]

    taken = [(one, old, new) for one, old, new in meanings + errors if is_typo(old, new, one)]
    assert taken == errors


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_judged_and_the_same_is_never_another_meaning(old: str, new: str) -> None:
    assert is_typo(old, new) in {True, False}
    assert not new or is_typo(new, new)
