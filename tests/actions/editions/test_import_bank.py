from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from auditlog.models import LogEntry

from assessment.actions.editions.import_bank import (
    ChangedMeanwhile,
    draft_fingerprint,
    import_bank,
    preview_import,
)
from assessment.actions.editions.publish import faults_of
from assessment.instrument.issues import EDITION, Where
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import Translation as Translated
from assessment.interchange import toml_files
from assessment.interchange.refusal import Refused
from assessment.interchange.toml_files import to_zip
from assessment.interchange.workbook import reader as workbook_reader
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models import Edition, Option, Question, Translation
from assessment.models.editions import NotADraft
from assessment.models.translations import all_translations_of, variants_of
from tests.factories import NOW
from tests.seeds_once import seeds
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage

pytestmark = pytest.mark.django_db


def changed(kind: str, which: str, **changes: Any) -> Instrument:
    parts = tuple(
        replace(part, **changes) if part.code == which else part for part in getattr(seeds(), kind)
    )
    new: dict[str, Any] = {kind: parts}
    return replace(seeds(), **new)


def refusals(instrument: Instrument) -> list[tuple[str, Where]]:
    with pytest.raises(Refused) as caught:
        import_bank(instrument=instrument, into=None, now=NOW)
    return [(fault.code, fault.where) for fault in caught.value.faults]


@pytest.fixture
def draft(db: None) -> Edition:
    return import_bank(instrument=seeds(), into=None, now=NOW)


def test_import_changes_the_draft_that_was_seen_alone_and_is_told_once(draft: Edition) -> None:
    other = import_bank(instrument=seeds(), into=None, now=NOW)
    new = changed("terms", "arrangement", text="New.")
    seen = draft_fingerprint(draft, draft.instrument())
    before = LogEntry.objects.latest("pk").pk

    comparison = preview_import(edition=draft, instrument=new)
    unwritten = preview_import(edition=draft, instrument=seeds())
    done = import_bank(instrument=new, into=draft, now=NOW, seen=seen)

    assert (draft.state, draft.name, done) == (Edition.State.DRAFT, "Second edition", draft)
    assert [d.kind for d in comparison.differences if not d.same] == ["terms"]
    assert unwritten.same
    hashes = [one.instrument().content_hash for one in (draft, other)]
    assert hashes == [new.content_hash, seeds().content_hash]
    (entry,) = LogEntry.objects.filter(pk__gt=before)
    assert (entry.object_id, entry.additional_data["words"]) == (
        draft.pk,
        "Written from a file. Created: –. Changed: arrangement. Removed: –.",
    )


def test_import_into_what_is_published_or_was_changed_meanwhile_is_refused(
    edition: Edition, draft: Edition
) -> None:
    new = changed("terms", "arrangement", text="New.")
    seen = draft_fingerprint(draft, draft.instrument())
    translated(draft, ARRANGEMENT, "arreglo")

    told = raised(NotADraft, import_bank, instrument=new, into=edition, now=NOW)
    for other in (seen, "0" * 64):
        raised(ChangedMeanwhile, import_bank, instrument=new, into=draft, now=NOW, seen=other)

    assert "is never changed" in str(told)
    assert {one.instrument().content_hash for one in (edition, draft)} == {seeds().content_hash}


def test_import_of_what_a_column_cannot_hold_is_refused() -> None:
    options = seeds().question["HC3"].options
    bad_option = changed("questions", "HC3", options=(replace(options[0], points=-1), *options[1:]))
    table = [
        (changed("terms", "arrangement", term="x" * 121), Where("terms", "arrangement", "term")),
        (changed("questions", "HC1", weight=-1), Where("questions", "HC1", "weight")),
        (changed("rules", "R01", title="x" * 121), Where("rules", "R01", "title")),
        (bad_option, Where("options", f"HC3/{options[0].value}", "points")),
        (replace(seeds(), name="x" * 201), Where("edition", "", "name")),
    ]

    assert [refusals(bank) for bank, _ in table] == [[("not_storable", at)] for _, at in table]
    raised(Refused, preview_import, edition=Edition(), instrument=bad_option)
    assert refusals(replace(seeds(), language="xx")) == [("unknown_language", Where())]
    assert not Edition.objects.filter(state=Edition.State.DRAFT).exists()


FILES = [(to_zip, toml_files.from_zip), (to_xlsx, workbook_reader.from_xlsx)]
IN_SPANISH = Where("translations-es", "terms/arrangement/term", "text")
ARRANGEMENT = TextKey("terms", "arrangement", "term")
HELP = TextKey("questions", "HC1", "help")


def translations_in(edition: Edition) -> dict[TextKey, tuple[str, str]]:
    rows = Translation.objects.filter(edition=edition, language="es")
    return {row.place: (row.text, row.source_hash) for row in rows}


def translated(
    edition: Edition, place: TextKey, text: str, source: str = "", language: str = "es"
) -> Translation:
    source = source or texts_of(seeds()).get(place, "gone")
    own = {**place._asdict(), "text": text, "source_hash": hash_of_text(source)}
    return Translation.objects.create(edition=edition, language=language, updated_at=NOW, **own)


def bring(edition: Edition, texts: TranslationsByLanguage) -> Edition:
    return import_bank(instrument=edition.instrument(), translations=texts, into=edition, now=NOW)


def test_unfinished_draft_goes_out_and_comes_back_with_its_translations(draft: Edition) -> None:
    Question.objects.filter(edition=draft, code="PC1").update(help="", weight=0)
    Option.objects.filter(question__edition=draft, question__code="PC2").delete()
    draft.rule_set.filter(code="R01").update(title="", priority=9)
    draft.dimension_set.filter(code="TG").update(advice=["", "One."])
    draft.case_set.get(code="PE").readings.all().delete()
    translated(draft, ARRANGEMENT, "arreglo «ñ»\n=1+1")
    translated(draft, HELP, "Viejo.", "An older help.")
    for language, text in (
        ("es-co", "acuerdo"),
        ("qu-pe", "kamachiy"),
    ):  # one of them is no language
        translated(draft, ARRANGEMENT, text, language=language)
    stored = all_translations_of(draft)

    def outcome(write: Any, read: Any) -> tuple[object, ...]:
        bank = read(write(draft.instrument(), stored))
        file: Any = {"instrument": bank.instrument, "translations": bank.translations}
        new = import_bank(**file, into=None, now=NOW)
        offered = list(new.editionlanguage_set.values_list("language", flat=True))
        same = preview_import(edition=draft, **file).same
        return same, all_translations_of(new) == stored, offered, variants_of(new)

    assert len(faults_of(draft)) > 5
    assert [outcome(*file) for file in FILES] == [
        (True, True, ["es", "qu-pe"], {"es-co": "es"})
    ] * 2


def test_words_of_a_country_alone_lie_over_the_language_of_the_draft(draft: Edition) -> None:
    translated(draft, ARRANGEMENT, "arreglo")
    draft.editionlanguage_set.create(language="es")
    own = Translated("acuerdo", hash_of_text(texts_of(seeds())[ARRANGEMENT]))

    bring(draft, {"es-co": {ARRANGEMENT: own}})

    shown = texts_of(draft.instrument("es", country="CO"))
    assert (shown[ARRANGEMENT], shown[HELP]) == ("acuerdo", texts_of(seeds())[HELP])
    assert list(draft.editionlanguage_set.values_list("language", flat=True)) == ["es"]


def test_file_changes_the_translations_it_has_and_leaves_the_others(draft: Edition) -> None:
    translated(draft, ARRANGEMENT, "arreglo")
    translated(draft, HELP, "Ayuda.")
    before = translations_in(draft)
    text, short = TextKey("terms", "arrangement", "text"), TextKey("questions", "HC1", "short")
    fresh = Translated(" nuevo ", hash_of_text(texts_of(seeds())[ARRANGEMENT]))
    # Of an older source: it may lack what its source has now, or have what it has no longer.
    texts = {ARRANGEMENT: fresh, text: Translated("otro", "0"), short: Translated("{name}", "0")}

    bring(draft, {})
    bring(draft, all_translations_of(draft))
    unchanged = translations_in(draft)
    gone = translated(draft, TextKey("questions", "ZZ9", "text"), "de antes")
    bring(draft, {"es": texts, "fr": {}})

    assert unchanged == before
    assert translations_in(draft) == {
        ARRANGEMENT: ("nuevo", fresh.source_hash),
        text: ("otro", "0"),
        short: ("{name}", "0"),
        gone.place: ("de antes", gone.source_hash),
    }
    assert draft.editionlanguage_set.count() == 2


def test_translation_that_cannot_be_kept_is_refused(draft: Edition) -> None:
    table = [
        ("en", "arrangement", "language_of_bank", EDITION),
        ("xx", "arreglo", "not_storable", EDITION),
        ("es", "arreglo {name}", "placeholders_unknown", IN_SPANISH),
        ("es", "x" * 5001, "text_too_long", IN_SPANISH),
    ]
    source = hash_of_text(texts_of(seeds())[ARRANGEMENT])

    def refusal(language: str, text: str) -> tuple[object, ...]:
        texts = {language: {ARRANGEMENT: Translated(text, source)}}
        (found,) = raised(Refused, bring, draft, texts).faults
        return found.code, found.where, found.sheet, found.column

    assert [refusal(language, text) for language, text, *_ in table] == [
        (code, where, f"translations-{language}", where.field) for language, _, code, where in table
    ]
    assert translations_in(draft) == {}
