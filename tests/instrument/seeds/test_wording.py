"""What holds for every text that people read in the real bank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessment.instrument.translation import first_and_further

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument

PAIR = re.compile(
    r"\bboth (?:\w+ and \w+ )?(?:programme|ministr|institution|director)", re.IGNORECASE
)


def advice_of(bank: Instrument) -> Iterator[tuple[str, str]]:
    for dimension in bank.dimensions:
        yield from ((dimension.code, text) for text in dimension.advice)
    for rule in bank.rules:
        own = (rule.title, rule.text, rule.actor, rule.first_step, rule.needs)
        other = (text for v in rule.variants for text in (v.text, v.first_step, v.needs))
        yield from ((rule.code, text) for text in (*own, *other))


def test_wording_of_advice_holds_for_any_number_of_programmes(bank: Instrument) -> None:
    assert [(code, text) for code, text in advice_of(bank) if PAIR.search(text)] == []


def test_wording_of_summaries_leaves_the_findings_to_the_report(bank: Instrument) -> None:
    told = re.compile(r"\b(?:documents?|cases?|found|brief|Barrantes)\b", re.IGNORECASE)

    assert [d.code for d in bank.dimensions if told.search(d.summary)] == []


def test_wording_of_help_starts_with_a_short_sentence(bank: Instrument) -> None:
    first = {q.code: first_and_further(q.help)[0] for q in bank.questions}

    assert {code: hint for code, hint in first.items() if len(hint) > 110 or ". " in hint} == {}


def test_wording_never_says_beneficiaries(bank: Instrument) -> None:
    asked = [(q.code, f"{q.text} {q.help} {q.why}") for q in bank.questions]
    offered = [(q.code, option.text) for q in bank.questions for option in q.options]
    found = [(finding.code, finding.text) for finding in bank.findings]
    told = [(case.code, case.text) for case in bank.cases]
    explained = [(term.code, term.text) for term in bank.terms]
    texts = (*asked, *offered, *found, *told, *explained, *advice_of(bank))

    assert [code for code, text in texts if "beneficiar" in text.casefold()] == []
