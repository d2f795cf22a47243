"""A mailbox that wants no more reminders of an organisation, by the link in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse

from assessment.actions.mail.mailbox import hash_of_mailbox
from assessment.models import Organisation, OutgoingMail, Unsubscribed

if TYPE_CHECKING:
    from datetime import datetime

SALT = "assessment.unsubscribe"


class NoSuchLink(Exception):
    """Nobody was ever sent this."""


def unsubscribe_link(mail: OutgoingMail) -> str:
    """Empty where the message is of no organisation. The link holds no address."""
    if mail.organisation is None:
        return ""
    whose = f"{mail.organisation.uuid.hex}{hash_of_mailbox(mail.to)}"
    token = signing.Signer(salt=SALT, sep=".").sign(whose)
    return mail.origin + reverse("unsubscribe", args=[token])


def is_unsubscribed(mail: OutgoingMail) -> bool:
    rows = Unsubscribed.objects.filter(organisation=mail.organisation_id)
    return rows.filter(mailbox=hash_of_mailbox(mail.to)).exists()


def is_unsubscribed_by(*, token: str) -> bool:
    """Raises NoSuchLink."""
    organisation, mailbox = read_unsubscribe_link(token)
    return Unsubscribed.objects.filter(organisation=organisation, mailbox=mailbox).exists()


def read_unsubscribe_link(token: str) -> tuple[Organisation, str]:
    """The organisation and the hash of the mailbox; raises NoSuchLink."""
    try:
        whose = signing.Signer(salt=SALT, sep=".").unsign(token)
        return Organisation.objects.get(uuid=whose[:32]), whose[32:]
    except (signing.BadSignature, Organisation.DoesNotExist) as error:
        raise NoSuchLink from error


def unsubscribe(*, token: str, now: datetime) -> None:
    """Pressed twice it is one row; raises NoSuchLink."""
    organisation, mailbox = read_unsubscribe_link(token)
    since = {"since": now.date()}
    Unsubscribed.objects.get_or_create(organisation=organisation, mailbox=mailbox, defaults=since)


def subscribe_again(*, token: str) -> None:
    """Raises NoSuchLink."""
    organisation, mailbox = read_unsubscribe_link(token)
    Unsubscribed.objects.filter(organisation=organisation, mailbox=mailbox).delete()
