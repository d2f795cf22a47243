"""The form of a new account for somebody who was invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from assessment.web.organisations.forms import PlainForm

if TYPE_CHECKING:
    from django.http import QueryDict

NO_NAME = gettext_lazy("Name to sign in with: write one of letters, digits and . _ - +")


class NewAccountForm(PlainForm):
    button = gettext_lazy("Make the account and accept")

    username = forms.CharField(
        label=gettext_lazy("Name to sign in with"),
        help_text=gettext_lazy("Other members of the organisation see it."),
        max_length=150,
        validators=[User.username_validator],
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": NO_NAME, "invalid": NO_NAME},
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 characters; a sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Password: write one.")},
    )

    def __init__(self, data: QueryDict | None = None, *, address: str) -> None:
        super().__init__(data)
        self.address = address

    def clean_username(self) -> str:
        return str(User.normalize_username(self.cleaned_data["username"]))

    def clean(self) -> dict[str, Any]:
        """Against the name and the address too."""
        cleaned = self.cleaned_data
        if password := cleaned.get("password"):
            user = User(username=cleaned.get("username", ""), email=self.address)
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
