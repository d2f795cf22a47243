from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "assessment"
    default = True
    verbose_name = _("Articulation of programmes")

    def ready(self) -> None:
        from assessment.checks import pango
        from assessment.models import history

        register(pango)
        history.register()


class AdministrationConfig(django_admin.AdminConfig):
    """Django's, entered by the site's own sign-in."""

    default = False
    default_site = "assessment.web.accounts.administration.Administration"
