"""What the messages to a signatory say: her link, and the code that confirms her decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from assessment.actions.mail.mail_text import MailText
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.sign_offs.decide import CODE_LASTS, code_of
from assessment.models import Signatory

if TYPE_CHECKING:
    from assessment.models import OutgoingMail


def sign_off_request(mail: OutgoingMail) -> MailText | None:
    """None where another was named in her place."""
    asked = _asked(mail)
    if asked is None:
        return None
    owner = asked.round.scheme.owner
    words = {
        "name": asked.name,
        "function": asked.function,
        "scheme": asked.round.scheme_name,
        "organisation": owner.name if owner else gettext("An organisation"),
    }
    paragraphs = (
        gettext("Dear %(name)s,") % words,
        gettext("%(organisation)s asks you to sign the result of “%(scheme)s” as %(function)s.")
        % words,
        gettext(
            "The page that opens shows the result and how it came about. There you approve it, or "
            "refuse it and say why; both are printed in the report."
        ),
    )
    below = (
        gettext("The link is yours alone. Your decision is confirmed by a code sent to you then."),
    )
    address = reverse("sign_off", args=[secret_of_nonce(asked.nonce)])
    subject = gettext("Your signature is asked for: “%(scheme)s”") % words
    return MailText(subject, paragraphs, mail.origin + address, below)


def sign_off_code(mail: OutgoingMail) -> MailText | None:
    """None where it is over: another code was asked for, or the decision is made."""
    asked = _asked(mail)
    if asked is None or asked.code_sent_at is None or asked.code_number != mail.params["code"]:
        return None
    words = {"code": code_of(asked), "minutes": CODE_LASTS.seconds // 60}
    paragraphs = (
        gettext("The code that confirms your decision: %(code)s") % words,
        gettext("It holds for %(minutes)s minutes. If you asked for none, do nothing.") % words,
    )
    return MailText(gettext("Your code"), paragraphs)


def _asked(mail: OutgoingMail) -> Signatory | None:
    rows = Signatory.objects.select_related("round__scheme__owner")
    return rows.filter(uuid=mail.params["signatory"], email=mail.to).first()
