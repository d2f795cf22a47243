"""Where findings stand."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.forms import PartForm
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.instrument.validation.texts import is_web_address
from assessment.models import Source


class SourceForm(PartForm):
    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if url and not is_web_address(url):
            raise ValidationError(
                _("Leave it empty, or give an address that begins with http:// or https://.")
            )
        return url


@admin.register(Source)
class SourceAdmin(PartAdmin):
    form = SourceForm
    list_display = ["code", "title", "author", "date", "position"]
    search_fields = ["code", "title", "author"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "title", "author", "publisher", "date", "kind"]}),
        (_("Where it is found"), {"fields": ["url", "file", "attribution", "note"]}),
    ]
    help_texts = {"date": _("As the document gives it; “undated” where it gives none.")}
