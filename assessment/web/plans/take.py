"""What a report advises, taken into the plan from where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from assessment.actions.plans.lock import PlanFull
from assessment.actions.plans.take import NotAdvised, take_advice
from assessment.reports.plan_wording import plan_entries, planned_advice
from assessment.web.access import plan_for
from assessment.web.plans.lines import full_words
from assessment.web.plans.plan import plan_report

if TYPE_CHECKING:
    from assessment.models import Response, Result
    from assessment.reports.plan_wording import PlanEntry

MOST_AT_ONCE = 50


def take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Back to where the advice stands, which says now that it is in the plan.

    A script asks for JSON and gets what to show in place of the form.
    """
    response, latest = plan_for(request, uuid)
    keys = request.POST.getlist("advice")[:MOST_AT_ONCE]
    try:
        take_advice(round=response.round, result=latest.read(), keys=keys, now=timezone.now())
    except NotAdvised:
        sentence = _("Your latest answers do not lead to this advice; nothing was taken.")
        return _refused(request, response, sentence)
    except PlanFull:
        return _refused(request, response, full_words())
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_planned(response, latest, keys))
    return HttpResponseRedirect(_next(request) or reverse("plan", args=[uuid]))


def _refused(request: HttpRequest, response: Response, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("plan", response.uuid)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _planned(response: Response, latest: Result, keys: list[str]) -> dict[str, Any]:
    report = plan_report(response, latest)
    planned = planned_advice(report)
    return {
        "lines": {key: _words(response, planned[key]) for key in keys},
        "count": len(report.plan),
        "plan": [_line(response, entry) for entry in plan_entries(report)],
    }


def _words(response: Response, entry: PlanEntry) -> dict[str, str]:
    return _line(response, entry) | {
        "facts": " · ".join(fact for fact in (entry.who, entry.due_words) if fact),
        "change": reverse("plan_line", args=[response.uuid, entry.uuid]),
    }


def _line(response: Response, entry: PlanEntry) -> dict[str, str]:
    own = reverse("plan", args=[response.uuid])
    return {
        "what": entry.what,
        "who": entry.who,
        "due": entry.due_words,
        "open": f"{own}#line-{entry.uuid}",
    }
