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


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_what_is_shipped(language: str) -> None:
    assert list(faults(language, sources(), targets(language))) == []


@pytest.mark.parametrize("variant", of_countries())
def test_nothing_is_wrong_with_what_a_country_says_otherwise(variant: str) -> None:
    source, laid = in_country(variant)

    assert list(faults(variant, source, laid)) == []
    assert targets(variant).items() <= laid.items()


def test_word_of_elsewhere_is_found_in_a_country() -> None:
    typed = {WHY: "¿Hay una partida para ello?"}

    assert {
        variant: [fault.place for fault in forbidden_faults(variant, typed)]
        for variant in ("es", "es-co", "es-pe")
    } == {"es": [], "es-co": [name(WHY)], "es-pe": []}
    assert (
        list(language_faults("es-co", {WHY: "Un rubro presupuestal para la coordinación."})) == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_false_alarms_that_are_listed_are_alarms(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = rules()[language]
    monkeypatch.setitem(rules(), language, replace(listed, glossary={}, polarity={}))

    raised = {
        f"{fault.what.removeprefix('no form of ').partition(':')[0]} in {fault.place}"
        for fault in glossary_faults(language, sources(), targets(language))
    }

    assert raised == set(listed.glossary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_levels_that_changed_places_are_found(language: str) -> None:
    """Every pair of every ladder is swapped, but for those that are listed with a reason."""
    source, said = ladders(sources()), back(language, targets(language))
    unseen = set()
    for code, levels in source.items():
        likely = grid(said[code], levels)
        for one, other in itertools.combinations(range(5), 2):
            gain = likely[one][one] + likely[other][other] - likely[one][other] - likely[other][one]
            if gain <= NEARER:
                unseen.add(f"{code}.{one}-{other}")

    assert len(source) == 54
    assert unseen == set(rules()[language].unseen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_swapped_levels_are_named_with_their_question(language: str) -> None:
    planted = only(targets(language), "BI1")
    planted[level("BI1", 1)], planted[level("BI1", 4)] = (
        planted[level("BI1", 4)],
        planted[level("BI1", 1)],
    )

    found = list(order_faults(language, sources(), planted))

    assert [(fault.place, fault.check) for fault in found] == [("questions/BI1", "order")]
    assert "(0, 4, 2, 3, 1)" in found[0].what


@pytest.mark.parametrize(
    ("language", "lost", "gone"),
    [
        ("es", "No hay acuerdo escrito.", "Hay acuerdo escrito."),
        ("fr", "Il n'y a pas d'accord écrit.", "Il y a un accord écrit."),
        ("pt", "Não há acordo escrito.", "Há acordo escrito."),
    ],
)
def test_lost_negation_is_found_and_a_kept_one_is_not(language: str, lost: str, gone: str) -> None:
    planted = only(targets(language), "HC2")

    assert list(polarity_faults(language, sources(), {**planted, level("HC2", 0): lost})) == []
    (found,) = polarity_faults(language, sources(), {**planted, level("HC2", 0): gone})
    assert found.place == "questions/HC2/options.0.text"
    assert found.what.startswith("loses a negation")


@pytest.mark.parametrize(
    ("language", "typed", "wrong"),
    [
        ("es", "Piense en la cordinación de los programas.", "cordinación"),
        ("fr", "Pensez à la coordinnation des programmes.", "coordinnation"),
        ("pt", "Pense na cordenação dos programas.", "cordenação"),
    ],
)
def test_typing_error_is_found(language: str, typed: str, wrong: str) -> None:
    found = list(spelling_faults(language, {WHY: typed}))

    assert [(fault.place, fault.what) for fault in found] == [(name(WHY), wrong)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_another_language_is_found(language: str) -> None:
    for other in (*LANGUAGES, "en"):
        text = sources()[WHY] if other == "en" else targets(other)[WHY]

        found = list(language_faults(language, {WHY: text}))

        assert [fault.what.partition(":")[0] for fault in found] == (
            [] if other == language else [f"reads as {other}"]
        )


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("es", "¿Cuántos beneficiarios hay?"),
        ("es", "Los/as participantes se quejan."),
        ("fr", "Combien de bénéficiaires y a-t-il ?"),
        ("fr", "Les petits exploitants sont peu nombreux."),
        ("pt", "Quantos beneficiários há?"),
        ("pt", "As instituições acordaram uma prioridade."),
    ],
)
def test_word_that_is_not_allowed_is_found(language: str, typed: str) -> None:
    assert [fault.place for fault in forbidden_faults(language, {WHY: typed})] == [name(WHY)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_term_by_another_word_is_found(language: str) -> None:
    planted = {**targets(language), ASKED: "?"}

    found = {fault.what for fault in glossary_faults(language, sources(), planted)}

    assert found == {"no form of programme: ?"}


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
