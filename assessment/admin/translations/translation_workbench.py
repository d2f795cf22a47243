"""The texts of a language beside their source: state, words of the glossary, what is unfinished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from assessment.actions.editions.translate import SubmittedText, entries_in
from assessment.admin.translations.labels import field_name_of, limit_words, place_label
from assessment.admin.translations.links import texts_address
from assessment.instrument.glossary import glossary_of, terms_in
from assessment.instrument.model import Instrument
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import MISSING, TO_REVIEW, Entry, entries_by_group
from assessment.models import EditionLanguage

TEXTS_PER_PAGE = 40
UNFINISHED = "gaps"


@dataclass(frozen=True, slots=True)
class GlossaryWord:
    """A glossary term that occurs in a source; `target` is empty where it is not translated."""

    term: str
    target: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """`before` and `after` are the next unfinished texts around it, `here` all of its page.

    `earlier` is the source that it was translated from, where that is another and known.
    """

    name: str
    label: str
    entry: Entry
    source: SafeString
    earlier: str
    source_hash: str
    seen: str
    text: str
    words: tuple[GlossaryWord, ...]
    limit: str
    error: str
    theirs: str | None
    confirmed: bool
    before: str
    after: str
    here: frozenset[str]

    @property
    def is_to_review(self) -> bool:
        return self.entry.state == TO_REVIEW

    @property
    def lines(self) -> int:
        return max(2, len(self.entry.source) // 45 + 1)

    @property
    def before_is_here(self) -> bool:
        return self.before in self.here

    @property
    def after_is_here(self) -> bool:
        return self.after in self.here


@dataclass(frozen=True)
class TranslationWorkbench:
    """The texts of one language of an edition, `pk` being its row."""

    pk: int
    instrument: Instrument
    entries: tuple[Entry, ...]
    submitted: Mapping[TextKey, SubmittedText] = field(default_factory=dict)
    errors: Mapping[TextKey, str] = field(default_factory=dict)
    stored_meanwhile: Mapping[TextKey, str] = field(default_factory=dict)
    earlier: Mapping[TextKey, str] = field(default_factory=dict)

    def with_submitted(
        self,
        submitted: Iterable[SubmittedText],
        errors: Mapping[TextKey, str] | None = None,
        stored_meanwhile: Mapping[TextKey, str] | None = None,
    ) -> TranslationWorkbench:
        by_place = {one.place: one for one in submitted}
        return replace(
            self,
            submitted=by_place,
            errors=errors or {},
            stored_meanwhile=stored_meanwhile or {},
        )

    @cached_property
    def index(self) -> dict[TextKey, int]:
        return {entry.place: number for number, entry in enumerate(self.entries)}

    @cached_property
    def unfinished(self) -> tuple[int, ...]:
        return tuple(n for n, entry in enumerate(self.entries) if not entry.is_done)

    @cached_property
    def translated_terms(self) -> dict[str, str]:
        return {
            entry.place.code: entry.target
            for entry in self.entries
            if entry.place.kind == "terms" and entry.place.field == "term"
        }

    def entry(self, place: TextKey) -> Entry:
        """The text that stands there; one without a source where it has left the edition."""
        number = self.index.get(place)
        return Entry(place, "", "", "", MISSING) if number is None else self.entries[number]

    def url_of(self, entry: Entry) -> str:
        """The page of its group on which it stands."""
        group = entries_by_group(self.entries).get(entry.group, [])
        page = group.index(entry) // TEXTS_PER_PAGE + 1 if group else 1
        return (
            f"{texts_address(self.pk, group=entry.group, page=page)}#{field_name_of(entry.place)}"
        )

    def rows(self, entries: Sequence[Entry]) -> list[TextRow]:
        here = frozenset(field_name_of(entry.place) for entry in entries)
        return [self._row(entry, here) for entry in entries]

    def _row(self, entry: Entry, here: frozenset[str]) -> TextRow:
        place, sent = entry.place, self.submitted.get(entry.place)
        theirs = self.stored_meanwhile.get(place)
        before, after = self._around(place)
        return TextRow(
            name=field_name_of(place),
            label=place_label(place),
            entry=entry,
            source=self._marked(entry.source),
            earlier=self.earlier.get(place, ""),
            source_hash=hash_of_text(entry.source) if sent is None else sent.source_hash,
            seen=sent.seen if sent and theirs is None else hash_of_text(theirs or entry.target),
            text=entry.target if sent is None else sent.text,
            words=self._words(entry.source),
            limit=limit_words(place),
            error=self.errors.get(place, ""),
            theirs=theirs,
            confirmed=bool(sent and sent.confirmed),
            before=before,
            after=after,
            here=here,
        )

    def _around(self, place: TextKey) -> tuple[str, str]:
        here = self.index.get(place, -1)
        before = next((n for n in reversed(self.unfinished) if n < here), None)
        after = next((n for n in self.unfinished if n > here), None)
        return self._name(before), self._name(after)

    def _name(self, number: int | None) -> str:
        return "" if number is None else field_name_of(self.entries[number].place)

    def _words(self, source: str) -> tuple[GlossaryWord, ...]:
        targets = self.translated_terms
        return tuple(
            GlossaryWord(term.term, targets.get(term.code, ""))
            for term in terms_in(self.instrument, source)
        )

    def _marked(self, source: str) -> SafeString:
        """The source with each term of the glossary marked."""
        parts, end = [], 0
        for match, _term in glossary_of(self.instrument).first_occurrences(source):
            parts.append(conditional_escape(source[end : match.start()]))
            parts.append(format_html("<mark>{}</mark>", match[0]))
            end = match.end()
        return mark_safe("".join([*parts, conditional_escape(source[end:])]))


def workbench_of(offered: EditionLanguage, instrument: Instrument) -> TranslationWorkbench:
    """`instrument` is the edition of the language, compiled."""
    entries = entries_in(edition=offered.edition, language=offered.language, instrument=instrument)
    return TranslationWorkbench(offered.pk, instrument, entries)
