"""What people meet around a round: its pages, accounts, organisations, mails, files, mistakes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from assessment.actions.accounts.account_mail import CHANGES, CODE, LINKS, queue_account_mail
from assessment.actions.mail.message import mail_message
from assessment.actions.mail.prepare import text_of_mail
from assessment.actions.rounds.places import secret_of_nonce
from assessment.models import Invitation, OutgoingMail, Round, Signatory
from assessment.models.organisations import Duty
from assessment.reports.pdf.files import print_html
from assessment.reports.report_data import report_of_round
from tests.actions.rounds.round_steps import SP, draft_round
from tests.closed_rounds import closed_round
from tests.factories import NOW
from tests.web.conftest import granted
from tests.web.joint_sessions.test_session_pages import Room
from tests.web.rounds.conftest import member
from tests.web.rounds.test_rounds import PEOPLE
from tests.web.rounds.test_sign_off import LUZ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assessment.models import Edition, Organisation

    Crawler = Callable[..., dict[str, str]]


def of_rounds(
    edition: Edition, owner: Organisation, language: str, crawled: Crawler
) -> dict[str, str]:
    lead = member(owner, "fatou", Duty.OWNER)
    User.objects.filter(username="fatou").update(email="fatou@example.org")
    draft, closed = draft_round(edition), closed_round(edition, owner=owner)
    draft.scheme.owner = owner
    draft.scheme.save()
    lead.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    at, done = f"/rounds/{draft.uuid}/", f"/rounds/{closed.uuid}/"
    pages = {
        "people (dry run)": said(lead.post(f"{at}people/", {"people": PEOPLE})),
        "settings (wrong)": said(lead.post(f"{at}settings/", {})),
        "new (wrong)": said(lead.post("/rounds/new/", {})),
    }
    pages |= crawled(lead, at)
    lead.post(f"{at}people/", {"people": PEOPLE, "invite": "1"})
    Round.objects.filter(pk=draft.pk).update(state="open", opened_at=NOW)
    lead.post(f"{at}people/send/")
    pages["signing (wrong)"] = said(lead.post(f"{done}signatures/", {}))
    lead.post(f"{done}signatures/", LUZ)
    pages |= crawled(lead, "/rounds/", "/organisations/", "/account/", at, done)
    pages |= of_people_asked(closed, language, crawled)
    pages |= of_session(Room(closed, lead), language)
    report = report_of_round(closed, language=language)
    return pages | {"PDF": print_html(report), "mails": mails(language), "XLSX": cells(lead, done)}


def said(answer: Any) -> str:
    return str(answer.content.decode())


def of_people_asked(closed: Round, language: str, crawled: Crawler) -> dict[str, str]:
    """Who is invited, who answered, who signs, who has no account yet."""
    guest = Client(headers={"accept-language": language})
    asked = Invitation.objects.exclude(nonce=None).order_by("pk")[0]
    invitation = f"/invitation/{secret_of_nonce(asked.nonce)}/"
    signatory = f"/sign/{secret_of_nonce(Signatory.objects.get(sector=SP).nonce)}/"
    pages = crawled(guest, "/account/sign-in/", invitation, signatory)
    pages["sign in (wrong)"] = said(guest.post("/account/sign-in/", {}))
    pages["signing (wrong code)"] = said(
        guest.post(f"{signatory}decide/", {"decision": "signed", "code": "x"}, follow=True)
    )
    response = closed.responses.all()[0]
    person = granted(Client(headers={"accept-language": language}), response)
    return pages | crawled(person, reverse("confirmation", args=[response.uuid]))


def of_session(room: Room, language: str) -> dict[str, str]:
    """Each stage of a joint session, on the wall, for who leads it and on a device."""
    room.choose("HC2", "TG2", second_answers="on")
    people = [room.device(at) for at in range(6)]
    for client in (room.wall, *(person.client for person in people)):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    pages = {"session": said(room.lead.get(room.address)), "wall": room.wall_page()}
    for step in ("next", "ask", "reveal"):
        pages[f"wall, {step}"] = room.step(step)
        pages[f"device, {step}"] = people[0].page()
        if step == "ask":
            for person in people:
                pages["device, answered"] = said(
                    person.client.post(person.address, {"TG2": "2"}, follow=True)
                )
    pages["session, after"] = said(room.lead.get(room.address))
    return pages


def mails(language: str) -> str:
    """Every message that waits, and one of each kind about an account."""
    request = RequestFactory().get("/")
    user = User.objects.get(username="fatou")
    for about in (*CHANGES, *LINKS, CODE):
        queue_account_mail(
            about=about,
            user=None if about == CODE else user,
            to="fatou@example.org",
            language=language,
            origin=f"https://{request.get_host()}",
            now=NOW,
            code="123456" if about == CODE else "",
        )
    OutgoingMail.objects.update(language=language)
    return "".join(lines_of(language))


def lines_of(language: str) -> Iterator[str]:
    for mail in OutgoingMail.objects.order_by("pk"):
        text = text_of_mail(mail, NOW - timedelta(minutes=1))
        if text is not None:
            message = mail_message(text=text, to=mail.to, language=language)
            yield f">{message.subject}<"
            yield "".join(f">{line}<" for line in str(message.body).split("\n"))


def cells(lead: Client, at: str) -> str:
    book = openpyxl.load_workbook(BytesIO(lead.get(f"{at}result.xlsx").content))
    found = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "".join(f">{cell}<" for cell in found if isinstance(cell, str))


def of_administration(language: str) -> dict[str, str]:
    """Lists, empty forms and the first row of everything in the administration."""
    boss = Client(headers={"accept-language": language})
    boss.force_login(User.objects.create_superuser("root"))
    addresses = ["/admin/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses += [reverse(f"{name}_changelist"), *_optional(f"{name}_add")]
        if row := model._default_manager.order_by("-pk").first():
            addresses += [
                *_optional(f"{name}_change", row.pk),
                *_optional(f"{name}_delete", row.pk),
            ]
    return {address: said(boss.get(address, follow=True)) for address in addresses}


def _optional(name: str, *args: object) -> list[str]:
    try:
        return [reverse(name, args=args)]
    except NoReverseMatch:
        return []
