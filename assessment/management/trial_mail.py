"""A test message for the operator, and the mail server's own words about it."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from assessment.actions.mail.mail_text import MailText
from assessment.actions.mail.message import mail_message, new_message_id
from assessment.actions.mail.offered import sends_mail
from assessment.environment import is_mail_address

TEXT = MailText(
    "Test message of Articula",
    (
        (
            "The mail server took this message for the address that doctor was told. Look at its "
            "headers for what the receiving side thinks of SPF, DKIM and DMARC."
        ),
    ),
)


class NotTaken(Exception):
    """In a sentence with what to do."""


def send_trial_mail(address: str) -> str:
    """What the server answered to the text; raises NotTaken."""
    if not sends_mail():
        raise NotTaken("No mail server is named: set ARTICULA_MAIL_HOST.")
    if not is_mail_address(address):
        raise NotTaken("Write the address like name@example.org.")
    server = get_connection()
    try:
        server.open()
    except Exception as error:
        raise NotTaken(no_connection(error)) from error
    headers = {"Message-ID": new_message_id(secrets.token_hex(16))}
    message = mail_message(text=TEXT, to=address, language=settings.LANGUAGE_CODE, headers=headers)
    try:
        return _answer_to(server, message)
    except NotTaken:
        raise
    except Exception as error:
        raise NotTaken(_broken_off(error)) from error
    finally:
        server.close()


def no_connection(error: Exception) -> str:
    if settings.MAIL_SERVICE:
        return f"{settings.MAIL_SERVICE} takes no messages: {error}"
    return (
        f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take messages "
        f"({getattr(error, 'strerror', None) or error}): "
        "check the ARTICULA_MAIL_… settings, and whether this machine may reach the server."
    )


def _broken_off(error: Exception) -> str:
    if settings.MAIL_SERVICE:
        return f"{settings.MAIL_SERVICE} refused it: {error}"
    return f"The connection broke off ({type(error).__name__})."


def _answer_to(server: Any, message: EmailMessage) -> str:
    """Django throws away what the server says of a message that it takes."""
    if not isinstance(server, EmailBackend):
        server.send_messages([message])
        return "nothing in words"
    smtp: Any = server.connection
    sender = message.from_email.rpartition("<")[2].rstrip(">")
    text = message.message().as_bytes(linesep="\r\n")
    smtp.ehlo_or_helo_if_needed()
    _taken(smtp.mail(sender))
    _taken(smtp.rcpt(message.to[0]))
    return _taken(smtp.data(text))


def _taken(answer: tuple[int, bytes]) -> str:
    code, words = answer
    said = f"{code} {words.decode(errors='replace')}"
    if code >= 300:
        raise NotTaken(f"The server refused it: {said}")
    return said
