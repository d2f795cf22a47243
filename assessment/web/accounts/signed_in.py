"""The account of a request, where the policy has asked for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest


def account_of(request: HttpRequest) -> User:
    """Raises PermissionDenied where nobody is signed in."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user
