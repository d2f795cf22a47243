"""Editions of the question bank and their parts; fields are named as in the method's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.instrument import model as method
from assessment.models.editions import Part

if TYPE_CHECKING:
    from collections.abc import Iterable


def _choices(slugs: Iterable[str]) -> list[tuple[str, str]]:
    return [(slug, slug.replace("_", " ")) for slug in slugs]


def _one_code_per_edition(model: str) -> list[models.BaseConstraint]:
    return [models.UniqueConstraint(fields=["edition", "code"], name=f"{model}_code_once")]


class Region(Part):
    name = models.CharField(_("name"), max_length=120)
    countries = models.JSONField(_("countries"), default=list)

    class Meta(Part.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = _one_code_per_edition("region")


class Source(Part):
    title = models.TextField(_("title"))
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    date = models.CharField(_("date"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    attribution = models.TextField(_("attribution"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = _one_code_per_edition("source")


class Dimension(Part):
    name = models.CharField(_("name"), max_length=120)
    short = models.CharField(_("short name"), max_length=20)
    summary = models.TextField(_("summary"))
    sub_dimensions = models.JSONField(_("sub-dimensions"), default=list, blank=True)
    findings: models.ManyToManyField[Finding, Any] = models.ManyToManyField(
        "Finding", verbose_name=_("findings"), blank=True
    )
    advice = models.JSONField(_("advice for each level"), default=list)

    class Meta(Part.Meta):
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        constraints = _one_code_per_edition("dimension")


class Finding(Part):
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))
    section = models.CharField(_("section"), max_length=200)
    place = models.CharField(_("place"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=_choices(method.FINDING_CATEGORIES))
    region = models.CharField(_("region"), max_length=10)
    dimensions = models.ManyToManyField(
        Dimension, related_name="spoken_of_by", verbose_name=_("dimensions"), blank=True
    )
    text = models.TextField(_("text"))
    note = models.TextField(_("note"), blank=True)
    citation = models.TextField(_("citation"), blank=True)
    applies = models.TextField(_("advice applies if"), blank=True)
    have = models.TextField(_("advice is followed if"), blank=True)
    seen = models.TextField(_("seen if"), blank=True)
    partly = models.TextField(_("partly seen if"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = _one_code_per_edition("finding")


class Question(Part):
    """`tiers`, `sectors` and `protocol_cells` hold slugs; `goalposts` holds [low, high]."""

    dimension = models.ForeignKey(
        Dimension, models.PROTECT, null=True, blank=True, verbose_name=_("dimension")
    )
    kind = models.CharField(_("kind"), max_length=20)
    text = models.TextField(_("question"))
    help = models.TextField(_("help"), blank=True)
    why = models.TextField(_("why this question"), blank=True)
    text_national = models.TextField(_("wording for the national tier"), blank=True)
    profile = models.CharField(_("profile field"), max_length=20, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    essential = models.BooleanField(_("essential"), default=False)
    scored = models.BooleanField(_("scored"), default=True)
    aspect = models.CharField(
        _("aspect"), max_length=10, blank=True, choices=_choices(method.ASPECTS)
    )
    indicator_type = models.CharField(
        _("indicator type"), max_length=10, blank=True, choices=_choices(method.INDICATOR_TYPES)
    )
    protocol_cells = models.JSONField(_("protocol cells"), default=list, blank=True)
    tiers = models.JSONField(_("tiers"), default=list, blank=True)
    finance = models.BooleanField(_("shown to finance and planning"), default=False)
    sectors = models.JSONField(_("only for sectors"), default=list, blank=True)
    shown_if = models.TextField(_("shown if"), blank=True)
    hidden_points = models.PositiveSmallIntegerField(_("points when hidden"), null=True, blank=True)
    goalposts = models.JSONField(_("goalposts"), null=True, blank=True)
    minimum = models.IntegerField(_("smallest number"), null=True, blank=True)
    maximum = models.IntegerField(_("largest number"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    not_applicable = models.BooleanField(_("offers does not apply"), default=False)
    findings = models.ManyToManyField(Finding, verbose_name=_("findings"), blank=True)
    short = models.CharField(_("short name"), max_length=60, blank=True)
    core = models.BooleanField(_("in the short questionnaire"), default=False)
    step_low = models.TextField(_("step from a low level"), blank=True)
    step_high = models.TextField(_("step from a higher level"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = _one_code_per_edition("question")


class Option(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    value = models.CharField(_("value"), max_length=40)
    text = models.TextField(_("text"))
    points = models.PositiveSmallIntegerField(_("points"), default=0)
    exclusive = models.BooleanField(_("excludes the others"), default=False)
    help = models.TextField(_("help"), blank=True)
    label = models.CharField(_("label"), max_length=100, blank=True)
    step = models.TextField(_("step"), blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["question", "value"], name="option_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.value}"

    def clean(self) -> None:
        super().clean()
        if self.question_id:
            self.question.edition.refuse_published()


class Case(Part):
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=10)
    arrangement = models.CharField(_("arrangement"), max_length=30)
    programmes = models.PositiveSmallIntegerField(_("number of programmes"))
    intention = models.CharField(_("intention"), max_length=10)
    finding = models.ForeignKey(Finding, models.PROTECT, verbose_name=_("finding"))
    text = models.TextField(_("text"))
    note = models.TextField(_("note"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = _one_code_per_edition("case")


class CaseReading(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="readings")
    dimension = models.ForeignKey(Dimension, models.PROTECT, verbose_name=_("dimension"))
    low = models.PositiveSmallIntegerField(_("lowest level"))
    high = models.PositiveSmallIntegerField(_("highest level"))
    certainty = models.CharField(
        _("certainty"), max_length=20, choices=_choices(method.CERTAINTIES)
    )
    findings = models.ManyToManyField(Finding, verbose_name=_("findings"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("case reading")
        verbose_name_plural = _("case readings")
        ordering = ["dimension__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "dimension"], name="case_reading_once"),
            models.CheckConstraint(
                condition=Q(low__lte=models.F("high"), high__lte=4), name="case_reading_is_interval"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.dimension}"

    def clean(self) -> None:
        super().clean()
        if self.case_id:
            self.case.edition.refuse_published()


class Rule(Part):
    """`dimension` is the main one, by which the recommendations are spread."""

    class Horizon(models.TextChoices):
        """How long it takes until it is done."""

        SHORT = "S", _("within 6 months")
        MEDIUM = "M", _("within 18 months")
        LONG = "L", _("takes more than 18 months")

    class Timing(models.TextChoices):
        """When work on it begins."""

        NOW = "now", _("within 3 months")
        NEXT_BUDGET = "next_budget", _("with the next budget")
        LATER = "later", _("later")

    title = models.CharField(_("title"), max_length=120)
    when = models.TextField(_("condition"))
    when_case = models.TextField(_("condition for cases"), blank=True)
    dimension = models.ForeignKey(
        Dimension, models.PROTECT, null=True, blank=True, verbose_name=_("main dimension")
    )
    other_dimensions = models.ManyToManyField(
        Dimension, related_name="+", verbose_name=_("other dimensions"), blank=True
    )
    region = models.CharField(_("region"), max_length=10, default="ALL")
    priority = models.PositiveSmallIntegerField(_("priority"))
    actor = models.CharField(_("who acts, in words"), max_length=200, blank=True)
    horizon = models.CharField(_("horizon"), max_length=1, choices=Horizon.choices)
    text = models.TextField(_("what to do"))
    first_step = models.TextField(_("first step within 30 days"))
    needs = models.TextField(_("what it needs"))
    suppressed_by = models.CharField(_("suppressed by rule"), max_length=40, blank=True)
    suppressed_when = models.TextField(_("suppressed only when"), blank=True)
    unless = models.TextField(_("not recommended if"), blank=True)
    contains = models.JSONField(_("contains rules"), default=list, blank=True)
    timing = models.CharField(_("begins"), max_length=20, blank=True, choices=Timing.choices)
    role = models.CharField(_("who acts"), max_length=40, blank=True)
    with_roles = models.JSONField(_("with whom"), default=list, blank=True)
    guaranteed = models.BooleanField(_("always among the first"), default=False)
    findings = models.ManyToManyField(Finding, verbose_name=_("findings"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = _one_code_per_edition("rule")


class RuleVariant(models.Model):
    rule = models.ForeignKey(Rule, models.CASCADE, related_name="variants")
    when = models.TextField(_("condition"))
    text = models.TextField(_("what to do"))
    first_step = models.TextField(_("first step within 30 days"), blank=True)
    needs = models.TextField(_("what it needs"), blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("variant of a recommendation")
        verbose_name_plural = _("variants of a recommendation")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.position}"

    def clean(self) -> None:
        super().clean()
        if self.rule_id:
            self.rule.edition.refuse_published()


class Role(Part):
    """Who acts: a kind of unit."""

    name = models.CharField(_("name"), max_length=200)
    tier = models.CharField(_("tier"), max_length=10, blank=True, choices=_choices(method.TIERS))
    sector = models.CharField(
        _("sector"), max_length=20, blank=True, choices=_choices(method.SECTORS)
    )
    relation = models.CharField(
        _("relation"), max_length=10, blank=True, choices=_choices(method.ROLE_RELATIONS)
    )

    class Meta(Part.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = _one_code_per_edition("role")


class Package(Part):
    """`rules` are codes in their order, `prerequisite_of` codes of other packages."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    rules = models.JSONField(_("rules in order"), default=list)
    prerequisite_if = models.JSONField(
        _("comes first where one is recommended"), default=list, blank=True
    )
    prerequisite_of = models.JSONField(_("comes before the packages"), default=list, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        constraints = _one_code_per_edition("package")


class Pattern(Part):
    title = models.CharField(_("title"), max_length=120)
    when = models.TextField(_("condition"))
    unless = models.TextField(_("not named if"), blank=True)
    text = models.TextField(_("text"))
    package = models.CharField(_("package"), max_length=40, blank=True)
    group = models.CharField(_("of which one leads"), max_length=40, blank=True)
    alone = models.BooleanField(_("leads alone"), default=False)
    filler = models.BooleanField(_("leads only in a free place"), default=False)
    case = models.CharField(_("described in the case"), max_length=40, blank=True)
    findings = models.ManyToManyField(Finding, verbose_name=_("findings"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("pattern")
        verbose_name_plural = _("patterns")
        constraints = _one_code_per_edition("pattern")


class Term(Part):
    term = models.CharField(_("term"), max_length=120)
    text = models.TextField(_("text"))
    forms = models.JSONField(_("other forms"), default=list, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        constraints = _one_code_per_edition("term")


PART_MODELS: tuple[type[Any], ...] = (
    Region,
    Source,
    Dimension,
    Finding,
    Question,
    Case,
    Rule,
    Term,
    Role,
    Package,
    Pattern,
)
