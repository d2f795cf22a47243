"""One person's answers: the response with its answers, a row a question."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.instrument import answers as values
from assessment.method import result as method
from assessment.method.parse_input import FEWEST_TOGETHER
from assessment.method.seats import Seat
from assessment.models.rounds import Round, of_one_person, reference_of

if TYPE_CHECKING:
    from assessment.models.editions import Edition
    from assessment.models.schemes import Scheme


def random_key() -> int:
    """Counted keys would say who came after whom, and so whose invitation a response answers."""
    return secrets.randbits(63)


class ResponseQuerySet(models.QuerySet["Response"]):
    def of_one_person(self) -> ResponseQuerySet:
        return self.filter(of_one_person("round__"))


class Response(models.Model):
    """One person's part of a round, and so for ever of the round's edition.

    `tier` and `sector` say where she works: among several they decide what she is asked, of who is
    alone they are optional and only sort what her report says of who acts.

    `secret_hash` is the SHA-256 of the return link's secret; `key` the hash of what makes a start
    that is sent again harmless, for some minutes. `result` is her own: who answers alone has one as
    soon as she submits, who answers among others only where the round gives one. There the times
    hold the day without an hour.

    `people` is how many gave it together, None where one person did. `name` and `institution` stand
    only in a round whose promise is that answers are read with names; elsewhere nobody knows them.
    """

    class Entry(models.TextChoices):
        """How she came into a round of several; who answers alone has none."""

        INVITATION = "invitation", _("invitation")
        OPEN_LINK = "open_link", _("open link")
        ON_BEHALF = "on_behalf", _("entered on behalf")

    id = models.BigAutoField(primary_key=True, default=random_key, editable=False)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.CASCADE, related_name="responses", verbose_name=_("round")
    )
    tier = models.CharField(_("tier"), max_length=10, blank=True)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    notice = models.CharField(_("version of the privacy notice"), max_length=20)
    promise = models.JSONField(_("what was promised at the start"), default=dict, blank=True)
    entry = models.CharField(_("came by"), max_length=12, choices=Entry.choices, blank=True)
    people = models.PositiveSmallIntegerField(_("given together by"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("started"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    result = models.OneToOneField(
        "Result", models.PROTECT, null=True, blank=True, related_name="response", editable=False
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", editable=False
    )
    reopened_because = models.TextField(_("reason for reopening"), blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        permissions = [
            ("view_codes", "Can load the codes a response chose, without names, notes and texts")
        ]
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=None) | Q(submitted_at__isnull=False),
                name="response_with_result_is_submitted",
            ),
            models.CheckConstraint(
                condition=Q(people=None) | Q(people__gte=FEWEST_TOGETHER),
                name="response_together_is_of_several",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="response_by_start"),
            models.Index(fields=["submitted_at"], name="response_by_submission"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def reference(self) -> str:
        """What a person can read out on the telephone; it opens nothing."""
        return reference_of(self.uuid)

    @property
    def edition(self) -> Edition:
        return self.round.edition

    @property
    def scheme(self) -> Scheme:
        return self.round.scheme

    @property
    def demo(self) -> bool:
        return self.round.demo

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def routed_as(self) -> tuple[str | None, str | None]:
        """Tier and sector by which questions are put: who answers alone is asked everything."""
        if self.round.alone:
            return None, None
        return self.tier or None, self.sector or None

    @property
    def seat(self) -> Seat:
        """Where she works, as far as she said it; it ends with the response, as her answers do."""
        return Seat(self.tier, self.sector)

    def successor(self) -> Response | None:
        """The response that was opened from this one and takes its place, if any."""
        return Response.objects.filter(supersedes=self.pk).select_related("round__edition").first()

    @property
    def is_superseded(self) -> bool:
        return Response.objects.filter(supersedes=self.pk).exists()

    def latest_revision(self) -> Response:
        newer = self.successor()
        return self if newer is None else newer.latest_revision()

    def previous_revisions(self) -> list[Response]:
        """The submitted revisions before this one, the latest first."""
        before = self.supersedes
        return [] if before is None else [before, *before.previous_revisions()]

    def answers_by_code(self) -> dict[str, values.Answer]:
        """The answers as the method reads them; a question left open has none."""
        rows = self.answers.exclude(status="").values_list("code", "status", "value")
        return {row[0]: AnswerRow(*row).to_method_answer() for row in rows}

    def respondent(self) -> method.Respondent:
        tier, sector = self.routed_as
        return method.Respondent(self.answers_by_code(), tier, sector, self.people)


class Answer(models.Model):
    """The answer to one question; `status` is empty while only a note was written.

    `revision` grows with every change, see `actions/responses/save_answers.py`.
    """

    class Status(models.TextChoices):
        """The labels are those of the question page, and of every other place."""

        ANSWERED = "answered", _("answered")
        DONT_KNOW = values.DONT_KNOW, _("I do not know")
        NOT_APPLICABLE = values.NOT_APPLICABLE, _("Does not apply")

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    code = models.CharField(_("question"), max_length=40)
    status = models.CharField(_("status"), max_length=14, choices=Status.choices, blank=True)
    value = models.JSONField(_("value"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["response", "code"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(status__in=["", "answered", "dont_know", "not_applicable"]),
                name="answer_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="answered", value__isnull=False)
                | (~Q(status="answered") & Q(value__isnull=True)),
                name="answer_has_value_if_answered",
            ),
        ]
        indexes = [models.Index(fields=["code", "status", "response"], name="answer_by_question")]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.code}"


class AnswerRow(NamedTuple):
    """An answer as it is read to be shown or compared: a model costs many times as much."""

    code: str
    status: str
    value: Any = None
    note: str = ""
    revision: int = 1

    @classmethod
    def of(cls, code: str, answer: values.Answer | None, note: str = "") -> AnswerRow:
        """As it is stored; without an answer the question is open."""
        if answer is None:
            return cls(code, "", None, note)
        value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
        return cls(code, answer.status, value, note)

    def to_method_answer(self) -> values.Answer:
        value = tuple(self.value) if isinstance(self.value, list) else self.value
        return values.Answer(status=self.status, value=value)


class SectionState(models.Model):
    """Whether the person said that a subject is complete: asked until version 0.5, not since.

    Kept as it was stored; the state of a subject follows from its answers.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="section_states")
    section = models.CharField(max_length=40)
    completed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "section"], name="section_state_once")
        ]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.section}"
