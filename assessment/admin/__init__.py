"""The screens of content people and of those who look after a site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_tasks_db import admin as _tasks_admin  # noqa: F401 -- registers what is taken back below
from django_tasks_db.models import DBTaskResult

import assessment.admin.bank.cases
import assessment.admin.bank.dimensions
import assessment.admin.bank.findings
import assessment.admin.bank.packages
import assessment.admin.bank.patterns
import assessment.admin.bank.questions
import assessment.admin.bank.regions
import assessment.admin.bank.roles
import assessment.admin.bank.rules
import assessment.admin.bank.sources
import assessment.admin.bank.terms
import assessment.admin.editions.edition_admin
import assessment.admin.mails
import assessment.admin.organisations
import assessment.admin.people
import assessment.admin.record
import assessment.admin.responses
import assessment.admin.site
import assessment.admin.translations.language_admin
import assessment.admin.translations.offer_admin  # noqa: F401 -- each registers its screens

# The queue is no content, and `doctor` tells of it.
admin.site.unregister(DBTaskResult)

admin.site.site_header = _("Articula: questions and results")
admin.site.site_title = _("Articula")
admin.site.index_title = _("What do you want to work on?")
admin.site.empty_value_display = "–"
