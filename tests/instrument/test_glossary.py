from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.instrument import glossary
from assessment.instrument.glossary import terms_in
from assessment.instrument.model import Instrument, Term
from tests.seeds_once import seeds


@pytest.fixture(scope="module")
def small() -> Instrument:
    terms = (
        Term("registry", "registry", "A list.", ("registries",)),
        Term("social-registry", "social registry", "A list of households."),
        Term("io", "i/o (in)", "What goes in.", ("«in»", "registry«s")),
    )
    return replace(seeds(), terms=terms, name="Small bank")


def codes(small: Instrument, *texts: str) -> list[str]:
    return [term.code for term in terms_in(small, *texts)]


def test_terms_are_found_once_in_the_order_of_their_first_place(small: Instrument) -> None:
    assert codes(small, "A Social registry.", "Registries and a social registry.") == [
        "social-registry",
        "registry",
    ]


def test_parts_of_words_are_no_terms(small: Instrument) -> None:
    assert codes(small, "Preregistry") == []


def test_signs_of_a_term_are_taken_literally(small: Instrument) -> None:
    texts = ("The i/o (in) of it.", "What is «in».", "A registry«s.", "The io in of it.")

    assert [codes(small, text) for text in texts] == [["io"], ["io"], ["io"], []]


def test_glossary_without_terms_finds_nothing(small: Instrument) -> None:
    assert codes(replace(small, terms=()), "A registry.") == []


def test_glossary_keeps_a_bounded_number_of_editions(
    small: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary, "MOST_GLOSSARIES", 1)

    glossary.glossary_of(replace(small, terms=small.terms[:1]))
    glossary.glossary_of(replace(small, terms=small.terms[1:]))

    assert len(glossary._GLOSSARIES) == 1
