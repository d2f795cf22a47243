"""What the library of second factors asks of this site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assessment.actions.cipher import cipher_of
from assessment.models.queries.second_factor import must_have_second_factor
from assessment.web.accounts.adapter import WRONG_CODE

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PURPOSE = "second-factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Your account needs a second factor: set up another one before this one goes."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return "Articula"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Articula"}

    def encrypt(self, text: str) -> str:
        """Who reads the database or a backup cannot make codes: the site's key is not in it."""
        return cipher_of(PURPOSE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Under another key of the site a stored secret opens nothing: its codes are never right.

        (`reset_second_factor` lets its owner set up another one.)
        """
        try:
            return cipher_of(PURPOSE).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        if not (settings.SECOND_FACTOR_REQUIRED and must_have_second_factor(authenticator.user)):
            return True
        factors = Authenticator.objects.filter(user=authenticator.user)
        others = factors.exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
