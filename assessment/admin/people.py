"""Users and their groups; whoever looks after the site cannot be shut out of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.accounts.delete_accounts import delete_accounts
from assessment.actions.clean_text import BadText, clean_line
from assessment.admin.core.generics import ModelForm, TabularInline
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.models import TranslatorLanguage
from assessment.models.queries.superusers import (
    hold_last_superuser,
    hold_last_superuser_locked,
)
from assessment.reports.issue_wording.bank import bare_sentence

TIDY = {"first_name", "last_name", "email", "name"}
LAST_SUPERUSER = gettext_lazy(
    "Nobody else could look after this site: make somebody else an active superuser first."
)


class TidyForm(ModelForm):
    """Names are kept in the one form of all texts, or refused with what cannot be kept."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in TIDY & cleaned.keys():
            try:
                cleaned[name] = clean_line(cleaned[name])
            except BadText as error:
                self.add_error(name, bare_sentence(error.issue))
        return cleaned


class PersonForm(TidyForm, UserChangeForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stays = all(
            cleaned.get(name, getattr(self.instance, name))
            for name in ("is_superuser", "is_active", "is_staff")
        )
        before = User.objects.filter(pk=self.instance.pk).first()
        if before is not None and not stays and hold_last_superuser_locked(before):
            raise ValidationError(LAST_SUPERUSER)
        return cleaned


class LanguageInline(TabularInline):
    model = TranslatorLanguage
    extra = 0


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(HistoryAdmin, UserAdmin):  # type: ignore[type-arg]
    form = PersonForm
    inlines = [LanguageInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return bool(allowed and (obj is None or not hold_last_superuser(obj)))

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        if hold_last_superuser(*objs):
            protected = [str(LAST_SUPERUSER), *protected]
        return deleted, counts, missing_permissions, protected

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """A new password is recorded without what stands in its column."""
        match = request.resolver_match
        if match and match.url_name == "auth_user_password_change":
            message = gettext("Changed the password.")
        return super().log_change(request, obj, message)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_accounts(users=[obj])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        delete_accounts(users=queryset)


@admin.register(Group)
class PeopleGroupAdmin(HistoryAdmin, GroupAdmin):
    form = TidyForm
