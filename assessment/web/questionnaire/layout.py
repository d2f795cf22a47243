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

PART_CACHE: ProcessCache[SafeString] = ProcessCache(4096)
"""Questions with slots, and their heads and reasons, by `skeleton_key` and `content_key`.

About three entries a question, language and wording: a few editions fit.
"""
SLOT = re.compile("\0([^\0]+)\0")
"""No text of a bank can hold the character nought (`plain_text.py`), so no text is a slot."""


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
        words = self.terms_to_explain(form)
        return self.render_cached(bound, words, template_pack)

    def render_cached(
        self, bound: dict[str, BoundField], words: list[Term], pack: str
    ) -> SafeString:
        """From the skeleton in the cache, unless an error or a conflict of this person is shown."""
        html_of = {part: str(field) for part, field in bound.items()}
        html_of["open"] = open_attribute(bound["note"].value()) if "note" in bound else ""
        if self.conflict or bound["answer"].form.is_bound:
            return self.render_filled(bound, words, pack, html_of)
        names = field_names(self.question.code)
        skeleton = self.skeleton(bound, words, pack)
        return fill_slots(skeleton, {names[part]: html for part, html in html_of.items()})

    def skeleton_key(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> Key:
        """Everything a question looks like but for what the person gave."""
        terms = ",".join(term.code for term in words)
        wording = str(bound["answer"].label)
        return (pack, *self.content_key(wording), str(self.shown), terms, *bound)

    def content_key(self, wording: str) -> Key:
        return self.instrument.texts_hash, self.question.code, wording, str(get_language())

    def skeleton(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> SafeString:
        """With a slot for each thing the person gave, because nobody's words may be cached."""
        slots = {part: slot(name) for part, name in field_names(self.question.code).items()}
        html_of = {part: slots[part] for part in (*bound, "open")}
        key = self.skeleton_key(bound, words, pack)
        return PART_CACHE.get(key, lambda: self.render_filled(bound, words, pack, html_of))

    def render_filled(
        self, bound: dict[str, BoundField], words: list[Term], pack: str, html_of: Mapping[str, str]
    ) -> SafeString:
        """`html_of` holds for each part its field, or the slot in its place."""
        wording = cast("str", bound["answer"].label)
        context = {
            **{part: mark_safe(html) for part, html in html_of.items()},
            "note_label": bound["note"].label if "note" in bound else "",
            "note_id": bound["note"].auto_id if "note" in bound else "",
            "code": self.question.code,
            "shown": self.shown,
            "hint": self.question.help,
            "conflict": self.conflict,
            "error": first_error(bound["answer"]),
            "note_error": first_error(bound["note"]) if "note" in bound else "",
            "words": words,
            "head": self.cached_part("articula/head.html", wording),
            "why": self.cached_part("articula/why.html", wording),
        }
        return cast("SafeString", get_template(f"{pack}/question.html").render(context))

    def cached_part(self, template: str, wording: str) -> SafeString:
        """A part that no answer changes."""
        key = (template, *self.content_key(wording))
        return PART_CACHE.get(key, lambda: self.render_part(template, wording))

    def render_part(self, template: str, wording: str) -> SafeString:
        cited = [self.instrument.finding[code] for code in self.question.findings]
        passages = [(finding, self.instrument.source[finding.source]) for finding in cited]
        context = {"question": self.question, "wording": wording, "passages": passages}
        return render_to_string(template, context)

    def terms_to_explain(self, form: Form) -> list[Term]:
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
    """The same for everybody: what a person gave is a slot under the name of its field."""

    def render_cached(
        self, bound: dict[str, BoundField], words: list[Term], pack: str
    ) -> SafeString:
        return self.skeleton(bound, words, pack)


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


def fill_slots(skeleton: str, html_of: Mapping[str, str]) -> SafeString:
    """`html_of` is by the name of the slot; the widgets have escaped it."""
    return mark_safe(SLOT.sub(lambda found: html_of[found[1]], skeleton))
