"""Sources, findings, dimensions, regions and the glossary."""

from __future__ import annotations

from functools import partial

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.choices import RegionForm
from assessment.admin.bank.part.filters import (
    CitationFilter,
    FindingDimensionFilter,
    MissingTranslationFilter,
)
from assessment.admin.bank.part.form_fields import CountriesField, LinesField
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bench.preview import PreviewedAdmin
from assessment.admin.core.filters import EditionFilter
from assessment.models import Dimension, Finding, Region, Source, Term

LEVEL_COUNT = 5


@admin.register(Source)
class SourceAdmin(PartAdmin):
    list_display = ["code", "title", "author", "date", "position"]
    search_fields = ["code", "title", "author"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "title", "author", "publisher", "date", "kind"]}),
        (_("Where it is found"), {"fields": ["url", "file", "attribution", "note"]}),
    ]
    help_texts = {"date": _("As the document gives it; “undated” where it gives none.")}


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


@admin.register(Dimension)
class DimensionAdmin(PreviewedAdmin):
    list_display = ["code", "name", "short", "position"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["findings"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "name", "short", "summary", "sub_dimensions"]}),
        (_("What the report says"), {"fields": ["advice"]}),
        (_("Evidence"), {"fields": ["findings"]}),
    ]
    special = {"sub_dimensions": LinesField, "advice": partial(LinesField, exactly=LEVEL_COUNT)}
    help_texts = {
        "short": _("At most 14 characters: it stands in charts."),
        "summary": _("One neutral sentence above the questions: what they ask about."),
        "sub_dimensions": _("One on each line."),
        "advice": _(
            "Five lines, one for each level, the lowest first: what the level usually means and "
            "the next thing to work on."
        ),
    }


@admin.register(Region)
class RegionAdmin(PartAdmin):
    list_display = ["code", "name", "country_count", "position"]
    search_fields = ["code", "name"]
    fieldsets = [(None, {"fields": ["edition", "code", "name", "countries"]})]
    special = {"countries": CountriesField}
    help_texts = {"countries": _("Country codes of two letters, separated by spaces.")}

    @admin.display(description=_("countries"))
    def country_count(self, region: Region) -> int:
        return len(region.countries)


@admin.register(Term)
class TermAdmin(PartAdmin):
    list_display = ["code", "term", "wording", "position"]
    search_fields = ["code", "term", "text"]
    fieldsets = [(None, {"fields": ["edition", "code", "term", "forms", "text"]})]
    special = {"forms": LinesField}
    help_texts = {"forms": _("Other spellings and plurals that occur in the texts, one a line.")}

    @admin.display(description=_("text"))
    def wording(self, term: Term) -> str:
        return Truncator(term.text).chars(100)
