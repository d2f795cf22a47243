"""Rules: a condition, and what is recommended where it is true."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.evidence import evidence_of
from assessment.admin.bank.part.choices import (
    RegionForm,
    choose_from,
    role_choices,
    rule_choices,
)
from assessment.admin.bank.part.code_lists import CodesField, offer_codes
from assessment.admin.bank.part.fields import SMALL_TEXTAREA
from assessment.admin.bank.part.filters import DimensionFilter, MissingTranslationFilter
from assessment.admin.bank.part.forms import ChildForm
from assessment.admin.bank.part.inlines import SortableChildInline
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bench.rule_bench import rule_bench_path
from assessment.admin.core.filters import EditionFilter
from assessment.instrument.conditions.grammar import FAMILIES
from assessment.instrument.issues import Where
from assessment.models import Edition, Rule, RuleVariant
from assessment.reports.issue_wording.bank import bare_sentence

RULE_FAMILIES = frozenset(FAMILIES)
CONDITION_HELP = _(
    "Speaks of levels, scores, answers, the profile and gaps, joined by and, or, not. For example: "
    "level.PC >= 3 and (level.BI <= 1 or level.TG <= 1), or: answer.PC2 <= 1 and "
    'profile.region == "LA"'
)


class RuleForm(RegionForm):
    fills_placeholders = True
    conditions = {
        "when": RULE_FAMILIES,
        "when_case": RULE_FAMILIES,
        "suppressed_when": RULE_FAMILIES,
        "unless": RULE_FAMILIES,
    }

    def bind_edition(self, edition: Edition | None) -> None:
        super().bind_edition(edition)
        others = [rule for rule in rule_choices(edition) if rule[0] != self.instance.code]
        roles = role_choices(edition)
        choose_from(self, "suppressed_by", others)
        choose_from(self, "role", roles)
        offer_codes(self, "contains", others, _("Add a rule …"))
        offer_codes(self, "with_roles", roles, _("Add a role …"))

    def clean(self) -> dict[str, Any]:
        """As publishing asks for it: older editions say in words who acts."""
        cleaned: dict[str, Any] = super().clean()
        if not (cleaned.get("role") or cleaned.get("actor")):
            empty = Where("rules", str(cleaned.get("code", ""))).issue("role", "empty_field")
            self.add_error("role", bare_sentence(empty))
        return cleaned


class VariantForm(ChildForm):
    fills_placeholders = True
    conditions = {"when": RULE_FAMILIES}


class VariantInline(SortableChildInline):
    model = RuleVariant
    form = VariantForm
    fields = ["position", "when", "text", "first_step", "needs"]
    formfield_overrides = SMALL_TEXTAREA
    help_texts = {"when": _("The first variant whose condition is true takes the rule's place.")}


@admin.register(Rule)
class RuleAdmin(PartAdmin):
    form = RuleForm
    change_form_template = "admin/assessment/bank/evidence_form.html"
    inlines = [VariantInline]
    list_display = [
        "code",
        "title",
        "dimension_code",
        "when",
        "region",
        "priority",
        "horizon",
        "position",
    ]
    list_select_related = ["edition", "dimension"]
    list_filter = [
        EditionFilter,
        "edition__state",
        MissingTranslationFilter,
        DimensionFilter,
        "region",
        "priority",
        "timing",
        "horizon",
    ]
    search_fields = [
        *("code", "title", "text", "when", "unless", "first_step", "needs", "variants__text"),
    ]
    autocomplete_fields = ["dimension", "other_dimensions", "findings"]
    formfield_overrides = SMALL_TEXTAREA
    fieldsets = [
        (None, {"fields": ["edition", "code", "title"]}),
        (_("When it is recommended"), {"fields": ["when", "unless", "when_case", "region"]}),
        (_("What is recommended"), {"fields": ["text", "first_step", "needs"]}),
        (
            _("Who, how soon, how important"),
            {
                "fields": [
                    *("role", "with_roles", "actor", "timing", "horizon", "priority"),
                    *("guaranteed", "dimension", "other_dimensions"),
                ]
            },
        ),
        (_("Evidence"), {"fields": ["findings"]}),
        (
            _("Rules that become its steps"),
            {"fields": ["contains"], "classes": ["collapse"]},
        ),
        (
            _("Where another rule takes its place"),
            {"fields": ["suppressed_by", "suppressed_when"], "classes": ["collapse"]},
        ),
    ]
    special = {
        "priority": partial(
            forms.TypedChoiceField, coerce=int, choices=[(n, str(n)) for n in (1, 2, 3)]
        ),
        "contains": CodesField,
        "with_roles": CodesField,
    }
    help_texts = {
        "when": CONDITION_HELP,
        "when_case": _("Only where the cases must be asked something else than the answers."),
        "unless": _(
            "Answers that the text would contradict. Where this is true, the rule still holds, but "
            "it is not recommended."
        ),
        "contains": _(
            "One a line. Where both are recommended, each of them stands as a step of this rule."
        ),
        "role": _("The kind of unit that has to begin."),
        "with_roles": _("One a line, at most three."),
        "actor": _("Only where no role says it, as in older editions."),
        "timing": _("When work on it begins."),
        "guaranteed": _("Its package is always among those to begin with. Meant for one rule."),
        "horizon": _("How long it takes until it is done."),
        "priority": _("1 is the most important."),
        "first_step": _("Something concrete that can be done within 30 days."),
        "suppressed_by": _("This rule is left out where that rule is true."),
        "suppressed_when": _("Only if this condition is true as well; usually empty."),
    }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        rule = kwargs.get("obj")
        context["evidence"] = evidence_of(rule) if rule else None
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [rule_bench_path(), *super().get_urls()]

    def object_tools(self, request: HttpRequest, part: Rule) -> list[tuple[str, Any]]:
        bench = reverse("admin:assessment_rule_bench", args=[part.edition_id])
        test = (f"{bench}?sample=1#{part.code}", _("Test this rule"))
        return [test, *super().object_tools(request, part)]

    @admin.display(description=_("dimension"), ordering="dimension__position")
    def dimension_code(self, rule: Rule) -> str:
        return rule.dimension.code if rule.dimension else ""
