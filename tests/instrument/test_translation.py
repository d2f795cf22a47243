from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.model import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Instrument,
    Option,
    Package,
    Pattern,
    Question,
    Role,
    Rule,
    RuleVariant,
    Source,
    Term,
)
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import (
    Completeness,
    FallbackText,
    Translation,
    completeness_of,
    country_of_variant,
    entries_by_group,
    is_of_country,
    language_among,
    longest_translation,
    missing_placeholders,
    state_of,
    strange_placeholders,
    translation_entries,
    variants_among,
    with_translations,
)
from tests.instrument.build import REGIONS, SCALE

ASKED = TextKey("questions", "TG1", "text")


@pytest.fixture(scope="module")
def bank() -> Instrument:
    """One of each kind of object, each text different."""
    return Instrument(
        name="Bank",
        language="en",
        scale=replace(SCALE, labels=("Absent",), meanings=("Nothing stands.",)),
        regions=REGIONS[:1],
        sources=(Source("RS", "Brief", note="In Spanish."),),
        findings=(Finding("RS-1", "RS", "s", "p", "fact", "ALL", (), "A finding."),),
        dimensions=(
            Dimension("TG", "Targeting", "Target", "Asks whom.", ("Lists",), (), ("Begin.", "")),
        ),
        questions=(
            Question("P1", "number", "How many?", unit="programmes", profile="programmes"),
            Question("TG1", "level", "Same list?", "Look.", dimension="TG", options=OPTIONS),
        ),
        cases=(
            Case("PE", "Peru", "PE", "LA", "x", 2, "yes", "RS-1", "A case.", readings=READINGS),
        ),
        rules=(
            rule("R01", "Share the list", dimensions=("TG",), variants=VARIANTS),
            rule("G01", "Begin in {country}"),
        ),
        terms=(Term("list", "list", "Names.", ("lists", "rolls")), Term("ox", "ox", "An animal.")),
    )


OPTIONS = (Option("0", "No"), Option("1", "Yes", 1, help="In part too."))
READINGS = (CaseReading("TG", 1, 2, "inferred", (), "One list."),)
VARIANTS = (RuleVariant(parse('profile.region == "LA"'), "Use the register."),)


def rule(code: str, title: str, **more: object) -> Rule:
    texts = {"text": "Do.", "first_step": "Meet.", "needs": "Time.", "actor": "Both"}
    given = {"code": code, "title": title, "when": parse("answer.TG1 <= 1"), "horizon": "S"}
    return Rule(**given, **texts, priority=1, **more)  # type: ignore[arg-type]


def made(source: str, text: str) -> Translation:
    return Translation(text, hash_of_text(source))


def test_texts_are_all_that_a_person_reads(bank: Instrument) -> None:
    rule_texts = {"actor": "Both", "text": "Do.", "first_step": "Meet.", "needs": "Time."}

    assert texts_of(bank) == {
        ("scale", "scale", "labels.0"): "Absent",
        ("scale", "scale", "meanings.0"): "Nothing stands.",
        ("regions", "LA", "name"): "Latin America",
        ("sources", "RS", "note"): "In Spanish.",
        ("findings", "RS-1", "text"): "A finding.",
        ("dimensions", "TG", "name"): "Targeting",
        ("dimensions", "TG", "short"): "Target",
        ("dimensions", "TG", "summary"): "Asks whom.",
        ("dimensions", "TG", "sub_dimensions.1"): "Lists",
        ("dimensions", "TG", "advice.0"): "Begin.",
        ("questions", "P1", "text"): "How many?",
        ("questions", "P1", "unit"): "programmes",
        ("questions", "TG1", "text"): "Same list?",
        ("questions", "TG1", "help"): "Look.",
        ("questions", "TG1", "options.0.text"): "No",
        ("questions", "TG1", "options.1.text"): "Yes",
        ("questions", "TG1", "options.1.help"): "In part too.",
        ("cases", "PE", "name"): "Peru",
        ("cases", "PE", "text"): "A case.",
        ("cases", "PE", "readings.TG.text"): "One list.",
        ("rules", "R01", "title"): "Share the list",
        **{("rules", "R01", field): text for field, text in rule_texts.items()},
        ("rules", "R01", "variants.1.text"): "Use the register.",
        ("rules", "G01", "title"): "Begin in {country}",
        **{("rules", "G01", field): text for field, text in rule_texts.items()},
        ("terms", "list", "term"): "list",
        ("terms", "list", "text"): "Names.",
        ("terms", "list", "forms"): "lists\nrolls",
        ("terms", "ox", "term"): "ox",
        ("terms", "ox", "text"): "An animal.",
    }


def test_laid_instrument_speaks_the_other_language_and_borrows_what_is_missing_or_stale(
    bank: Instrument,
) -> None:
    translations = {place: made(text, f"«{text}»") for place, text in texts_of(bank).items()}

    laid = with_translations(bank, translations, language="es")
    bare = with_translations(bank, {}, language="es")

    assert {p: f"«{text}»" for p, text in texts_of(bank).items()} == texts_of(laid)
    assert (laid.language, laid.fallbacks) == ("es", frozenset())
    assert laid.terms[0].forms == ("«lists", "rolls»")
    assert (texts_of(bare), bare.fallbacks) == (texts_of(bank), frozenset(texts_of(bank)))

    some = with_translations(bank, {ASKED: made("Same list?", "¿Misma lista?")}, language="es")
    stale = with_translations(bank, {ASKED: made("Same lists?", "¿Mismas listas?")}, language="es")

    asked, borrowed = some.question["TG1"].text, some.question["P1"].text
    assert (asked, isinstance(asked, FallbackText)) == ("¿Misma lista?", False)
    assert isinstance(borrowed, FallbackText)
    assert (borrowed, borrowed.language, str(borrowed) is borrowed) == ("How many?", "en", True)
    assert some.language_of(ASKED) == "es"
    assert some.language_of(TextKey("questions", "P1", "text")) == "en"
    assert stale.question["TG1"].text == "Same list?"


def test_translation_changes_no_content_but_the_words(bank: Instrument) -> None:
    one = with_translations(bank, {ASKED: made("Same list?", "¿Misma lista?")}, language="es")
    other = with_translations(bank, {ASKED: made("Same list?", "¿Igual lista?")}, language="es")

    assert one.content_hash == other.content_hash == bank.content_hash == bank.texts_hash
    assert len({one.texts_hash, other.texts_hash, bank.texts_hash}) == 3


def test_state_follows_from_the_source_and_completeness_counts_states(bank: Instrument) -> None:
    table: list[tuple[Translation | None, str]] = [
        (None, "missing"),
        (made("Yes", ""), "missing"),
        (made("No", "No"), "to_review"),
        (made("Yes", "Sí"), "done"),
    ]
    translations = {
        ASKED: made("Same list?", "¿Misma lista?"),
        TextKey("cases", "PE", "name"): made("Perú", "Perú"),
    }
    counted = completeness_of(translation_entries(bank, translations))

    assert [(translation, state_of("Yes", translation)) for translation, _ in table] == table
    assert counted == Completeness(done=1, to_review=1, missing=34)
    assert (counted.total, counted.percent) == (36, 2)
    assert completeness_of([]).percent == 100


def test_entries_stand_in_the_groups_of_a_translator(bank: Instrument) -> None:
    bank = replace(
        bank,
        roles=(Role("planning", "Planning unit"),),
        packages=(Package("decision", "Decide", "Who decides.", ("R01",)),),
        patterns=(Pattern("nobody", "Nobody", parse("level.TG <= 1"), "It is so."),),
    )
    entries = translation_entries(bank, {ASKED: made("Same list?", "¿Misma lista?")})

    assert {name: len(found) for name, found in entries_by_group(entries).items()} == {
        "TG": 16,
        "_advice": 5,
        "_around": 2,
        "_cases": 3,
        "_findings": 1,
        "_general": 4,
        "_rules": 5,
        "_terms": 5,
    }
    assert [(e.target, e.group) for e in entries if e.is_done] == [("¿Misma lista?", "TG")]


def test_words_of_a_country_lie_over_the_language_that_serves_it() -> None:
    table: list[tuple[str, str]] = [("es", "es"), ("es-pe", "es"), ("es-mx", "es-mx"), ("fr", "fr")]
    written = ["es", "es-co", "es-419", "pt", "pt-br", "fr-ml", "am-et"]

    found = variants_among(written, {"es", "pt", "pt-br", "fr"})

    assert [
        (asked, language_among(asked, frozenset({"es", "es-mx"}))) for asked, _ in table
    ] == table
    assert found == {"es-co": "es", "fr-ml": "fr"}
    assert [country_of_variant(variant) for variant in found] == ["CO", "ML"]
    assert [one for one in written if is_of_country(one)] == ["es-co", "pt-br", "fr-ml", "am-et"]


def test_translation_is_expected_to_keep_placeholders_and_short_names() -> None:
    source, target = "In {country}, %(number)d of {region}", "En {pais}, {region}"

    assert missing_placeholders(source, target) == ["%(number)d", "{country}"]
    assert strange_placeholders(source, target) == ["{pais}"]
    assert longest_translation(TextKey("dimensions", "TG", "short")) == 14
    assert longest_translation(ASKED) == 5000
