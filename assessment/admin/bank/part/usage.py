"""Where a part is used, as its page, its form and its deletion say it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from assessment.admin.bank.part.wording import option_use_sentence, use_sentence
from assessment.admin.core.pages import part_addresses
from assessment.admin.core.request_cache import RequestCache
from assessment.models import Answer, Question, Round
from assessment.models.queries.usage import PartUsage

UsageByPart = dict[tuple[type[Any], int], PartUsage]

USAGES: RequestCache[UsageByPart] = RequestCache(lambda _request: {})
"""Fields that are fixed, rows that stay and the list of uses of one page ask for it.

Without it the page of a question asks 30 queries and not 19, that of a finding 29 and not 18,
that of a rule 26 and not 23.
"""


def part_usage(request: HttpRequest, part: Any) -> PartUsage:
    usages = USAGES.get(request)
    return usages.setdefault((type(part), part.pk), PartUsage(part))


def use_links(usage: PartUsage) -> list[tuple[str, str]]:
    """Each use in words, with the address of what uses the part; a query for each model."""
    uses = [(use, use_sentence(use)) for use in usage.uses]
    if isinstance(usage.part, Question):
        found = [use for uses_of_one in usage.option_uses.values() for use in uses_of_one]
        uses += [(use, option_use_sentence(use)) for use in found]
    models = {use.model for use, _sentence in uses} - {Answer, Round}
    addresses = part_addresses(usage.part.edition_id, models)
    return [(sentence, addresses.get((use.model, use.code), "")) for use, sentence in uses]
