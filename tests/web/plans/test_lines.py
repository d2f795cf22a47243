"""Lines of the plan: changed by their form, moved, deleted and put back."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.plans import lock
from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import PlanLine, Response
from tests.factories import SECRET
from tests.web.plans.plan_steps import line_address, own, page, take
from tools.html_page import form_data

pytestmark = pytest.mark.django_db


def test_line_is_changed_by_its_form(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    take(owner, submitted, advised[0])
    line = PlanLine.objects.get()
    address = line_address(submitted, line)
    before = form_data(owner.get(address))

    unchanged = owner.post(address, before)
    line.refresh_from_db()
    as_taken = (line.what, line.who, line.partners, line.first_step, line.revision)
    owner.post(
        address, before | {"what": "", "who": "", "sign": "Une\r\npage", "due_date": "15/2/2027"}
    )
    line.refresh_from_db()

    assert unchanged["Location"].endswith(f"/plan/#line-{line.uuid}")
    assert as_taken == (None, None, None, None, 1)
    assert (line.what, line.who, line.sign, line.due_date) == (
        None,
        "",
        "Une\npage",
        date(2027, 2, 15),
    )
    assert "15 February 2027" in page(owner, submitted)


def test_wrong_input_is_named_and_stays(owner: Client, submitted: Response) -> None:
    address = line_address(submitted, own(submitted))
    table = {
        "What is to be done: write it in a few words.": {"what": " "},
        "Date: write year, month and day as in 2027-02-15.": {"due_date": "soon"},
        "Money: say what pays for it, or why nothing does, not both.": {
            "budget": "Line 3",
            "no_budget": "None",
        },
        "Sign of success: The text may have at most 500 characters. It is 1 character too long": {
            "sign": "x" * 501
        },
        "State: choose one of the list.": {"state": "odd"},
        "Subject: choose one of the list.": {"subject": "odd"},
    }

    def answer(wrong: dict[str, str]) -> tuple[int, str]:
        sent = form_data(owner.get(address)) | {"who": "Préfecture"} | wrong
        reply = owner.post(address, sent)
        return reply.status_code, " ".join(reply.content.decode().split())

    found = {sentence: answer(wrong) for sentence, wrong in table.items()}

    assert {status for status, _html in found.values()} == {422}
    assert [s for s, (_status, html) in found.items() if s not in html] == []
    assert [s for s, (_status, html) in found.items() if "Préfecture</textarea>" not in html] == []
    assert 'value="soon"' in found["Date: write year, month and day as in 2027-02-15."][1]


def test_another_tab_is_not_overwritten_in_silence(owner: Client, submitted: Response) -> None:
    """What was deleted in it is put back by saving again."""
    line = own(submitted)
    address = line_address(submitted, line)
    mine = form_data(owner.get(address)) | {"who": "Mine"}
    owner.post(address, mine | {"who": "Theirs", "due_date": "2027-02-15", "state": "done"})

    refused = owner.post(address, mine | {"sign": "Seen"})
    html = " ".join(refused.content.decode().split())
    owner.post(address, form_data(refused))
    line.refresh_from_db()
    mine = form_data(owner.get(address)) | {"who": "Mine again"}
    deleted = owner.post(reverse("plan_delete", args=[submitted.uuid, line.uuid]))
    gone = owner.post(address, mine)

    assert (refused.status_code, "Mine</textarea>" in html) == (409, True)
    shown = html.partition('class="conflict"')[2].partition("</dl>")[0]
    assert re.findall(r"<dt>([^<]+)</dt> <dd[^>]*>([^<]*)<", shown) == [
        ("Who does it", "Theirs"),
        ("Sign of success", "nothing"),
        ("Date", "15 February 2027"),
        ("State", "Done"),
    ]
    assert (line.who, line.sign, line.state) == ("Mine", "Seen", "planned")
    assert deleted["Location"].endswith("/plan/#deleted")
    assert "Saving puts it back" in page(owner, submitted, "plan_line", line.uuid)
    assert (gone.status_code, b"was deleted elsewhere" in gone.content) == (409, True)
    owner.post(address, form_data(gone))
    assert [one.who for one in PlanLine.objects.not_deleted()] == ["Mine again"]


def test_own_lines_are_added_until_the_plan_is_full_moved_deleted_and_put_back(
    owner: Client, submitted: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of another plan is not there; what a full plan does not take is not lost."""
    add = reverse("plan_add", args=[submitted.uuid])
    form = form_data(owner.get(add)) | {"what": "Second", "subject": "TG"}
    owner.post(add, form)
    owner.post(add, form)
    owner.post(add, form | {"what": "First", "key": "odd"})
    second, first = PlanLine.objects.all()

    def act(name: str, line: PlanLine, **sent: str) -> None:
        owner.post(reverse(f"plan_{name}", args=[submitted.uuid, line.uuid]), sent)

    act("move", first, to="earlier")
    act("delete", second)
    html = page(owner, submitted)
    assert "Put back" in html.partition('id="deleted"')[2]
    assert html.partition('id="deleted"')[0].count("Second") == 0
    act("restore", second)
    assert [line.what for line in PlanLine.objects.not_deleted()] == ["First", "Second"]
    assert owner.post(add, form | {"what": ""}).status_code == 422
    pages = ("plan_line", "plan_move", "plan_delete", "plan_restore")
    of_others = [reverse(name, args=[submitted.uuid, uuid4()]) for name in pages]
    assert [owner.post(one).status_code for one in of_others] == [404] * 4
    monkeypatch.setattr(lock, "MOST_LINES", 0)
    full = owner.post(add, form_data(owner.get(add)) | {"what": "Invite the mayors"})
    assert (full.status_code, b"Invite the mayors</textarea>" in full.content) == (422, True)


def test_what_was_typed_outlives_the_grant(owner: Client, submitted: Response) -> None:
    line = own(submitted)
    address = line_address(submitted, line)
    sent = form_data(owner.get(address)) | {"who": "Préfecture"}
    client = Client()

    ended = client.post(address, sent)
    Response.objects.filter(pk=submitted.pk).update(secret_hash=hash_of_secret(SECRET))
    again = {"link": SECRET, "next": address, "sent": urlencode(sent)}
    client.post(reverse("return_form"), again)

    assert (ended.status_code, "Préfecture" in ended.content.decode()) == (404, True)
    assert PlanLine.objects.get().who == "Préfecture"
