from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.sign_offs.decide import MOST_CODES, code_of
from assessment.models import OutgoingMail, Signatory, SignOff
from tests.actions.rounds.round_steps import AG, SP
from tests.closed_rounds import closed_round

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation, Round

LUZ = {"sector": SP, "name": "Luz Quispe", "function": "Vice-minister", "email": "luz@x.example"}


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    return closed_round(edition, owner=organisation)


def signatures(round: Round) -> str:
    return f"/rounds/{round.uuid}/signatures/"


def link() -> str:
    return f"/sign/{secret_of_nonce(Signatory.objects.get(sector=SP).nonce)}/"


def test_named_signatory_reads_and_signs_by_a_code(
    round: Round, facilitator: Client, client: Client
) -> None:
    assert facilitator.post(signatures(round), LUZ).status_code == 302
    page = facilitator.get(signatures(round)).content.decode()
    assert "was written to at luz@x.example" in page
    assert link() not in page
    assert OutgoingMail.objects.get().kind == "sign_off_request"

    page = client.get(link()).content.decode()
    assert "Luz Quispe, Vice-minister" in page
    assert "How this result came about" in page
    assert "Send me the code" in page
    result = f"{link()}result/"
    assert "Targeting" in client.get(f"{result}brief/").content.decode()
    assert client.get(result).status_code == 200
    assert "on its way to luz@x.example" in client.post(f"{link()}code/").content.decode()
    code = code_of(Signatory.objects.get())
    content_hash = round.result_that_counts.content_hash
    decision = {
        "decision": "refused",
        "content_hash": content_hash,
        "reason": "No line",
        "code": code,
    }
    wrong: list[tuple[dict[str, str], str]] = [
        ({"code": f"{(int(code) + 1) % 10**6:06}"}, "4 tries are left"),
        ({"code": "12"}, "The code has six digits."),
        ({"reason": ""}, "Say why the result is refused."),
        ({"reason": "x" * 5_001}, "1 character too long"),
        ({"decision": ""}, "Choose whether the result is approved."),
        ({"content_hash": "0" * 64}, "The result is another one now"),
    ]
    refused = [client.post(f"{link()}decide/", decision | changed) for changed, _ in wrong]
    assert [
        (page.status_code, sentence, sentence in page.content.decode())
        for page, (_, sentence) in zip(refused, wrong, strict=True)
    ] == [(422, sentence, True) for _, sentence in wrong]
    assert client.post(f"{link()}decide/", decision)["Location"] == link()

    assert "Your side has refused this result." in client.get(link()).content.decode()
    client.post(f"{link()}code/")
    again = decision | {"code": code_of(Signatory.objects.get())}
    assert client.post(f"{link()}decide/", again)["Location"] == link()
    assert SignOff.objects.count() == 1
    for page in (signatures(round), f"/rounds/{round.uuid}/report/"):
        assert "No line" in facilitator.get(page).content.decode()


def test_codes_are_not_sent_without_end(round: Round, facilitator: Client, client: Client) -> None:
    facilitator.post(signatures(round), LUZ)
    Signatory.objects.update(code_number=MOST_CODES)

    refused = client.post(f"{link()}code/")

    assert refused.status_code == 429
    assert "Very many codes were sent" in refused.content.decode()
    Signatory.objects.update(code_number=0)
    wrong = {"decision": "approved", "code": "000000", "content_hash": "0"}
    over = client.post(f"{link()}decide/", wrong).content.decode()
    assert "Have another one sent to you" in over
    assert client.get("/sign/unknown/").status_code == 404


def test_other_side_signs_on_paper(round: Round, facilitator: Client) -> None:
    ida = {"sector": AG, "name": "Ida", "function": "Head of unit", "email": ""}
    facilitator.post(signatures(round), ida)
    assert not OutgoingMail.objects.exists()
    content_hash = round.result_that_counts.content_hash
    paper = {"sector": AG, "decision": "approved", "reason": "", "content_hash": content_hash}

    def sent(sentence: str = "", **changed: Any) -> tuple[int, bool]:
        page = facilitator.post(signatures(round), paper | changed)
        return page.status_code, sentence in page.content.decode()

    assert [
        sent("Say why the result is refused.", decision="refused"),
        sent("The result is another one now", content_hash="0"),
    ] == [(422, True)] * 2
    assert [sent()[0], sent()[0], sent(sector=SP)[0]] == [302, 422, 404]
    report = facilitator.get(f"/rounds/{round.uuid}/report/").content.decode()
    assert "signed on paper and entered by who runs the round" in report


def test_signatory_who_cannot_be_named_is_said_in_words(round: Round, facilitator: Client) -> None:
    """A round that is open is not signed at all."""
    facilitator.post(signatures(round), LUZ)
    odd = {"sector": "{% no side %}"}
    table = [
        ({"name": ""}, "Name of the person who signs."),
        ({"sector": AG}, "This address signs for the other side already."),
        (odd, "{% no side %} is not one of the available choices."),
        (odd | {"decision": ""}, "Choose whether the result is approved."),
    ]

    def outcome(changed: dict[str, str], sentence: str) -> tuple[int, bool]:
        refused = facilitator.post(signatures(round), LUZ | changed)
        return refused.status_code, sentence in refused.content.decode()

    assert [(sentence, outcome(changed, sentence)) for changed, sentence in table] == [
        (sentence, (422, True)) for _, sentence in table
    ]
    assert facilitator.get(signatures(round)).status_code == 200
    type(round).objects.filter(pk=round.pk).update(state="open", closed_at=None, result=None)
    assert facilitator.get(signatures(round)).status_code == 404
