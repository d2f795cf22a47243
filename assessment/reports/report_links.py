"""Where a subject or an action stands: on paper in the same document, on a screen on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from assessment.reports.profile_table import subject_slug
from assessment.reports.screen.action_list import action_slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.template.context import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def subject_address(context: Context, slug: str) -> str:
    """Empty where this document does not have the subject."""
    places: Mapping[str, str] = context.get("subjects_at") or {}
    return places.get(slug, "")


@register.simple_tag(takes_context=True)
def subject_address_of(context: Context, code: str) -> str:
    """The same by the code of the dimension."""
    return subject_address(context, subject_slug(code))


@register.simple_tag(takes_context=True)
def action_address(context: Context, code: str) -> str:
    """Empty on paper, where actions are named by their titles."""
    page = context.get("actions_at")
    return f"{page}#{action_slug(code)}" if page else ""
