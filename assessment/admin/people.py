"""Users and their groups; whoever looks after the site cannot be shut out of it."""

from __future__ import annotations

from typing import Any

from auditlog.context import disable_auditlog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from assessment.admin.core.generics import TabularInline
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.models import TranslatorLanguage

LAST = gettext_lazy(
    "Nobody else could look after this site: make somebody else an active superuser first."
)


def others_than(*users: User) -> Any:
    """The superusers who remain without these."""
    rest = User.objects.filter(is_superuser=True, is_active=True)
    return rest.exclude(pk__in=[user.pk for user in users])


def is_last(*users: User) -> bool:
    """Whether these hold the last superuser who can sign in."""
    held = any(user.is_superuser and user.is_active for user in users)
    return held and not others_than(*users).exists()


class PersonForm(UserChangeForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kept = all(
            cleaned.get(name, getattr(self.instance, name))
            for name in ("is_superuser", "is_active", "is_staff")
        )
        before = User.objects.filter(pk=self.instance.pk).first()
        if before is not None and not kept and is_last(before):
            raise ValidationError(LAST)
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
        return bool(allowed and (obj is None or not is_last(obj)))

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if is_last(*objs):
            protected = [str(LAST), *protected]
        return deleted, counts, lacking, protected

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """A new password is told without what stands in its column."""
        match = request.resolver_match
        if match and match.url_name == "auth_user_password_change":
            message = gettext("Changed the password.")
        return super().log_change(request, obj, message)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Nothing is left that a history could belong to; Django's own log tells who did it."""
        with disable_auditlog():
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with disable_auditlog():
            super().delete_queryset(request, queryset)


@admin.register(Group)
class PeopleGroupAdmin(HistoryAdmin, GroupAdmin):
    pass
