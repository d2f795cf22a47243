"""The session on a respondent's own device: what stands on the wall, and a second answer to it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from assessment.actions.joint_sessions.second_answers import answer_again
from assessment.actions.joint_sessions.steps import NotAsked, SessionOver
from assessment.models import JointSession, Response, SessionAnswer
from assessment.web.access import NotGranted, response_for
from assessment.web.joint_sessions.forms import SecondAnswerForm
from assessment.web.joint_sessions.shown_item import ShownItem, instrument_of, shown_item


def own_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form stands there only while the room is asked."""
    response, session = _own(request, uuid)
    shown = shown_item(session)
    asked = shown is not None and shown.item.state == shown.item.State.ASKED
    data = request.POST if request.method == "POST" else None
    context: dict[str, object] = {
        "response": response,
        "session": session,
        "shown": shown,
        "late": data is not None,
    }
    if shown is None or not asked:
        return render(request, "joint_sessions/own.html", context, status=409 if data else 200)
    form = _form(response, shown, data)
    answered = SessionAnswer.objects.filter(item=shown.item, response=response).exists()
    context |= {"form": form, "answered": answered, "late": False}
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return render(request, "joint_sessions/own.html", context, status=status)
    try:
        answer_again(
            session=session, response=response, code=shown.question.code, answer=form.answer
        )
    except (SessionOver, NotAsked):
        return render(request, "joint_sessions/own.html", context | {"late": True}, status=409)
    return redirect("own_session", uuid)


def own_session_state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return JsonResponse({"steps": _own(request, uuid)[1].steps})


def _form(response: Response, shown: ShownItem, data: object) -> SecondAnswerForm:
    """As it was put to her: the national tier may read another wording."""
    question = shown.question
    wording = question.wording(response.routed_as[0])
    return SecondAnswerForm(question, instrument_of(response.round), wording, data)  # type: ignore[arg-type]


def _own(request: HttpRequest, uuid: UUID) -> tuple[Response, JointSession]:
    response = response_for(request, uuid)
    rows = JointSession.objects.select_related("round__edition", "round__result", "current")
    session = rows.filter(round=response.round_id).first()
    if session is None or not response.is_submitted:
        raise NotGranted
    return response, session
