"""Going on from the result of the short way: to the rest of one subject, or of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.models import Round
from assessment.web.questionnaire.progress import Progress, SubjectState, progress_of
from assessment.web.questionnaire.ways import minutes_for

if TYPE_CHECKING:
    from assessment.models import Response


@dataclass(frozen=True, slots=True)
class GoingOn:
    """What the short way left out; `reason` is why the answers are opened again."""

    further: int
    minutes: int
    subjects: tuple[SubjectState, ...]
    reason: str


def going_on(response: Response) -> GoingOn | None:
    """Who answers alone, from her latest result; None where nothing was left out."""
    short = response.round.questionnaire == Round.Questionnaire.SHORT
    if not short or not response.round.alone or response.successor() is not None:
        return None
    progress = progress_of(response)
    further = progress.further
    return (
        GoingOn(further, minutes_for(further), _subjects(progress), reason()) if further else None
    )


def _subjects(progress: Progress) -> tuple[SubjectState, ...]:
    states = (progress.subject_state(subject) for subject in progress.subjects)
    return tuple(state for state in states if state.further)


def reason() -> str:
    return _("I go on from the short way to more questions.")
