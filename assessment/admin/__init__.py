"""The screens of content people and of those who look after a site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment.admin import (
    bank,
    cases,
    editions,
    people,
    questions,
    responses,
    rules,
    translations,
)

__all__ = [
    "bank",
    "cases",
    "editions",
    "people",
    "questions",
    "responses",
    "rules",
    "translations",
]

admin.site.site_header = _("Articula: questions and results")
admin.site.site_title = _("Articula")
admin.site.index_title = _("What do you want to work on?")
admin.site.empty_value_display = "–"
