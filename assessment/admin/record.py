"""The record of who did what, for auditors: to read and to filter, never to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Replace
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.filters import WordFilter
from assessment.admin.core.large_tables import LargeTableAdmin
from assessment.models import Organisation, RecordEntry
from assessment.reports.formats import colon
from assessment.reports.record_wording import ACTS, DETAILS, KINDS, VALUES


def _digits(uuid: Any) -> Replace:
    """Databases write one with hyphens or without."""
    return Replace(uuid, Value("-"), Value(""))


class ActFilter(WordFilter):
    title = _("act")
    parameter_name = "act"
    words = ACTS

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every entry has one."""
        return [*self.words.items()]


@admin.register(RecordEntry)
class RecordAdmin(LargeTableAdmin):
    """Names are looked up as they stand today: the record itself holds numbers."""

    empty_list = _("Who signs in, reads, exports or changes what stands here from now on.")
    list_display = ["at", "who", "what", "thing", "more"]
    list_filter = [ActFilter, "at"]
    search_fields = ["actor"]
    search_help_text = _("The name of an account, or the key of a thing.")
    actions = None
    fields = ["at", "who", "what", "thing", "more"]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RecordEntry], search_term: str
    ) -> tuple[QuerySet[RecordEntry], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        actor = User.objects.filter(username=term).values_list("pk", flat=True).first()
        if actor is not None:
            of_account = queryset.filter(target_kind="user", target_key=str(actor))
            return queryset.filter(actor=actor) | of_account, False
        return queryset.filter(target_key=term), False

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecordEntry]:
        """With the names of accounts and organisations, in the same query."""
        people = User.objects.annotate(key=Cast("pk", CharField()))
        by_number = User.objects.filter(pk=OuterRef("actor")).values("username")
        by_key = people.filter(key=OuterRef("target_key")).values("username")
        rows: QuerySet[RecordEntry] = super().get_queryset(request)
        organisations = Organisation.objects.annotate(key=_digits(Cast("uuid", CharField())))
        by_uuid = organisations.filter(key=_digits(OuterRef("target_key"))).values("name")
        return rows.annotate(
            actor_name=Subquery(by_number),
            target_name=Subquery(by_key),
            organisation_name=Subquery(by_uuid),
        )

    @admin.display(description=_("who"))
    def who(self, entry: Any) -> str:
        if entry.actor is None:
            return str(_("nobody signed in"))
        return entry.actor_name or str(entry.actor)

    @admin.display(description=_("act"))
    def what(self, entry: RecordEntry) -> str:
        return str(ACTS.get(entry.act, entry.act))

    @admin.display(description=_("what it was done to"))
    def thing(self, entry: Any) -> str:
        kind = KINDS.get(entry.target_kind, entry.target_kind)
        names = {"user": entry.target_name, "organisation": entry.organisation_name}
        name = names.get(entry.target_kind)
        return f"{kind} {name or entry.target_key}"

    @admin.display(description=_("more"))
    def more(self, entry: RecordEntry) -> str:
        return ", ".join(
            f"{DETAILS.get(name, name)}{colon()}{VALUES.get(value, value)}"
            for name, value in entry.details.items()
        )
