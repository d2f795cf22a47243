"""What the messages of a round say: its invitation, the reminder of it, and that it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from assessment.actions.mail.mail_text import MailText
from assessment.actions.rounds.places import secret_of_nonce, state_of_place
from assessment.models import Invitation
from assessment.models.promises import read_promise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.models import OutgoingMail


def round_invitation(mail: OutgoingMail) -> MailText | None:
    """None where the person is not asked any more, or the round takes no answers."""
    asked = _asked(mail)
    if asked is None:
        return None
    return _asking(mail, asked, gettext("Your view of “%(scheme)s” is asked for"))


def round_reminder(mail: OutgoingMail) -> MailText | None:
    """The same for who has not submitted yet."""
    asked = _asked(mail)
    if asked is None or state_of_place(asked) == Invitation.State.SUBMITTED:
        return None
    return _asking(mail, asked, gettext("A reminder: your view of “%(scheme)s” is asked for"))


def round_closing(mail: OutgoingMail) -> MailText | None:
    """For who has begun: what is not submitted does not count."""
    asked = _asked(mail)
    if asked is None or state_of_place(asked) != Invitation.State.BEGUN:
        return None
    scheme, until = asked.round.scheme, asked.round.closes_in_words
    paragraphs = (
        asked.name and gettext("Dear %(name)s,") % {"name": asked.name},
        gettext("You have begun to answer on “%(scheme)s” and not submitted yet.")
        % {"scheme": scheme},
        gettext(
            "You can answer until %(moment)s. Only what is submitted by then counts; questions may "
            "stay open."
        )
        % {"moment": until},
    )
    subject = gettext("“%(scheme)s” closes soon: your answers are not submitted yet")
    return _with_link(mail, asked, subject % {"scheme": scheme}, paragraphs, ())


def _asked(mail: OutgoingMail) -> Invitation | None:
    rows = Invitation.objects.standing().exclude(nonce="").exclude(round__state="closed")
    rows = rows.select_related("round__scheme__owner")
    return rows.filter(uuid=mail.params["invitation"], email=mail.to).first()


def _asking(mail: OutgoingMail, asked: Invitation, subject: str) -> MailText:
    scheme, owner = asked.round.scheme, asked.round.scheme.owner
    until = asked.round.closes_in_words
    paragraphs = (
        asked.name and gettext("Dear %(name)s,") % {"name": asked.name},
        gettext("%(organisation)s asks you for your view of “%(scheme)s”.")
        % {"organisation": owner.name if owner else gettext("An organisation"), "scheme": scheme},
        gettext(
            "People of social protection and of agriculture answer apart from each other, at every "
            "tier."
        ),
        gettext(
            "Whoever runs the round reads your answers with your name. The page that opens says "
            "so, and what else is promised, before you begin."
        )
        if read_promise(asked.round.promise).attributed
        else gettext(
            "Nobody is told what you answered. The page that opens says what is promised."
        ),
        until and gettext("You can answer until %(moment)s.") % {"moment": until},
        *asked.round.letter.split("\n\n"),
        gettext("The page where you begin:"),
    )
    below = (
        gettext("The link is yours alone: whoever has it answers in your place."),
        gettext(
            "Opening it changes nothing. There you can also say that you do not take part; then "
            "nothing more is sent to you."
        ),
    )
    return _with_link(mail, asked, subject % {"scheme": scheme}, paragraphs, below)


def _with_link(
    mail: OutgoingMail,
    asked: Invitation,
    subject: str,
    paragraphs: Iterable[str],
    below: tuple[str, ...],
) -> MailText:
    address = reverse("invitation", args=[secret_of_nonce(asked.nonce)])
    written = tuple(part.strip() for part in paragraphs if part.strip())
    return MailText(subject, written, mail.origin + address, below)
