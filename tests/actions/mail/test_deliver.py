"""From the outbox to the mail server: each end of a sending, and who may hold it."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPDataError
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django.test import override_settings

from assessment.actions.accounts.account_mail import account_text
from assessment.actions.mail import kinds
from assessment.actions.mail.clear import delete_old_addresses
from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.mail.hold import (
    MAIL_LEASE,
    MOST_DOUBTS,
    begin_dialogue,
    claim_mail,
    settle_lost_mails,
)
from assessment.actions.mail.kinds import MailKind
from assessment.actions.mail.prepare import prepare_mail
from assessment.models import OutgoingMail
from assessment.models.mails import ADDRESS_FOR
from tests.factories import NOW
from tests.mail_fixtures import ministry, queued, sink

if TYPE_CHECKING:
    from datetime import datetime

    from tools.mail_sink import MailSink

__all__ = ["sink"]

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MIDNIGHT = NOW.replace(hour=0, minute=0) + timedelta(days=1)


def deliver(mail: OutgoingMail, now: datetime = NOW) -> OutgoingMail:
    deliver_mail(mail=mail.pk, holder="worker", clock=lambda: now)
    mail.refresh_from_db()
    return mail


def outcome(mail: OutgoingMail) -> tuple[str, str, timedelta]:
    return mail.state, mail.answer, mail.due_at - NOW


def killed_within_dialogue(mail: OutgoingMail, now: datetime = NOW) -> OutgoingMail:
    """As the row is when its worker died, and a sweep after the lease found it."""
    held = claim_mail(mail=mail.pk, holder="dead", now=now)
    assert held is not None
    prepare_mail(mail=held, now=now)
    begin_dialogue(mail=held, now=now)
    settle_lost_mails(now=now + MAIL_LEASE + timedelta(seconds=1))
    mail.refresh_from_db()
    return mail


def test_message_is_sent_once_and_nothing_of_what_it_said_stays(sink: MailSink) -> None:
    """Its address goes thirty days after the end."""
    mail, waiting = deliver(deliver(queued())), queued()

    assert (mail.state, mail.finished_on, mail.params) == ("sent", NOW.date(), {})
    assert (mail.sendings, mail.doubts, mail.holder, mail.held_until) == (1, 0, "", None)
    assert sink.ids == [mail.message_id] == [f"<{mail.uuid.hex}@example.org>"]
    assert sink.messages[0]["To"] == "rosa@example.org"

    def addresses_after(time: timedelta) -> list[str]:
        delete_old_addresses(now=NOW + time)
        return [OutgoingMail.objects.get(pk=one.pk).to for one in (mail, waiting)]

    assert addresses_after(ADDRESS_FOR - timedelta(days=1)) == ["rosa@example.org"] * 2
    assert addresses_after(ADDRESS_FOR) == ["", "rosa@example.org"]


def test_answer_of_the_server_says_what_becomes_of_it(sink: MailSink) -> None:
    table = {
        ("550 5.1.1 <rosa@example.org> is unknown", "250 ok"): ("refused", "550 5.1.1"),
        ("250 ok", "554 no thank you"): ("refused", "554"),
        ("451 4.7.1 later, please", "250 ok"): ("prepared", "451 4.7.1"),
        ("250 ok", "452 4.3.1 no room"): ("prepared", "452 4.3.1"),
    }

    def found(recipient: str, data: str) -> tuple[str, str]:
        sink.to_recipient, sink.to_data = recipient, data
        return outcome(deliver(queued()))[:2]

    assert {answers: found(*answers) for answers in table} == table
    assert OutgoingMail.objects.filter(doubts__gt=0).count() == 0


def test_later_is_tried_again_at_growing_pauses_and_refused_after_48_hours(
    sink: MailSink,
) -> None:
    sink.to_recipient = "451 4.7.1 later, please"
    mail, tried = queued(), []
    while mail.state in OutgoingMail.IN_QUEUE:
        tried.append(mail.due_at - NOW)
        deliver(mail, mail.due_at)

    minutes = [int(time.total_seconds() // 60) for time in tried[:6]]
    assert minutes == [0, 1, 2, 7, 12, 27]
    assert (mail.state, timedelta(hours=48) <= tried[-1] < timedelta(hours=49)) == ("refused", True)
    assert mail.answer == "451 4.7.1"


def test_server_that_is_away_is_asked_again_and_nothing_is_in_doubt(sink: MailSink) -> None:
    with override_settings(EMAIL_PORT=1):
        mail = deliver(queued())

    assert outcome(mail) == ("prepared", "ConnectionRefusedError", timedelta(minutes=1))
    assert (mail.sendings, mail.doubts) == (0, 0)
    assert deliver(mail, mail.due_at).state == "sent"


def test_dialogue_that_breaks_off_is_in_doubt_and_repeated_with_the_same_id(
    sink: MailSink, caplog: pytest.LogCaptureFixture
) -> None:
    sink.hangs_up = True
    mail = deliver(queued())
    before = (mail.state, mail.answer, mail.doubts)
    sink.hangs_up = False
    deliver(mail, mail.due_at)

    assert before == ("prepared", "SMTPServerDisconnected", 1)
    assert (mail.state, mail.sendings, mail.doubts) == ("sent", 2, 1)
    assert sink.ids == [mail.message_id] * 2
    assert "rosa" not in caplog.text


def test_worker_killed_within_the_dialogue_leaves_a_doubt_and_before_it_none(
    sink: MailSink,
) -> None:
    mail, early = queued(), queued()
    claim_mail(mail=early.pk, holder="dead", now=NOW)
    killed_within_dialogue(mail)
    later = NOW + 2 * MAIL_LEASE

    assert (mail.state, mail.doubts, early.doubts) == ("prepared", 1, 0)
    assert [deliver(one, later).state for one in (mail, early)] == ["sent", "sent"]


def test_message_that_is_in_doubt_again_and_again_is_left_and_a_reminder_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail = queued()
    states = [
        killed_within_dialogue(mail, NOW + number * HOUR).state for number in range(MOST_DOUBTS)
    ]
    as_reminder = MailKind(account_text, is_reminder=True)
    monkeypatch.setitem(kinds.MAIL_KINDS, "account", as_reminder)

    assert states == ["prepared"] * (MOST_DOUBTS - 1) + ["in_doubt"]
    assert (mail.doubts, mail.params) == (MOST_DOUBTS, {})
    assert killed_within_dialogue(queued()).state == "in_doubt"


def test_two_workers_send_it_once_and_who_was_overtaken_changes_nothing(
    sink: MailSink, caplog: pytest.LogCaptureFixture
) -> None:
    held, mail = queued(), queued()
    claim_mail(mail=held.pk, holder="first", now=NOW)
    times = iter([NOW, NOW])

    def clock() -> datetime:
        """When it is asked the third time, another holds the row."""
        now = next(times, None)
        if now is None:
            OutgoingMail.objects.filter(pk=mail.pk).update(holder="another")
        return now or NOW

    deliver(held)
    deliver_mail(mail=mail.pk, holder="slow", clock=clock)
    settle_lost_mails(now=NOW)

    mail.refresh_from_db()
    assert (held.state, mail.holder, sink.ids) == ("waiting", "another", [])
    assert "overtaken" in caplog.text


def test_message_that_would_come_too_late_is_dropped(sink: MailSink) -> None:
    mail = deliver(queued(ends_at=NOW))
    late = queued(ends_at=NOW + HOUR)
    with override_settings(EMAIL_PORT=1):
        deliver(late)
    deliver(late, NOW + HOUR)

    assert (mail.state, mail.message_id, late.state, sink.ids) == ("dropped", "", "dropped", [])


def test_organisation_sends_so_many_a_day_and_the_rest_the_next(sink: MailSink) -> None:
    """Or at once where the limit was raised since."""
    care, fields = ministry(mails_a_day=2), ministry(name="Fields", mails_a_day=0)
    mails = [queued(organisation=care) for _ in range(3)]
    states = [deliver(mail).state for mail in mails]
    without = deliver(queued())
    due_at = mails[2].due_at
    raised = deliver(queued(organisation=fields))
    states.append(raised.state)
    type(fields).objects.filter(pk=fields.pk).update(mails_a_day=300)

    assert states == ["sent", "sent", "waiting", "waiting"]
    assert (due_at, without.state) == (MIDNIGHT, "sent")
    assert [deliver(mail, MIDNIGHT).state for mail in (mails[2], raised)] == ["sent", "sent"]


class Service(Exception):
    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


RAISED: list[Exception] = []


class Raising:
    """A backend that fails with what stands in RAISED, when it sends and when it is closed."""

    def __init__(self, **_options: object) -> None:
        pass

    def open(self) -> None:
        pass

    def send_messages(self, _messages: object) -> int:
        raise RAISED[0]

    def close(self) -> None:
        raise RAISED[0]


def test_service_over_http_is_understood_by_its_status_and_a_lost_database_leaves_the_row() -> None:
    table: dict[Exception, tuple[str, str, int]] = {
        Service(422): ("refused", "422", 0),
        Service(503): ("prepared", "503", 0),
        Service(401): ("prepared", "401", 0),
        SMTPDataError(554, "in a text"): ("refused", "554", 0),
        TimeoutError(): ("prepared", "TimeoutError", 1),
    }

    def found(error: Exception) -> tuple[str, str, int]:
        RAISED[:] = [error]
        mail = deliver(queued())
        return mail.state, mail.answer, mail.doubts

    with override_settings(EMAIL_BACKEND=f"{__name__}.Raising"):
        assert {error: found(error) for error in table} == table
        RAISED[:] = [OperationalError()]
        mail = queued()
        with pytest.raises(OperationalError):
            deliver(mail)

    mail.refresh_from_db()
    assert mail.state == "sending"
