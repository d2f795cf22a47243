from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "assessment"
    verbose_name = _("Articulation of programmes")

    def ready(self) -> None:
        from assessment.checks import pango
        from assessment.models import history

        register(pango)
        history.register()
