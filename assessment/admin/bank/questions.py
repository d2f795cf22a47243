"""Questions with their options on one page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.copy_question import DuplicatedAdmin
from assessment.admin.bank.options import LastingValues
from assessment.admin.bank.part.fields import SMALL_TEXT
from assessment.admin.bank.part.form_fields import PairField, SlugsField, kind_choices, words
from assessment.admin.bank.part.forms import PartForm, kept_forms, mark, repeated
from assessment.admin.bank.part.inlines import SortableChildInline
from assessment.admin.bench.condition_help import ConditionHelp
from assessment.admin.bench.preview import section_of
from assessment.admin.core import filters
from assessment.instrument.conditions.check import ANSWER_FAMILIES
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.model import PROFILE_FIELDS, PROTOCOL_CELLS, SECTORS, TIERS
from assessment.models import Option, Question
from assessment.models.queries import usage as uses
from assessment.models.queries.answer_counts import answers_by_code

SHOWN_IF = _(
    "Leave empty to show the question always. Otherwise a condition on answers or on the profile, "
    "for example: answer.HC1 >= 2, or: profile.programmes >= 2 and "
    '"named_body" in answer.HC3'
)


class QuestionForm(PartForm):
    conditions = {"shown_if": ANSWER_FAMILIES}


class OptionFormSet(LastingValues):
    def clean(self) -> None:
        before = self.total_error_count_of_rows()
        self._refuse_repeated_values()
        self._refuse_falling_points()
        if self.total_error_count_of_rows() == before:
            super().clean()
        self._refuse_used()
        self.refuse_renamed()

    def total_error_count_of_rows(self) -> int:
        return sum(len(form.errors) for form in self.forms if form not in self.deleted_forms)

    def _refuse_repeated_values(self) -> None:
        for row, value in repeated(
            (row, row.cleaned_data.get("value")) for row in kept_forms(self)
        ):
            mark(row, "value", _("The value %(value)s stands in another row too."), value=value)

    def _refuse_falling_points(self) -> None:
        kind = KINDS.get(self.instance.kind)
        if kind is None or not kind.has_levels:
            return
        highest = -1
        for row in kept_forms(self):
            points = row.cleaned_data.get("points", 0)
            if points <= highest:
                mark(
                    row,
                    "points",
                    _("The points must rise from level to level: write more than %(highest)d."),
                    highest=highest,
                )
            highest = max(highest, points)

    def _refuse_used(self) -> None:
        faults = [
            ValidationError(
                _("The option %(value)s cannot be deleted, because it is used: %(use)s."),
                params={"value": form.instance.value, "use": use},
            )
            for form in self.deleted_forms
            if form.instance.pk
            for use in uses.of_option(form.instance)
        ]
        if faults:
            raise ValidationError(faults)


class OptionInline(SortableChildInline):
    model = Option
    formset = OptionFormSet
    fields = ["position", "value", "text", "points", "exclusive", "help"]
    formfield_overrides = SMALL_TEXT
    help_texts = {
        "value": _("A short code that stays: 0 to 4 for the levels of a level question."),
        "exclusive": _("Ticked alone, such as “none of these”."),
    }


@admin.register(Question)
class QuestionAdmin(ConditionHelp, DuplicatedAdmin):
    form = QuestionForm
    inlines = [OptionInline]
    autocomplete_fields = ["findings", "dimension"]
    search_fields = ["code", "text", "help", "options__text", "options__help"]
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
        filters.EditionFilter,
        "edition__state",
        filters.DimensionFilter,
        filters.KindFilter,
        "essential",
        filters.MissingTranslationFilter,
        filters.UnusedFilter,
    ]
    list_select_related = ["edition", "dimension"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "dimension", "kind"]}),
        (_("What the respondent reads"), {"fields": ["text", "text_national", "help", "why"]}),
        (
            _("Who sees it, and when"),
            {"fields": ["tiers", "finance", "sectors", "shown_if", "not_applicable"]},
        ),
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
        "kind": partial(forms.ChoiceField, choices=kind_choices),
        "tiers": partial(SlugsField, choices=words(TIERS)),
        "sectors": partial(SlugsField, choices=words(SECTORS)),
        "protocol_cells": partial(SlugsField, choices=words(PROTOCOL_CELLS)),
        "goalposts": PairField,
        "profile": partial(
            forms.ChoiceField,
            choices=[("", "–"), *words([*PROFILE_FIELDS, "tier", "sector"])],
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
        "tiers": _("In a round, who is asked. Somebody who answers alone sees every question."),
        "sectors": _("Leave empty for all sectors."),
        "shown_if": SHOWN_IF,
        "not_applicable": _("Offer “does not apply” only where it may be true."),
        "weight": _("1, or 2 for an essential question; 10 at most."),
        "essential": _("A low answer here holds the level of the whole dimension."),
        "hidden_points": _("Points given where the condition hides the question; usually empty."),
        "goalposts": _("The numbers that count as 0 and as 100, for example: 0, 100"),
    }

    def uses_of(self, part: Question) -> list[str]:
        return uses.of_question(part)

    def shown_uses(self, part: Question) -> list[str]:
        """Also those of its options."""
        return [*super().shown_uses(part), *uses.of_each_option(part)]

    def section_of(self, part: Question) -> str:
        return section_of(part.profile, part.dimension.code if part.dimension else "")

    def place_of_new(self, part: Question) -> int:
        """Right after the last question of its dimension."""
        same = Question.objects.filter(edition=part.edition, dimension=part.dimension)
        last: int | None = same.aggregate(Max("position"))["position__max"]
        return super().place_of_new(part) if last is None else last

    def counted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        own = Option.objects.filter(question=OuterRef("pk")).order_by().values("question")
        number = Subquery(own.annotate(number=Count("pk")).values("number"))
        counted: Any = super().counted(rows)
        found: QuerySet[Any] = counted.annotate(options_here=Coalesce(number, 0))
        return found

    def count(self, request: HttpRequest, rows: list[Any]) -> None:
        rules = filters.rules_of(request)
        answers = answers_by_code(rows)
        for row in rows:
            row.rules_here = len(uses.rules_of(row, rules))
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
    def answer_count(self, question: Any) -> int:
        return int(question.answers_here)
