"""The translations shipped with the seeds: whole, up to their sources, and within every limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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
BENEFICIARIES = re.compile("b[eé]n[eé]fici(?:ari|ári|aire)", re.IGNORECASE)
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
    texts = {language: SEEDS / "translations" / f"{language}.toml" for language in READ}
    assert [at for at, file in texts.items() if BENEFICIARIES.search(file.read_text("utf-8"))] == []


def test_translations_are_whole_up_to_their_sources_and_keep_ends_numbers_and_lengths() -> None:
    counted = {
        language: completeness_of(translation_entries(BANK, made))
        for language, made in TEXTS.items()
    }

    assert {language: (one.done, one.percent) for language, one in counted.items()} == (
        dict.fromkeys(TEXTS, (len(texts_of(BANK)), 100))
    )
    refuse_bad_texts(BANK, TEXTS)  # placeholders, limits, characters

    differing = {
        (language, place): wrong
        for language, made in TEXTS.items()
        for place, source in texts_of(BANK).items()
        if (wrong := list(faults(place, source, made[place].text)))
    }

    assert differing == {}


def wrong_words(variant: str) -> dict[str, set[TextKey]]:
    """The places of a country's words that are wrong, by what is wrong there."""
    sources, base, made = texts_of(BANK), TEXTS[VARIANTS[variant]], READ[variant]
    spoken = COUNTRY_WORDS.get(variant, NEVER)
    found = {
        "of another source": made.keys() - up_to_date(made, sources).keys(),
        "faulty": {at for at, one in made.items() if [*faults(at, sources[at], one.text)]},
        "the same": {at for at, one in made.items() if one.text == base[at].text},
        "missing": {at for at, one in base.items() if spoken.search(one.text)} - made.keys(),
        "budget line": {TextKey("terms", "budget-line", "term")} - made.keys(),
    }
    return {fault: places for fault, places in found.items() if places}


def test_words_of_a_country_differ_and_are_up_to_their_sources() -> None:
    found = {variant: wrong_words(variant) for variant in VARIANTS}

    assert found == {variant: {} for variant in VARIANTS}
    refuse_bad_texts(BANK, {variant: READ[variant] for variant in VARIANTS})


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


def test_differences_between_drafts_are_settled_as_the_page_says() -> None:
    said = {
        (language, f"{at.kind} {at.code}, {at.field}".lower()): made.text.lower()
        for language, texts in TEXTS.items()
        for at, made in texts.items()
    }

    found = settled_differences()

    assert {language for language, some in found.items() if len(some) >= FEWEST_SETTLED} == (
        TEXTS.keys()
    )
    listed = [(language, one) for language, some in found.items() for one in some]
    assert [(language, one.place) for language, one in listed if not one.reason] == []
    assert [
        (language, one.place)
        for language, one in listed
        if one.settled.lower() not in said[language, one.place.lower()]
    ] == []
