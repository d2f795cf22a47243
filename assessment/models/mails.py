"""The outbox: every message that the site sends of itself, and where its sending stands."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.organisations import Organisation

if TYPE_CHECKING:
    from datetime import datetime

ADDRESS_FOR = timedelta(days=30)
"""So long a message that is over still says to whom it went."""


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def in_queue(self) -> OutgoingMailQuerySet:
        return self.filter(state__in=OutgoingMail.IN_QUEUE)

    def due(self, now: datetime) -> OutgoingMailQuerySet:
        """What may be taken: nobody holds it, or who did let its lease end before the dialogue."""
        free = Q(held_until=None) | Q(held_until__lt=now)
        states = [OutgoingMail.State.WAITING, OutgoingMail.State.PREPARED]
        return self.filter(free, state__in=states, due_at__lte=now)

    def lost(self, now: datetime) -> OutgoingMailQuerySet:
        """Who sent it died within the dialogue: nobody knows whether the server took it."""
        return self.filter(state=OutgoingMail.State.SENDING, held_until__lt=now)


class OutgoingMail(models.Model):
    """One message to one person. A view writes it in its transaction, a task sends it.

    What it says is made when it is sent, by its `kind` (`actions/mail/kinds.py`), from `params` and
    from the rows that these name: a link of its own never stands here. `params` are deleted when it
    is over, the address ADDRESS_FOR later. `origin` is the site's public address as it was when it
    was written, because a task knows none.

    `message_id` is fixed when it is prepared: a second copy is known by it. `sendings` counts the
    dialogues that were begun, `doubts` those of them whose end nobody knows: so many copies may
    have arrived beside the one that was confirmed. Who prepares or sends holds the row until
    `held_until` under the token `holder`.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("about an account")
        MEMBER_INVITATION = "member_invitation", _("invitation of a member")
        MEMBER_REMINDER = "member_reminder", _("reminder of an invitation")
        ROUND_INVITATION = "round_invitation", _("invitation to a round")
        ROUND_REMINDER = "round_reminder", _("reminder of a round")
        SIGN_OFF_REQUEST = "sign_off_request", _("request to sign a result")
        SIGN_OFF_CODE = "sign_off_code", _("code that confirms a signature")
        ROUND_CLOSING = "round_closing", _("a round that closes soon")
        PLAN_REMINDER = "plan_reminder", _("date of a plan")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PREPARED = "prepared", _("prepared")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        IN_DOUBT = "in_doubt", _("in doubt")
        DROPPED = "dropped", _("no longer needed")

    IN_QUEUE = (State.WAITING, State.PREPARED, State.SENDING)

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind of message"), max_length=20, choices=Kind)
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("organisation"),
    )
    to = models.CharField(_("address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=10)
    origin = models.CharField(max_length=300)
    params: Any = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    answer = models.CharField(_("answer of the mail server"), max_length=200, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=255, blank=True)
    sendings = models.PositiveSmallIntegerField(_("times sent"), default=0)
    doubts = models.PositiveSmallIntegerField(_("times in doubt"), default=0)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    queued_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    prepared_at = models.DateTimeField(_("prepared"), null=True)
    failing_since = models.DateTimeField(_("not taken since"), null=True)
    holder = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True)
    finished_on = models.DateField(_("over since"), null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], condition=~Q(message_id=""), name="mail_message_id_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "dropped"]) | ~Q(message_id=""),
                name="mail_prepared_has_message_id",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "prepared", "sending"], finished_on=None)
                | Q(
                    state__in=["sent", "refused", "in_doubt", "dropped"], finished_on__isnull=False
                ),
                name="mail_over_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(held_until__isnull=False),
                name="mail_sending_is_held",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="mail_queue"),
            models.Index(fields=["organisation", "prepared_at"], name="mail_of_day"),
            models.Index(fields=["finished_on"], name="mail_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Unsubscribed(models.Model):
    """A mailbox that wants no reminders of an organisation; `mailbox` is a hash with its key."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="unsubscribed")
    mailbox = models.CharField(max_length=64, editable=False)
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("mailbox without reminders")
        verbose_name_plural = _("mailboxes without reminders")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mailbox"], name="unsubscribed_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.pk}"
