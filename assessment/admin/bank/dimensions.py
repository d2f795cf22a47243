"""Dimensions, and what the report says of each level."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.form_fields import LinesField
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bench.preview import preview_link, preview_path
from assessment.models import Dimension

LEVEL_COUNT = 5


@admin.register(Dimension)
class DimensionAdmin(PartAdmin):
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

    def get_urls(self) -> list[URLPattern]:
        return [preview_path(Dimension), *super().get_urls()]

    def object_tools(self, request: HttpRequest, part: Dimension) -> list[tuple[str, Any]]:
        return [preview_link(part), *super().object_tools(request, part)]
