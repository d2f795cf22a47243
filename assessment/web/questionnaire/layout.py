"""The layout object that draws one whole question of a form: one template, one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessment.instrument.glossary import terms_in
from assessment.web.process_cache import ProcessCache

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField, Form

    from assessment.instrument.model import Instrument, Question, Term
    from assessment.web.process_cache import Key

PARTS: ProcessCache[SafeString] = ProcessCache(4096)
SLOT = re.compile("\0([^\0]+)\0")


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """What somebody else saved meanwhile, in words: shown beside what this person sent."""

    text: str
    note: str = ""


class QuestionLayout(LayoutObject):  # type: ignore[misc]
    """A question with hint, error, options, words explained, reason, note and save state."""

    def __init__(
        self,
        question: Question,
        *,
        instrument: Instrument,
        shown: bool = True,
        conflict: ShownConflict | None = None,
    ) -> None:
        self.fields: list[str] = [question.code]
        self.question = question
        self.instrument = instrument
        self.shown = shown
        self.conflict = conflict

    def render(
        self, form: Form, context: Any, template_pack: str = "articula", **kwargs: Any
    ) -> SafeString:
        code = self.question.code
        bound = {
            part: form[name] for part, name in field_names(code).items() if name in form.fields
        }
        form.rendered_fields.update(field.name for field in bound.values())  # type: ignore[attr-defined]
        words = self.words(form)
        return self.drawn(bound, words, template_pack)

    def drawn(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> SafeString:
        given = {part: str(field) for part, field in bound.items()}
        given["open"] = open_attribute(bound["note"].value()) if "note" in bound else ""
        if self.conflict or bound["answer"].form.is_bound:
            return self.draw(bound, words, pack, given)
        named = field_names(self.question.code)
        blank = self.blank(bound, words, pack)
        return fill_slots(blank, {named[part]: html for part, html in given.items()})

    def key(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> Key:
        """Everything a question looks like but for what the person gave."""
        terms = ",".join(term.code for term in words)
        wording = str(bound["answer"].label)
        return (pack, *self.same(wording), str(self.shown), terms, *bound)

    def same(self, wording: str) -> Key:
        return self.instrument.texts_hash, self.question.code, wording, str(get_language())

    def blank(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> SafeString:
        """With a hole for each thing the person gave, because nobody's words may be kept."""
        holes = {part: slot(name) for part, name in field_names(self.question.code).items()}
        given = {part: holes[part] for part in (*bound, "open")}
        key = self.key(bound, words, pack)
        return PARTS.get(key, lambda: self.draw(bound, words, pack, given))

    def draw(
        self, bound: dict[str, BoundField], words: list[Term], pack: str, given: Mapping[str, str]
    ) -> SafeString:
        wording = cast("str", bound["answer"].label)
        drawn = {
            **{part: mark_safe(html) for part, html in given.items()},
            "note_label": bound["note"].label if "note" in bound else "",
            "note_id": bound["note"].auto_id if "note" in bound else "",
            "code": self.question.code,
            "shown": self.shown,
            "hint": self.question.help,
            "conflict": self.conflict,
            "error": first_error(bound["answer"]),
            "note_error": first_error(bound["note"]) if "note" in bound else "",
            "words": words,
            "head": self.part("articula/head.html", wording),
            "why": self.part("articula/why.html", wording),
        }
        return cast("SafeString", get_template(f"{pack}/question.html").render(drawn))

    def part(self, template: str, wording: str) -> SafeString:
        """A part that no answer changes."""
        return PARTS.get((template, *self.same(wording)), lambda: self.draw_part(template, wording))

    def draw_part(self, template: str, wording: str) -> SafeString:
        cited = [self.instrument.finding[code] for code in self.question.findings]
        passages = [(finding, self.instrument.source[finding.source]) for finding in cited]
        drawn = {"question": self.question, "wording": wording, "passages": passages}
        return render_to_string(template, drawn)

    def words(self, form: Form) -> list[Term]:
        """The glossary's terms in what is asked, hinted and offered, each once on a page.

        A question that is put away keeps its own, for when an answer shows it.
        """
        q = self.question
        explained: set[str] = form.__dict__.setdefault("explained", set())
        terms = terms_in(self.instrument, q.text, q.help, *(o.text for o in q.options))
        fresh = [term for term in terms if term.code not in explained]
        if self.shown:
            explained.update(term.code for term in fresh)
        return fresh


class QuestionSkeleton(QuestionLayout):
    """The same for everybody: what a person gave is a hole under the name of its field."""

    def drawn(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> SafeString:
        return self.blank(bound, words, pack)


def field_names(code: str) -> dict[str, str]:
    """The names of a question's fields by what they hold; `open` is of the note's frame."""
    fields = {"answer": code, "note": f"{code}-note", "revision": f"{code}-revision"}
    return fields | {"open": f"{code}-open"}


def open_attribute(note: str | None) -> str:
    return " open" if note else ""


def first_error(field: BoundField) -> str:
    errors = field.errors
    return str(errors[0]) if errors else ""


def slot(name: str) -> str:
    return f"\0{name}\0"


def fill_slots(drawn: str, given: Mapping[str, str]) -> SafeString:
    return mark_safe(SLOT.sub(lambda found: given[found[1]], drawn))
