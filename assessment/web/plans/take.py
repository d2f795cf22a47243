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
    from assessment.web.plans.opened import OpenedPlan

MOST_AT_ONCE = 50


def take(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """Back to where the advice stands, which says now that it is in the plan.

    A script asks for JSON and gets what to show in place of the form.
    """
    keys = request.POST.getlist("advice")[:MOST_AT_ONCE]
    try:
        take_advice(
            round=opened.round,
            result=opened.latest.read(),
            keys=keys,
            now=timezone.now(),
            editor=opened.editor,
        )
    except NotAdvised:
        sentence = _("Your latest answers do not lead to this advice; nothing was taken.")
        return _refused(request, opened, sentence)
    except PlanFull:
        return _refused(request, opened, full_words())
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_planned(opened, keys))
    return HttpResponseRedirect(_next(request) or opened.at.to("plan"))


def _refused(request: HttpRequest, opened: OpenedPlan, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(opened.at.to("plan"))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _planned(opened: OpenedPlan, keys: list[str]) -> dict[str, Any]:
    report = opened.report()
    planned = planned_advice(report)
    return {
        "lines": {key: _words(opened, planned[key]) for key in keys},
        "count": len(report.plan),
        "plan": [_line(opened, entry) for entry in plan_entries(report)],
    }


def _words(opened: OpenedPlan, entry: PlanEntry) -> dict[str, str]:
    return _line(opened, entry) | {
        "facts": " · ".join(fact for fact in (entry.who, entry.due_words) if fact),
        "change": opened.at.to("plan_line", entry.uuid),
    }


def _line(opened: OpenedPlan, entry: PlanEntry) -> dict[str, str]:
    return {
        "what": entry.what,
        "who": entry.who,
        "due": entry.due_words,
        "open": f"{opened.at.to('plan')}#line-{entry.uuid}",
    }
