"""Who signs a round's result for each of the two sides, and what she decided."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.models.invitations import new_nonce
from assessment.models.mails import OutgoingMail
from assessment.models.results import Result
from assessment.models.rounds import Round


class Signatory(models.Model):
    """The one person who signs for a side; without an address of mail she signs on paper.

    Her link and the codes that confirm her decision are worked out from `nonce` with the site's key
    and stand nowhere. Of the code that counts `code_number` says which it is and `code_sent_at`
    since when; `code_tries` counts the wrong ones.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="signatories")
    sector = models.CharField(_("side"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    nonce = models.CharField(max_length=64, default=new_nonce, editable=False)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    code_number = models.PositiveIntegerField(default=0, editable=False)
    code_sent_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["-sector"]
        constraints = [
            models.UniqueConstraint(fields=["round", "sector"], name="signatory_one_a_side"),
            models.UniqueConstraint(
                fields=["round", "email"], condition=~Q(email=""), name="signatory_not_for_two"
            ),
            models.CheckConstraint(
                condition=Q(sector__in=COORDINATING_SECTORS), name="signatory_of_a_side"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignOff(models.Model):
    """One decision on one result, by whose hash it is bound; another result needs another one.

    Name and function are copied: who signs next changes nothing of it.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    class Way(models.TextChoices):
        MAILBOX = "mailbox", _("confirmed through a mailbox")
        PAPER = "paper", _("signed on paper")

    round = models.ForeignKey(Round, models.CASCADE, related_name="sign_offs")
    result = models.ForeignKey(Result, models.PROTECT, related_name="sign_offs")
    content_hash = models.CharField(_("hash of the result"), max_length=64)
    sector = models.CharField(_("side"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=200)
    host = models.CharField(_("host of the address"), max_length=200, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    reason = models.TextField(_("reason"), blank=True)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["result", "sector"], name="sign_off_once"),
            models.CheckConstraint(
                condition=Q(decision="approved") | ~Q(reason=""), name="sign_off_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(way="paper", host="") | (Q(way="mailbox") & ~Q(host="")),
                name="sign_off_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.sector}"
