"""Organisations, for who runs the site: made here, with a first owner who is invited by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessment.actions.organisations.invite import (
    AlreadyMember,
    MemberAlreadyInvited,
    TooManyInvited,
    invite_member,
    refuse_twice,
)
from assessment.actions.record import record_act
from assessment.admin.core.base_admin import BaseAdmin
from assessment.admin.core.generics import TabularInline
from assessment.admin.core.lines import LinesForm
from assessment.models import MemberInvitation, Membership, Organisation
from assessment.models.organisations import Duty
from assessment.tasks import send_soon

TWICE = _("This address is invited already or belongs to a member, or too many are invited.")


class OrganisationForm(LinesForm):
    owner = forms.EmailField(
        label=_("Invite an owner"),
        required=False,
        help_text=_("An e-mail address: its person gets a link, and an account if she has none."),
    )

    def clean_owner(self) -> str:
        address = str(self.cleaned_data["owner"])
        if address and self.instance.pk:
            try:
                refuse_twice(organisation=self.instance, address=address)
            except (MemberAlreadyInvited, AlreadyMember, TooManyInvited) as refusal:
                raise forms.ValidationError(TWICE) from refusal
        return address


class MemberInline(TabularInline):
    """To look at: members are changed by owners, and here only where none is left."""

    model = Membership
    fields = ["account", "duty", "since"]
    readonly_fields = ["account", "duty", "since"]
    extra = 0
    can_delete = False

    @admin.display(description=_("account"))
    def account(self, member: Membership) -> str:
        return member.user.get_username()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(BaseAdmin):
    form = OrganisationForm
    fields = ["name", "contact", "reply_to", "mails_a_day", "owner", "open_invitations"]
    readonly_fields = ["open_invitations"]
    list_display = ["name", "members", "mails_a_day"]
    search_fields = ["name"]
    inlines = [MemberInline]
    actions = None
    empty_list = _(
        "Organisations run assessments of several people. Add the first one, with the address of "
        "an owner: she invites the others."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(members=Count("memberships"))

    @admin.display(description=_("members"))
    def members(self, organisation: Any) -> int:
        return int(organisation.members)

    @admin.display(description=_("open invitations"))
    def open_invitations(self, organisation: Organisation) -> int:
        rows = MemberInvitation.objects.open(timezone.now())
        return rows.filter(organisation=organisation.pk).count()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        now = timezone.now()
        obj.created_at = obj.created_at or now
        super().save_model(request, obj, form, change)
        record_act("organisation_changed" if change else "organisation_made", obj)
        if not form.cleaned_data["owner"]:
            return
        _invitation, mail = invite_member(
            organisation=obj,
            address=form.cleaned_data["owner"],
            duty=Duty.OWNER,
            by=None,
            language=get_language() or "",
            origin=f"{request.scheme}://{request.get_host()}",
            now=now,
        )
        transaction.on_commit(lambda: send_soon(mail=mail, now=now))
