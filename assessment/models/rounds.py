"""A round: one scheme judged once, by one person alone or by several, on one edition."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument import answers as values
from assessment.instrument.model import PROFILE_FIELDS, country_of
from assessment.models.editions import Edition
from assessment.models.schemes import Scheme

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument
    from assessment.models.results import Result

OWN_RESULT = "own_result"
"""The key of `Round.promise` by which each respondent gets the result of her own answers."""


def of_one_person(path: str = "") -> Q:
    """Rows of who answers alone; `path` leads from the row to its round, as in `round__`.

    Who answers among several was promised to be told of in the round's own report only. Whatever
    else lists, counts or exports answers of people asks for these rows alone: a count of one is one
    person's answer, and two counts beside each other are their difference.
    """
    return Q(**{f"{path}alone": True})


class RoundQuerySet(models.QuerySet["Round"]):
    def of_several(self) -> RoundQuerySet:
        """Those that were opened to respondents."""
        return self.filter(alone=False).exclude(state=Round.State.DRAFT)


class Round(models.Model):
    """The unit that is judged; `result` is the one that counts, and there is none until it closes.

    `profile` holds the facts of the scheme as they were given, `promise` what respondents were
    promised, in values beside the text they read. `minimum` is the smallest group that is shown;
    who answers alone has none. A round of several takes answers until `closes_at`, where it has
    one, and closes once; `last_day_told` is the `closes_at` of which who had begun was told. A
    round of one is closed by submitting and opened by reopening. Once `answers_erased`, what it was
    judged from is not whole any more: it is never judged again. Name and programmes of the scheme
    are copied when it closes: its report says for ever what it said then. `process` holds how many
    were asked and answered, as it was at that moment.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Questionnaire(models.TextChoices):
        WHOLE = "whole", _("whole")
        SHORT = "short", _("short")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(
        Scheme, models.CASCADE, related_name="rounds", verbose_name=_("scheme")
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="rounds", verbose_name=_("edition")
    )
    profile = models.JSONField(_("profile"), default=dict, blank=True)
    questionnaire = models.CharField(
        _("questionnaire"),
        max_length=10,
        choices=Questionnaire.choices,
        default=Questionnaire.WHOLE,
    )
    minimum = models.PositiveSmallIntegerField(_("smallest group shown"), null=True, blank=True)
    promise_text = models.TextField(_("promise to respondents"), blank=True)
    letter = models.TextField(_("words of the facilitator in each invitation"), blank=True)
    promise = models.JSONField(_("what is promised"), default=dict, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    tier_words = models.JSONField(_("the country's words for the tiers"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    alone = models.BooleanField(_("one person alone"), editable=False)
    demo = models.BooleanField(_("invented example"), default=False)
    scheme_name = models.CharField(
        _("name of the scheme when it closed"), max_length=200, blank=True, editable=False
    )
    programmes = models.JSONField(
        _("programmes when it closed"), default=list, blank=True, editable=False
    )
    process: Any = models.JSONField(_("how it came about"), default=dict, editable=False)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_rounds", editable=False
    )
    invited = models.JSONField(
        _("invited by sector and tier when it closed"), default=dict, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    last_day_told = models.DateTimeField(null=True, editable=False)
    answers_erased = models.BooleanField(
        _("single answers were erased"), default=False, editable=False
    )
    result = models.OneToOneField(
        "Result", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = RoundQuerySet.as_manager()

    CLOSING_FIELDS = ("state", "closed_at", "result", "scheme_name", "programmes", "invited")

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(alone=True, minimum=None) | Q(alone=False, minimum__isnull=False),
                name="round_of_several_has_a_minimum",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, result__isnull=False)
                | Q(state__in=["draft", "open"], closed_at=None, result=None),
                name="round_closed_has_result",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at=None)
                | (~Q(state="draft") & Q(opened_at__isnull=False)),
                name="round_opened_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(questionnaire__in=["whole", "short"]), name="round_questionnaire_known"
            ),
        ]
        indexes = [
            models.Index(fields=["edition"], name="round_of_several", condition=Q(alone=False))
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def reference(self) -> str:
        """What a person can read out on the telephone; it opens nothing."""
        return reference_of(self.uuid)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def takes_answers(self, now: datetime) -> bool:
        """Open, and its time is not over: from that moment on a save is refused."""
        return self.is_open and (self.closes_at is None or now < self.closes_at)

    @property
    def closes_in_words(self) -> str:
        """When it closes as its people read it, with the name of the zone; empty: it is open."""
        return "" if self.closes_at is None else self.last_moment_in_words(self.closes_at)

    def last_moment_in_words(self, moment: datetime) -> str:
        """Midnight is the end of the day before."""
        local = moment.astimezone(ZoneInfo(self.time_zone))
        words = {"zone": self.time_zone.replace("_", " ")}
        if local.time() == time():
            day = date_format(local.date() - timedelta(days=1))
            return gettext("the end of %(day)s (%(zone)s)") % {"day": day, **words}
        return f"{date_format(local, 'DATETIME_FORMAT')} ({words['zone']})"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def result_that_counts(self) -> Result:
        """Of a closed round."""
        return cast("Result", self.result)

    @property
    def gives_own_results(self) -> bool:
        return self.alone or bool(self.promise.get(OWN_RESULT))

    def moment(self, now: datetime) -> datetime:
        """What is stored of a moment of one respondent: among several, the day without an hour."""
        if self.alone:
            return now
        zone = ZoneInfo(self.time_zone)
        return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)

    def close(self, result: Result | None, now: datetime) -> None:
        """Takes names and result over; to be called on a locked round."""
        self.scheme_name, self.programmes = self.scheme.name, self.scheme.programme_records()
        self.state, self.closed_at, self.result = self.State.CLOSED, now, result
        self.save(update_fields=self.CLOSING_FIELDS)

    def open_again(self) -> None:
        """Without a result until it closes anew; to be called on a locked round of one."""
        self.scheme_name, self.programmes = "", []
        self.state, self.closed_at, self.result = self.State.OPEN, None, None
        self.save(update_fields=self.CLOSING_FIELDS)

    @property
    def country(self) -> str:
        """By its code; empty where nobody has said it."""
        return country_of(self.profile)

    def instrument(self, language: str, *, at: datetime | None = None) -> Instrument:
        """Its edition in a language, in the words of its country."""
        return self.edition.instrument(language, at=at, country=self.country)

    def facts(self) -> dict[str, int | str]:
        """The profile in the order of its fields, which PostgreSQL does not keep."""
        return {field: self.profile[field] for field in PROFILE_FIELDS if field in self.profile}

    def invited_by_cell(self) -> dict[Cell, int]:
        """How many were invited when it closed; of one person alone, and before, nothing."""
        return {
            (sector, tier): number
            for sector, tiers in self.invited.items()
            for tier, number in tiers.items()
        }

    def names(self) -> tuple[str, list[dict[str, str]]]:
        """The scheme's name and its programmes: as they were when it closed, else as they are."""
        if self.is_closed:
            return self.scheme_name, self.programmes
        return self.scheme.name, self.scheme.programme_records()


class AgreedAnswer(models.Model):
    """What a round of several agreed on in its session, for one question.

    `not_agreed` keeps both positions in `reason` and changes nothing. `revision` grows with every
    change.
    """

    class Status(models.TextChoices):
        AGREED = "agreed", _("agreed")
        NOT_AGREED = "not_agreed", _("not agreed")

    round = models.ForeignKey(Round, models.CASCADE, related_name="agreed_answers")
    code = models.CharField(_("question"), max_length=40)
    status = models.CharField(_("status"), max_length=14, choices=Status.choices)
    value = models.JSONField(_("value"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    class Meta:
        verbose_name = _("agreed answer")
        verbose_name_plural = _("agreed answers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="agreed_answer_once"),
            models.CheckConstraint(
                condition=Q(status="agreed", value__isnull=False)
                | Q(status="not_agreed", value__isnull=True),
                name="agreed_answer_has_value_if_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.code}"

    def to_method_answer(self) -> values.Answer:
        """Of one that was agreed on: the others say nothing to the method."""
        value = tuple(self.value) if isinstance(self.value, list) else self.value
        return values.Answer("answered", value)


def reference_of(uuid_of_row: uuid.UUID) -> str:
    digits = uuid_of_row.hex[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"
