"""The plan of a round: what is to be done, by whom and by when, in lines that people change."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.method.advice import RULE, STEP, AdviceReference
from assessment.models.editions import Edition
from assessment.models.rounds import Round

if TYPE_CHECKING:
    from datetime import datetime

PUT_BACK_FOR = timedelta(days=30)
"""So long a deleted line can be put back."""


class PlanLineQuerySet(models.QuerySet["PlanLine"]):
    def not_deleted(self) -> PlanLineQuerySet:
        return self.filter(deleted_at=None)

    def to_put_back(self, now: datetime) -> PlanLineQuerySet:
        """The latest deleted first."""
        return self.filter(deleted_at__gte=now - PUT_BACK_FOR).order_by("-deleted_at", "-pk")

    def to_let_go(self, now: datetime) -> PlanLineQuerySet:
        return self.filter(deleted_at__lt=now - PUT_BACK_FOR)


class PlanLine(models.Model):
    """One thing to do. It belongs to the round, so reopening a response changes nothing of it.

    `origin` says where it came from: a `rule` by its code, a written `step` by the code of its
    question, or the reader's `own`. Texts of advice stand in the bank of `edition`; a column holds
    one only where it was changed, NULL means that the advice's own words stand, and an empty text
    that there shall be none. `wording` is which of its wordings was taken: of a rule the number of
    the variant, of a step `low`, `high` or the value of its option.

    Among several each side has its own owner and money (`PlanShare`), and `who`, `budget` and
    `no_budget` say what holds for both.

    `revision` grows with each change, `changed_at` is the last. A deleted line stays for
    PUT_BACK_FOR and then goes for ever.
    """

    class Origin(models.TextChoices):
        RULE = RULE, _("recommendation")
        STEP = STEP, _("step")
        OWN = "own", _("own line")

    class State(models.TextChoices):
        PLANNED = "planned", _("not begun")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="plan_lines")
    origin = models.CharField(_("origin"), max_length=4, choices=Origin.choices)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    code = models.CharField(_("code"), max_length=40, blank=True)
    wording = models.CharField(_("wording"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"))
    what = models.TextField(_("what"), null=True)  # noqa: DJ001 -- NULL: as the advice has it
    who = models.TextField(_("who"), null=True)  # noqa: DJ001
    partners = models.TextField(_("with whom"), null=True)  # noqa: DJ001
    first_step = models.TextField(_("first step"), null=True)  # noqa: DJ001
    due_date = models.DateField(_("date"), null=True)
    budget = models.TextField(_("budget line"), blank=True)
    no_budget = models.TextField(_("why there is no budget line"), blank=True)
    sign = models.TextField(_("sign of success"), blank=True)
    evidence = models.TextField(_("evidence that it was done"), blank=True)
    subject = models.CharField(_("subject of an own line"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    changed_at = models.DateTimeField(_("changed"))
    deleted_at = models.DateTimeField(_("deleted"), null=True)

    objects = PlanLineQuerySet.as_manager()

    WORDS = ("what", "who", "partners", "first_step")
    """What advice has words of its own for."""

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(origin="own", edition=None, code="") & Q(what__isnull=False))
                | (Q(origin__in=["rule", "step"], edition__isnull=False) & ~Q(code="")),
                name="plan_line_has_its_origin",
            ),
            models.CheckConstraint(
                condition=Q(what=None) | ~Q(what=""), name="plan_line_says_what"
            ),
            models.CheckConstraint(
                condition=Q(budget="") | Q(no_budget=""), name="plan_line_budget_or_why_none"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "under_way", "done", "dropped"]),
                name="plan_line_state_known",
            ),
            models.UniqueConstraint(
                fields=["round", "code"], condition=Q(origin="rule"), name="plan_line_rule_once"
            ),
            models.UniqueConstraint(
                fields=["round", "code", "wording"],
                condition=Q(origin="step"),
                name="plan_line_step_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="plan_line_deleted",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def key(self) -> str:
        return AdviceReference(self.origin, self.code, self.wording).key

    @property
    def is_own(self) -> bool:
        return self.origin == self.Origin.OWN

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class PlanShare(models.Model):
    """What one side brings to a line of the plan of a round of several: its owner and its money.

    With an `email` the owner is reminded of the date, in the language and with the address of the
    page on which that was asked for; `reminded_of` and `reminded_late_of` are the dates of which a
    message was written.
    """

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="shares")
    sector = models.CharField(_("side"), max_length=20)
    owner = models.TextField(_("owner"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    budget = models.TextField(_("budget line"), blank=True)
    amount = models.CharField(_("amount"), max_length=60, blank=True)
    no_budget = models.TextField(_("why there is no budget line"), blank=True)
    language = models.CharField(max_length=10, default="en", editable=False)
    origin = models.CharField(max_length=300, blank=True, editable=False)
    reminded_of = models.DateField(null=True, editable=False)
    reminded_late_of = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("share of a side in a plan")
        verbose_name_plural = _("shares of the sides in plans")
        ordering = ["-sector"]
        constraints = [
            models.UniqueConstraint(fields=["line", "sector"], name="plan_share_one_a_side"),
            models.CheckConstraint(
                condition=Q(sector__in=COORDINATING_SECTORS), name="plan_share_of_a_side"
            ),
            models.CheckConstraint(
                condition=Q(budget="", amount="") | Q(no_budget=""),
                name="plan_share_budget_or_why_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.sector}"


class PlanChange(models.Model):
    """Who changed what of a line of the plan of a round of several, and when.

    `fields` has by the name of a field its value before and after; of a side's share the name is
    `<sector>.<field>`.
    """

    class Act(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        RESTORED = "restored", _("put back")

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="changes")
    act = models.CharField(_("act"), max_length=8, choices=Act.choices)
    account = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"))
    fields: Any = models.JSONField(_("fields"), default=dict)

    class Meta:
        verbose_name = _("change of a plan")
        verbose_name_plural = _("changes of plans")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.act}"
