"""Questions with their options on one page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.restore import OptionInUse
from assessment.admin.bank.copy_question import copy_link, copy_question_path, may_copy
from assessment.admin.bank.options import OptionInline, kinds_on_page
from assessment.admin.bank.part.filters import (
    DimensionFilter,
    KindFilter,
    MissingTranslationFilter,
    UsedInRulesFilter,
)
from assessment.admin.bank.part.form_fields import PairField, SlugsField, slug_choices
from assessment.admin.bank.part.forms import PartForm
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bank.part.wording import question_kind_choices, use_sentences
from assessment.admin.bench.condition_help import condition_help_paths
from assessment.admin.bench.preview import preview_link, preview_path
from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.core.filters import EditionFilter
from assessment.instrument import model as method
from assessment.instrument.conditions.check import ANSWER_FAMILIES
from assessment.instrument.issues import Issue
from assessment.instrument.model import PROFILE_FIELDS, PROTOCOL_CELLS, SECTORS, TIERS
from assessment.instrument.thresholds import number_issues, weight_issues
from assessment.models import Option, Question
from assessment.models.queries.answer_counts import MOST_COUNTED, answer_counts
from assessment.models.queries.conditions import rules_naming
from assessment.reports.issue_wording.bank import bare_sentence

STEP_FIELDS = ("step_low", "step_high")
SHOWN_IF_HELP = _(
    "Leave empty to show the question always. Otherwise a condition on answers or on the profile, "
    "for example: answer.HC1 >= 2, or: profile.programmes >= 2 and "
    '"named_body" in answer.HC3'
)


class QuestionForm(PartForm):
    conditions = {"shown_if": ANSWER_FAMILIES}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for issue in typed_number_issues(cleaned):
            self.add_error(issue.where.field, bare_sentence(issue))
        return cleaned


def typed_number_issues(cleaned: dict[str, Any]) -> list[Issue]:
    """What is wrong with the numbers that were typed, as publishing will say it."""
    goalposts = cleaned.get("goalposts")
    question = method.Question(
        code=str(cleaned.get("code", "")),
        kind=str(cleaned.get("kind", "")),
        text="",
        weight=cleaned.get("weight") or 0,
        minimum=cleaned.get("minimum"),
        maximum=cleaned.get("maximum"),
        goalposts=tuple(goalposts) if goalposts else None,
    )
    return [*weight_issues(question), *number_issues(question)]


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    form = QuestionForm
    inlines = [OptionInline]
    autocomplete_fields = ["findings", "dimension"]
    search_fields = [
        *("code", "text", "help", "short", "step_low", "step_high"),
        *("options__text", "options__help", "options__label", "options__step"),
    ]
    list_display = [
        "code",
        "wording",
        "dimension_code",
        "kind",
        "essential_mark",
        "option_count",
        "rule_count",
        "answer_count",
        "position",
    ]
    list_filter = [
        EditionFilter,
        "edition__state",
        DimensionFilter,
        KindFilter,
        "essential",
        "core",
        MissingTranslationFilter,
        UsedInRulesFilter,
    ]
    list_select_related = ["edition", "dimension"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "dimension", "kind"]}),
        (_("What the respondent reads"), {"fields": ["text", "text_national", "help", "why"]}),
        (
            _("Who sees it, and when"),
            {"fields": ["tiers", "finance", "sectors", "shown_if", "not_applicable"]},
        ),
        (_("In lists and in the short questionnaire"), {"fields": ["short", "core"]}),
        (_("What to do next"), {"fields": list(STEP_FIELDS)}),
        (_("Evidence"), {"fields": ["findings"]}),
        (_("How it counts"), {"fields": ["scored", "essential", "weight", "hidden_points"]}),
        (
            _("Only for questions that ask for a number"),
            {"fields": ["minimum", "maximum", "unit", "goalposts"], "classes": ["collapse"]},
        ),
        (
            _("Labels for the report"),
            {
                "fields": ["aspect", "indicator_type", "protocol_cells", "profile"],
                "classes": ["collapse"],
            },
        ),
    ]
    special = {
        "kind": partial(forms.ChoiceField, choices=question_kind_choices),
        "tiers": partial(SlugsField, choices=slug_choices(TIERS)),
        "sectors": partial(SlugsField, choices=slug_choices(SECTORS)),
        "protocol_cells": partial(SlugsField, choices=slug_choices(PROTOCOL_CELLS)),
        "goalposts": PairField,
        "profile": partial(
            forms.ChoiceField,
            choices=[("", "–"), *slug_choices([*PROFILE_FIELDS, "tier", "sector"])],
        ),
    }
    help_texts = {
        "code": _("Short and lasting, such as PC1. It is never renamed and never used again."),
        "dimension": _("Empty only for questions of the profile and for the closing question."),
        "text": _("One question that asks one thing, in plain words."),
        "text_national": _("Only where people of the national tier need other words."),
        "help": _(
            "First line: one short sentence below the question. Further lines open under "
            "“More about this question”."
        ),
        "why": _("Why we ask, naming what the documents found."),
        "short": _("At most five words: its name in lists, plans and tables."),
        "core": _("Asked of those who choose the short way, beside the profile."),
        "step_low": _(
            "For who stands at 0 or 1, and for every number: one sentence that somebody can start "
            "this month, and after which something exists. Not the text of the next level."
        ),
        "step_high": _("The same for who stands at 2 or 3."),
        "tiers": _("In a round, who is asked. Somebody who answers alone sees every question."),
        "sectors": _("Leave empty for all sectors."),
        "shown_if": SHOWN_IF_HELP,
        "not_applicable": _("Offer “does not apply” only where it may be true."),
        "weight": _("1, or 2 for an essential question; 10 at most."),
        "essential": _("A low answer here holds the level of the whole dimension."),
        "hidden_points": _("Points given where the condition hides the question; usually empty."),
        "goalposts": _("The numbers that count as 0 and as 100, for example: 0, 100"),
    }

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """Steps stand where the kind wants them, or where some were written before."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        wanted = {name for kind in kinds_on_page(request, obj) for name in kind.steps}
        left_out = {n for n in STEP_FIELDS if n not in wanted and not getattr(obj, n)}
        shown = (
            (title, {**options, "fields": [n for n in options["fields"] if n not in left_out]})
            for title, options in fieldsets
        )
        return [(title, options) for title, options in shown if options["fields"]]

    def get_urls(self) -> list[URLPattern]:
        own = [*condition_help_paths(), preview_path(Question), copy_question_path()]
        return [*own, *super().get_urls()]

    def object_tools(self, request: HttpRequest, part: Question) -> list[tuple[str, Any]]:
        tools = [preview_link(part), *super().object_tools(request, part)]
        return [*tools, copy_link(part)] if may_copy(request, part) else tools

    def restore_change(
        self, request: HttpRequest, row: Question, entries: Sequence[Any]
    ) -> list[str]:
        try:
            return super().restore_change(request, row, entries)
        except OptionInUse as error:
            raise ValidationError(
                _("Option %(row)s is used: %(uses)s"),
                params={"row": error.value, "uses": "; ".join(use_sentences(error.uses))},
            ) from error

    def annotate_rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        own = Option.objects.filter(question=OuterRef("pk")).order_by().values("question")
        number = Subquery(own.annotate(number=Count("pk")).values("number"))
        counted: Any = super().annotate_rows(rows)
        found: QuerySet[Any] = counted.annotate(options_here=Coalesce(number, 0))
        return found

    def describe_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        rules = edition_choice(request).rules
        answers = answer_counts(rows)
        for row in rows:
            row.rules_here = len(rules_naming(row, rules))
            row.answers_here = answers.get(row.code, 0)

    @admin.display(description=_("question"), ordering="text")
    def wording(self, question: Question) -> str:
        return Truncator(question.text).chars(90)

    @admin.display(description=_("dimension"), ordering="dimension__position")
    def dimension_code(self, question: Question) -> str:
        return question.dimension.code if question.dimension else ""

    @admin.display(description=_("essential"), ordering="essential")
    def essential_mark(self, question: Question) -> Any:
        return _("yes") if question.essential else ""

    @admin.display(description=_("options"))
    def option_count(self, question: Any) -> int:
        return int(question.options_here)

    @admin.display(description=_("rules"))
    def rule_count(self, question: Any) -> int:
        return int(question.rules_here)

    @admin.display(description=_("answers"))
    def answer_count(self, question: Any) -> str:
        number = int(question.answers_here)
        if number < MOST_COUNTED:
            return str(number)
        return gettext("%(number)d or more") % {"number": MOST_COUNTED}
