"""Both sides sign: named by who runs the round, decided by who was named."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from assessment.actions.sign_offs.decide import (
    Decided,
    ResultChanged,
    TooManyCodes,
    WrongCode,
    decide_by_code,
    decide_on_paper,
    send_code,
)
from assessment.actions.sign_offs.name import (
    SignatoryDetails,
    SignsForOther,
    name_signatory,
    sides_to_sign,
    signatory_by_secret,
)
from assessment.models import Round, Signatory
from assessment.reports.report_data import report_of_round
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.process import process
from assessment.tasks import send_soon
from assessment.web.access import NotGranted
from assessment.web.languages import content_language
from assessment.web.member_access import facilitated_round
from assessment.web.origin import origin_of
from assessment.web.rounds.result import report_page_of_round
from assessment.web.rounds.sign_off_form import DecisionForm, PaperForm, SignatoryForm

if TYPE_CHECKING:
    from assessment.models import SignOff


def round_signatures(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who signs for each side, and what was decided on the result that counts."""
    found = facilitated_round(request, uuid)
    if not found.is_closed:
        raise NotGranted
    sent = request.method == "POST"
    sector = request.POST.get("sector", "")
    form = SignatoryForm(request.POST, auto_id=_ids("name", sector)) if sent else None
    on_paper = sent and "decision" in request.POST
    paper = PaperForm(request.POST, auto_id=_ids("paper", sector)) if on_paper else None
    if paper is not None:
        if paper.is_valid() and _entered(found, sector, paper):
            return redirect("round_signatures", uuid)
        return _signatures(request, found, {}, {sector: paper}, 422)
    if form is not None:
        if form.is_valid() and _named(request, found, form):
            return redirect("round_signatures", uuid)
        return _signatures(request, found, {sector: form}, {}, 422)
    return _signatures(request, found, {}, {}, 200)


def sign_off(request: HttpRequest, secret: str) -> HttpResponse:
    """What she signs, how it came about, and the two buttons; looking changes nothing."""
    return _page(request, _signatory(secret), secret, DecisionForm())


def sign_off_result(request: HttpRequest, secret: str, place: str) -> HttpResponse:
    signatory = _signatory(secret)
    root = reverse("sign_off_result", args=[secret])
    return report_page_of_round(request, signatory.round, place, root=root, to_read=True)


def sign_off_code(request: HttpRequest, secret: str) -> HttpResponse:
    """Sends a code to her address; that of before is over."""
    signatory = _signatory(secret)
    now = timezone.now()
    try:
        mail = send_code(signatory=signatory, origin=origin_of(request), now=now)
    except TooManyCodes:
        return _page(request, signatory, secret, DecisionForm(), status=429, too_many=True)
    send_soon(mail=mail, now=now)
    return _page(request, _signatory(secret), secret, DecisionForm(), coded=True)


def sign_off_decide(request: HttpRequest, secret: str) -> HttpResponse:
    signatory = _signatory(secret)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decide_by_code(
                signatory=signatory,
                code=form.cleaned_data["code"],
                content_hash=form.cleaned_data["content_hash"],
                approved=form.approved,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except WrongCode as error:
            form.refuse_code(error.left)
        except ResultChanged:
            form.add_error(
                None, gettext("The result is another one now. Read it before you decide.")
            )
        except Decided:
            return redirect("sign_off", secret)
        else:
            return redirect("sign_off", secret)
    return _page(request, signatory, secret, form, status=422, coded=True)


def _page(
    request: HttpRequest,
    signatory: Signatory,
    secret: str,
    form: DecisionForm,
    *,
    status: int = 200,
    **more: bool,
) -> HttpResponse:
    found = signatory.round
    report = report_of_round(found, language=content_language())
    context = {
        "signatory": signatory,
        "secret": secret,
        "round": found,
        "side": SECTORS[signatory.sector],
        "form": form,
        "section": process(report),
        "hash": found.result_that_counts.content_hash,
        "decision": _decision(found, signatory.sector),
        "by_mail": bool(signatory.email),
        **more,
    }
    return render(request, "rounds/sign_off.html", context, status=status)


def _signatures(
    request: HttpRequest,
    found: Round,
    forms: dict[str, SignatoryForm],
    papers: dict[str, PaperForm],
    status: int,
) -> HttpResponse:
    named = {one.sector: one for one in found.signatories.select_related("mail")}
    sides = [
        {
            "sector": sector,
            "name": SECTORS[sector],
            "signatory": named.get(sector),
            "decision": _decision(found, sector),
            "form": forms.get(sector) or SignatoryForm(auto_id=_ids("name", sector)),
            "paper": papers.get(sector) or PaperForm(auto_id=_ids("paper", sector)),
        }
        for sector in sides_to_sign(found)
    ]
    context = {"round": found, "sides": sides, "hash": found.result_that_counts.content_hash}
    form = next(iter((*papers.values(), *forms.values())), None)
    return render(request, "rounds/signatures.html", context | {"form": form}, status=status)


def _ids(form: str, sector: str) -> str:
    """Of the fields of a form that stands on the page once for each side; Django fills it in, so
    nothing that was sent may stand in it but the name of a side."""
    return f"{form}_{sector if sector in SECTORS else ''}_%s"


def _named(request: HttpRequest, found: Round, form: SignatoryForm) -> bool:
    now = timezone.now()
    values = form.cleaned_data
    try:
        made = name_signatory(
            round=found,
            named=SignatoryDetails(**values, language=get_language() or "en"),
            origin=origin_of(request),
            now=now,
        )
    except SignsForOther:
        form.add_error("email", gettext("This address signs for the other side already."))
        return False
    if made.mail is not None:
        send_soon(mail=made.mail, now=now)
    return True


def _entered(found: Round, sector: str, form: PaperForm) -> bool:
    signatory = found.signatories.filter(sector=sector).first()
    if signatory is None:
        raise NotGranted
    try:
        decide_on_paper(
            signatory=signatory,
            content_hash=form.cleaned_data["content_hash"],
            approved=form.approved,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except ResultChanged:
        form.add_error(None, gettext("The result is another one now. Read it before you decide."))
        return False
    except Decided:
        form.add_error(None, gettext("This side has decided on this result already."))
        return False
    return True


def _decision(found: Round, sector: str) -> SignOff | None:
    return found.sign_offs.filter(result=found.result_id, sector=sector).first()


def _signatory(secret: str) -> Signatory:
    found = signatory_by_secret(secret)
    if found is None:
        raise NotGranted
    return found
