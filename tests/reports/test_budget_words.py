"""What the bank calls a budget line, wherever a plan names one."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from assessment.instrument.texts import texts_of
from assessment.instrument.translation import up_to_date, with_translations
from assessment.interchange.seed_texts import read_seed_texts
from assessment.reports.budget_words import budget_words
from tests.seeds_once import seeds

BANK = seeds()
SAID = {
    "es": "Partida presupuestaria",
    "es-co": "Rubro presupuestal",
    "es-pe": "Programa presupuestal",
    "fr": "Ligne budgétaire",
    "pt": "Rubrica orçamentária",
    "pt-br": "Dotação orçamentária",
    "pt-mz": "Rubrica orçamental",
}


def test_budget_line_has_the_name_of_the_country() -> None:
    texts, sources = read_seed_texts(BANK), texts_of(BANK)
    found = {}
    for variant in SAID:
        language = variant.partition("-")[0]
        laid = {**texts[language], **up_to_date(texts[variant], sources)}
        with override(language):
            words = budget_words(with_translations(BANK, laid, language=language))
        found[variant] = words.pays.partition(" that ")[0].partition(" q")[0]

    assert found == SAID


def test_sentences_of_another_language_keep_their_own_word() -> None:
    spanish = with_translations(BANK, read_seed_texts(BANK)["es"], language="es")
    untranslated = with_translations(BANK, {}, language="es")
    cases = {"en": (BANK, spanish, replace(BANK, terms=())), "es": (untranslated, spanish)}

    def outcome(around: str) -> list[str]:
        with override(around):
            return [budget_words(bank).none for bank in cases[around]]

    def expected(around: str) -> list[str]:
        """The last of each is in Spanish, or has no word."""
        with override(around):
            own = _("budget line")
            last = "partida presupuestaria" if around == "es" else own
            words = [*[own] * (len(cases[around]) - 1), last]
            return [_("no {budget_line}").format(budget_line=one) for one in words]

    assert {around: outcome(around) for around in cases} == {
        around: expected(around) for around in cases
    }
