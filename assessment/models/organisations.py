"""Who runs assessments of several people, and her members; who answers alone has none."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.site import LONGEST_LINE, MOST_LOGOS, Picture

if TYPE_CHECKING:
    from datetime import datetime

MAILS_A_DAY = 300
MONTHS_KEPT = 24
MOST_MONTHS = 120


def default_languages() -> list[str]:
    return ["en"]


class Organisation(models.Model):
    """`reply_to` is where answers to its messages go; empty where nobody said so.

    `months_kept` is the proposal for how long its rounds keep what people answered. `mails_a_day`
    is raised by who runs the site alone: more messages wait until the next day (UTC).
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    contact = models.CharField(_("whom to ask"), max_length=LONGEST_LINE, blank=True)
    reply_to = models.EmailField(_("e-mail address for replies"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    languages = models.JSONField(_("languages"), default=default_languages)
    months_kept = models.PositiveSmallIntegerField(
        _("months that answers are kept"),
        default=MONTHS_KEPT,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    mails_a_day = models.PositiveIntegerField(_("messages a day"), default=MAILS_A_DAY)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months_kept__gte=1, months_kept__lte=MOST_MONTHS),
                name="organisation_months_kept_bounded",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationLogo(Picture):
    """By the same rules as those of the site."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="logos")

    class Meta:
        verbose_name = _("logo of an organisation")
        verbose_name_plural = _("logos of organisations")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "position"], name="organisation_logo_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_LOGOS),
                name="organisation_logo_at_most_four",
            ),
        ]

    def __str__(self) -> str:
        return self.alternative


class Duty(models.TextChoices):
    """What a member may do: an owner all, a facilitator rounds, a viewer look."""

    OWNER = "owner", _("owner")
    FACILITATOR = "facilitator", _("facilitator")
    VIEWER = "viewer", _("viewer")


class Membership(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    duty = models.CharField(_("duty"), max_length=12, choices=Duty)
    since = models.DateField(_("member since"))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.user_id}"

    @property
    def is_owner(self) -> bool:
        return self.duty == Duty.OWNER


class MemberInvitationQuerySet(models.QuerySet["MemberInvitation"]):
    def open(self, now: datetime) -> MemberInvitationQuerySet:
        return self.filter(ends_at__gt=now)


class MemberInvitation(models.Model):
    """One person invited to an organisation, until she accepts, it is withdrawn or it ends.

    `secret_hash` is the SHA-256 of its link's secret, which is worked out of `key` with the site's
    key whenever a message is sent: the same link each time, and stored nowhere.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    address = models.CharField(_("e-mail address"), max_length=254)
    duty = models.CharField(_("duty"), max_length=12, choices=Duty)
    language = models.CharField(_("language"), max_length=10)
    key = models.CharField(max_length=32, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("invited"))
    ends_at = models.DateTimeField(_("ends"))
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(null=True)

    objects = MemberInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation of a member")
        verbose_name_plural = _("invitations of members")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "address"], name="member_invited_once")
        ]
        indexes = [models.Index(fields=["ends_at"], name="member_invitation_by_end")]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.pk}"
