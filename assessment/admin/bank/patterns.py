"""Patterns: what several answers look like together."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.evidence import evidence_of
from assessment.admin.bank.part.choices import case_choices, choose_from, package_choices
from assessment.admin.bank.part.fields import SMALL_TEXTAREA
from assessment.admin.bank.part.forms import PartForm
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bank.rules import CONDITION_HELP, RULE_FAMILIES
from assessment.models import Edition, Pattern


class PatternForm(PartForm):
    conditions = {"when": RULE_FAMILIES, "unless": RULE_FAMILIES}

    def bind_edition(self, edition: Edition | None) -> None:
        super().bind_edition(edition)
        choose_from(self, "package", package_choices(edition))
        choose_from(self, "case", case_choices(edition))


@admin.register(Pattern)
class PatternAdmin(PartAdmin):
    form = PatternForm
    change_form_template = "admin/assessment/bank/evidence_form.html"
    list_display = ["code", "title", "when", "package", "position"]
    search_fields = ["code", "title", "text", "when", "unless"]
    autocomplete_fields = ["findings"]
    formfield_overrides = SMALL_TEXTAREA
    fieldsets = [
        (None, {"fields": ["edition", "code", "title", "text"]}),
        (_("When it is seen"), {"fields": ["when", "unless"]}),
        (_("What belongs to it"), {"fields": ["package", "case", "findings"]}),
        (
            _("Beside other patterns"),
            {"fields": ["group", "alone", "filler"], "classes": ["collapse"]},
        ),
    ]
    help_texts = {
        "title": _("At most 50 characters, in plain words."),
        "text": _(
            "Two sentences: what it looks like, and what it means for the work. They say no more "
            "than the answers do."
        ),
        "when": CONDITION_HELP,
        "unless": _("What the text would contradict. Where this is true, it is not named."),
        "package": _("The recommendations that answer it; usually one."),
        "case": _("Only where the documents describe it in this case."),
        "group": _("Of all patterns with the same word here, only one leads. Usually empty."),
        "alone": _("Where this one leads, no other does."),
        "filler": _("It leads only where no other pattern takes the place."),
    }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        pattern = kwargs.get("obj")
        context["evidence"] = evidence_of(pattern) if pattern else None
        return super().render_change_form(request, context, *args, **kwargs)

    def object_tools(self, request: HttpRequest, part: Pattern) -> list[tuple[str, Any]]:
        bench = reverse("admin:assessment_rule_bench", args=[part.edition_id])
        test = (f"{bench}?sample=1#pattern-{part.code}", _("Test this pattern"))
        return [test, *super().object_tools(request, part)]
