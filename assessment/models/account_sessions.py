"""On which browsers an account is signed in, for its owner to see and to end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountSession(models.Model):
    """One of an account's sessions; `key` is that of its row in Django's table, a hash.

    A session that ends leaves its row here until the owner signs in again: the page of sessions
    compares both tables.
    """

    key = models.CharField(max_length=40, primary_key=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    signed_in_at = models.DateTimeField(_("signed in"))
    browser = models.CharField(_("browser"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("session of an account")
        verbose_name_plural = _("sessions of accounts")
        ordering = ["-signed_in_at", "key"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.signed_in_at:%Y-%m-%d %H:%M}"
