"""{% moment %}: a time with its zone, which static/js/times.js turns into the reader's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def moment(when: datetime) -> SafeString:
    return format_html(
        '<time datetime="{}">{} (UTC)</time>', when.isoformat(), date_format(when, "j F Y, H:i")
    )
