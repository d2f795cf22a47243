"""The PDF of a result in one language, and how much of it; and where its printing stands.

The sample result has files too: they are of an edition, because no row holds that result. The
facilitator's pack is of a round, which may have no result yet.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from assessment.models.editions import Edition
from assessment.models.results import Result
from assessment.models.rounds import Round


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def waiting(self) -> ReportFileQuerySet:
        return self.filter(state=ReportFile.State.WAITING)

    def in_queue(self) -> ReportFileQuerySet:
        """What waits and what is being printed."""
        return self.filter(state__in=[ReportFile.State.WAITING, ReportFile.State.PRINTING])

    def before(self, file: ReportFile) -> int:
        """How many are printed before it."""
        return self.in_queue().filter(requested_at__lt=file.requested_at).count()

    def bytes_stored(self) -> int:
        return int(self.aggregate(bytes=Sum("size"))["bytes"] or 0)


class ReportFileManager(models.Manager["ReportFile"]):
    """Leaves the content where it is: who reads `content` makes a query for it."""

    def get_queryset(self) -> ReportFileQuerySet:
        return ReportFileQuerySet(self.model, using=self._db).defer("content")


class ReportFile(models.Model):
    """A cache: any row may be deleted, and who asks for it next has it printed again.

    The state of the row is the truth about its printing; a task of the background work only says
    that there is something to do. `key` is the hash of all that the content was made from
    (`reports/pdf/files.py: pdf_key`); it is empty until a printing began. Who prints holds the row
    until `held_until` under the token `holder`: a worker that died lets it go by that alone.

    Hours stand here only while it is in the queue: at rest a row knows the day of its last use,
    because of who answers among several no more is stored.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PRINTING = "printing", _("being printed")
        READY = "ready", _("ready")
        REFUSED = "refused", _("cannot be printed")

    class Problem(models.TextChoices):
        TOO_LONG = "too_long", _("takes too long")
        TOO_LARGE = "too_large", _("takes too much memory")
        UNPRINTABLE = "unprintable", _("holds a character that no font has")
        UNAVAILABLE = "unavailable", _("the machine lacks libraries")
        FAILED = "failed", _("failed several times")

    class Layer(models.TextChoices):
        """How much it holds; by these names `reports/sections: FILES` knows its layers.

        Those who read by a link get a brief of their own: without what the respondent wrote. A pack
        holds no layer of a report; it is printed on two papers (`reports/pdf/pack_files.py`).
        """

        BRIEF = "brief", _("the brief")
        SHARED = "shared", _("the brief, for those who read by a link")
        REPORT = "report", _("the report without annexes")
        ALL = "all", _("the whole report")
        PACK_A4 = "pack_a4", _("the facilitator's pack on A4")
        PACK_LETTER = "pack_letter", _("the facilitator's pack on Letter")

    result = models.ForeignKey(Result, models.CASCADE, null=True, related_name="files")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="sample_files")
    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="pack_files")
    layer = models.CharField(_("layer"), max_length=11, choices=Layer, default=Layer.ALL)
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem, blank=True)
    requested_at = models.DateTimeField(_("asked for"), null=True)
    queued_at = models.DateTimeField(_("queued"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    holder = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    used_on = models.DateField(_("last used"), null=True)
    begins = models.TimeField(_("the hour at which the session begins"), null=True)

    objects = ReportFileManager.from_queryset(ReportFileQuerySet)()

    class Meta:
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "language", "layer"], name="report_file_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "language", "layer"], name="report_file_of_sample_once"
            ),
            models.UniqueConstraint(
                fields=["round", "language", "layer"], name="report_file_of_pack_once"
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=False, edition=None, round=None)
                | Q(result=None, edition__isnull=False, round=None)
                | Q(result=None, edition=None, round__isnull=False),
                name="report_file_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", content__isnull=False, used_on__isnull=False)
                | (~Q(state="ready") & Q(content__isnull=True)),
                name="report_file_ready_has_content",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "printing"], requested_at__isnull=False)
                | Q(state__in=["ready", "refused"], requested_at=None, queued_at=None),
                name="report_file_hours_in_queue_only",
            ),
            models.CheckConstraint(
                condition=Q(state="printing", held_until__isnull=False)
                | (~Q(state="printing") & Q(held_until__isnull=True)),
                name="report_file_printing_is_held",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(problem=""))
                | (~Q(state="refused") & Q(problem="")),
                name="report_file_refused_has_problem",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "requested_at"], name="report_file_queue"),
            models.Index(fields=["used_on"], name="report_file_by_use"),
        ]

    def __str__(self) -> str:
        of = self.result_id or ("pack" if self.round_id else "sample")
        return f"{of}/{self.language}/{self.layer}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_printing(self) -> bool:
        return self.state == self.State.PRINTING

    @property
    def is_refused(self) -> bool:
        return self.state == self.State.REFUSED

    def waited(self, now: datetime) -> timedelta:
        return max(now - (self.requested_at or now), timedelta())
