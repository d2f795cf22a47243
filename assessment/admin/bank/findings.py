"""What the documents say, a sentence each, and where it stands."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.choices import RegionForm
from assessment.admin.bank.part.filters import (
    CitationFilter,
    FindingDimensionFilter,
    MissingTranslationFilter,
)
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.core.filters import EditionFilter
from assessment.models import Finding


@admin.register(Finding)
class FindingAdmin(PartAdmin):
    form = RegionForm
    list_display = ["code", "wording", "kind", "region", "source", "position"]
    list_select_related = ["edition", "source"]
    list_filter = [
        EditionFilter,
        "edition__state",
        MissingTranslationFilter,
        FindingDimensionFilter,
        "kind",
        CitationFilter,
    ]
    search_fields = ["code", "text"]
    autocomplete_fields = ["source", "dimensions"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "text", "kind", "region", "dimensions"]}),
        (_("Where it stands"), {"fields": ["source", "section", "place", "note"]}),
    ]
    help_texts = {
        "text": _("In our own words, one or two plain sentences."),
        "place": _("So that a reader can look it up: a line, a table row, a page."),
        "kind": _("“context” marks a finding that nothing needs to cite."),
    }

    @admin.display(description=_("finding"), ordering="text")
    def wording(self, finding: Finding) -> str:
        return Truncator(finding.text).chars(100)
