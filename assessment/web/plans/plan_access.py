"""Whose plan a page is of: of who answers alone, or of the facilitators of a round of several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from assessment.actions.plans.editor import PlanEditor
from assessment.instrument.model import COORDINATING_SECTORS
from assessment.models.organisations import Duty
from assessment.reports.plan_addresses import PlanAddresses
from assessment.reports.report_data import report_of_plan
from assessment.web.access import NotGranted, plan_for
from assessment.web.languages import content_language
from assessment.web.member_access import (
    FACILITATE,
    account_or_none,
    facilitated_by,
    round_of_several,
)
from assessment.web.origin import origin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from assessment.models import Response, Result, Round
    from assessment.reports.report_data import ReportData

    View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class PlanAccess:
    """`latest` is the result the plan is read with. `response` is of who answers alone, None of a
    round of several, each change of which is recorded with its `editor`.
    """

    round: Round
    latest: Result
    at: PlanAddresses
    response: Response | None = None
    editor: PlanEditor | None = None
    may_change: bool = True

    @property
    def sides(self) -> tuple[str, ...]:
        """Which bring owners and money of their own."""
        return () if self.round.alone else COORDINATING_SECTORS

    @property
    def advice_at(self) -> str:
        """The page of the report from which advice is taken."""
        if self.response is None:
            return reverse("round_report_page", args=[self.round.uuid, "actions/"])
        return reverse("actions", args=[self.latest.response.uuid])

    @property
    def pdf_at(self) -> str:
        """The report that prints the plan."""
        if self.response is None:
            return reverse("round_pdf", args=[self.round.uuid, "report-without-annexes"])
        return reverse("main_pdf", args=[self.latest.response.uuid])

    @property
    def file_name(self) -> str:
        """Of a file of the plan, without its ending."""
        of = self.round if self.response is None else self.response
        return f"articula-{of.reference}-plan"

    def report(self) -> ReportData:
        """The plan in the language of the page, read with the latest result of its round."""
        return report_of_plan(self.round, self.latest, language=content_language())

    def context(self) -> dict[str, Any]:
        """What every page of a plan needs, whosever it is."""
        return {"response": self.response, "plan_at": self.at, "may_change": self.may_change}


def in_response(view: View) -> View:
    """The view of the plan of who answers alone."""

    @wraps(view)
    def of_response(request: HttpRequest, uuid: UUID, **more: Any) -> HttpResponse:
        response, latest = plan_for(request, uuid)
        access = PlanAccess(response.round, latest, PlanAddresses(uuid), response=response)
        return view(request, access, **more)

    return of_response


def in_round(view: View) -> View:
    """The view of the plan of a closed round, for the members of its organisation."""
    return _in_round(view, tuple(Duty.values))


def in_facilitated_round(view: View) -> View:
    """The same for who may change it."""
    return _in_round(view, FACILITATE)


def _in_round(view: View, duties: tuple[str, ...]) -> View:
    @wraps(view)
    def of_round(request: HttpRequest, uuid: UUID, **more: Any) -> HttpResponse:
        found = round_of_several(request, uuid, duties)
        account = account_or_none(request)
        if not found.is_closed or account is None:
            raise NotGranted
        access = PlanAccess(
            found,
            found.result_that_counts,
            PlanAddresses(uuid, of_round=True),
            editor=PlanEditor(account, origin_of(request), translation.get_language() or "en"),
            may_change=found.scheme.owner in facilitated_by(request),
        )
        return view(request, access, **more)

    return of_round
