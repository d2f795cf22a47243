"""How many messages somebody can make the site send to an address."""

from __future__ import annotations

from allauth.core import context

from assessment.actions.mail.mailbox import mailbox_of
from assessment.web.accounts.adapter import TooManyTries
from assessment.web.limits import DAY, HOUR, WHOLE_SITE, Limit, Try, source

OF_MINUTE = Limit("account mails of source in a minute", 3)
OF_HOUR = Limit("account mails to address in an hour", 5, HOUR)
OF_DAY = Limit("account mails of site", 2_000, DAY)


def refuse_too_many_mails(address: str) -> None:
    """Counted alike whether the address is an account's or not. Raises TooManyTries."""
    here = source(context.request)
    mails = Try(((OF_MINUTE, here), (OF_HOUR, mailbox_of(address)), (OF_DAY, WHOLE_SITE)))
    if wait := mails.seconds_to_wait():
        raise TooManyTries(wait)
