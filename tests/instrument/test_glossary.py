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
    """A part of a word is none, and signs of a term are taken literally."""
    table: list[tuple[tuple[str, ...], list[str]]] = [
        (
            ("A Social registry.", "Registries and a social registry."),
            ["social-registry", "registry"],
        ),
        (("Preregistry",), []),
        (("The i/o (in) of it.",), ["io"]),
        (("What is «in».",), ["io"]),
        (("A registry«s.",), ["io"]),
        (("The io in of it.",), []),
    ]

    assert [(texts, codes(small, *texts)) for texts, _ in table] == table
    assert codes(replace(small, terms=()), "A registry.") == []


def test_glossary_keeps_a_bounded_number_of_editions(
    small: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary, "MOST_GLOSSARIES", 1)

    glossary.glossary_of(replace(small, terms=small.terms[:1]))
    glossary.glossary_of(replace(small, terms=small.terms[1:]))

    assert len(glossary._GLOSSARIES) == 1
