"""Who runs this site and whom to ask, wherever it is said."""

from __future__ import annotations

from django.conf import settings
from django.db import Error

from assessment.models.site import Site


def site_details() -> Site:
    """What stands in the administration; where that has no contact, that of the settings.

    Empty where the database is away: the page that says so is wanted all the more then.
    """
    try:
        found = Site.objects.first() or Site()
    except Error:
        found = Site()
    found.contact = found.contact or settings.ARTICULA_CONTACT
    return found


def whom_to_ask(site: Site) -> str:
    """In one line, empty where nothing is known."""
    return ", ".join(part for part in (site.person, site.contact) if part)
