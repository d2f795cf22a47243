"""A list of people to invite: every row is checked by itself, and one bad row stops no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.mail.mailbox import mailbox_of
from assessment.actions.rounds.invite import Invitee
from assessment.instrument.model import SECTORS
from assessment.interchange.people_table import COLUMNS, PersonRow, plain, read_people
from assessment.interchange.refusal import Refused
from assessment.reports.issue_wording.files import fault_sentence
from assessment.reports.seat_wording import SECTORS as SECTOR_WORDS
from assessment.reports.seat_wording import tiers_of_round
from assessment.web.languages import offers_of_round
from assessment.web.mail_address import OrdinaryAddressField
from assessment.web.questionnaire.profile_form import LineField

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from assessment.models import Round

LARGEST_FILE = 2_000_000


class AddressField(OrdinaryAddressField):
    """Empty, or the address of one person; what was typed is named."""

    default_error_messages = {"invalid": ""}

    def clean(self, value: object) -> str:
        typed = str(value or "").strip()
        if not typed:
            return ""
        if typed.count("@") > 1:
            raise ValidationError(gettext("several e-mail addresses: write a row for each person"))
        try:
            return super().clean(typed)
        except ValidationError as error:
            sentence = gettext("this is no e-mail address: %(typed)s")
            raise ValidationError(sentence % {"typed": typed[:80]}) from error


class WordField(forms.CharField):
    """A code, from the code itself or from the words that people see for it."""

    def __init__(self, words: Mapping[str, str], *, problem: str, missing: str) -> None:
        super().__init__(required=False)
        self.codes = {plain(text): code for code, text in words.items()}
        self.codes |= {plain(code): code for code in words}
        self.choices = ", ".join(words.values())
        self.problem, self.missing = problem, missing

    def clean(self, value: object) -> str:
        typed = str(value or "")
        code = self.codes.get(plain(typed))
        if code is None:
            problem = self.problem if typed.strip() else self.missing
            raise ValidationError(problem % {"typed": typed[:40], "choices": self.choices})
        return code


class PersonForm(forms.Form):
    """One row, cleaned to an Invitee."""

    name = LineField(label=gettext_lazy("name"))
    institution = LineField(label=gettext_lazy("institution"))
    email = AddressField(required=False)

    def __init__(self, round: Round, data: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["tier"] = WordField(
            tiers_of_round(round.tier_words),
            problem=gettext("tier “%(typed)s”: write one of %(choices)s"),
            missing=gettext("no tier: write one of %(choices)s"),
        )
        self.fields["sector"] = WordField(
            sectors(),
            problem=gettext("sector “%(typed)s”: write one of %(choices)s"),
            missing=gettext("no sector: write one of %(choices)s"),
        )

    def invitee(self, language: str) -> Invitee:
        return Invitee(language=language, **{name: self.cleaned_data[name] for name in COLUMNS})


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """`person` is None where `problems` say why nobody is invited by it."""

    row: PersonRow
    person: Invitee | None
    problems: tuple[str, ...]


class PeopleForm(forms.Form):
    """Cleans to `checked`, a row each."""

    use_required_attribute = False

    people = forms.CharField(
        label=gettext_lazy("People to invite"),
        help_text=gettext_lazy(
            "A line each: name; e-mail address; institution; sector; tier. You can copy the rows "
            "out of a spreadsheet. Without an address, you hand over the link yourself."
        ),
        widget=forms.Textarea({"rows": 10, "dir": "auto", "spellcheck": "false"}),
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with the same columns (XLSX, CSV)"), required=False
    )

    language = forms.ChoiceField(
        label=gettext_lazy("Language of their invitations"),
        help_text=gettext_lazy("Each can change it on her page. Send a list for each language."),
        required=False,
    )

    checked: Sequence[CheckedRow] = ()

    def __init__(
        self, round: Round, *given: Any, invited: Collection[str] = (), language: str
    ) -> None:
        super().__init__(*given)
        self.round = round
        offered = offers_of_round(round)
        self.fields["language"].choices = offered  # type: ignore[attr-defined]
        codes = [code for code, _name in offered]
        self.initial["language"] = language if language in codes else next(iter(codes), "")
        self.invited = {mailbox_of(email) for email in invited if email}

    def clean(self) -> dict[str, Any]:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file is not None and (file.size or 0) > LARGEST_FILE:
            raise ValidationError(gettext("The file is too large for a list of people."))
        content = file.read() if file is not None else self.cleaned_data.get("people", "")
        try:
            rows = read_people(content, headings())
        except Refused as refused:
            raise ValidationError(fault_sentence(refused.faults[0])) from refused
        if not rows:
            raise ValidationError(gettext("People to invite: paste at least one row, or a file."))
        self.checked = list(self._check(rows))
        return self.cleaned_data

    @property
    def sector_words(self) -> str:
        return ", ".join(sectors().values())

    @property
    def tier_words(self) -> str:
        return ", ".join(tiers_of_round(self.round.tier_words).values())

    @property
    def language_of_mail(self) -> str:
        return str(self.cleaned_data.get("language") or self.initial["language"])

    @property
    def people_to_invite(self) -> list[Invitee]:
        return [one.person for one in self.checked if one.person]

    @property
    def checked_rows(self) -> list[PersonRow]:
        return [one.row for one in self.checked]

    @property
    def bad_rows(self) -> list[PersonRow]:
        return [one.row for one in self.checked if one.person is None]

    def _check(self, rows: Iterable[PersonRow]) -> Iterable[CheckedRow]:
        seen = set(self.invited)
        for row in rows:
            form = PersonForm(self.round, row.values)
            problems = [text for texts in form.errors.values() for text in texts]
            mailbox = mailbox_of(form.cleaned_data.get("email") or "") if form.is_valid() else ""
            if mailbox.strip("@") and mailbox in seen:
                problems.append(gettext("this address is invited already"))
            seen.add(mailbox)
            person = None if problems else form.invitee(self.language_of_mail)
            yield CheckedRow(row, person, tuple(map(str, problems)))


def sectors() -> dict[str, str]:
    return {code: str(SECTOR_WORDS[code]) for code in SECTORS}


def headings() -> dict[str, str]:
    """How people head the columns, in the language of the page and in English."""
    words = {
        "name": (gettext("Name"), "name"),
        "email": (gettext("E-mail"), gettext("E-mail address"), "email", "mail"),
        "institution": (gettext("Institution"), "institution"),
        "sector": (gettext("Sector"), "sector"),
        "tier": (gettext("Tier"), "tier", "level"),
    }
    return {text: column for column, texts in words.items() for text in texts}
