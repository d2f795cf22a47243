"""Draws the form of a subject: crispy draws its skeleton once, each person's answers fill it.

Fifty questions through crispy take longer than a template written by hand, from the skeleton a
quarter of that (`manage.py bench`: "50 questions, our form").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.utils import render_crispy_form
from django import template
from django.utils.html import escape
from django.utils.translation import get_language

from assessment.web.process_cache import ProcessCache
from assessment.web.questionnaire.layout import QuestionSkeleton, fill_slots, open_attribute, slot

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from assessment.web.process_cache import Key
    from assessment.web.questionnaire.forms import PageForm

register = template.Library()

SKELETON_CACHE: ProcessCache[SafeString] = ProcessCache(512)
"""The page with slots, by `skeleton_key`: an edition has eleven subjects, each with some skips."""


@register.simple_tag(takes_context=True)
def section_form(context: dict[str, Any], form: PageForm) -> SafeString:
    return form_html(form, str(context.get("csrf_token", "")))


def form_html(form: PageForm, token: str) -> SafeString:
    """From the skeleton; what was sent or is a preview is drawn by itself, with its errors."""
    if form.is_bound or not form.cacheable:
        html: SafeString = render_crispy_form(form, context={"csrf_token": token})
        return html
    skeleton = SKELETON_CACHE.get(skeleton_key(form), lambda: skeleton_of(form))
    return fill_slots(skeleton, slot_values(form) | {"token": escape(token)})


def skeleton_key(form: PageForm) -> Key:
    """All that the skeleton shows: content, language, wording of the tier, skips, the last choice.

    The choice "completed" is one of three words; it is no answer.
    """
    progress = form.progress
    shown = (f"{question.code}:{progress.shows(question)}" for question in form.questions)
    said, tier = str(form.initial.get("completed")), progress.response.tier
    return (progress.instrument.texts_hash, str(get_language()), tier, said, *shown)


def skeleton_of(form: PageForm) -> SafeString:
    helper = form.helper_of(QuestionSkeleton, slot("address"))
    html: SafeString = render_crispy_form(form, helper, context={"csrf_token": slot("token")})
    return html


def slot_values(form: PageForm) -> dict[str, str]:
    """What the person gave, by the name of its slot, drawn and escaped by the widgets."""
    asked = {name: field for name, field in form.fields.items() if name != "completed"}
    values = {name: field.prepare_value(form.initial.get(name)) for name, field in asked.items()}
    filling: dict[str, str] = {
        name: field.widget.render(name, values[name], {"id": f"id_{name}"})
        for name, field in asked.items()
    }
    notes = [name for name in asked if name.endswith("-note")]
    filling |= {
        f"{name.removesuffix('-note')}-open": open_attribute(values[name]) for name in notes
    }
    return filling | {"address": escape(form.address)}
