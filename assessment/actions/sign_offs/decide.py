"""Decide on a result: by a code that goes to the signatory's mailbox, or on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from assessment.actions.record import record_act
from assessment.actions.sign_offs.name import write_to_signatory
from assessment.models import OutgoingMail, Round, Signatory, SignOff

if TYPE_CHECKING:
    from datetime import datetime

CODE_LASTS = timedelta(minutes=10)
MOST_CODE_TRIES = 5
MOST_CODES = 20
"""For one signatory; then she is named anew."""
CODE_DIGITS = 6


class ResultChanged(Exception):
    """What was read is not the result that counts now: another one has to be read and decided."""


class Decided(Exception):
    """This side has decided on this result."""


class TooManyCodes(Exception):
    """So many were sent that somebody may be guessing."""


class WrongCode(Exception):
    """Not the code of the latest message, or it is over; `left` tries with it remain."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(left)


def code_of(signatory: Signatory) -> str:
    """The six digits that count now; stored nowhere."""
    text = f"{signatory.nonce}\n{signatory.code_number}"
    digest = salted_hmac("assessment.sign-off-code", text, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


@transaction.atomic
def send_code(*, signatory: Signatory, origin: str, now: datetime) -> OutgoingMail:
    """Another code, by which that of before is over. Raises TooManyCodes."""
    locked = _locked(signatory)
    if locked.code_number >= MOST_CODES:
        raise TooManyCodes
    locked.code_number += 1
    locked.code_sent_at, locked.code_tries = now, 0
    locked.save(update_fields=["code_number", "code_sent_at", "code_tries"])
    return write_to_signatory(locked, OutgoingMail.Kind.SIGN_OFF_CODE, origin, now)


def decide_by_code(
    *,
    signatory: Signatory,
    code: str,
    content_hash: str,
    approved: bool,
    reason: str,
    now: datetime,
) -> SignOff:
    """Raises WrongCode, ResultChanged, Decided. A wrong try is counted whatever else fails."""
    _check_code(signatory, code, now)
    with transaction.atomic():
        locked = _locked(signatory)
        made = _store(locked, content_hash=content_hash, approved=approved, reason=reason, now=now)
        locked.code_sent_at = None
        locked.save(update_fields=["code_sent_at"])
        return made


@transaction.atomic
def decide_on_paper(
    *, signatory: Signatory, content_hash: str, approved: bool, reason: str, now: datetime
) -> SignOff:
    """Entered by the facilitator, and said so. Raises ResultChanged, Decided."""
    return _store(
        _locked(signatory),
        content_hash=content_hash,
        approved=approved,
        reason=reason,
        now=now,
        way=SignOff.Way.PAPER,
    )


def _check_code(signatory: Signatory, code: str, now: datetime) -> None:
    """In a transaction of its own, so that what is counted stays counted."""
    with transaction.atomic():
        locked = _locked(signatory)
        sent = locked.code_sent_at
        if sent is None or now - sent > CODE_LASTS or locked.code_tries >= MOST_CODE_TRIES:
            raise WrongCode(0)
        if constant_time_compare(code, code_of(locked)):
            return
        Signatory.objects.filter(pk=locked.pk).update(code_tries=F("code_tries") + 1)
        left = MOST_CODE_TRIES - locked.code_tries - 1
    raise WrongCode(left)


def _store(
    locked: Signatory,
    *,
    content_hash: str,
    approved: bool,
    reason: str,
    now: datetime,
    way: str = SignOff.Way.MAILBOX,
) -> SignOff:
    round = Round.objects.select_related("result").select_for_update(of=("self",))
    result = round.get(pk=locked.round_id).result_that_counts
    if result.content_hash != content_hash:
        raise ResultChanged
    if SignOff.objects.filter(result=result, sector=locked.sector).exists():
        raise Decided
    record_act("result_signed", result, kind=way)
    return SignOff.objects.create(
        round_id=locked.round_id,
        result=result,
        content_hash=content_hash,
        sector=locked.sector,
        name=locked.name,
        function=locked.function,
        host=locked.email.rpartition("@")[2] if way == SignOff.Way.MAILBOX else "",
        decision=SignOff.Decision.APPROVED if approved else SignOff.Decision.REFUSED,
        reason=reason,
        way=way,
        day=now.date(),
    )


def _locked(signatory: Signatory) -> Signatory:
    rows = Signatory.objects.select_related("round__scheme__owner")
    return rows.select_for_update(of=("self",)).get(pk=signatory.pk)
