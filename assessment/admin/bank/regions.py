"""Regions with their countries."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.form_fields import CountriesField
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.models import Region


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
