"""The form of a round's settings: until when, for whom, and what respondents are promised."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.clean_text import BadText, clean_text
from assessment.actions.rounds.change import RoundSettings
from assessment.instrument.model import TIERS
from assessment.models import Round
from assessment.models.offered_languages import OFFERS
from assessment.models.promises import Promise, read_promise
from assessment.reports.issue_wording.bank import bare_sentence
from assessment.web.languages import content_language
from assessment.web.questionnaire.profile_form import LineField
from assessment.web.time_zones import time_zone_choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from assessment.models import Edition, Organisation

NO_NUMBER = gettext_lazy("Smallest group that is shown: write a number.")
LONGEST_LETTER = 1_000
MOST_ORGANISATIONS = 20
MOST_AREAS = 60
FLAGS = ("own_result", "round_result", "notes_to_facilitators", "published")
PROMISE = (
    *("attributed", "own_result", "round_result", "notes_to_facilitators"),
    *("kept_until", "shared_with", "published"),
)
"""In the order in which people read it."""
TIER_FIELDS = {f"tier_{tier}": tier for tier in TIERS}
PROMISED = ("time_zone", "questionnaire", *TIER_FIELDS, *PROMISE)
"""What is fixed by the first invitation."""
CONFIDENTIAL, ATTRIBUTED = "confidential", "attributed"


class RoundForm(forms.Form):
    """Cleans to `settings`. Once somebody is invited, what was promised stands there to be read."""

    use_required_attribute = False

    name = LineField(
        label=gettext_lazy("Name of the scheme"),
        required=gettext_lazy("Name of the scheme: people see it in the invitation."),
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation that invites"))
    closes_on = forms.DateField(
        label=gettext_lazy("Last day to answer"),
        help_text=gettext_lazy("Until the end of that day in the time zone of the round."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    questionnaire = forms.ChoiceField(
        label=gettext_lazy("Questions"),
        choices=[
            (Round.Questionnaire.WHOLE, gettext_lazy("All questions, by tier and sector")),
            (Round.Questionnaire.SHORT, gettext_lazy("The short way")),
        ],
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Smallest group that is shown"),
        help_text=gettext_lazy(
            "No figure is shown of fewer people. It can be raised later, never lowered."
        ),
        error_messages={"required": NO_NUMBER, "invalid": NO_NUMBER},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("In which people can answer. None chosen: in all of these."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    areas = forms.CharField(
        label=gettext_lazy("Where the scheme works"),
        help_text=gettext_lazy("A line each, in the words of the country: regions, districts."),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        required=False,
    )
    municipality = LineField(label=gettext_lazy("Municipality, where it is one alone"))
    tier_national = LineField(
        label=gettext_lazy("Your word for the national tier"),
        help_text=gettext_lazy("Such as federal, central. Left empty it is called national."),
    )
    tier_regional = LineField(
        label=gettext_lazy("Your word for the regional tier"),
        help_text=gettext_lazy("Such as department, state, district."),
    )
    tier_local = LineField(
        label=gettext_lazy("Your word for the local tier"),
        help_text=gettext_lazy("Such as municipality, commune, ward."),
    )
    letter = forms.CharField(
        label=gettext_lazy("Your own words in the invitation"),
        help_text=gettext_lazy("Up to 1,000 letters, without addresses."),
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        required=False,
    )
    attributed = forms.ChoiceField(
        label=gettext_lazy("Who reads single answers"),
        choices=[
            (CONFIDENTIAL, gettext_lazy("Nobody: answers are confidential")),
            (ATTRIBUTED, gettext_lazy("You, with names: each person agrees to it or stays out")),
        ],
        widget=forms.RadioSelect,
        initial=CONFIDENTIAL,
        required=False,
    )
    own_result = forms.BooleanField(
        label=gettext_lazy("Each respondent gets a result of her own answers"), required=False
    )
    round_result = forms.BooleanField(
        label=gettext_lazy("Respondents see the result of the round"), required=False
    )
    notes_to_facilitators = forms.BooleanField(
        label=gettext_lazy("You read notes and free answers, without names, once it is closed"),
        required=False,
    )
    kept_until = forms.DateField(
        label=gettext_lazy("Single answers are deleted after"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    shared_with = forms.CharField(
        label=gettext_lazy("Organisations that may get the result, one a line"),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        required=False,
    )
    published = forms.BooleanField(
        label=gettext_lazy("The result may be made public"), required=False
    )

    def __init__(
        self,
        edition: Edition,
        data: QueryDict | None = None,
        *,
        organisations: Sequence[Organisation] = (),
        round: Round | None = None,
        promised: bool = False,
    ) -> None:
        self.scale = edition.instrument(content_language()).scale
        first = organisations[0] if organisations else None
        super().__init__(data, initial=_initial(self.scale.minimum_group, round, first))
        spoken = edition.languages()
        offers = [(one.language, one.name) for one in OFFERS.all() if one.language in spoken]
        self.fields["languages"].choices = offers  # type: ignore[attr-defined]
        zones = time_zone_choices(self.initial["time_zone"])
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        self.smallest = (round.minimum or 0) if round and promised else self.scale.smallest_group
        self.promised = promised
        if round is None:
            choices = [(str(one.uuid), one.name) for one in organisations]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["name"], self.fields["organisation"]
        for name in PROMISED if promised else ():
            self.fields[name].disabled = True

    def clean_minimum(self) -> int:
        minimum = int(self.cleaned_data["minimum"])
        if minimum < self.smallest:
            sentence = gettext("Smallest group that is shown: %(smallest)d or more.")
            raise ValidationError(sentence % {"smallest": self.smallest})
        return min(minimum, 1_000)

    def clean_letter(self) -> str:
        letter = _plain_text(self.cleaned_data["letter"], LONGEST_LETTER)
        if "@" in letter or "://" in letter or "www." in letter.lower():
            sentence = gettext(
                "Your own words in the invitation: leave out addresses, people are warned of them."
            )
            raise ValidationError(sentence)
        return letter

    def clean_shared_with(self) -> tuple[str, ...]:
        return _lines(self.cleaned_data["shared_with"], MOST_ORGANISATIONS)

    def clean_areas(self) -> tuple[str, ...]:
        return _lines(self.cleaned_data["areas"], MOST_AREAS)

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day and day < timezone.localdate() and "closes_on" in self.changed_data:
            raise ValidationError(
                gettext("Last day to answer: choose a day that is still to come.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        until, last = self.cleaned_data.get("kept_until"), self.cleaned_data.get("closes_on")
        if until and (last is None or until <= last):
            sentence = gettext(
                "Single answers are deleted after: give a last day to answer, and a day after it."
            )
            self.add_error("kept_until", sentence)
        return self.cleaned_data

    @property
    def settings(self) -> RoundSettings:
        values = self.cleaned_data
        promise = Promise(
            attributed=values["attributed"] == ATTRIBUTED,
            shared_with=tuple(values["shared_with"]),
            kept_until=values["kept_until"],
            **{name: values[name] for name in FLAGS},
        )
        return RoundSettings(
            questionnaire=values["questionnaire"],
            minimum=values["minimum"],
            closes_at=end_of_day(values["closes_on"], values["time_zone"]),
            time_zone=values["time_zone"],
            letter=values["letter"],
            promise=promise,
            languages=tuple(values["languages"]),
            tier_words={tier: values[name] for name, tier in TIER_FIELDS.items()},
            areas=tuple(values["areas"]),
            municipality=values["municipality"],
        )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.keeps_query = True  # which round the next one is made after
        first = ("name", "organisation", "closes_on", "time_zone", "questionnaire", "minimum")
        helper.layout = Layout(
            *(name for name in first if name in self.fields),
            "languages",
            "letter",
            Fieldset(
                gettext("The country's own words"),
                "areas",
                "municipality",
                *TIER_FIELDS,
                css_class="lines",
            ),
            Fieldset(gettext("What respondents are promised"), *PROMISE, css_class="lines"),
        )
        helper.add_input(Submit("continue", gettext("Continue")))
        return helper


def end_of_day(day: Any, zone: str) -> datetime | None:
    """The first moment of the next day in the zone."""
    if not day:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))


def last_day(closes_at: datetime | None, zone: str) -> Any:
    if closes_at is None:
        return None
    return (closes_at.astimezone(ZoneInfo(zone)) - timedelta(microseconds=1)).date()


def _plain_text(text: str, limit: int) -> str:
    try:
        return clean_text(text, limit=limit)
    except BadText as error:
        raise ValidationError(bare_sentence(error.issue)) from error


def _lines(text: str, most: int) -> tuple[str, ...]:
    lines = [line.strip() for line in _plain_text(text, most * 200).splitlines()]
    return tuple(line for line in lines if line)[:most]


def _initial(minimum: int, round: Round | None, owner: Organisation | None) -> dict[str, Any]:
    if round is None:
        zone = owner.time_zone if owner else timezone.get_default_timezone_name()
        return {"minimum": minimum, "time_zone": zone, "languages": owner and owner.languages}
    promise = read_promise(round.promise)
    return {
        **{name: round.tier_words.get(tier, "") for name, tier in TIER_FIELDS.items()},
        "areas": "\n".join(round.scheme.areas),
        "municipality": round.scheme.municipality,
        "languages": round.languages,
        "attributed": ATTRIBUTED if promise.attributed else CONFIDENTIAL,
        "closes_on": last_day(round.closes_at, round.time_zone),
        "time_zone": round.time_zone,
        "questionnaire": round.questionnaire,
        "minimum": round.minimum,
        "letter": round.letter,
        "shared_with": "\n".join(promise.shared_with),
        "kept_until": promise.kept_until,
        **{name: getattr(promise, name) for name in FLAGS},
    }
