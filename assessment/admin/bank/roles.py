"""Roles: who acts on a recommendation, each once for all rules."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.models import Role


@admin.register(Role)
class RoleAdmin(PartAdmin):
    list_display = ["code", "name", "tier", "sector", "relation", "position"]
    list_filter = [*PartAdmin.list_filter, "tier", "sector"]
    search_fields = ["code", "name"]
    fieldsets = [(None, {"fields": ["edition", "code", "name", "tier", "sector", "relation"]})]
    help_texts = {
        "name": _("A kind of unit, not a person: “Planning unit of the agriculture ministry”."),
        "tier": _("Leave empty where it differs from country to country, or is every tier."),
        "sector": _("Leave empty where it differs, or is every sector."),
        "relation": _(
            "“part”: a unit of the institutions that run the programmes, whose names stand beside "
            "it; “above”: it can decide over all of them."
        ),
    }
