"""The texts of a language beside their source: shown, saved, refused, or both where two saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from assessment.actions.editions.earlier_sources import earlier_sources
from assessment.actions.editions.translate import (
    BadTranslations,
    save_translations,
    translate_sentence,
)
from assessment.admin.core.pages import compile_edition, draw_page, page_path, record
from assessment.admin.translations.labels import field_name_of, place_from
from assessment.admin.translations.permissions import may_read, may_translate
from assessment.admin.translations.translation_query import (
    STATE_NAMES,
    address_of_page,
    first_of_page,
    group_options,
    page_link,
    requested_filter,
    requested_texts,
    submitted_page,
    submitted_texts,
)
from assessment.admin.translations.translation_workbench import UNFINISHED, workbench_of
from assessment.instrument.translation import STATES
from assessment.models import EditionLanguage
from assessment.models.editions import NotADraft
from assessment.models.translations import language_name
from assessment.models.translators import may_translate_into
from assessment.reports.issue_wording.bank import bare_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.paginator import Page
    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern

    from assessment.actions.editions.translate import SubmittedText, TranslationOutcome
    from assessment.admin.translations.translation_workbench import TranslationWorkbench
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Entry


def texts_path() -> URLPattern:
    return page_path(
        "<int:pk>/texts/",
        texts_page,
        "assessment_texts",
        rows=lambda: EditionLanguage.objects.select_related("edition"),
        may=may_read,
    )


def texts_page(request: HttpRequest, offered: EditionLanguage) -> HttpResponseBase:
    if request.method == "POST":
        return _save(request, offered)
    workbench = _workbench(offered)
    return _draw(request, offered, workbench, requested_texts(request, workbench))


def _workbench(offered: EditionLanguage) -> TranslationWorkbench:
    return workbench_of(offered, compile_edition(offered.edition))


def _save(request: HttpRequest, offered: EditionLanguage) -> HttpResponseBase:
    if not may_translate_into(request.user, offered.language):
        raise PermissionDenied
    submitted = submitted_texts(request)
    only = request.POST.get("_only")
    try:
        outcome = save_translations(
            edition=offered.edition,
            language=offered.language,
            submitted=[one for one in submitted if only in {None, field_name_of(one.place)}],
            now=timezone.now(),
        )
    except BadTranslations as bad:
        errors = {place: bare_sentence(issue) for place, issue in bad.errors.items()}
        return _refused(request, offered, submitted, errors)
    except NotADraft:
        message = gettext("A published edition cannot be changed. Start a new draft.")
        changed = {one.place: message for one in submitted if one.is_meant}
        return _refused(request, offered, submitted, changed)
    _add_messages(request, offered, outcome)
    if outcome.conflicts or only is not None:
        return _still_open(request, offered, submitted, outcome)
    return HttpResponseRedirect(_next_address(request, offered))


def _add_messages(
    request: HttpRequest, offered: EditionLanguage, outcome: TranslationOutcome
) -> None:
    number = len(outcome.saved)
    if number:
        message = ngettext("%(number)d text is saved.", "%(number)d texts are saved.", number)
        messages.success(request, message % {"number": number})
        record(request, offered, translate_sentence(outcome.saved))
    if outcome.conflicts:
        message = gettext(
            "Somebody else saved other translations while this page was open. Both stand "
            "below: change yours if need be, and save it again to put it in place of theirs."
        )
        messages.warning(request, message)


def _refused(
    request: HttpRequest,
    offered: EditionLanguage,
    submitted: list[SubmittedText],
    errors: Mapping[TextKey, str],
) -> HttpResponseBase:
    """Nothing is saved; every text stands as it was sent, the wrong ones with their sentence."""
    messages.error(request, gettext("Nothing was saved. Correct the texts that are marked."))
    workbench = _workbench(offered).with_submitted(submitted, errors=errors)
    return _draw(request, offered, workbench, submitted_page(workbench, submitted))


def _still_open(
    request: HttpRequest,
    offered: EditionLanguage,
    submitted: list[SubmittedText],
    outcome: TranslationOutcome,
) -> HttpResponseBase:
    """What was saved stands as it is stored, the rest as it was typed; in a conflict both texts."""
    stored = {conflict.submitted.place: conflict.stored for conflict in outcome.conflicts}
    unsaved = [one for one in submitted if one.place not in outcome.saved]
    workbench = _workbench(offered).with_submitted(unsaved, stored_meanwhile=stored)
    return _draw(request, offered, workbench, submitted_page(workbench, submitted))


def _next_address(request: HttpRequest, offered: EditionLanguage) -> str:
    """The same page, or the one with the text that the person went on to."""
    if name := request.POST.get("_go"):
        workbench = _workbench(offered)
        return workbench.url_of(workbench.entry(place_from(name)))
    if name := request.POST.get("_turn"):
        return address_of_page(request, _workbench(offered), place_from(name))
    return request.get_full_path()


def _draw(
    request: HttpRequest,
    offered: EditionLanguage,
    workbench: TranslationWorkbench,
    page: Page[Entry],
) -> HttpResponseBase:
    group, state, code = requested_filter(request, workbench)
    turned = requested_texts(request, workbench)
    shown = list(page)
    earlier = earlier_sources(edition=offered.edition, entries=shown)
    title = gettext("Translate: %(language)s") % {"language": language_name(offered.language)}
    return draw_page(
        request,
        "translations/texts",
        offered,
        title,
        offered=offered,
        page=turned,
        rows=replace(workbench, earlier=earlier).rows(shown),
        groups=group_options(workbench, group),
        states=[(s, STATE_NAMES[s], s == state) for s in (UNFINISHED, *STATES)],
        code=code,
        may_translate=may_translate(request, offered),
        here=request.get_full_path(),
        earlier=page_link(request, turned, -1),
        later=page_link(request, turned, 1),
        earlier_text=first_of_page(turned, -1),
        later_text=first_of_page(turned, 1),
    )
