"""A subject as a respondent will see it, for those who work on the bank; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from assessment.instrument.answers import BadAnswer
from assessment.instrument.conditions.grammar import ConditionError
from assessment.instrument.kinds.registry import read_sent
from assessment.instrument.model import SECTORS, TIERS, Instrument, Question
from assessment.method.parse_input import read_profile
from assessment.models import Edition, Response, Round, Scheme
from assessment.models.responses import AnswerRow
from assessment.models.translations import languages_of
from assessment.web.access import NotGranted
from assessment.web.questionnaire.forms import PageForm
from assessment.web.questionnaire.profile_form import ProfileForm
from assessment.web.questionnaire.progress import PROFILE, Progress, Subject, subjects_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class PreviewProgress(Progress):
    """The progress of somebody who does not exist: what was answered before stands in `rows`."""

    bank: Instrument
    facts: Mapping[str, int | str]

    @cached_property
    def instrument(self) -> Instrument:
        return self.bank

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """A draft may have subjects without a question yet."""
        return subjects_of(self.bank, alone=True)

    @cached_property
    def profile(self) -> dict[str, int | str]:
        return dict(self.facts)

    @property
    def may_change_way(self) -> bool:
        return False


class PreviewForm(PageForm):
    def form_attributes(self) -> dict[str, str]:
        """Without the address to which a respondent's page saves."""
        return {"data-preview": ""}

    def apply_posted(self) -> None:
        """Lets the conditions see what is chosen on the page."""
        self.after = self.progress.with_rows(
            {q.code: row for q in self.questions if (row := self._chosen(q)) is not None}
        )

    def _chosen(self, question: Question) -> AnswerRow | None:
        answer = self.cleaned_data.get(question.code)
        return None if answer is None else AnswerRow.of(question.code, answer)


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]
@xframe_options_sameorigin
def preview(request: HttpRequest, edition: int, section: str) -> HttpResponse:
    """The page of a subject, drawn from a draft or any other edition; shown in the admin's frame.

    The query says language, tier, sector, the profile and answers given on other pages.
    """
    found = edition_for(request, edition)
    language = request.GET.get("language", "")
    if language not in languages_of(found):
        language = found.language
    with translation.override(language):
        try:
            progress = preview_progress(found, request.GET)
        except ConditionError:
            return render(request, "preview/broken.html", status=409)
        return _render(request, progress, progress.subject(section))


def edition_for(request: HttpRequest, pk: int) -> Edition:
    """The edition, for those who may see its questions; for anybody else there is none."""
    user = request.user
    if not (user.is_active and user.is_staff and user.has_perm("assessment.view_question")):
        raise NotGranted
    found = Edition.objects.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise NotGranted
    return found


def preview_progress(edition: Edition, query: QueryDict) -> PreviewProgress:
    country = query.get("profile.country", "")
    bank = edition.instrument(translation.get_language(), country=country)
    tier = query.get("tier")
    sector = query.get("sector")
    response = Response(round=Round(edition=edition, scheme=Scheme(), alone=True))
    if tier in TIERS and sector in SECTORS:
        response.tier, response.sector, response.round.alone = tier, sector, False
    facts = {name: str(query[name]) for name in query if name.startswith("profile.")}
    return PreviewProgress(response, rows_before(bank, query), bank, profile_of(bank, facts))


def profile_of(bank: Instrument, facts: Mapping[str, str]) -> dict[str, int | str]:
    """What of the facts can be true; a preview refuses nothing."""
    known: dict[str, int | str] = {}
    for name, value in facts.items():
        try:
            known |= read_profile(bank, {name.removeprefix("profile."): value})
        except BadAnswer:
            continue
    return known


def rows_before(bank: Instrument, query: QueryDict) -> dict[str, AnswerRow]:
    """Answers given on other pages, by question; what cannot be an answer is left out."""
    rows = {}
    for code, chosen in query.lists():
        question = bank.question.get(code)
        if question is None or question.profile:
            continue
        try:
            rows[code] = AnswerRow.of(code, read_sent(question, chosen))
        except BadAnswer:
            continue
    return rows


def _render(
    request: HttpRequest, progress: PreviewProgress, subject: Subject | None
) -> HttpResponse:
    if subject is None:
        raise NotGranted
    data = request.POST if request.method == "POST" else None
    if subject.slug == PROFILE:
        profile = ProfileForm(progress.instrument, data)
        return render(request, "preview/profile.html", {"form": profile, "keeps_query": True})
    form = PreviewForm(progress, subject, subject.questions, data)
    valid = form.is_valid()
    if data is not None:
        form.apply_posted()
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"shown": {q.code: form.after.shows(q) for q in form.questions}})
    context = {
        "section": subject,
        "form": form,
        "keeps_query": True,
        "place": progress.subjects.index(subject) + 1,
        "places": len(progress.subjects),
    }
    status = 200 if valid or data is None else 422
    return render(request, "preview/page.html", context, status=status)
