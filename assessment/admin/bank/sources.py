"""Where findings stand."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.models import Source


@admin.register(Source)
class SourceAdmin(PartAdmin):
    list_display = ["code", "title", "author", "date", "position"]
    search_fields = ["code", "title", "author"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "title", "author", "publisher", "date", "kind"]}),
        (_("Where it is found"), {"fields": ["url", "file", "attribution", "note"]}),
    ]
    help_texts = {"date": _("As the document gives it; “undated” where it gives none.")}
