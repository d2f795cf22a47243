"""Where somebody sits, in words: sector and tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    Words = Mapping[str, _StrPromise]

TIERS: Words = {
    "national": pgettext_lazy("tier", "National"),
    "regional": pgettext_lazy("tier", "Regional"),
    "local": pgettext_lazy("tier", "Local"),
}
SECTORS: Words = {
    "social_protection": gettext_lazy("Social protection"),
    "agriculture": gettext_lazy("Agriculture"),
    "finance": gettext_lazy("Finance and planning"),
    "other": gettext_lazy("Other sectors"),
}


def tiers_of_round(tier_words: Mapping[str, str]) -> dict[str, str]:
    """By code, in the country’s own words where the round has them, written as ours are."""
    return {code: capfirst(tier_words.get(code) or str(words)) for code, words in TIERS.items()}


def seat_words(
    sector: str | None, tier: str | None, tier_words: Mapping[str, str] | None = None
) -> str:
    """Where somebody sits, such as “Agriculture, Local”; nothing where neither is given.

    `tier_words` are the country's own words for the tiers, where a round has them.
    """
    of_tier = tiers_of_round(tier_words or {}).get(tier or "")
    return ", ".join(str(words) for words in (SECTORS.get(sector or ""), of_tier) if words)
