"""Try the rules of an edition on sample answers; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.forms import instrument_for
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bench.sample_fields import answer_field, profile_field
from assessment.admin.bench.samples import (
    Fitted,
    Sample,
    fitted,
    is_coded,
    judged,
    pattern_of,
    stored_samples,
)
from assessment.admin.core.bad_requests import is_id
from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import PROFILE_FIELDS
from assessment.method.rule_trace import RuleTrace, trace_rules
from assessment.models import Edition, Response, Rule
from assessment.reports import formats
from assessment.reports.condition_wording import subject_words
from assessment.reports.report_data import ReportData, hash_of_result
from assessment.reports.sections.recommendations import recommendation_lines
from assessment.reports.wording import reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from assessment.instrument.model import Instrument
    from assessment.method.result import Result

PROFILE = "profile."
VERDICTS = {True: _("true"), False: _("false"), None: _("unknown")}
MARKS = {True: "yes", False: "no", None: "open"}


@dataclass(frozen=True, slots=True)
class RuleLine:
    code: str
    title: str
    address: str
    mark: str
    verdict: Any
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A dimension; for each sample its score before and after, and whether they differ."""

    name: str
    cells: tuple[tuple[str, str, bool], ...]


class BenchForm(forms.Form):
    """Every question that is chosen or counted, a group of fields for each dimension."""

    def __init__(self, instrument: Instrument, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.instrument = instrument
        for name in PROFILE_FIELDS:
            self.fields[PROFILE + name] = profile_field(instrument, name)
        for question in instrument.questions:
            if question.dimension and is_coded(question):
                self.fields[question.code] = answer_field(question)

    def show(self, sample: Sample) -> None:
        self.initial = {PROFILE + name: value for name, value in sample.profile.items()}
        self.initial |= dict(sample.answers)

    @property
    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        yield _("Profile"), [self[name] for name in self.fields if name.startswith(PROFILE)]
        for dimension in self.instrument.dimensions:
            asked = [q.code for q in self.instrument.questions_of[dimension.code]]
            yield dimension.name, [self[code] for code in asked if code in self.fields]

    def sample(self) -> Sample:
        """What was entered; fields left open are left out."""
        entered = {name: self._entered(name) for name in self.fields}
        known = {name: raw for name, raw in entered.items() if raw not in ("", [])}
        return Sample(
            name="",
            profile={
                name.removeprefix(PROFILE): int(raw) if raw.isdecimal() and len(raw) < 9 else raw
                for name, raw in known.items()
                if name.startswith(PROFILE)
            },
            answers={name: raw for name, raw in known.items() if not name.startswith(PROFILE)},
        )

    def _entered(self, name: str) -> Any:
        data: Any = self.data
        values = data.getlist(name)
        question = self.instrument.question.get(name)
        alone = values[:1] in ([DONT_KNOW], [NOT_APPLICABLE])
        if question and kind_of(question).several and not alone:
            return values
        return values[0].strip() if values else ""


class BenchAdmin(PartAdmin):
    """The admin of rules with the page of the bench, one for each edition."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bench_view)
        return [path("bench/<int:pk>/", view, name="assessment_rule_bench"), *super().get_urls()]

    def bench_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        edition = Edition.objects.filter(pk=pk).first() if is_id(str(pk)) else None
        if edition is None or not self.has_view_permission(request):
            raise PermissionDenied
        instrument = instrument_for(edition)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Try the rules"),
            "edition": edition,
            "opts": Edition._meta,
            "media": self.media,
            "may_load": may_load(request),
        }
        if isinstance(instrument, str):
            context["broken"] = instrument
        else:
            context |= bench(request, edition, instrument)
        return TemplateResponse(request, "admin/assessment/edition_bench.html", context)


def bench(request: HttpRequest, edition: Edition, instrument: Instrument) -> dict[str, Any]:
    samples = stored_samples()
    posted = request.method == "POST"
    form = BenchForm(instrument, request.POST if posted else None)
    chosen = form.sample() if posted else loaded(request, samples)
    context: dict[str, Any] = {
        "form": form,
        "samples": [sample.name for sample in samples],
        "asked": request.GET.get("response", ""),
        "comparison": comparison(edition, instrument, samples),
    }
    if chosen is None:
        return context | {"not_found": bool(request.GET.get("response"))}
    if not posted:
        form.show(chosen)
    return context | outcome(edition, instrument, fitted(instrument, chosen))


def may_load(request: HttpRequest) -> bool:
    """Who may see a whole response may see its pattern; others by a right of its own."""
    rights = ("assessment.view_pattern", "assessment.view_response")
    return any(map(request.user.has_perm, rights))


def loaded(request: HttpRequest, samples: list[Sample]) -> Sample | None:
    """The sample that the address names by its number, or the pattern of a stored response."""
    number = request.GET.get("sample", "")
    if number.isascii() and number.isdecimal() and len(number) < 3:
        return dict(enumerate(samples, 1)).get(int(number))
    asked = request.GET.get("response", "").strip()
    if not asked or not may_load(request):
        return None
    try:
        rows = Response.objects.of_one_person().select_related("round__edition")
        rows = rows.filter(uuid=UUID(asked))
    except ValueError:
        return None
    found = rows.first()
    return pattern_of(found) if found else None


def outcome(edition: Edition, instrument: Instrument, sample: Fitted) -> dict[str, Any]:
    result = judged(instrument, sample)
    report = ReportData(
        result=result,
        instrument=instrument,
        generated_at=timezone.now(),
        result_hash=hash_of_result(result),
    )
    traced = trace_rules(instrument, result.profile, sample.respondent)
    keys = dict(Rule.objects.filter(edition=edition).values_list("code", "pk"))
    return {
        "left": sample.left,
        "rules": [rule_line(report, found, keys[found.rule.code]) for found in traced],
        "lines": recommendation_lines(report),
        "scores": [score_line(instrument, code, [(None, result)]) for code in instrument.dimension],
    }


def rule_line(report: ReportData, found: RuleTrace, pk: int) -> RuleLine:
    because = [reason_words(report, reason) for reason in found.because]
    missing = [
        gettext("Not known: {subject}.").format(subject=subject_words(name, report.instrument))
        for name in found.missing
    ]
    return RuleLine(
        code=found.rule.code,
        title=found.rule.title,
        address=reverse("admin:assessment_rule_change", args=[pk]),
        mark=MARKS[found.verdict],
        verdict=VERDICTS[found.verdict],
        why=(*because, *missing),
    )


def comparison(edition: Edition, instrument: Instrument, samples: list[Sample]) -> list[ScoreLine]:
    """The scores of the stored samples, before (the edition it was made from) and after."""
    base = base_of(edition)
    before = base.instrument() if base else None
    pairs = [
        (
            judged(before, fitted(before, sample)) if before else None,
            judged(instrument, fitted(instrument, sample)),
        )
        for sample in samples
    ]
    return [score_line(instrument, code, pairs) for code in instrument.dimension]


def base_of(edition: Edition) -> Edition | None:
    """What the edition was made from; a first draft is beside what is published."""
    current = Edition.objects.current()
    return edition.started_from or (current if current != edition else None)


def score_line(
    instrument: Instrument, code: str, pairs: list[tuple[Result | None, Result]]
) -> ScoreLine:
    cells = []
    for before, after in pairs:
        old = score_words(instrument, before, code) if before else ""
        new = score_words(instrument, after, code)
        cells.append((old, new, bool(before) and old != new))
    return ScoreLine(instrument.dimension[code].name, tuple(cells))


def score_words(instrument: Instrument, result: Result, code: str) -> str:
    found = result.dimensions.get(code)
    if found is None or found.score is None:
        return "–"
    return formats.number(found.score, 1)
