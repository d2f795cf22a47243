"""Which editions there are, and which of them a list shows."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest, QueryDict

from assessment.admin.core.request_cache import RequestCache
from assessment.models import Edition
from assessment.models.queries import completeness
from assessment.models.queries.conditions import RulesByName, rules_by_name


class EditionChoice:
    """Read from the address of a list; where it names no edition, one is chosen."""

    def __init__(self, query: QueryDict) -> None:
        self._query = query

    @cached_property
    def editions(self) -> list[Edition]:
        """All, newest first, each with the languages it offers."""
        rows = Edition.objects.annotate(offered=completeness.offered_languages())
        return list(rows.order_by("-id"))

    @cached_property
    def drafts(self) -> list[Edition]:
        return [edition for edition in self.editions if edition.is_draft]

    @property
    def default(self) -> Edition | None:
        """The newest draft; without one, the edition that new responses start on."""
        published = [e for e in self.editions if e.state == Edition.State.PUBLISHED]
        current = sorted(published, key=lambda edition: edition.number or 0)[-1:]
        return next(iter([*self.drafts, *current]), None)

    @property
    def selected(self) -> Edition | None:
        """The one edition whose parts a list shows; None where it shows several."""
        key = self._query.get("edition", "")
        if key:
            return next((e for e in self.editions if str(e.pk) == key), None)
        return None if "edition__state__exact" in self._query else self.default

    @property
    def selected_ids(self) -> list[int]:
        """Of the edition that a list shows, or of all."""
        selected = self.selected
        return [edition.pk for edition in ([selected] if selected else self.editions)]

    @cached_property
    def rules(self) -> RulesByName:
        """What the rules of the selected editions speak of."""
        return rules_by_name(self.selected_ids)


EDITION_CHOICES = RequestCache(lambda request: EditionChoice(request.GET))
"""Permissions, filters, columns and fields of one page ask for it.

Without it the index asks 21 queries and not 4, the list of questions 25 and not 8, the page of a
question 30 and not 19.
"""


def edition_choice(request: HttpRequest) -> EditionChoice:
    return EDITION_CHOICES.get(request)
