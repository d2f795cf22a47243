"""The list of editions: what each holds, and the pages that lead on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.pages import address_of
from assessment.admin.editions.permissions import may_publish, may_start_draft
from assessment.models.queries.editions import with_counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from assessment.models import Edition


class EditionChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Each edition with its counts, in the one query that reads it."""
        rows: Any = super().get_queryset(request, *args, **kwargs)
        return with_counts(rows)


def steps_column(request: HttpRequest) -> Callable[[Edition], str]:
    """A column of links to the pages that lead on from an edition, for this person."""

    @admin.display(description=_("what you can do"))
    def next_steps(edition: Edition) -> str:
        steps = (
            (edition.is_draft, "checks", _("Check")),
            (edition.is_draft and may_publish(request, edition), "publish", _("Publish")),
            (may_start_draft(request, edition), "draft", _("Start a new draft from it")),
        )
        links = ((address_of(name, edition), words) for may, name, words in steps if may)
        return format_html_join(" ", '<a class="step" href="{}">{}</a>', links)

    return next_steps
