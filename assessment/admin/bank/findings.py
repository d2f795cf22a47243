"""What the documents say, a sentence each, and where it stands."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.choices import RegionForm
from assessment.admin.bank.part.fields import SMALL_TEXTAREA
from assessment.admin.bank.part.filters import (
    CitationFilter,
    FindingDimensionFilter,
    MissingTranslationFilter,
)
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.core.filters import EditionFilter
from assessment.instrument.conditions.grammar import FAMILIES
from assessment.models import Finding

ALL_FAMILIES = frozenset(FAMILIES)


class FindingForm(RegionForm):
    conditions = dict.fromkeys(("applies", "have", "seen", "partly"), ALL_FAMILIES)


@admin.register(Finding)
class FindingAdmin(PartAdmin):
    form = FindingForm
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
    search_fields = ["code", "text", "citation"]
    autocomplete_fields = ["source", "dimensions"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "text", "kind", "region", "dimensions"]}),
        (_("Where it stands"), {"fields": ["source", "section", "place", "citation", "note"]}),
        (
            _("Only for advice: when it concerns a scheme, and when it is followed there"),
            {"fields": ["applies", "have"], "classes": ["collapse"]},
        ),
        (
            _("Only for barriers and enablers: when a scheme shows it"),
            {"fields": ["seen", "partly"], "classes": ["collapse"]},
        ),
    ]
    formfield_overrides = SMALL_TEXTAREA
    help_texts = {
        "text": _("In our own words, one or two plain sentences."),
        "place": _("So that a reader can look it up: a line, a table row, a page."),
        "citation": _(
            "The place as readers are told it, without line numbers: “Rural Synergies brief, "
            "summary table, Mexico”."
        ),
        "applies": _("Which schemes this advice is meant for, by their answers or their profile."),
        "have": _("Where this is true, the report says that the scheme follows it already."),
        "seen": _(
            "Where this is true, the scheme shows what the documents saw. Empty: the mean of the "
            "questions that cite the finding decides."
        ),
        "partly": _("Where this is true, and the condition above is not, it is shown in part."),
        "kind": _("“context” marks a finding that nothing needs to cite."),
    }

    @admin.display(description=_("finding"), ordering="text")
    def wording(self, finding: Finding) -> str:
        return Truncator(finding.text).chars(100)
