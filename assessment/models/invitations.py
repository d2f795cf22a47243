"""Who is asked to take part in a round of several, and the links by which people come in."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.instrument.model import SECTORS, TIERS
from assessment.models.mails import OutgoingMail
from assessment.models.responses import random_key
from assessment.models.rounds import Round

if TYPE_CHECKING:
    from datetime import datetime

NONCE_BYTES = 24
PLACE_BACK_FOR = timedelta(days=30)


def new_nonce() -> str:
    return secrets.token_urlsafe(NONCE_BYTES)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def listed(self) -> InvitationQuerySet:
        return self.filter(deleted_on=None)

    def deleted(self) -> InvitationQuerySet:
        """Those that can still be put back."""
        return self.filter(deleted_on__isnull=False)

    def standing(self) -> InvitationQuerySet:
        """Those whose link opens something, or will once the round is open."""
        return self.exclude(state__in=Invitation.OVER)


class Invitation(models.Model):
    """A place in a round of several: a person with tier and sector.

    Nothing here says which response is hers. Her link is worked out from `nonce` with the site's
    key; `link_hash` is one hash of it and `Response.secret_hash` another. Whether she has begun or
    submitted is worked out from the link while the round is open (`actions/rounds/places.py`) and
    is written here for all at once when it closes; the nonces go at that moment. No row holds a
    time, and keys are random: their order says nothing. `mail` is the last message sent to her. One
    that was deleted is ended, and stays for PLACE_BACK_FOR from `deleted_on`.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("not sent yet")
        SENT = "sent", _("invited")
        REFUSED = "refused", _("refused by the mail server")
        DECLINED = "declined", _("does not take part")
        ENDED = "ended", _("ended")
        BEGUN = "begun", _("begun, not submitted")
        SUBMITTED = "submitted", _("submitted")
        WITHDRAWN = "withdrawn", _("withdrew her answers")

    OVER = (State.DECLINED, State.ENDED, State.WITHDRAWN)

    id = models.BigAutoField(primary_key=True, default=random_key, editable=False)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    tier = models.CharField(_("tier"), max_length=10)
    sector = models.CharField(_("sector"), max_length=20)
    language = models.CharField(_("language"), max_length=10, default="en")
    nonce = models.CharField(max_length=64, default=new_nonce, blank=True, editable=False)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PREPARED
    )
    mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    position = models.PositiveIntegerField(default=0)
    deleted_on = models.DateField(_("deleted"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=TIERS, sector__in=SECTORS), name="invitation_has_a_seat"
            ),
            models.UniqueConstraint(
                fields=["round", "email"],
                condition=~Q(email="") & ~Q(state="ended"),
                name="invitation_once_a_mailbox",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    @property
    def sending(self) -> str:
        """Where the last message to her stands, in words; empty where there was none."""
        return str(OutgoingMail.State(self.mail.state).label) if self.mail else ""

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER


class OpenLink(models.Model):
    """One link for everybody of a group, where people have no address of mail.

    At most `limit` responses begin by it. Who comes in by it gets a private link of her own.
    """

    id = models.BigAutoField(primary_key=True, default=random_key, editable=False)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="open_links")
    tier = models.CharField(_("tier"), max_length=10)
    sector = models.CharField(_("sector"), max_length=20)
    nonce = models.CharField(max_length=64, default=new_nonce, blank=True, editable=False)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    limit = models.PositiveSmallIntegerField(_("at most so many people"))
    begun = models.PositiveSmallIntegerField(_("begun"), default=0, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    ended = models.BooleanField(_("ended"), default=False)

    class Meta:
        verbose_name = _("open link")
        verbose_name_plural = _("open links")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=TIERS, sector__in=SECTORS), name="open_link_has_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(begun__lte=models.F("limit")), name="open_link_within_its_limit"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def is_open(self, now: datetime) -> bool:
        closed = self.closes_at is not None and self.closes_at <= now
        return not (self.ended or closed or self.begun >= self.limit)
