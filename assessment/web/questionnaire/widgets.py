"""How the answer to one question is drawn: each widget is one join of strings.

A template for each option would cost more than the rest of the page, which may have fifty questions
(docs/decisions/0002-one-style-sheet-one-script.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessment.instrument.answers import Answer
from assessment.web.templatetags.lang import lang


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One line to choose: `exclusive` leaves no other beside it, `after_divider` stands apart."""

    value: str
    text: str
    help: str = ""
    exclusive: bool = False
    after_divider: bool = False


def values_of(value: Any) -> list[str]:
    """What is chosen, as form values: from an answer, from a raw value or from posted data."""
    if isinstance(value, Answer):
        value = value.value if value.status == "answered" else value.status
    if value is None or value == "":
        return []
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


class AnswerWidget(forms.Widget):
    """Reads every value posted under the question's code."""

    use_fieldset = True
    single = False

    def __init__(self, rows: Iterable[ChoiceRow] = ()) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.drawn_rows = tuple((row, escape(row.value), row_html(row)) for row in self.rows)

    def leave_out(self, values: Collection[str]) -> None:
        """Lines that are not offered here."""
        self.rows = tuple(row for row in self.rows if row.value not in values)
        self.drawn_rows = tuple(drawn for drawn in self.drawn_rows if drawn[0] in self.rows)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> list[str]:
        posted = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
        return [text for text in values_of(posted) if text.strip()]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return self.answer_html(name, values_of(value), str((attrs or {}).get("id", f"id_{name}")))

    def answer_html(self, name: str, chosen: list[str], first_id: str) -> SafeString:
        raise NotImplementedError

    def choices_html(self, name: str, chosen: list[str], kind: str, first_id: str = "") -> str:
        """The rows as labels that hold their input: the whole row is the target."""
        parts: list[str] = []
        marked = f' id="{first_id}"' if first_id else ""
        divided = False
        between = escape(_("or"))
        for row, value, text in self.drawn_rows:
            if row.after_divider and not divided:
                divided = True
                parts.append(f'<p class="divider">{between}</p>')
            css = "option option-apart" if row.after_divider else "option"
            alone = " data-alone" if row.exclusive and kind == "checkbox" else ""
            ticked = " checked" if row.value in chosen else ""
            parts.append(
                f'<label class="{css}"><input type="{kind}" name="{name}"'
                f' value="{value}"{marked}{alone}{ticked}>{text}</label>'
            )
            marked = ""
        return "".join(parts)


def row_html(row: ChoiceRow) -> SafeString:
    if not row.help:
        return lang(row.text)
    return format_html("<span>{}<small>{}</small></span>", lang(row.text), lang(row.help))


class RadioAnswer(AnswerWidget):
    def answer_html(self, name: str, chosen: list[str], first_id: str) -> SafeString:
        return mark_safe(self.choices_html(name, chosen, "radio", first_id))


class CheckboxAnswer(AnswerWidget):
    def answer_html(self, name: str, chosen: list[str], first_id: str) -> SafeString:
        return mark_safe(self.choices_html(name, chosen, "checkbox", first_id))


class NumberAnswer(AnswerWidget):
    """A short text input, because number inputs lose what they do not understand."""

    def __init__(self, rows: Iterable[ChoiceRow] = (), *, unit: str = "", digits: int = 3) -> None:
        super().__init__(rows)
        self.unit = unit
        self.digits = digits

    def answer_html(self, name: str, chosen: list[str], first_id: str) -> SafeString:
        apart = {row.value for row in self.rows}
        typed = next((text for text in chosen if text not in apart), "")
        unit = format_html('<span class="unit">{}</span>', lang(self.unit)) if self.unit else ""
        field = format_html(
            '<p class="number"><input type="text" inputmode="numeric" name="{}" id="{}"'
            ' value="{}" size="{}" maxlength="20" autocomplete="off" aria-label="{}">{}</p>',
            name,
            first_id,
            typed,
            self.digits + 1,
            _("Number in digits, {unit}").format(unit=self.unit) if self.unit else _("Number"),
            unit,
        )
        return mark_safe(f"{field}{self.choices_html(name, chosen, 'checkbox')}")


class SelectAnswer(AnswerWidget):
    """One of many: a select, whose label is the question."""

    def answer_html(self, name: str, chosen: list[str], first_id: str) -> SafeString:
        options = "".join(
            f'<option value="{value}"{" selected" if row.value in chosen else ""}>{text}</option>'
            for row, value, text in self.drawn_rows
        )
        start = format_html(
            '<select name="{}" id="{}" autocomplete="country" aria-label="{}">'
            '<option value="">{}</option>',
            name,
            first_id,
            _("Country"),
            _("Choose a country"),
        )
        return mark_safe(f"{start}{options}</select>")


class TextAnswer(AnswerWidget):
    """Own words, with a counter that JavaScript keeps."""

    def __init__(self, *, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def answer_html(self, name: str, chosen: list[str], first_id: str) -> SafeString:
        return format_html(
            '<textarea name="{}" id="{}" dir="auto" rows="5" data-limit="{}" aria-label="{}">'
            "\n{}</textarea>",
            name,
            first_id,
            self.limit,
            _("Your answer in your own words"),
            chosen[0] if chosen else "",
        )


class Note(forms.Textarea):
    """A small text area, drawn by one join because each question has one."""

    def __init__(self, limit: int) -> None:
        super().__init__({"rows": 3, "data-limit": limit, "dir": "auto"})
        del self.attrs["cols"]  # the style sheet gives it the width of the page

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = self.attrs | (attrs or {})
        named = "".join(f' {key}="{escape(str(text))}"' for key, text in sorted(attributes.items()))
        return mark_safe(f'<textarea name="{name}"{named}>\n{escape(value or "")}</textarea>')


class Revision(forms.HiddenInput):
    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        shown = "" if value is None else escape(value)
        return mark_safe(f'<input type="hidden" name="{name}" value="{shown}" autocomplete="off">')
