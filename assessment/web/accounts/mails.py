"""The messages to people who have an account: one function writes them all into the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language

from assessment.actions.accounts.account_mail import CHANGES, CODE, LINKS, queue_account_mail
from assessment.tasks import send_soon

if TYPE_CHECKING:
    from django.http import HttpRequest


def send_account_mail(
    request: HttpRequest, template: str, address: str, context: dict[str, Any]
) -> None:
    """`template` is the library's name of a message, and `context` its words.

    One without words of ours is not sent; nobody hears whether an address is known.
    """
    about = template.rpartition("/")[2]
    if about not in {CODE, *CHANGES, *LINKS}:
        return
    now = timezone.now()
    mail = queue_account_mail(
        about=about,
        user=context.get("user"),
        to=address,
        language=get_language() or "",
        origin=f"{request.scheme}://{request.get_host()}",
        code=context.get("code", ""),
        now=now,
    )
    send_soon(mail=mail, now=now)
