"""The session for who leads it: its questions, what the room came to, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessment.actions.joint_sessions.agreements import (
    NotRevealed,
    end_session,
    open_session_again,
    record_agreement,
)
from assessment.actions.joint_sessions.prepare import SessionBegun, prepare_session, screen_secret
from assessment.actions.joint_sessions.steps import SessionOver, session_items
from assessment.method.result import TOO_FEW
from assessment.models import JointSession, Round
from assessment.models.promises import read_promise
from assessment.web.access import NotGranted
from assessment.web.joint_sessions.forms import OutcomeForm, QuestionsForm
from assessment.web.joint_sessions.shown_item import instrument_of, joint_result
from assessment.web.member_access import facilitated_round

if TYPE_CHECKING:
    from assessment.instrument.model import Question
    from assessment.models import AgreedAnswer, SessionItem


def round_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First the questions are chosen; from then on it is the page from which one leads."""
    found = _closed_round(request, uuid)
    session = JointSession.objects.filter(round=found).first()
    promised = read_promise(found.promise).round_result
    if not promised or joint_result(found).status == TOO_FEW:
        context = {"round": found, "promised": promised}
        return render(request, "joint_sessions/not_promised.html", context)
    if request.method == "POST" or session is None or "choose" in request.GET:
        return _choose(request, found, session)
    return render(request, "joint_sessions/lead.html", _context(request, found, session))


def session_outcome(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """What the room came to at one question, once it has seen what was answered."""
    found, session = _session(request, uuid)
    instrument = instrument_of(found)
    item = found.session_items.filter(code=code).first()
    if item is None:
        raise NotGranted
    question = instrument.question[code]
    stored = found.agreed_answers.filter(code=code).first()
    data = request.POST if request.method == "POST" else None
    form = OutcomeForm(question, instrument, data, stored=stored)
    context = {"round": found, "form": form, "question": question, "item": item}
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return render(request, "joint_sessions/outcome.html", context, status=status)
    try:
        record_agreement(session=session, answer=form.result)
    except (SessionOver, NotRevealed):
        return render(request, "joint_sessions/outcome.html", context | {"late": True}, status=409)
    return redirect("round_session", uuid)


def session_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pressing twice ends it once."""
    _found, session = _session(request, uuid)
    if not session.is_ended:
        end_session(session=session, now=timezone.now())
    return redirect("round_session", uuid)


def session_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    _found, session = _session(request, uuid)
    open_session_again(session=session)
    return redirect("round_session", uuid)


def _choose(request: HttpRequest, found: Round, session: JointSession | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(joint_result(found), instrument_of(found), data)
    if session is not None and data is None:
        chosen = [item.code for item in session_items(found)]
        form.initial = {"codes": chosen, "second_answers": session.second_answers}
    context = {"round": found, "form": form, "session": session}
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return render(request, "joint_sessions/choose.html", context, status=status)
    try:
        prepare_session(round=found, **form.cleaned_data)
    except SessionBegun:
        return render(request, "joint_sessions/choose.html", context | {"begun": True}, status=409)
    return redirect("round_session", found.uuid)


def _context(request: HttpRequest, found: Round, session: JointSession) -> dict[str, object]:
    instrument = instrument_of(found)
    agreed = {row.code: row for row in found.agreed_answers.all()}

    def line(item: SessionItem) -> tuple[SessionItem, Question, AgreedAnswer | None]:
        return item, instrument.question[item.code], agreed.get(item.code)

    items = session_items(found)
    address = reverse("screen", args=[screen_secret(session)])
    return {
        "round": found,
        "session": session,
        "lines": [line(item) for item in items],
        "begun": any(item.state != item.State.WAITING for item in items),
        "screen": request.build_absolute_uri(address),
    }


def _closed_round(request: HttpRequest, uuid: UUID) -> Round:
    found = facilitated_round(request, uuid)
    if not found.is_closed:
        raise NotGranted
    return found


def _session(request: HttpRequest, uuid: UUID) -> tuple[Round, JointSession]:
    found = _closed_round(request, uuid)
    session = JointSession.objects.filter(round=found).first()
    if session is None:
        raise NotGranted
    return found, session
