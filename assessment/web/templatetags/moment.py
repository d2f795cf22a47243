"""{% moment %}: a time with its zone, which static/js/times.js turns into the reader's own.

Of a day alone the zone says where it was that day, and no script changes it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()

MONTHS = (
    *(gettext_noop("January"), gettext_noop("February"), gettext_noop("March")),
    *(gettext_noop("April"), gettext_noop("May"), gettext_noop("June")),
    *(gettext_noop("July"), gettext_noop("August"), gettext_noop("September")),
    *(gettext_noop("October"), gettext_noop("November"), gettext_noop("December")),
)
"""As Django asks for them: its own words begin with a capital in Portuguese, and there are
languages that it has none of. What our catalogues say goes before."""


@register.simple_tag
def moment(when: datetime | date, zone: str = "UTC") -> SafeString:
    words = date_format(when, "DATETIME_FORMAT" if isinstance(when, datetime) else "DATE_FORMAT")
    return format_html('<time datetime="{}">{} ({})</time>', when.isoformat(), words, zone)
