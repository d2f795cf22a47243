"""A brief shared to read: made and ended by who answers alone, read by who has the link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessment.actions.report_files.printing import claim_file, refuse_file
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.share_brief import MOST_OPEN, NothingToShare, share_brief
from assessment.actions.responses.submit import submit_response
from assessment.models import Answer, ReportFile, Response, SharedBrief
from assessment.tasks import sweep
from tests.factories import NOW, AnswerFactory, ResponseFactory, answered
from tests.print_report import print_report
from tests.tables import undone
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
OWN_WORDS = "The director wants no merger"
NOTE = "Only three offices know it"
LINK = re.compile(r">http://testserver(/shared/[A-Za-z0-9_-]{32}/)</textarea>")
DAY = timedelta(days=1)


@pytest.fixture
def shared(edition: object) -> Response:
    """Submitted by who answers alone, with a note and an answer in her own words."""
    made = answered(ResponseFactory(), PC1=3)
    AnswerFactory(response=made, code="TG2", value=1, note=NOTE)
    AnswerFactory(response=made, code="O1", value=OWN_WORDS)
    submit_response(response=made, now=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def owner(client: Client, shared: Response) -> Client:
    return granted(client, shared)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def share_page(owner: Client, response: Response) -> Any:
    return owner.get(reverse("share", args=[response.uuid]))


def links(owner: Client, response: Response) -> list[str]:
    return LINK.findall(share_page(owner, response).content.decode())


def make_link(owner: Client, response: Response, label: str = "") -> str:
    form = form_data(share_page(owner, response)) | {"label": label}
    owner.post(reverse("share", args=[response.uuid]), form)
    return links(owner, response)[0]


def test_reader_sees_the_brief_and_nothing_else_and_leaves_no_trace(
    owner: Client, shared: Response
) -> None:
    """And no search finds what the link opens, nor where a wrong one leads."""
    own = owner.get(reverse("brief", args=[shared.uuid])).content.decode()
    link, reader = make_link(owner, shared), Client()
    wrong = reverse("shared", args=["x" * 32])

    answers = [reader.get(address) for address in (link, wrong, f"{link}brief.pdf")]

    page, html = words(answers[0]), answers[0].content.decode()
    assert (answers[0].status_code, page.count("<h1"), OWN_WORDS in own) == (200, 1, True)
    told = {"Shared with you by those who answered for:", "Haku Wiñay and Juntos"}
    told |= {"to read, and nothing else"}
    kept = {OWN_WORDS, NOTE, str(shared.uuid), "/response/"}
    assert {text for text in told | kept if text in page or text in html} == told
    assert {(a["Referrer-Policy"], a["X-Robots-Tag"], a["Cache-Control"]) for a in answers} == {
        ("strict-origin", "noindex, nofollow", "private, no-store")
    }
    assert "session" not in reader.cookies
    assert ['name="robots" content="noindex' in words(a) for a in answers] == [True] * 3


def test_reader_gets_a_pdf_without_the_respondents_words(owner: Client, shared: Response) -> None:
    """Where it cannot be made, that is said."""
    address = f"{make_link(owner, shared)}brief.pdf"
    reader = Client()

    before = reader.get(address)
    with undone():
        while made := claim_file(result=shared.result_id or 0, holder="h", now=NOW):
            refuse_file(file=made, problem=ReportFile.Problem.FAILED)
        failed = reader.get(address)
    owner.get(reverse("brief_pdf", args=[shared.uuid]))
    print_report(shared)
    file, own = reader.get(address), owner.get(reverse("brief_pdf", args=[shared.uuid]))

    assert ("The PDF is being made" in words(before), before["Refresh"]) == (True, "5")
    told = "There is no PDF of this brief" in words(failed), "Refresh" in failed
    assert told == (True, False)
    assert file["Content-Disposition"] == 'inline; filename="articula-brief.pdf"'
    assert [OWN_WORDS in text_of(pdf.content) for pdf in (file, own)] == [False, True]


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_each_link_is_listed_with_its_days_and_ended_alone(owner: Client, shared: Response) -> None:
    """And by nobody else."""
    other = submit_response(response=answered(ResponseFactory(), TG2=1), now=NOW)
    stranger = granted(Client(), other)
    with time_machine.travel(NOW, tick=False) as clock:
        first = make_link(owner, shared, "Planning office")
        second = make_link(owner, shared)
        clock.shift(DAY)
        Client().get(first)
        page = words(share_page(owner, shared))
        row = SharedBrief.objects.get(label="Planning office")
        given = (str(row.pk), "", "x", "9" * 30)
        tried = {sent: end(stranger, other, sent).status_code for sent in given}
        open_still = Client().get(first).status_code
        ended = end(owner, shared, str(row.pk))
        statuses = [Client().get(link).status_code for link in (first, second)]

    assert (tried, open_still) == (dict.fromkeys(given, 302), 200)
    assert "Planning office" in page
    days = "Made on 2 November 2026, 09:30 (UTC), open until 31 January 2027, 09:30 (UTC)."
    days += " Last opened on 3 November 2026 (UTC)."
    assert days in re.sub(r"</?time[^>]*>", "", page)
    assert "Without a name" in page
    assert "No opening noticed yet." in page
    assert "The link is ended" in words(owner.get(ended["Location"]))
    assert statuses == [404, 200]


def end(client: Client, response: Response, link: str) -> Any:
    return client.post(reverse("end_share", args=[response.uuid]), {"link": link})


def test_ended_expired_erased_and_unknown_links_answer_alike(
    owner: Client, shared: Response
) -> None:
    """And one whose response is gone: it went with it."""
    with time_machine.travel(NOW, tick=False) as clock:
        made = [make_link(owner, shared, label) for label in ("ended", "expired")]
        ended = SharedBrief.objects.get(label="ended")
        owner.post(reverse("end_share", args=[shared.uuid]), {"link": str(ended.pk)})
        clock.shift(90 * DAY)
        pages = [Client().get(link) for link in (*made, "/shared/short/")]
        left = [SharedBrief.objects.count()]
        sweep(now=NOW + 90 * DAY)
        left.append(SharedBrief.objects.count())
        made.append(make_link(granted(Client(), shared), shared))
        Response.objects.filter(pk=shared.pk).delete()
        pages.append(Client().get(made[-1]))

    assert ({page.status_code for page in pages}, left) == ({404}, [1, 0])
    assert len({page.content for page in pages}) == 1
    assert "This link opens nothing" in words(pages[0])


def test_eleventh_wrong_link_waits_and_a_right_one_opens(owner: Client, shared: Response) -> None:
    link = make_link(owner, shared)
    guesses = [Client().get(f"/shared/{number:032d}/") for number in range(11)]

    assert [guess.status_code for guess in guesses] == [404] * 10 + [429]
    assert "A link that is right opens at once" in words(guesses[-1])
    assert guesses[-1]["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().get(link).status_code == 200


def test_program_that_previews_a_link_is_no_reader(owner: Client, shared: Response) -> None:
    link = make_link(owner, shared)
    previews: tuple[dict[str, Any], ...] = (
        {"secure": True},
        {"secure": True, "headers": {"sec-fetch-mode": "cors"}},
    )

    statuses = [Client().get(link, **preview).status_code for preview in previews]
    Client().head(link)
    owner.get(link)
    before = SharedBrief.objects.get().used_on
    Client().get(link, secure=True, headers={"sec-fetch-mode": "navigate"})
    Client().get(link, secure=True, headers={"sec-fetch-mode": "navigate"})

    assert (statuses, before) == ([200, 200], None)
    assert SharedBrief.objects.get().used_on is not None


def test_form_makes_one_link_however_often_sent_and_refuses_in_words(
    owner: Client, shared: Response
) -> None:
    """A label that cannot be stored, and one link too many; a key of another kind is no key."""
    address = reverse("share", args=[shared.uuid])
    form = form_data(share_page(owner, shared))

    def sent(**given: str) -> tuple[int, int]:
        return owner.post(address, given).status_code, SharedBrief.objects.count()

    assert [sent(**form), sent(**form), sent(key="odd")] == [(302, 1), (302, 1), (302, 2)]
    for _ in range(2, MOST_OPEN):
        owner.post(address, {})
    odd, more = owner.post(address, {"label": "x" * 300}), owner.post(address, {})
    assert (odd.status_code, "For whom is the link?: " in words(odd)) == (422, True)
    assert (more.status_code, "one has to be ended first" in words(more)) == (409, True)
    assert SharedBrief.objects.count() == MOST_OPEN


def test_link_shows_the_brief_it_was_made_for_after_reopening(
    owner: Client, shared: Response
) -> None:
    """As long as the newer answers are open, they have no brief to share."""
    link = make_link(owner, shared)
    newer = reopen_response(response=shared, reason="A figure was wrong.", now=NOW)
    with pytest.raises(NothingToShare):
        share_brief(response=newer, label="", key="k" * 32, now=NOW)
    Answer.objects.filter(response=newer, code="PC1").update(value=0)
    submit_response(response=newer, now=NOW)

    reader = words(Client().get(link))
    page = share_page(granted(Client(), newer), newer)

    assert "The answers were opened again since" in reader
    assert "It shows the brief of another revision" in words(page)
    assert LINK.findall(page.content.decode()) == [link]


def test_secret_is_not_stored_and_a_link_of_another_key_of_the_site_opens_and_is_not_shown(
    owner: Client, shared: Response
) -> None:
    """The secret has 192 bits."""
    link = make_link(owner, shared)
    secret = link.split("/")[2]
    stored = str(list(SharedBrief.objects.values()))
    SharedBrief.objects.update(key="y" * 32)

    page = share_page(owner, shared)

    assert (len(secret), secret in stored) == (32, False)
    assert ("cannot be shown again" in words(page), LINK.findall(words(page))) == (True, [])
    assert Client().get(link).status_code == 200
