"""The languages offered to respondents: adding one offers it at once, deleting one ends that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.offer_language import offer_language
from assessment.actions.editions.publish import NotPublishable
from assessment.admin.core.generics import ModelForm
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.instrument.translation import is_of_country, variants_among
from assessment.models import EditionLanguage, OfferedLanguage, Translation
from assessment.models.offered_languages import speaks
from assessment.models.translations import language_name
from assessment.reports.issue_wording.bank import bare_sentence

if TYPE_CHECKING:
    from django.http import HttpRequest

    from assessment.models import Edition


class OfferForm(ModelForm):
    language = forms.ChoiceField(label=_("Language"))
    interface = forms.ChoiceField(label=_("Language of the pages"), required=False)
    edition: Edition | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["language"]
        around: Any = self.fields["interface"]
        own.choices = [(code, f"{language_name(code)} ({code})") for code in _languages()]
        around.choices = [("", "–"), *settings.LANGUAGES]
        around.help_text = _(
            "Only for a language that the buttons and notices do not speak: theirs around it."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if speaks(str(cleaned.get("language", ""))):
            cleaned["interface"] = cleaned["language"]
        elif not cleaned.get("interface"):
            self.add_error("interface", gettext("Choose the language of the words around it."))
        if not self.errors:
            self._offer(cleaned)
        return cleaned

    def _offer(self, cleaned: dict[str, Any]) -> None:
        """Within the form, so that texts that are not whole are its error."""
        offered = self.instance
        offered.language, offered.interface = cleaned["language"], cleaned["interface"]
        try:
            self.edition = offer_language(offered=offered, now=timezone.now())
        except NotPublishable as refused:
            for fault in refused.faults:
                self.add_error("language", bare_sentence(fault))


class ReviewForm(ModelForm):
    """What is said of a language that is offered: who has read it, and when."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned["reviewer"]) != bool(cleaned["reviewed_on"]):
            missing = "reviewed_on" if cleaned["reviewer"] else "reviewer"
            self.add_error(missing, gettext("Give both: who reviewed it, and the day."))
        return cleaned


def _languages() -> list[str]:
    """Those that the pages speak, and those that texts of the bank stand in.

    Words of a country alone are none, unless an edition has them as a language.
    """
    spoken = {code for code, _name in settings.LANGUAGES}
    written = set(Translation.objects.order_by().values_list("language", flat=True).distinct())
    whole = {one for one in written if not is_of_country(one)}
    whole |= set(EditionLanguage.objects.order_by().values_list("language", flat=True).distinct())
    variants = variants_among(written, whole)
    offered = OfferedLanguage.objects.values_list("language", flat=True)
    return sorted((spoken | written) - {settings.LANGUAGE_CODE, *offered, *variants})


def _form_of(offered: OfferedLanguage | None) -> dict[str, Any]:
    return {"form": ReviewForm} if offered else {}


@admin.register(OfferedLanguage)
class OfferedLanguageAdmin(HistoryAdmin):
    form = OfferForm
    list_display = ["name", "interface", "reviewer", "reviewed_on"]
    actions = None
    empty_list = _(
        "The languages in which people can answer, beside English, stand here. Add one, and every "
        "page offers it; nothing has to be started again."
    )

    @admin.display(description=_("language"), ordering="language")
    def name(self, offered: OfferedLanguage) -> str:
        return str(offered)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["language", "interface", *(["reviewer", "reviewed_on"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Offered or not: only its review is told later."""
        return ["language", "interface"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, **_form_of(obj)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new one was saved by its form; says so where the bank's texts came with it."""
        if change:
            super().save_model(request, obj, form, change)
        elif form.edition is not None:
            words = gettext("Edition %(number)d brings its texts. New responses start on it.")
            self.message_user(request, words % {"number": form.edition.number}, messages.SUCCESS)
