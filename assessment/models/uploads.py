"""A file of the bank between its dry run and the person's yes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.editions import Edition


class Upload(models.Model):
    """Belongs to one person and one edition; deleted when it is used, or after an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"))
    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(_("content"))
    created_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
