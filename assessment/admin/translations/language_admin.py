"""Languages of an edition: how complete they are, and their texts beside the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditlog.context import disable_auditlog
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.translate import (
    BadTranslations,
    SubmittedText,
    TranslationOutcome,
    entries_in,
    save_translations,
)
from assessment.admin.core import filters
from assessment.admin.core.bad_requests import ReadOnlyAdmin, is_id
from assessment.admin.core.drafts import LockedAdmin
from assessment.admin.history.history_admin import Below, HistoryAdmin, RestoringAdmin
from assessment.admin.translations.translation_query import (
    STATE_NAMES,
    asked_for,
    chosen,
    group_name,
    group_options,
    same_page,
    turned,
    typed_in,
)
from assessment.admin.translations.translation_workbench import GAPS, Desk, address, place_named
from assessment.instrument.translation import (
    STATES,
    Completeness,
    Entry,
    TextKey,
    completeness_of,
    entries_by_group,
)
from assessment.models import Edition, EditionLanguage, Translation
from assessment.models.editions import NotADraft
from assessment.models.translations import language_name
from assessment.models.translators import may_translate_into
from assessment.reports.issue_wording.bank import bare_sentence

METHODS = frozenset({"GET", "HEAD", "POST"})


@admin.register(EditionLanguage)
class EditionLanguageAdmin(LockedAdmin, RestoringAdmin):
    change_form_template = "admin/assessment/translation_language.html"
    list_display = ["name", "edition", "translated", "fallback_accepted", "next_step"]
    list_select_related = ["edition"]
    list_filter = [filters.EditionFilter]
    fields = ["edition", "language", "fallback_accepted"]
    actions = None

    class Media:
        css = {"all": ["css/admin.css", "css/admin-translation.css"]}

    # Permissions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(super().has_add_permission(request) and filters.drafts(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return bool(allowed and (obj is None or obj.edition.is_draft))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return bool(allowed and (obj is None or obj.edition.is_draft))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        same = Translation.objects.filter(
            edition=OuterRef("edition"), language=OuterRef("language")
        )
        counted = same.order_by().values("edition").annotate(number=Count("pk")).values("number")
        rows = super().get_queryset(request).select_related("edition")
        found: QuerySet[Any] = rows.annotate(translated=Coalesce(Subquery(counted), 0))
        return found

    def may_read(self, request: HttpRequest, offered: EditionLanguage) -> bool:
        return request.user.has_perm("assessment.view_translation") or self.may_translate(
            request, offered
        )

    def may_translate(self, request: HttpRequest, offered: EditionLanguage) -> bool:
        may = may_translate_into(request.user, offered.language)
        return bool(may and offered.edition.is_draft)

    # Forms

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["edition", "language"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        drafts = filters.drafts(request)
        kwargs["queryset"] = Edition.objects.filter(pk__in=[draft.pk for draft in drafts])
        kwargs["initial"] = drafts[0] if drafts else None
        kwargs["empty_label"] = None
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "language":
            field.help_text = _("Its code: es, fr, pt, am, qu, or with a country, such as es-mx.")
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        offered = kwargs.get("obj")
        if offered is not None:
            context["completeness"] = _completeness(offered)
            context["may_translate"] = self.may_translate(request, offered)
            context["may_read"] = self.may_read(request, offered)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        count = sum(_translations(offered).count() for offered in objs)
        counts[str(Translation._meta.verbose_name_plural)] = count
        return deleted, counts, lacking, protected

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: EditionLanguage) -> None:
        with disable_auditlog():
            _translations(obj).delete()
        obj.delete()

    def below(self, row: EditionLanguage) -> list[Below]:
        return [(Translation, {"edition": row.edition_id, "language": row.language})]

    # The page of texts

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.texts_view)
        return [path("<int:pk>/texts/", view, name="assessment_texts"), *super().get_urls()]

    def texts_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        offered = _offered(pk) if request.method in METHODS else None
        if offered is None or not self.may_read(request, offered):
            raise PermissionDenied
        if request.method == "POST":
            return self._save(request, offered)
        desk = _desk(offered)
        return self._texts(request, offered, desk, chosen(request, desk))

    def _save(self, request: HttpRequest, offered: EditionLanguage) -> HttpResponseBase:
        if not may_translate_into(request.user, offered.language):
            raise PermissionDenied
        typed = typed_in(request)
        try:
            kept = save_translations(
                edition=offered.edition,
                language=offered.language,
                typed=typed,
                now=timezone.now(),
            )
        except BadTranslations as bad:
            errors = {place: bare_sentence(issue) for place, issue in bad.errors.items()}
            return self._refused(request, offered, typed, errors)
        except NotADraft:
            message = gettext("A published edition cannot be changed. Start a new draft.")
            changed = {one.place: message for one in typed if one.is_meant}
            return self._refused(request, offered, typed, changed)
        self._tell(request, offered, kept)
        if kept.conflicts:
            return self._disputed(request, offered, typed, kept)
        return HttpResponseRedirect(self._onwards(request, offered))

    def _tell(
        self, request: HttpRequest, offered: EditionLanguage, kept: TranslationOutcome
    ) -> None:
        number = len(kept.saved)
        if number:
            message = ngettext("%(number)d text is saved.", "%(number)d texts are saved.", number)
            self.message_user(request, message % {"number": number}, messages.SUCCESS)
            places = ", ".join(f"{place.code} {place.field}" for place in kept.saved)
            message = gettext("Translated: %(places)s.") % {"places": places}
            self.log_change(request, offered, message)
        if kept.conflicts:
            message = gettext(
                "Somebody else saved other translations while this page was open. Both stand "
                "below: change yours if need be, and save it again to put it in place of theirs."
            )
            self.message_user(request, message, messages.WARNING)

    def _refused(
        self,
        request: HttpRequest,
        offered: EditionLanguage,
        typed: list[SubmittedText],
        errors: Mapping[TextKey, str],
    ) -> HttpResponseBase:
        message = gettext("Nothing was saved. Correct the texts that are marked.")
        self.message_user(request, message, messages.ERROR)
        desk = _desk(offered).with_typed(typed, errors=errors)
        return self._texts(request, offered, desk, same_page(desk, typed))

    def _disputed(
        self,
        request: HttpRequest,
        offered: EditionLanguage,
        typed: list[SubmittedText],
        kept: TranslationOutcome,
    ) -> HttpResponseBase:
        theirs = {conflict.typed.place: conflict.stored for conflict in kept.conflicts}
        unsaved = [one for one in typed if one.place not in kept.saved]
        desk = _desk(offered).with_typed(unsaved, theirs=theirs)
        return self._texts(request, offered, desk, same_page(desk, typed))

    def _onwards(self, request: HttpRequest, offered: EditionLanguage) -> str:
        if wanted := request.POST.get("_go"):
            desk = _desk(offered)
            return desk.url_of(desk.entry(place_named(wanted)))
        return request.get_full_path()

    def _texts(
        self, request: HttpRequest, offered: EditionLanguage, desk: Desk, page: Page[Entry]
    ) -> HttpResponseBase:
        group, state, code = asked_for(request, desk)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Translate: %(language)s")
            % {"language": language_name(offered.language)},
            "offered": offered,
            "opts": self.opts,
            "media": self.media,
            "page": page,
            "rows": desk.rows(list(page)),
            "groups": group_options(desk, group),
            "states": [(s, STATE_NAMES[s], s == state) for s in (GAPS, *STATES)],
            "code": code,
            "may_translate": self.may_translate(request, offered),
            "earlier": turned(request, page, -1),
            "later": turned(request, page, 1),
        }
        return TemplateResponse(request, "admin/assessment/translation_texts.html", context)

    # Columns

    @admin.display(description=_("language"), ordering="language")
    def name(self, offered: EditionLanguage) -> str:
        return f"{language_name(offered.language)} ({offered.language})"

    @admin.display(description=_("texts translated"))
    def translated(self, offered: Any) -> int:
        return int(offered.translated)

    @admin.display(description=_("what you can do"))
    def next_step(self, offered: EditionLanguage) -> str:
        return format_html('<a class="step" href="{}">{}</a>', address(offered.pk), _("Translate"))


@admin.register(Translation)
class TranslationAdmin(HistoryAdmin, ReadOnlyAdmin):
    """For searching; translations are written side by side with their source."""

    list_display = ["code", "field", "language", "wording", "edition"]
    list_select_related = ["edition"]
    list_filter = [filters.EditionFilter, "language"]
    search_fields = ["code", "text"]
    fields = ["edition", "language", "kind", "code", "field", "text", "updated_at"]

    @admin.display(description=_("text"))
    def wording(self, translation: Translation) -> str:
        return Truncator(translation.text).chars(100)


def _offered(pk: int) -> EditionLanguage | None:
    rows = EditionLanguage.objects.select_related("edition")
    return rows.filter(pk=pk).first() if is_id(str(pk)) else None


def _desk(offered: EditionLanguage) -> Desk:
    instrument = offered.edition.instrument()
    entries = entries_in(edition=offered.edition, language=offered.language, instrument=instrument)
    return Desk(offered.pk, instrument, entries)


def _completeness(offered: EditionLanguage) -> list[tuple[str, Completeness, str]]:
    """Of each group and of all: its name, its counts and the address of its texts."""
    desk = _desk(offered)
    groups = [
        (group_name(desk, name), completeness_of(found), address(offered.pk, group=name))
        for name, found in entries_by_group(desk.entries).items()
    ]
    return [*groups, (gettext("All texts"), completeness_of(desk.entries), address(offered.pk))]


def _translations(offered: EditionLanguage) -> Any:
    return Translation.objects.filter(edition=offered.edition_id, language=offered.language)
