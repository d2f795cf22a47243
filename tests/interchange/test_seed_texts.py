"""The translations shipped with the seeds: whole, up to their sources, and within every limit."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.conf import settings

from assessment.actions.editions.import_texts import refuse_bad_texts
from assessment.instrument.seeds import SEEDS
from assessment.instrument.texts import TextKey, texts_of
from assessment.instrument.translation import (
    completeness_of,
    translation_entries,
    up_to_date,
    variants_among,
)
from assessment.interchange.seed_texts import read_seed_texts
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from collections.abc import Iterator

BANK = seeds()
READ = read_seed_texts(BANK)
VARIANTS = variants_among(READ, {"es", "fr", "pt"})
TEXTS = {language: made for language, made in READ.items() if language not in VARIANTS}
NEVER = re.compile(r"(?!)")
COUNTRY_WORDS = {
    "es-co": re.compile(r"\bpartidas?\b", re.IGNORECASE),
    "es-pe": re.compile(r"\bpartidas?\b", re.IGNORECASE),
    "pt-br": re.compile(r"\brubricas?\b", re.IGNORECASE),
}
"""The word of the language for a budget line, which the country says otherwise everywhere."""
LONG_ENOUGH = 40
MOST_WORDS = {"label": 8, "short": 5}
PAGE = settings.BASE_DIR / "docs" / "translating.md"
SETTLED = re.compile(r"## Differences in meaning, settled\n(.+?)\n## ", re.DOTALL)
FEWEST_SETTLED = 30


def faults(place: TextKey, source: str, target: str) -> Iterator[str]:
    """What differs between a text and its translation that must not."""
    ends = [text[-1] if text[-1] in ".?!:" else "" for text in (source, target)]
    numbers = [sorted(re.findall(r"\d+", text)) for text in (source, target)]
    lines = [text.count("\n") for text in (source, target)]
    field = place.field.rpartition(".")[2]
    if ends[0] != ends[1]:
        yield "end"
    if numbers[0] != numbers[1]:
        yield "numbers"
    if field != "forms" and lines[0] != lines[1]:
        yield "lines"
    if len(source) >= LONG_ENOUGH and not 0.6 <= len(target) / len(source) <= 1.8:
        yield "length"
    if place.kind == "questions" and len(target.split()) > MOST_WORDS.get(field, 1000):
        yield "words"


def test_languages_are_those_of_the_files() -> None:
    assert sorted(TEXTS) == ["es", "fr", "pt"]
    assert sorted(VARIANTS) == [
        *("es-co", "es-pe", "pt-ao", "pt-br", "pt-cv", "pt-gw", "pt-mz", "pt-st", "pt-tl")
    ]
    for language in READ:
        text = (SEEDS / "translations" / f"{language}.toml").read_text("utf-8")
        assert not re.search("b[eé]n[eé]fici(?:ari|ári|aire)", text, re.IGNORECASE)


@pytest.mark.parametrize("language", TEXTS)
def test_translation_is_whole_and_up_to_its_sources(language: str) -> None:
    counted = completeness_of(translation_entries(BANK, TEXTS[language]))

    assert (counted.done, counted.percent) == (len(texts_of(BANK)), 100)
    refuse_bad_texts(BANK, {language: TEXTS[language]})  # placeholders, limits, characters


@pytest.mark.parametrize("language", TEXTS)
def test_translation_keeps_numbers_ends_lines_and_lengths(language: str) -> None:
    made = TEXTS[language]

    found = {
        place: wrong
        for place, source in texts_of(BANK).items()
        if (wrong := list(faults(place, source, made[place].text)))
    }

    assert found == {}


@pytest.mark.parametrize("variant", VARIANTS)
def test_words_of_a_country_differ_and_are_up_to_their_sources(variant: str) -> None:
    sources, base, made = texts_of(BANK), TEXTS[VARIANTS[variant]], READ[variant]

    assert up_to_date(made, sources) == made
    assert {at: list(faults(at, sources[at], one.text)) for at, one in made.items()} == dict(
        zip(made, repeat([]))
    )
    assert {at for at, one in made.items() if one.text == base[at].text} == set()
    refuse_bad_texts(BANK, {variant: made})
    spoken = COUNTRY_WORDS.get(variant, NEVER)
    assert {at for at, one in base.items() if spoken.search(one.text)} <= made.keys()
    assert TextKey("terms", "budget-line", "term") in made


class Settled(NamedTuple):
    """A line of `docs/translating.md` on two drafts that differ in meaning."""

    place: str
    english: str
    draft_a: str
    draft_b: str
    settled: str
    reason: str


def settled_differences() -> dict[str, list[Settled]]:
    found = SETTLED.search(PAGE.read_text("utf-8"))
    assert found
    parts = re.split(r"\n### \w+\n", found[1])
    rows = (re.findall(r"^\| ([a-z].+) \|$", part, re.MULTILINE) for part in parts)
    made = [[Settled(*row.split(" | ")) for row in some] for some in rows]
    return dict(zip(("es", "fr", "pt"), made, strict=True))


@pytest.mark.parametrize("language", TEXTS)
def test_differences_between_drafts_are_settled_as_the_page_says(language: str) -> None:
    said = {
        f"{at.kind} {at.code}, {at.field}".lower(): made.text.lower()
        for at, made in TEXTS[language].items()
    }

    found = settled_differences()[language]

    assert len(found) >= FEWEST_SETTLED
    assert [one.place for one in found if not one.reason] == []
    assert [one.place for one in found if one.settled.lower() not in said[one.place.lower()]] == []
