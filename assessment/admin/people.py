"""Users and their groups; whoever looks after the site cannot be shut out of it."""

from __future__ import annotations

from typing import Any

from allauth.account import admin as addresses_admin
from allauth.account.models import EmailAddress
from allauth.mfa import admin as factors_admin
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.accounts.delete_accounts import delete_accounts
from assessment.actions.accounts.follow_groups import follow_groups
from assessment.actions.clean_text import BadText, clean_line
from assessment.actions.record import record_act
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
            for name in ("is_superuser", "is_active")
        )
        before = User.objects.filter(pk=self.instance.pk).first()
        if before is not None and not stays and hold_last_superuser_locked(before):
            raise ValidationError(LAST_SUPERUSER)
        return cleaned


class LanguageInline(TabularInline):
    model = TranslatorLanguage
    extra = 0


admin.site.unregister(User)
# Addresses and second factors are their owners' own: nobody else reads or changes them here.
admin.site.unregister((addresses_admin.EmailAddress, factors_admin.Authenticator))
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(HistoryAdmin, UserAdmin):  # type: ignore[type-arg]
    form = PersonForm
    inlines = [LanguageInline]
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (
            gettext_lazy("What she may do"),
            {
                "fields": ("is_active", "is_superuser", "groups", "user_permissions"),
                "description": gettext_lazy(
                    "A group, or a right of her own, is enough to enter the administration."
                ),
            },
        ),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "email", "usable_password", "password1", "password2"),
                "description": gettext_lazy(
                    "Without a password, she sets her first one by “I do not know my password”, "
                    "with her e-mail address."
                ),
            },
        ),
    )

    class Media:
        css = {"all": ["css/admin.css"]}

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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """An address that is taken from an account opens it no more."""
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        follow_groups(user=form.instance)
        record_act("account_changed" if change else "account_made", form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_accounts(users=[obj])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        delete_accounts(users=queryset)


@admin.register(Group)
class PeopleGroupAdmin(HistoryAdmin, GroupAdmin):
    empty_list = gettext_lazy("A group gives its rights to everybody in it. Add the first one.")
    form = TidyForm
