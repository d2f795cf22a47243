from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from assessment.actions.joint_sessions.agreements import end_session, record_agreement
from assessment.actions.joint_sessions.prepare import prepare_session
from assessment.actions.joint_sessions.steps import reveal
from assessment.actions.rounds.agree import RoundNotClosed, SessionOutcome
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.sign_offs.decide import (
    CODE_LASTS,
    MOST_CODES,
    Decided,
    ResultChanged,
    TooManyCodes,
    WrongCode,
    code_of,
    decide_by_code,
    send_code,
)
from assessment.actions.sign_offs.name import (
    NotOfRound,
    SignatoryDetails,
    SignsForOther,
    name_signatory,
    sides_to_sign,
    signatory_by_secret,
)
from assessment.actions.sign_offs.sign_off_mail import sign_off_code, sign_off_request
from assessment.models import OutgoingMail, Signatory, SignOff
from assessment.models.queries.round_process import process_of
from tests.actions.rounds.round_steps import AG, SP, opened_round
from tests.closed_rounds import closed_round
from tests.factories import NOW
from tests.tables import raised, undone

if TYPE_CHECKING:
    from assessment.models import Edition, Round

ORIGIN = "https://articula.example"
DIRECTOR = SignatoryDetails(SP, "Luz Quispe", "Vice-minister", "luz@social.example", "en")


@pytest.fixture
def round(edition: Edition) -> Round:
    return closed_round(edition)


@pytest.fixture
def signatory(round: Round) -> Signatory:
    return named(round)


def named(round: Round, who: SignatoryDetails = DIRECTOR) -> Signatory:
    return name_signatory(round=round, named=who, origin=ORIGIN, now=NOW)


def coded(signatory: Signatory) -> str:
    send_code(signatory=signatory, origin=ORIGIN, now=NOW)
    signatory.refresh_from_db()
    return code_of(signatory)


def decide(signatory: Signatory, code: str, **more: Any) -> SignOff:
    values: dict[str, Any] = {
        "content_hash": signatory.round.result_that_counts.content_hash,
        "approved": True,
        "reason": "",
        "now": NOW,
    }
    return decide_by_code(signatory=signatory, code=code, **values | more)


def test_decision_is_confirmed_by_a_code_and_bound_to_the_result(signatory: Signatory) -> None:
    code = coded(signatory)

    made = decide(signatory, code, approved=False, reason="The budget line is wrong")

    assert (made.name, made.function, made.host) == (
        *("Luz Quispe", "Vice-minister"),
        "social.example",
    )
    assert (made.decision, made.way, made.sector) == ("refused", "mailbox", SP)
    assert made.content_hash == signatory.round.result_that_counts.content_hash
    raised(WrongCode, decide, signatory, code)
    raised(Decided, decide, signatory, coded(signatory))
    (told,) = process_of(signatory.round)["sign_offs"]
    assert (told["decision"], told["reason"]) == ("refused", "The budget line is wrong")
    assert (str(made), str(signatory)) == (f"{signatory.round_id}/{SP}", "Luz Quispe")


def test_code_stands_nowhere_and_only_in_its_own_message(signatory: Signatory) -> None:
    request = OutgoingMail.objects.get()
    told = sign_off_request(request)
    assert told is not None
    assert told.link == f"{ORIGIN}/sign/{secret_of_nonce(signatory.nonce)}/"
    first = coded(signatory)
    second = coded(signatory)
    before, latest = OutgoingMail.objects.filter(kind="sign_off_code").order_by("pk")

    assert first != second
    assert sign_off_code(before) is None
    text = sign_off_code(latest)
    assert text is not None
    assert second in text.paragraphs[0]
    stored = str([*Signatory.objects.values(), *OutgoingMail.objects.values()])
    assert not any(secret in stored for secret in (first, second, secret_of_nonce(signatory.nonce)))
    decide(signatory, second)
    assert sign_off_code(latest) is None


def test_who_is_named_next_ends_the_link_of_before(round: Round, signatory: Signatory) -> None:
    secret = secret_of_nonce(signatory.nonce)
    assert signatory_by_secret(secret) == signatory

    named(round, SignatoryDetails(SP, "Eva", "Vice-minister", "eva@social.example"))

    assert signatory_by_secret(secret) is None
    request = OutgoingMail.objects.order_by("pk").first()
    assert request is not None
    assert sign_off_request(request) is None


def test_wrong_code_is_counted_and_a_late_one_is_over(signatory: Signatory) -> None:
    code = coded(signatory)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    left = []
    for _ in range(6):
        with pytest.raises(WrongCode) as error:
            decide(signatory, wrong)
        left.append(error.value.left)
    assert left == [4, 3, 2, 1, 0, 0]
    with pytest.raises(WrongCode):
        decide(signatory, code)
    late = coded(signatory)
    with pytest.raises(WrongCode):
        decide(signatory, late, now=NOW + CODE_LASTS + timedelta(seconds=1))
    assert not SignOff.objects.exists()
    Signatory.objects.update(code_number=MOST_CODES)
    with pytest.raises(TooManyCodes):
        send_code(signatory=signatory, origin=ORIGIN, now=NOW)


def test_another_result_needs_another_decision(round: Round, signatory: Signatory) -> None:
    before = round.result_that_counts.content_hash
    decide(signatory, coded(signatory))
    session = prepare_session(round=round, codes=["TG2"], second_answers=False)
    reveal(session=session, item=round.session_items.get(), now=NOW)
    record_agreement(session=session, answer=SessionOutcome("TG2", 3, ""))
    end_session(session=session, now=NOW)
    round.refresh_from_db()

    assert process_of(round)["sign_offs"] == []
    with pytest.raises(ResultChanged):
        decide(signatory, coded(signatory), content_hash=before)
    signatory.refresh_from_db()
    decide(Signatory.objects.get(), coded(signatory))
    assert SignOff.objects.count() == 2


def test_one_mailbox_signs_for_one_side_of_a_closed_round(
    round: Round, signatory: Signatory, edition: Edition
) -> None:
    ida = SignatoryDetails("other", "Ida", "Head", "ida@x.example")
    same = {"round": round, "sector": AG, "email": DIRECTOR.email}

    assert sides_to_sign(round) == [SP, AG]
    raised(SignsForOther, named, round, SignatoryDetails(AG, "Luz", "Head", "LUZ@social.example"))
    raised(NotOfRound, named, round, ida)
    raised(RoundNotClosed, named, opened_round(edition))
    with undone():
        raised(
            IntegrityError, Signatory.objects.create, name="x", function="y", link_hash="1", **same
        )
