"""The checks of the translated bank find nothing in what is shipped, and each planted fault."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assessment.instrument.texts import TextKey
from tools.languages.__main__ import main
from tools.languages.back import NEARER, back, grid, order_faults, polarity_faults
from tools.languages.bank import in_country, ladders, name, sources, targets
from tools.languages.checks import faults
from tools.languages.lengths import length_faults, sentence_faults
from tools.languages.programs import missing
from tools.languages.rules import of_countries, rules, translated
from tools.languages.words import (
    forbidden_faults,
    glossary_faults,
    language_faults,
    spelling_faults,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = translated()
WHY = TextKey("questions", "SC1", "why")
ASKED = TextKey("questions", "HC3", "text")


@pytest.fixture(autouse=True)
def programs() -> None:
    """Where the programs are not there a developer is told so; the gate installs them."""
    if absent := missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(absent)


def level(code: str, step: int) -> TextKey:
    return TextKey("questions", code, f"options.{step}.text")


def only(texts: Mapping[TextKey, str], *codes: str) -> dict[TextKey, str]:
    return {place: text for place, text in texts.items() if place.code in codes}


def test_nothing_is_wrong_with_what_is_shipped_or_said_otherwise_in_a_country() -> None:
    compared = {language: (sources(), targets(language)) for language in LANGUAGES}
    compared |= {variant: in_country(variant) for variant in of_countries()}

    assert {one: list(faults(one, *texts)) for one, texts in compared.items()} == {
        one: [] for one in compared
    }
    laid = {variant: compared[variant][1].items() for variant in of_countries()}
    assert [one for one in laid if not targets(one).items() <= laid[one]] == []


FORBIDDEN = {
    ("es", "¿Hay una partida para ello?"): [],
    ("es-co", "¿Hay una partida para ello?"): [name(WHY)],
    ("es-pe", "¿Hay una partida para ello?"): [],
    ("es", "¿Cuántos beneficiarios hay?"): [name(WHY)],
    ("es", "Los/as participantes se quejan."): [name(WHY)],
    ("fr", "Combien de bénéficiaires y a-t-il ?"): [name(WHY)],
    ("fr", "Les petits exploitants sont peu nombreux."): [name(WHY)],
    ("pt", "Quantos beneficiários há?"): [name(WHY)],
    ("pt", "As instituições acordaram uma prioridade."): [name(WHY)],
}
"""Some words are of the language and not of a country."""


def test_word_that_is_not_allowed_is_found() -> None:
    assert {
        (language, typed): [fault.place for fault in forbidden_faults(language, {WHY: typed})]
        for language, typed in FORBIDDEN
    } == FORBIDDEN


def test_false_alarms_that_are_listed_are_alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {language: rules()[language] for language in LANGUAGES}
    for language, its in listed.items():
        monkeypatch.setitem(rules(), language, replace(its, glossary={}))

    def raised(language: str) -> set[str]:
        return {
            f"{fault.what.removeprefix('no form of ').partition(':')[0]} in {fault.place}"
            for fault in glossary_faults(language, sources(), targets(language))
        }

    assert {one: raised(one) for one in LANGUAGES} == {
        one: set(its.glossary) for one, its in listed.items()
    }


def unseen(language: str) -> set[str]:
    """The pairs of levels that could change places and nothing would tell."""
    source, said = ladders(sources()), back(language, targets(language))
    found = set()
    for code, levels in source.items():
        likely = grid(said[code], levels)
        for one, other in itertools.combinations(range(5), 2):
            gain = likely[one][one] + likely[other][other] - likely[one][other] - likely[other][one]
            if gain <= NEARER:
                found.add(f"{code}.{one}-{other}")
    return found


def test_any_two_levels_that_changed_places_are_found() -> None:
    """Every pair of every ladder is swapped, but for those that are listed with a reason."""
    assert len(ladders(sources())) == 54
    assert {one: unseen(one) for one in LANGUAGES} == {
        one: set(rules()[one].unseen) for one in LANGUAGES
    }


def test_swapped_levels_are_named_with_their_question() -> None:
    first, last = level("BI1", 1), level("BI1", 4)

    def found(language: str) -> list[tuple[str, str, bool]]:
        planted = only(targets(language), "BI1")
        planted |= {first: planted[last], last: planted[first]}
        return [
            (fault.place, fault.check, "(0, 4, 2, 3, 1)" in fault.what)
            for fault in order_faults(language, sources(), planted)
        ]

    assert {language: found(language) for language in LANGUAGES} == {
        language: [("questions/BI1", "order", True)] for language in LANGUAGES
    }


NEGATIONS: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("es", "No hay acuerdo escrito."): [],
    ("es", "Hay acuerdo escrito."): [(name(level("HC2", 0)), "loses a negation")],
    ("fr", "Il n'y a pas d'accord écrit."): [],
    ("fr", "Il y a un accord écrit."): [(name(level("HC2", 0)), "loses a negation")],
    ("pt", "Não há acordo escrito."): [],
    ("pt", "Há acordo escrito."): [(name(level("HC2", 0)), "loses a negation")],
}


def test_lost_negation_is_found_and_a_kept_one_is_not() -> None:
    def found(language: str, typed: str) -> list[tuple[str, str]]:
        planted = only(targets(language), "HC2") | {level("HC2", 0): typed}
        return [
            (fault.place, fault.what.partition(":")[0])
            for fault in polarity_faults(language, sources(), planted)
        ]

    assert {given: found(*given) for given in NEGATIONS} == NEGATIONS


TYPING_ERRORS = {
    ("es", "Piense en la cordinación de los programas."): "cordinación",
    ("fr", "Pensez à la coordinnation des programmes."): "coordinnation",
    ("pt", "Pense na cordenação dos programas."): "cordenação",
}


def test_typing_error_is_found() -> None:
    assert {
        (language, typed): [
            (fault.place, fault.what) for fault in spelling_faults(language, {WHY: typed})
        ]
        for language, typed in TYPING_ERRORS
    } == {given: [(name(WHY), wrong)] for given, wrong in TYPING_ERRORS.items()}


def test_text_in_another_language_is_found_and_one_of_a_country_is_not() -> None:
    texts = {"en": sources()[WHY]} | {one: targets(one)[WHY] for one in LANGUAGES}
    of_country = "Un rubro presupuestal para la coordinación."

    def read_as(language: str, text: str) -> list[str]:
        found = language_faults(language, {WHY: text})
        return [fault.what.partition(":")[0] for fault in found]

    assert {(one, other): read_as(one, texts[other]) for one in LANGUAGES for other in texts} == {
        (one, other): [] if one == other else [f"reads as {other}"]
        for one in LANGUAGES
        for other in texts
    }
    assert read_as("es-co", of_country) == []


def test_term_by_another_word_is_found() -> None:
    planted = {language: {**targets(language), ASKED: "?"} for language in LANGUAGES}

    assert {
        language: {fault.what for fault in glossary_faults(language, sources(), texts)}
        for language, texts in planted.items()
    } == {language: {"no form of programme: ?"} for language in LANGUAGES}


def test_long_and_short_texts_and_long_sentences_are_found() -> None:
    label = TextKey("questions", "SC1", "options.0.label")
    short = TextKey("questions", "SC1", "short")
    planted = {WHY: "Corto.", label: "a b c d e f g h i", short: "a b c d e f"}
    long = {WHY: " ".join(["palabra"] * 31) + "."}

    found = [(fault.place, fault.check) for fault in length_faults(sources(), planted)]

    assert found == [(name(place), "length") for place in (WHY, label, short)]
    assert [fault.what[:8] for fault in sentence_faults("es", long)] == ["31 words"]
    assert list(sentence_faults("es", {WHY: f"{long[WHY][8:]} Otra."})) == []


def test_missing_text_is_named_before_anything_else(capsys: pytest.CaptureFixture[str]) -> None:
    less = {place: text for place, text in targets("pt").items() if place != WHY}

    assert list(faults("pt", sources(), less)) == [(name(WHY), "missing", "not translated")]
    assert main(["pt"]) == 0
    assert "pt: 2097 texts, 0 faults; sentences of" in capsys.readouterr().out
