"""What a plan says of money, with the bank's word for a budget line, which may be the country's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.instrument.translation import TextInLanguage
from assessment.reports.formats import colon

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

TERM = "budget-line"
"""Its code in the glossary."""


@dataclass(frozen=True, slots=True)
class BudgetWords:
    """`pays` and `why_none` head what a plan says of money."""

    pays: str
    why_none: str
    none: str

    def without(self, reason: str) -> str:
        return f"{self.none}{colon()}{reason}"


def budget_words(bank: Instrument) -> BudgetWords:
    """In the reader's language."""
    words = _term(bank) or _("budget line")
    return BudgetWords(
        pays=capfirst(_("{budget_line} that pays for it").format(budget_line=words)),
        why_none=_("If there is no {budget_line}: why").format(budget_line=words),
        none=_("no {budget_line}").format(budget_line=words),
    )


def _term(bank: Instrument) -> str:
    """Empty where the glossary does not have it in the language of the sentences around it."""
    term = next((term.term for term in bank.terms if term.code == TERM), "")
    language = term.language if isinstance(term, TextInLanguage) else bank.language
    around = get_language() or "en"
    return str(term) if language.partition("-")[0] == around.partition("-")[0] else ""
