"""One line of a plan: added, changed, moved, deleted, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.plans.change import LineConflict, add_line, change_line
from assessment.actions.plans.delete import delete_line, restore_line
from assessment.actions.plans.lock import MOST_LINES, PlanFull
from assessment.actions.plans.order import move_line
from assessment.models import PlanLine
from assessment.reports.plan_wording import advice_words
from assessment.web.access import NotGranted, plan_for
from assessment.web.languages import content_language
from assessment.web.plans.line_form import LineForm
from assessment.web.plans.plan import plan_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.models import Response


def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response, _latest = plan_for(request, uuid)
    data = request.POST if request.method == "POST" else None
    bank = response.edition.instrument(content_language())
    key = _key(request.POST.get("key", ""))
    form = LineForm(bank, data, key=str(key), country=response.round.profile.get("country"))
    if data is None or not form.is_valid():
        return _form(request, response, form, status=200 if data is None else 422)
    try:
        line = add_line(round=response.round, uuid=key, values=form.values, now=timezone.now())
    except PlanFull:
        form.add_error(None, full_words())
        return _form(request, response, form, status=422)
    return _to_line(response, line.uuid)


def change(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    response, latest = plan_for(request, uuid)
    stored = _line_of(response, line)
    report = plan_report(response, latest)
    data = request.POST if request.method == "POST" else None
    form = LineForm(
        report.instrument,
        data,
        line=stored,
        words=advice_words(report, stored),
        country=response.round.profile.get("country"),
    )
    if data is None or not form.is_valid():
        return _form(request, response, form, 200 if data is None else 422, line=stored)
    try:
        change_line(
            round=response.round,
            line=line,
            values=form.values,
            revision=form.revision,
            now=timezone.now(),
        )
    except LineConflict as conflict:
        return _conflict(request, response, form, conflict.stored)
    return _to_line(response, line)


def move(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    response = _changed(
        request,
        uuid,
        line,
        lambda own: move_line(round=own.round, line=line, to=request.POST.get("to", "")),
    )
    return _to_line(response, line)


def delete(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    response = _changed(
        request,
        uuid,
        line,
        lambda own: delete_line(round=own.round, line=line, now=timezone.now()),
    )
    messages.success(request, _("The line is deleted. You can put it back for 30 days."))
    return redirect(f"{reverse('plan', args=[response.uuid])}#deleted")


def restore(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    response = _changed(
        request,
        uuid,
        line,
        lambda own: restore_line(round=own.round, line=line, now=timezone.now()),
    )
    return _to_line(response, line)


def full_words() -> str:
    sentence = _("A plan holds %(most)d lines. Delete some; they stop counting after 30 days.")
    return sentence % {"most": MOST_LINES}


def _changed(
    request: HttpRequest, uuid: UUID, line: UUID, act: Callable[[Response], None]
) -> Response:
    """The response, after `act`; a line of another plan is as one that does not exist."""
    response, _latest = plan_for(request, uuid)
    try:
        act(response)
    except PlanLine.DoesNotExist as missing:
        raise NotGranted from missing
    return response


def _line_of(response: Response, line: UUID) -> PlanLine:
    found = response.round.plan_lines.filter(uuid=line).first()
    if found is None:
        raise NotGranted
    return found


def _conflict(
    request: HttpRequest, response: Response, form: LineForm, stored: PlanLine
) -> HttpResponse:
    """Both stand on the page, and saving once more is said to put this one over the other."""
    sent = request.POST.copy()
    sent["revision"] = str(stored.revision)
    form.data = sent
    return _form(request, response, form, 409, line=stored, conflict=list(form.differing(stored)))


def _form(
    request: HttpRequest, response: Response, form: LineForm, status: int, **more: Any
) -> HttpResponse:
    context = {"response": response, "form": form, **more}
    return render(request, "plans/line.html", context, status=status)


def _to_line(response: Response, line: UUID) -> HttpResponse:
    return redirect(f"{reverse('plan', args=[response.uuid])}#line-{line}")


def _key(sent: str) -> UUID:
    """The name of a line before it is one, so that sending twice makes one."""
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()
