"""One line of a plan: added, changed, moved, deleted, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.plans.change import LineConflict, add_line, change_line
from assessment.actions.plans.delete import delete_line, restore_line
from assessment.actions.plans.lock import MOST_LINES, PlanFull
from assessment.actions.plans.order import move_line
from assessment.models import PlanLine
from assessment.reports.budget_words import budget_words
from assessment.reports.plan_changes import change_lines
from assessment.reports.plan_wording import advice_words
from assessment.web.access import NotGranted
from assessment.web.languages import content_language
from assessment.web.plans.line_form import LineForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.web.plans.plan_access import PlanAccess


def add(request: HttpRequest, access: PlanAccess) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    bank = access.round.instrument(content_language())
    key = _key(request.POST.get("key", ""))
    form = LineForm(bank, data, sides=access.sides, key=str(key))
    if data is None or not form.is_valid():
        return _form(request, access, form, status=200 if data is None else 422)
    try:
        line = add_line(
            round=access.round,
            uuid=key,
            values=form.values,
            now=timezone.now(),
            editor=access.editor,
        )
    except PlanFull:
        form.add_error(None, full_words())
        return _form(request, access, form, status=422)
    return _to_line(access, line.uuid)


def change(request: HttpRequest, access: PlanAccess, line: UUID) -> HttpResponse:
    stored = _line_of(access, line)
    report = access.report()
    data = request.POST if request.method == "POST" else None
    form = LineForm(
        report.instrument,
        data,
        line=stored,
        words=advice_words(report, stored),
        sides=access.sides,
    )
    if data is None or not form.is_valid():
        changes = change_lines(stored, budget_words(report.instrument)) if access.sides else ()
        status = 200 if data is None else 422
        return _form(request, access, form, status, line=stored, changes=changes)
    try:
        change_line(
            round=access.round,
            line=line,
            values=form.values,
            revision=form.revision,
            now=timezone.now(),
            editor=access.editor,
        )
    except LineConflict as conflict:
        return _conflict(request, access, form, conflict.stored)
    return _to_line(access, line)


def move(request: HttpRequest, access: PlanAccess, line: UUID) -> HttpResponse:
    to = request.POST.get("to", "")
    _changed(lambda: move_line(round=access.round, line=line, to=to))
    return _to_line(access, line)


def delete(request: HttpRequest, access: PlanAccess, line: UUID) -> HttpResponse:
    now = timezone.now()
    _changed(lambda: delete_line(round=access.round, line=line, now=now, editor=access.editor))
    messages.success(request, _("The line is deleted. You can put it back for 30 days."))
    return redirect(f"{access.at.to('plan')}#deleted")


def restore(request: HttpRequest, access: PlanAccess, line: UUID) -> HttpResponse:
    now = timezone.now()
    _changed(lambda: restore_line(round=access.round, line=line, now=now, editor=access.editor))
    return _to_line(access, line)


def full_words() -> str:
    sentence = _("A plan holds %(most)d lines. Delete some; they stop counting after 30 days.")
    return sentence % {"most": MOST_LINES}


def _changed(act: Callable[[], None]) -> None:
    """A line of another plan is as one that does not exist."""
    try:
        act()
    except PlanLine.DoesNotExist as missing:
        raise NotGranted from missing


def _line_of(access: PlanAccess, line: UUID) -> PlanLine:
    found = access.round.plan_lines.filter(uuid=line).first()
    if found is None:
        raise NotGranted
    return found


def _conflict(
    request: HttpRequest, access: PlanAccess, form: LineForm, stored: PlanLine
) -> HttpResponse:
    """Both stand on the page, and saving once more is said to put this one over the other."""
    sent = request.POST.copy()
    sent["revision"] = str(stored.revision)
    form.data = sent
    return _form(request, access, form, 409, line=stored, conflict=list(form.differing(stored)))


def _form(
    request: HttpRequest, access: PlanAccess, form: LineForm, status: int, **more: Any
) -> HttpResponse:
    context = access.context() | {"form": form, **more}
    return render(request, "plans/line.html", context, status=status)


def _to_line(access: PlanAccess, line: UUID) -> HttpResponse:
    return redirect(f"{access.at.to('plan')}#line-{line}")


def _key(sent: str) -> UUID:
    """The name of a line before it is one, so that sending twice makes one."""
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()
