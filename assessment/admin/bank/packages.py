"""Packages: rules that are carried out together."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.choices import package_choices, rule_choices
from assessment.admin.bank.part.code_lists import CodesField, offer_codes
from assessment.admin.bank.part.fields import SMALL_TEXTAREA
from assessment.admin.bank.part.forms import PartForm
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.models import Edition, Package


class PackageForm(PartForm):
    def bind_edition(self, edition: Edition | None) -> None:
        super().bind_edition(edition)
        rules = rule_choices(edition)
        others = [named for named in package_choices(edition) if named[0] != self.instance.code]
        offer_codes(self, "rules", rules, _("Add a rule …"))
        offer_codes(self, "prerequisite_if", rules, _("Add a rule …"))
        offer_codes(self, "prerequisite_of", others, _("Add a package …"))


@admin.register(Package)
class PackageAdmin(PartAdmin):
    form = PackageForm
    list_display = ["code", "title", "rule_codes", "position"]
    search_fields = ["code", "title", "text"]
    formfield_overrides = SMALL_TEXTAREA
    fieldsets = [
        (None, {"fields": ["edition", "code", "title", "text", "rules"]}),
        (
            _("Where it has to come before another package"),
            {"fields": ["prerequisite_if", "prerequisite_of"]},
        ),
    ]
    special = dict.fromkeys(("rules", "prerequisite_if", "prerequisite_of"), CodesField)
    help_texts = {
        "text": _("One sentence: what this package settles."),
        "rules": _(
            "One a line, the most important first: the first that is recommended leads, the "
            "others are its steps. A rule stands in one package."
        ),
        "prerequisite_if": _(
            "Rules of this package: where one of them is recommended, it goes first."
        ),
        "prerequisite_of": _("The packages that it then stands before."),
    }

    @admin.display(description=_("rules"))
    def rule_codes(self, package: Package) -> str:
        return ", ".join(package.rules)
