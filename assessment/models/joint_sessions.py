"""The joint session of a closed round: what one talks about, and second private answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.invitations import new_nonce
from assessment.models.responses import Response, random_key
from assessment.models.rounds import Round


class JointSession(models.Model):
    """One a round. `current` is what stands on the screen, none while nothing does.

    `second_answers`: before the talk people may answer once more, each on her own device. The link
    of the screen is worked out from `nonce` with the site's key, as that of an invitation. `steps`
    grows with each step, so that a device knows by one number whether it shows what stands.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="joint_session")
    nonce = models.CharField(max_length=64, default=new_nonce, editable=False)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    second_answers = models.BooleanField(_("people answer once more"), default=False)
    current = models.ForeignKey(
        "SessionItem", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    timer_ends_at = models.DateTimeField(_("time to talk ends"), null=True, blank=True)
    steps = models.PositiveIntegerField(_("steps"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("joint session")
        verbose_name_plural = _("joint sessions")

    def __str__(self) -> str:
        return f"{self.round_id}"

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None


class SessionItem(models.Model):
    """A question of the session, in the order in which one talks about it.

    Nothing of its figures leaves the site before it is revealed. `second_counts` are the second
    answers by value as they were at that moment, where enough people gave one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not shown yet")
        ASKED = "asked", _("answered once more")
        REVEALED = "revealed", _("revealed")

    round = models.ForeignKey(Round, models.CASCADE, related_name="session_items")
    code = models.CharField(_("question"), max_length=40)
    position = models.PositiveIntegerField(_("position"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True)
    second_people = models.PositiveIntegerField(_("people who answered once more"), null=True)
    second_counts = models.JSONField(_("second answers by value"), null=True)

    class Meta:
        verbose_name = _("question of a session")
        verbose_name_plural = _("questions of sessions")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="session_item_once"),
            models.CheckConstraint(
                condition=Q(state="revealed", revealed_at__isnull=False)
                | Q(state__in=["waiting", "asked"], revealed_at=None, second_counts=None),
                name="session_item_revealed_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.code}"

    @property
    def is_revealed(self) -> bool:
        return self.state == self.State.REVEALED


class SessionAnswer(models.Model):
    """What one person answered once more, before the talk: counted and shown, never scored.

    It holds no time, and its key is random, as those of all that people give.
    """

    id = models.BigAutoField(primary_key=True, default=random_key, editable=False)
    item = models.ForeignKey(SessionItem, models.CASCADE, related_name="answers")
    response = models.ForeignKey(Response, models.CASCADE, related_name="session_answers")
    status = models.CharField(_("status"), max_length=14)
    value = models.JSONField(_("value"), null=True, blank=True)

    class Meta:
        verbose_name = _("second answer")
        verbose_name_plural = _("second answers")
        constraints = [
            models.UniqueConstraint(fields=["item", "response"], name="session_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"
