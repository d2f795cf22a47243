"""Try the rules of an edition on sample answers; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.admin.bench.bench_form import BenchForm
from assessment.admin.bench.bench_lines import (
    ComparedLine,
    HoldingLine,
    ResultPair,
    dimension_line,
    holding_line,
    recommendation_line,
)
from assessment.admin.bench.condition_traces import trace_conditions
from assessment.admin.bench.samples import (
    Sample,
    UsableSample,
    answer_pattern,
    assess_sample,
    stored_samples,
    usable_sample,
)
from assessment.admin.core.conditions import ConditionCheck, UnreadableEdition
from assessment.admin.core.pages import draw_page, may_view, page_path, part_addresses
from assessment.models import Edition, Pattern, Response, Rule
from assessment.reports.report_data import ReportData, hash_of_result
from assessment.reports.sections.recommendations import recommendation_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern

    from assessment.admin.bench.bench_lines import Holding
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result


def rule_bench_path() -> URLPattern:
    return page_path(
        "bench/<int:pk>/",
        rule_bench_page,
        "assessment_rule_bench",
        rows=Edition.objects.all,
        may=may_view(Rule),
    )


def rule_bench_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    try:
        instrument = ConditionCheck(edition).instrument
    except UnreadableEdition as broken:
        context: dict[str, Any] = {"broken": str(broken)}
    else:
        context = bench_context(request, edition, instrument)
    return draw_page(request, "bench/rule_bench", edition, _("Try the rules"), **context)


def bench_context(request: HttpRequest, edition: Edition, instrument: Instrument) -> dict[str, Any]:
    samples = stored_samples()
    posted = request.method == "POST"
    form = BenchForm(instrument, request.POST if posted else None)
    sample = form.sample() if posted else sample_to_show(request, samples)
    context: dict[str, Any] = {
        "form": form,
        "samples": [one.name for one in samples],
        "may_load": may_load(request),
        "asked": request.GET.get("response", ""),
        "comparison": compared_samples(edition, instrument, samples),
    }
    if sample is None:
        return context | {"not_found": bool(request.GET.get("response"))}
    if not posted:
        form.show_sample(sample)
    return context | outcome_context(edition, instrument, usable_sample(instrument, sample))


def may_load(request: HttpRequest) -> bool:
    """Who may see a whole response may see its pattern; others by a right of its own."""
    rights = ("assessment.view_codes", "assessment.view_response")
    return any(map(request.user.has_perm, rights))


def sample_to_show(request: HttpRequest, samples: list[Sample]) -> Sample | None:
    """The sample that the address names by its number, or the pattern of a stored response."""
    number = request.GET.get("sample", "")
    if number.isascii() and number.isdecimal() and len(number) < 3:
        return dict(enumerate(samples, 1)).get(int(number))
    key = request.GET.get("response", "").strip()
    if not key or not may_load(request):
        return None
    try:
        rows = Response.objects.of_one_person().select_related("round__edition")
        rows = rows.filter(uuid=UUID(key))
    except ValueError:
        return None
    found = rows.first()
    return answer_pattern(found) if found else None


def outcome_context(
    edition: Edition, instrument: Instrument, sample: UsableSample
) -> dict[str, Any]:
    """What the page says of one sample."""
    result = assess_sample(instrument, sample)
    report = ReportData(
        result=result,
        instrument=instrument,
        generated_at=timezone.now(),
        result_hash=hash_of_result(result),
    )
    addresses = part_addresses(edition, (Rule, Pattern))
    rules = {addresses[Rule, rule.code]: rule for rule in instrument.rules}
    patterns = {addresses[Pattern, pattern.code]: pattern for pattern in instrument.patterns}
    alone: list[ResultPair] = [(None, (instrument, result))]
    scores = [dimension_line(instrument, code, alone) for code in instrument.dimension]
    return {
        "unusable": sample.unusable,
        "rules": holding_lines(report, sample, rules),
        "patterns": holding_lines(report, sample, patterns),
        "lines": recommendation_lines(report),
        "scores": scores,
    }


def holding_lines(
    report: ReportData, sample: UsableSample, parts: Mapping[str, Holding]
) -> list[HoldingLine]:
    """By the address of its page whether each rule or pattern holds, and what takes it back."""
    about = (report.instrument, report.result.profile, sample.respondent)
    when = trace_conditions(*about, {part.code: part.when for part in parts.values()})
    unless = trace_conditions(*about, {part.code: part.unless for part in parts.values()})
    return [
        holding_line(report, part, address, when[part.code], unless.get(part.code))
        for address, part in parts.items()
    ]


def compared_samples(
    edition: Edition, instrument: Instrument, samples: list[Sample]
) -> list[ComparedLine]:
    """What the stored samples give, before (the edition it was made from) and after."""
    base = edition_before(edition)
    before = base.instrument() if base else None
    pairs: list[ResultPair] = [
        (judged(before, sample) if before else None, judged(instrument, sample))
        for sample in samples
    ]
    lines = [dimension_line(instrument, code, pairs) for code in instrument.dimension]
    return [*lines, recommendation_line(pairs)]


def judged(instrument: Instrument, sample: Sample) -> tuple[Instrument, Result]:
    return instrument, assess_sample(instrument, usable_sample(instrument, sample))


def edition_before(edition: Edition) -> Edition | None:
    """What the edition was made from; a first draft is beside what is published."""
    current = Edition.objects.current()
    return edition.started_from or (current if current != edition else None)
