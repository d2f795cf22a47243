"""The glossary."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.form_fields import LinesField
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.models import Term


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
