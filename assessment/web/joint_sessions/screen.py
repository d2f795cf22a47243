"""The screen of a session, for the wall: opened by its own link, in a browser without answers."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.actions.joint_sessions.prepare import session_by_secret
from assessment.actions.joint_sessions.steps import (
    NotAsked,
    SessionOver,
    ask_again,
    give_time,
    item_before,
    next_item,
    reveal,
    show_item,
)
from assessment.models import JointSession
from assessment.web.access import NotGranted, actor_for
from assessment.web.joint_sessions.shown_item import shown_item

TALK = timedelta(minutes=5)


def screen(request: HttpRequest, secret: str) -> HttpResponse:
    """A browser that holds somebody's answers shows none of it: the wall is no place for them."""
    session = _session(secret)
    context = {
        "secret": secret,
        "session": session,
        "shown": shown_item(session),
        "next": next_item(session),
        "before": item_before(session),
        "minutes": TALK.seconds // 60,
        "now": timezone.now(),
    }
    if actor_for(request).grants:
        return render(request, "joint_sessions/other_browser.html", context)
    return render(request, "joint_sessions/screen.html", context)


def screen_state(request: HttpRequest, secret: str) -> HttpResponse:
    """By this number a screen knows whether it shows what stands."""
    return JsonResponse({"steps": _session(secret).steps})


def screen_step(request: HttpRequest, secret: str) -> HttpResponse:
    """One step; of one that is out of date or sent twice nothing comes."""
    session = _session(secret)
    now = timezone.now()
    step, current = request.POST.get("step", ""), session.current
    try:
        if step in ("next", "before"):
            item = next_item(session) if step == "next" else item_before(session)
            show_item(session=session, item=item)
        elif step == "ask" and current is not None:
            ask_again(session=session, item=current)
        elif step == "reveal" and current is not None:
            reveal(session=session, item=current, now=now)
        elif step in ("time", "no_time"):
            give_time(session=session, time=TALK if step == "time" else None, now=now)
    except (SessionOver, NotAsked):
        pass
    return redirect("screen", secret)


def _session(secret: str) -> JointSession:
    found = session_by_secret(secret)
    if found is None:
        raise NotGranted
    return found
