"""What a country calls a budget line, where it is not what the language says elsewhere.

docs/translating.md names the words; other words of a country, such as those for the tiers, belong
to a round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.reports.formats import colon

if TYPE_CHECKING:
    from collections.abc import Mapping

BUDGET_LINES: Mapping[tuple[str, str], str] = {
    ("es", "CO"): "rubro presupuestal",
    ("es", "PE"): "programa presupuestal",
    ("pt", "BR"): "dotação orçamentária",
    **{("pt", country): "rubrica orçamental" for country in ("AO", "CV", "GW", "MZ", "ST", "TL")},
}
"""By language and country."""


@dataclass(frozen=True, slots=True)
class BudgetWords:
    """`pays` and `why_none` head what a plan says of money."""

    pays: str
    why_none: str
    none: str

    def without(self, reason: str) -> str:
        return f"{self.none}{colon()}{reason}"


def budget_words(country: object) -> BudgetWords:
    """In the reader's language; `country` as the profile holds it."""
    language = (get_language() or "en").partition("-")[0]
    words = BUDGET_LINES.get((language, str(country))) or _("budget line")
    return BudgetWords(
        pays=capfirst(_("{budget_line} that pays for it").format(budget_line=words)),
        why_none=_("If there is no {budget_line}: why").format(budget_line=words),
        none=_("no {budget_line}").format(budget_line=words),
    )
