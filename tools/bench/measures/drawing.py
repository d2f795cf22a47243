"""The form of questions beside a template written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.utils import render_crispy_form

from assessment.web.questionnaire.forms import page_form
from assessment.web.questionnaire.progress import Subject, progress_of
from tools.bench.floors import hand_written_form, template_engine
from tools.bench.table import Measurement
from tools.bench.timing import interleave, ratios

if TYPE_CHECKING:
    from assessment.web.questionnaire.progress import Progress
    from tools.bench.measured_site import MeasuredSite


def form_html(progress: Progress, section: Subject) -> str:
    """The form of a section as its page draws it."""
    return str(render_crispy_form(page_form(progress, section), context={"csrf_token": "c" * 64}))


def drawing(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """All questions in one form beside a template written by hand, and the slowest page."""
    progress = progress_of(site.answered_response("drawing"))
    questions = tuple(q for q in progress.instrument.questions if q.dimension)
    whole = Subject("all", "All questions", "", questions)
    templates = template_engine()
    acts: dict[str, Any] = {
        "hand": (lambda: hand_written_form(templates, progress), 5),
        "all": (lambda: form_html(progress, whole), 5),
    }
    for slug in site.pages:
        if section := progress.subject(slug):
            acts[slug] = (lambda section=section: form_html(progress, section), 10)
    times = interleave(acts, rounds)
    slowest = [max(times[slug][turn] for slug in site.pages) for turn in range(rounds)]
    number = len(questions)
    return [
        Measurement(f"{number} questions by hand", "ms", times["hand"]),
        Measurement(
            f"{number} questions, our form", "× by hand", ratios(times, "all", "hand"), 1.5
        ),
        Measurement("drawing the slowest dimension's page", "ms", slowest, 8),
    ]
