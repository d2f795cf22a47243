"""What a report advises, taken into the plan from where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from assessment.actions.plans.lock import PlanFull
from assessment.actions.plans.take import NotAdvised, take_advice
from assessment.reports.plan_wording import plan_entries, planned_advice
from assessment.web.plans.lines import full_words

if TYPE_CHECKING:
    from assessment.reports.plan_wording import PlanEntry
    from assessment.web.plans.place import PlanPlace

MOST_AT_ONCE = 50


def take(request: HttpRequest, place: PlanPlace) -> HttpResponse:
    """Back to where the advice stands, which says now that it is in the plan.

    A script asks for JSON and gets what to show in place of the form.
    """
    keys = request.POST.getlist("advice")[:MOST_AT_ONCE]
    try:
        take_advice(
            round=place.round,
            result=place.latest.read(),
            keys=keys,
            now=timezone.now(),
            editor=place.editor,
        )
    except NotAdvised:
        sentence = _("Your latest answers do not lead to this advice; nothing was taken.")
        return _refused(request, place, sentence)
    except PlanFull:
        return _refused(request, place, full_words())
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_planned(place, keys))
    return HttpResponseRedirect(_next(request) or place.at.to("plan"))


def _refused(request: HttpRequest, place: PlanPlace, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(place.at.to("plan"))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _planned(place: PlanPlace, keys: list[str]) -> dict[str, Any]:
    report = place.report()
    planned = planned_advice(report)
    return {
        "lines": {key: _words(place, planned[key]) for key in keys},
        "count": len(report.plan),
        "plan": [_line(place, entry) for entry in plan_entries(report)],
    }


def _words(place: PlanPlace, entry: PlanEntry) -> dict[str, str]:
    return _line(place, entry) | {
        "facts": " · ".join(fact for fact in (entry.who, entry.due_words) if fact),
        "change": place.at.to("plan_line", entry.uuid),
    }


def _line(place: PlanPlace, entry: PlanEntry) -> dict[str, str]:
    return {
        "what": entry.what,
        "who": entry.who,
        "due": entry.due_words,
        "open": f"{place.at.to('plan')}#line-{entry.uuid}",
    }
