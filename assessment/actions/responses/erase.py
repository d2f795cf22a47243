"""Erase the assessment of who answers alone, with all that hangs on it, for ever."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from assessment.actions.record import record
from assessment.actions.responses.reopen import AmongSeveral
from assessment.models import Answer, PlanLine, ReportFile, Response, Result, Round, SharedBrief
from assessment.models.process_cache import RESULT_PAGES


@dataclass(frozen=True, slots=True)
class Loss:
    """What would go, in numbers."""

    revisions: int
    answers: int
    notes: int
    results: int
    files: int
    plan_lines: int
    links: int


def loss_of(*, round: Round) -> Loss:
    answers = Answer.objects.filter(response__round=round)
    return Loss(
        revisions=round.responses.count(),
        answers=answers.exclude(status="").count(),
        notes=answers.exclude(note="").count(),
        results=Result.objects.filter(round=round).count(),
        files=ReportFile.objects.filter(result__round=round).count(),
        plan_lines=PlanLine.objects.filter(round=round).count(),
        links=SharedBrief.objects.filter(response__round=round).count(),
    )


@transaction.atomic
def erase_assessment(*, round: Round) -> list[Response]:
    """The responses that there were, as they were; none where somebody else erased them meanwhile.

    Rows protect what they cite, so what cites goes before. Pages that other processes keep in
    memory are found for nobody any more: each is looked for after the response was. Raises
    AmongSeveral.
    """
    if not round.alone:
        raise AmongSeveral
    responses = Response.objects.filter(round=round).order_by("pk")
    erased = list(responses.select_for_update())
    locked = Round.objects.select_for_update().filter(pk=round.pk).first()
    if locked is None:
        return []
    locked.open_again()
    responses.filter(~Q(result=None) | ~Q(supersedes=None)).update(result=None, supersedes=None)
    Result.objects.filter(round=locked).delete()
    scheme = locked.scheme
    record(None, "assessment_erased", locked)
    locked.delete()
    if not scheme.rounds.exists():
        scheme.delete()
    transaction.on_commit(RESULT_PAGES.clear)
    return erased
