"""The form of a scheme's profile: the bank's questions, names, and where the person works."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Hidden, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.clean_text import NAME_LIMIT, BadText, clean_line
from assessment.actions.rounds.schemes import NamedProgramme
from assessment.instrument.answers import Answer, BadAnswer
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import PROFILE_FIELDS
from assessment.method.parse_input import complete_profile, fact_of
from assessment.method.seats import Seat
from assessment.reports.answer_wording import region_name
from assessment.reports.formats import country_name
from assessment.reports.issue_wording.bank import bare_sentence
from assessment.web.languages import SENT_WITH
from assessment.web.questionnaire.fields import FIELDS
from assessment.web.questionnaire.layout import QuestionLayout
from assessment.web.questionnaire.people_field import PeopleField
from assessment.web.questionnaire.ways import IN_THE_WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from assessment.instrument.model import Instrument, Question
    from assessment.models import Programme, Round

MOST_PROGRAMMES = 5
PLACES = range(1, MOST_PROGRAMMES + 1)
PROGRAMME_PARTS = ("name", "institution", "sector")
PROGRAMME = "programme"
TOGETHER_ALONE = gettext_lazy(
    "Only if several of you agree on one answer to each question. The report then says so."
)
LAST_PAGE = 2
FIRST_PAGE = ("name", "country", "region", "stage")


def programme_field(place: int, part: str) -> str:
    return f"programme-{place}-{part}"


class LineField(forms.CharField):
    """One line of text, cleaned as `clean_line` does."""

    def __init__(
        self, *, label: Any, help_text: Any = "", autocomplete: str = "off", required: Any = ""
    ) -> None:
        """`required` is the sentence for who leaves it empty; without one it may be."""
        widget = forms.TextInput({"autocomplete": autocomplete, "dir": "auto"})
        super().__init__(
            required=bool(required),
            label=label,
            help_text=help_text,
            widget=widget,
            error_messages={"required": required},
        )
        self.validators = []

    def to_python(self, value: Any) -> str:
        try:
            return clean_line(str(value or ""), limit=NAME_LIMIT)
        except BadText as error:
            sentence = gettext("%(field)s: %(problem)s")
            params = {"field": self.label, "problem": bare_sentence(error.issue)}
            raise ValidationError(sentence % params, code="text") from error


class ProfileForm(forms.Form):
    """Cleans to `profile`, `programmes`, `name` and `seat`, as the actions take them.

    `page` is 1 or 2 where the short way begins, which asks on two pages: programmes are named
    later, by who wants to. Else everything stands on one, and `page` is 0. `seated` False leaves
    out where the person works, and whether several answer together: the facts of a round of several
    are nobody's own.
    """

    profile: dict[str, int | str]

    def __init__(
        self,
        instrument: Instrument,
        data: QueryDict | None = None,
        round: Round | None = None,
        key: str = "",
        *,
        page: int = 0,
        seat: Seat | None = None,
        seated: bool = True,
        people: int | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(instrument, round))
        self.seat_questions = seat_questions(instrument) if seated else ()
        self.stored_seat = seat or Seat()
        self.stored_people = people
        for question in self.seat_questions:
            self.initial[question.code] = getattr(self.stored_seat, question.profile)
        self.instrument = instrument
        self.key = key
        self.page = page
        self.short = page > 0
        self.fields["name"] = LineField(
            label=gettext_lazy("A name for the programmes together"),
            help_text=gettext_lazy("The name stands on the cover of your report."),
        )
        for question in (*profile_questions(instrument), *self.seat_questions):
            self.fields[question.code] = FIELDS[kind_of(question).field](
                question, instrument=instrument
            )
        self.fields["region"] = _region_field(instrument)
        if seated:
            self.fields["people"] = PeopleField(help_text=TOGETHER_ALONE)
            self.initial["people"] = people
        for place in PLACES:
            self.fields.update(_programme_fields(instrument, place))

    def carry_over(self, before: Round | None) -> None:
        """What another scheme of the same person shares with this one is not asked again."""
        if before is not None:
            known = _initial(self.instrument, before)
            places = {self._code_of("country"), "region", self._code_of("stronger")}
            asked = {question.code for question in self.seat_questions}
            self.initial = {code: self.initial[code] for code in asked} | {
                place: value
                for place, value in known.items()
                if place in places or place.endswith(("-institution", "-sector"))
            }

    def clean(self) -> dict[str, Any]:
        try:
            self.profile = complete_profile(self.instrument, self.facts())
        except BadAnswer as error:
            field, sentence = self._refusal(error)
            self.add_error(field, sentence)
        for place in PLACES:
            self._check_programme(place)
        return self.cleaned_data

    def facts(self) -> dict[str, int | str]:
        """What was given and can be read, by field of the profile."""
        asked = profile_questions(self.instrument)
        read = [(q, self.cleaned_data[q.code]) for q in asked if self.cleaned_data.get(q.code)]
        facts = {question.profile: fact_of(question, answer) for question, answer in read}
        region = self.cleaned_data.get("region")
        return facts | {"region": region} if region else facts

    @property
    def name(self) -> str:
        return str(self.cleaned_data["name"])

    @property
    def programmes(self) -> list[NamedProgramme]:
        rows = [self.programme(place) for place in PLACES]
        return [row for row in rows if row.name]

    @property
    def seat(self) -> Seat:
        """What cannot be read, or is not asked here, stays as it was stored."""
        read = [q for q in self.seat_questions if q.code in self.cleaned_data]
        answers = {question.profile: self.cleaned_data[question.code] for question in read}
        given = {part: str(answer.value) if answer else "" for part, answer in answers.items()}
        return replace(self.stored_seat, **given)

    @property
    def people(self) -> int | None:
        """How many answer together; what cannot be read stays as it was stored."""
        known: int | None = self.cleaned_data.get("people", self.stored_people)
        return known

    def programme(self, place: int) -> NamedProgramme:
        fields = {part: programme_field(place, part) for part in PROGRAMME_PARTS}
        return NamedProgramme(
            **{part: self.cleaned_data.get(name, "") for part, name in fields.items()}
        )

    def _check_programme(self, place: int) -> None:
        row, field = self.programme(place), programme_field(place, "name")
        typed = any(programme_field(place, part) in self.changed_data for part in PROGRAMME_PARTS)
        if typed and (row.institution or row.sector) and not row.name and field not in self.errors:
            sentence = gettext("Programme %(place)d: give its name, or empty its other fields.")
            self.add_error(field, sentence % {"place": place})

    def _refusal(self, error: BadAnswer) -> tuple[str | None, str]:
        if error.code == "arrangement_conflict":
            return self._code_of("arrangement"), self._arrangement_sentence()
        if error.code == "region_conflict":
            sentence = gettext(
                "Region: %(country)s belongs to the region %(region)s. "
                "Choose that region, or leave the region open."
            )
            return "region", sentence % {
                "country": country_name(str(error.params["country"])),
                "region": region_name(self.instrument, str(error.params["region"])),
            }
        return None, gettext("One of the answers is not among those offered. Choose it again.")

    def _arrangement_sentence(self) -> str:
        if self.cleaned_data[str(self._code_of("programmes"))] == Answer("answered", 1):
            return gettext(
                "How the programmes are related: you gave 1 as their number. "
                "Choose the single programme here, or change the number."
            )
        return gettext(
            "How the programmes are related: you gave more than one programme. Choose how they "
            "are related, or give 1 as their number."
        )

    def _code_of(self, field: str) -> str | None:
        asked = profile_questions(self.instrument)
        return next((question.code for question in asked if question.profile == field), None)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.form_id = SENT_WITH
        people = ["people"] if "people" in self.fields else []
        parts = ("name", *self._asked(), *self._seat_group(), *people, *_programme_groups())
        helper.layout = Layout(*(part for part in parts if self._is_here(part)))
        if self.short:
            helper.add_input(Hidden("short", "1"))
            helper.add_input(Hidden("page", str(self.page)))
        if self.key:
            helper.add_input(Hidden("key", self.key))
        helper.add_input(Submit("continue", gettext("Continue")))
        if self.page == LAST_PAGE:
            helper.add_input(Submit("back", gettext("Back"), css_class="button-secondary"))
        return helper

    def _seat_group(self) -> list[Fieldset]:
        asked = self.seat_questions
        if not asked:
            return []
        hint = gettext(
            "Your report then tells what you can start yourself, whom to ask and what to take "
            "higher. Every question is put to you all the same."
        )
        return [
            Fieldset(
                gettext("Where you work (optional)"),
                HTML(format_html('<p class="hint">{}</p>', hint)),
                *(QuestionLayout(question, instrument=self.instrument) for question in asked),
            )
        ]

    def _is_here(self, part: QuestionLayout | Fieldset | str) -> bool:
        """Whether it stands on this page."""
        if not self.short:
            return True
        name = part.question.profile if isinstance(part, QuestionLayout) else part
        named = isinstance(part, Fieldset) and part.css_class == PROGRAMME
        return not named and name not in IN_THE_WHOLE and (name in FIRST_PAGE) == (self.page == 1)

    @property
    def names_here(self) -> list[str]:
        """The names of the fields of this page, and of what stands on none."""
        facts = {q.code: q.profile for q in self.instrument.profile_questions}
        first = {name for name in self.fields if facts.get(name, name) in FIRST_PAGE}
        return [name for name in self.fields if (name in first) == (self.page == 1)]

    def _asked(self) -> list[QuestionLayout | str]:
        parts: list[QuestionLayout | str] = []
        for question in profile_questions(self.instrument):
            parts.append(QuestionLayout(question, instrument=self.instrument))
            if question.profile == "country":
                parts.append("region")
        return parts


def profile_questions(instrument: Instrument) -> Sequence[Question]:
    """The facts of the scheme; tier and sector are of the person, see `seat_questions`."""
    return [q for q in instrument.profile_questions if q.profile in PROFILE_FIELDS]


def seat_questions(instrument: Instrument) -> Sequence[Question]:
    """Where the person works: asked for her report alone, and changes no question."""
    return [q for q in instrument.profile_questions if q.profile in {"tier", "sector"}]


def _programme_groups() -> list[Fieldset]:
    return [
        Fieldset(
            gettext("Programme %(place)d (optional)") % {"place": place},
            *(programme_field(place, part) for part in PROGRAMME_PARTS),
            css_class=PROGRAMME,
        )
        for place in PLACES
    ]


def _region_field(instrument: Instrument) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("World region"),
        help_text=gettext_lazy(
            "The region follows from the country. Choose it only if the country is not listed "
            "or you would rather not name it."
        ),
        choices=[
            ("", gettext_lazy("From the country")),
            *((region.code, region.name) for region in instrument.regions),
        ],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Region: choose one of the list.")},
    )


def _programme_fields(instrument: Instrument, place: int) -> dict[str, forms.Field]:
    return {
        programme_field(place, "name"): LineField(label=gettext_lazy("Name of the programme")),
        programme_field(place, "institution"): LineField(
            label=gettext_lazy("Institution that runs it"), autocomplete="organization"
        ),
        programme_field(place, "sector"): forms.ChoiceField(
            label=gettext_lazy("Sector"),
            choices=[("", gettext_lazy("Not given")), *_sectors(instrument)],
            required=False,
            error_messages={"invalid_choice": gettext_lazy("Sector: choose one of the list.")},
        ),
    }


def _sectors(instrument: Instrument) -> list[tuple[str, str]]:
    asked = next((q for q in instrument.profile_questions if q.profile == "sector"), None)
    return [(option.value, option.text) for option in asked.options] if asked else []


def programme_words(instrument: Instrument, programme: Programme) -> list[str]:
    """Name, institution and sector as the form has them, a line each."""
    sector = dict(_sectors(instrument)).get(programme.sector, programme.sector)
    return [words for words in (programme.name, programme.institution, sector) if words]


def _initial(instrument: Instrument, round: Round | None) -> dict[str, Any]:
    if round is None:
        return {}
    known, scheme = round.facts(), round.scheme
    initial: dict[str, Any] = {"name": scheme.name}
    for question in profile_questions(instrument):
        initial[question.code] = known.get(question.profile)
    if "country" not in known:
        initial["region"] = known.get("region", "")
    for place, programme in enumerate(scheme.programme_set.all()[:MOST_PROGRAMMES], start=1):
        for part in PROGRAMME_PARTS:
            initial[programme_field(place, part)] = getattr(programme, part)
    return initial
