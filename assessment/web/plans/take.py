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
    from assessment.web.plans.plan_access import PlanAccess

MOST_AT_ONCE = 50


def take(request: HttpRequest, access: PlanAccess) -> HttpResponse:
    """Back to where the advice stands, which says now that it is in the plan.

    A script asks for JSON and gets what to show in place of the form.
    """
    keys = request.POST.getlist("advice")[:MOST_AT_ONCE]
    try:
        take_advice(
            round=access.round,
            result=access.latest.read(),
            keys=keys,
            now=timezone.now(),
            editor=access.editor,
        )
    except NotAdvised:
        sentence = _("Your latest answers do not lead to this advice; nothing was taken.")
        return _refused(request, access, sentence)
    except PlanFull:
        return _refused(request, access, full_words())
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_planned(access, keys))
    return HttpResponseRedirect(_next(request) or access.at.to("plan"))


def _refused(request: HttpRequest, access: PlanAccess, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(access.at.to("plan"))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _planned(access: PlanAccess, keys: list[str]) -> dict[str, Any]:
    report = access.report()
    planned = planned_advice(report)
    return {
        "lines": {key: _words(access, planned[key]) for key in keys},
        "count": len(report.plan),
        "plan": [_line(access, entry) for entry in plan_entries(report)],
    }


def _words(access: PlanAccess, entry: PlanEntry) -> dict[str, str]:
    return _line(access, entry) | {
        "facts": " · ".join(fact for fact in (entry.who, entry.due_words) if fact),
        "change": access.at.to("plan_line", entry.uuid),
    }


def _line(access: PlanAccess, entry: PlanEntry) -> dict[str, str]:
    return {
        "what": entry.what,
        "who": entry.who,
        "due": entry.due_words,
        "open": f"{access.at.to('plan')}#line-{entry.uuid}",
    }
