"""Who runs this site and whom to ask, and the logos that stand beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_LOGOS = 4
LONGEST_LINE = 200
THE_ROW = 1


class Site(models.Model):
    """One row, or none while nobody was asked."""

    organisation = models.CharField(
        _("organisation"),
        max_length=LONGEST_LINE,
        blank=True,
        help_text=_("Who runs this site, as people shall read it."),
    )
    person = models.CharField(
        _("name of a person"),
        max_length=LONGEST_LINE,
        blank=True,
        help_text=_("Who answers questions, and deletes answers when somebody asks for it."),
    )
    contact = models.CharField(
        _("telephone or e-mail"),
        max_length=LONGEST_LINE,
        blank=True,
        help_text=_("How to reach that person."),
    )

    class Meta:
        verbose_name = _("who runs this site")
        verbose_name_plural = _("who runs this site")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="site_is_one_row")]

    def __str__(self) -> str:
        return self.organisation or str(_("who runs this site"))


class Picture(models.Model):
    """As it was drawn anew (`actions/logos.py`): nothing of the uploaded file is stored.

    `digest` is of its bytes and its address, so that a browser may keep it for ever.
    """

    position = models.PositiveSmallIntegerField(
        _("place"), choices=[(place, str(place)) for place in range(1, MOST_LOGOS + 1)]
    )
    alternative = models.CharField(
        _("alternative text"),
        max_length=LONGEST_LINE,
        help_text=_("What the logo says, for those who do not see it: the institution's name."),
    )
    content = models.BinaryField(_("picture"))
    digest = models.CharField(max_length=64, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class Logo(Picture):
    """Of who runs the site."""

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["position"], name="logo_once_a_place"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_LOGOS), name="logo_at_most_four"
            ),
        ]

    def __str__(self) -> str:
        return self.alternative
