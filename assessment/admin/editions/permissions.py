"""Who may do what with an edition, by the pages of the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.admin.core import pages
from assessment.models import Edition

if TYPE_CHECKING:
    from django.http import HttpRequest

may_view = pages.may_view(Edition)


def may_change(request: HttpRequest, edition: Edition) -> bool:
    return request.user.has_perm("assessment.change_edition") and edition.is_draft


def may_delete(request: HttpRequest, edition: Edition) -> bool:
    return request.user.has_perm("assessment.delete_edition") and edition.is_draft


def may_start_draft(request: HttpRequest, edition: Edition) -> bool:
    return request.user.has_perm("assessment.add_edition")


def may_publish(request: HttpRequest, edition: Edition) -> bool:
    """Whether the edition is a draft is said on the page, not refused."""
    return request.user.has_perm("assessment.publish_edition")


def may_withdraw(request: HttpRequest, edition: Edition) -> bool:
    return may_view(request, edition) and may_publish(request, edition)


def may_correct(request: HttpRequest, edition: Edition) -> bool:
    return may_withdraw(request, edition) and not edition.is_draft


def may_import_into(request: HttpRequest, edition: Edition) -> bool:
    return may_view(request, edition) and may_change(request, edition)


def may_import(request: HttpRequest, edition: Edition) -> bool:
    """Into the edition itself, or into a new draft from it."""
    starts = may_view(request, edition) and may_start_draft(request, edition)
    return starts or may_import_into(request, edition)
