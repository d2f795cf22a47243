from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from auditlog.models import LogEntry

from assessment.actions.editions.import_bank import (
    ChangedMeanwhile,
    draft_fingerprint,
    import_as_new_draft,
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
from tests.interchange.bank_files import from_xlsx, from_zip
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


def test_import_makes_a_draft_with_this_content(draft: Edition) -> None:
    assert (draft.state, draft.name) == (Edition.State.DRAFT, "Second edition")
    assert draft.instrument().content_hash == seeds().content_hash


@pytest.mark.no_cover
def test_import_into_a_draft_changes_only_it(draft: Edition) -> None:
    other = import_bank(instrument=seeds(), into=None, now=NOW)

    done = import_bank(instrument=changed("terms", "arrangement", text="New."), into=draft, now=NOW)

    assert done.pk == draft.pk
    assert not preview_import(edition=draft, instrument=seeds()).same
    assert preview_import(edition=other, instrument=seeds()).same


@pytest.mark.no_cover
def test_export_and_import_say_no_changes(draft: Edition) -> None:
    bank = draft.instrument()

    assert preview_import(edition=draft, instrument=from_zip(to_zip(bank))).same
    assert preview_import(edition=draft, instrument=from_xlsx(to_xlsx(bank))).same


def test_preview_writes_nothing(draft: Edition) -> None:
    new = changed("terms", "arrangement", text="New.")

    comparison = preview_import(edition=draft, instrument=new)

    assert [d.kind for d in comparison.differences if not d.same] == ["terms"]
    assert draft.instrument().content_hash == seeds().content_hash


def test_import_into_a_published_edition_is_refused(edition: Edition) -> None:
    with pytest.raises(NotADraft, match="is never changed"):
        import_bank(instrument=seeds(), into=edition, now=NOW)


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
    assert refusals(replace(seeds(), language="xx")) == [("unknown_language", Where())]
    assert not Edition.objects.filter(state=Edition.State.DRAFT).exists()


def test_preview_of_what_cannot_be_stored_is_refused(draft: Edition) -> None:
    with pytest.raises(Refused):
        preview_import(edition=draft, instrument=changed("rules", "R01", title="x" * 121))


def test_import_into_a_draft_that_changed_meanwhile_is_refused(draft: Edition) -> None:
    new = changed("terms", "arrangement", text="New.")

    with pytest.raises(ChangedMeanwhile):
        import_bank(instrument=new, into=draft, now=NOW, seen="0" * 64)
    assert preview_import(edition=draft, instrument=seeds()).same


@pytest.mark.no_cover
def test_import_into_the_draft_that_was_seen_is_taken(draft: Edition) -> None:
    seen = draft_fingerprint(draft, draft.instrument())

    import_bank(
        instrument=changed("terms", "arrangement", text="New."), into=draft, now=NOW, seen=seen
    )

    assert draft_fingerprint(draft, draft.instrument()) != seen


@pytest.mark.no_cover
def test_new_draft_from_a_file_keeps_the_translations(draft: Edition) -> None:
    Translation.objects.create(
        edition=draft,
        language="es",
        kind="terms",
        code="arrangement",
        field="term",
        text="arreglo",
        source_hash="a",
        updated_at=NOW,
    )
    new = changed("terms", "arrangement", text="New.")

    made = import_as_new_draft(edition=draft, instrument=new, now=NOW)

    assert made.started_from == draft
    assert preview_import(edition=made, instrument=new).same
    assert list(Translation.objects.filter(edition=made).values_list("text")) == [("arreglo",)]


def test_import_is_told_once_of_its_edition(draft: Edition) -> None:
    before = LogEntry.objects.latest("pk").pk

    import_bank(instrument=changed("terms", "arrangement", text="New."), into=draft, now=NOW)

    (entry,) = LogEntry.objects.filter(pk__gt=before)
    assert (entry.object_id, entry.additional_data["words"]) == (
        draft.pk,
        "Written from a file. Created: –. Changed: arrangement. Removed: –.",
    )


# Unfinished banks


FILES = [(to_zip, toml_files.from_zip), (to_xlsx, workbook_reader.from_xlsx)]


def test_unfinished_draft_goes_out_and_comes_back(draft: Edition) -> None:
    Question.objects.filter(edition=draft, code="PC1").update(help="", weight=0)
    Option.objects.filter(question__edition=draft, question__code="PC2").delete()
    draft.rule_set.filter(code="R01").update(title="", priority=9)
    draft.dimension_set.filter(code="TG").update(advice=["", "One."])
    draft.case_set.get(code="PE").readings.all().delete()

    banks = [read(write(draft.instrument())).instrument for write, read in FILES]

    assert [preview_import(edition=draft, instrument=bank).same for bank in banks] == [True, True]
    assert len(faults_of(draft)) > 5


# Translations

IN_SPANISH = Where("translations-es", "terms/arrangement/term", "text")
ARRANGEMENT = TextKey("terms", "arrangement", "term")
HELP = TextKey("questions", "HC1", "help")


def translations_in(edition: Edition, language: str = "es") -> dict[TextKey, tuple[str, str]]:
    rows = Translation.objects.filter(edition=edition, language=language)
    return {row.place: (row.text, row.source_hash) for row in rows}


def translated(edition: Edition, place: TextKey, text: str, source: str = "") -> Translation:
    source = source or texts_of(edition.instrument()).get(place, "gone")
    own = {**place._asdict(), "text": text, "source_hash": hash_of_text(source)}
    return Translation.objects.create(edition=edition, language="es", updated_at=NOW, **own)


def bring(edition: Edition, texts: TranslationsByLanguage) -> Edition:
    return import_bank(instrument=edition.instrument(), translations=texts, into=edition, now=NOW)


def test_translations_go_out_and_come_back(draft: Edition) -> None:
    translated(draft, ARRANGEMENT, "arreglo «ñ»\n=1+1")
    translated(draft, HELP, "Viejo.", "An older help.")
    before = translations_in(draft)

    for write, read in FILES:
        bank = read(write(draft.instrument(), all_translations_of(draft)))
        file: Any = {"instrument": bank.instrument, "translations": bank.translations}
        new = import_bank(**file, into=None, now=NOW)

        assert preview_import(edition=draft, **file).same
        assert translations_in(new) == before
        assert list(new.editionlanguage_set.values_list("language", flat=True)) == ["es"]


def test_words_of_a_country_go_out_and_come_back_and_are_no_language(draft: Edition) -> None:
    source = hash_of_text(texts_of(seeds())[ARRANGEMENT])
    for language, text in (("es", "arreglo"), ("es-co", "acuerdo"), ("qu-pe", "kamachiy")):
        own = {"text": text, "source_hash": source, "updated_at": NOW}
        draft.translation_set.create(language=language, **ARRANGEMENT._asdict(), **own)
    stored = all_translations_of(draft)

    for write, read in FILES:
        bank = read(write(draft.instrument(), stored))
        file: Any = {"instrument": bank.instrument, "translations": bank.translations}
        new = import_bank(**file, into=None, now=NOW)
        offered = list(new.editionlanguage_set.values_list("language", flat=True))

        assert all_translations_of(new) == stored
        assert (offered, variants_of(new)) == (["es", "qu-pe"], {"es-co": "es"})


def test_words_of_a_country_alone_lie_over_the_language_of_the_draft(draft: Edition) -> None:
    translated(draft, ARRANGEMENT, "arreglo")
    draft.editionlanguage_set.create(language="es")
    own = Translated("acuerdo", hash_of_text(texts_of(seeds())[ARRANGEMENT]))

    bring(draft, {"es-co": {ARRANGEMENT: own}})

    shown = texts_of(draft.instrument("es", country="CO"))
    assert (shown[ARRANGEMENT], shown[HELP]) == ("acuerdo", texts_of(seeds())[HELP])
    assert list(draft.editionlanguage_set.values_list("language", flat=True)) == ["es"]


def test_file_changes_adds_and_removes_translations(draft: Edition) -> None:
    translated(draft, ARRANGEMENT, "arreglo")
    translated(draft, HELP, "Ayuda.")
    gone = translated(draft, TextKey("questions", "ZZ9", "text"), "de antes")
    text = TextKey("terms", "arrangement", "text")
    fresh = Translated(" nuevo ", hash_of_text(texts_of(seeds())[ARRANGEMENT]))
    texts = {"es": {ARRANGEMENT: fresh, text: Translated("otro", "0")}, "fr": {}}

    bring(draft, texts)

    assert translations_in(draft) == {
        ARRANGEMENT: ("nuevo", fresh.source_hash),
        text: ("otro", "0"),
        gone.place: ("de antes", gone.source_hash),
    }
    assert draft.editionlanguage_set.count() == 2


@pytest.mark.no_cover
def test_file_without_translations_leaves_those_of_the_draft(draft: Edition) -> None:
    translated(draft, ARRANGEMENT, "arreglo")
    before = translations_in(draft)

    bring(draft, {})
    bring(draft, all_translations_of(draft))

    assert translations_in(draft) == before
    assert preview_import(edition=draft, instrument=seeds()).same


@pytest.mark.no_cover
def test_draft_whose_translations_changed_meanwhile_is_not_written(draft: Edition) -> None:
    seen = draft_fingerprint(draft, draft.instrument())
    translated(draft, ARRANGEMENT, "arreglo")

    with pytest.raises(ChangedMeanwhile):
        import_bank(instrument=seeds(), into=draft, now=NOW, seen=seen)


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


def test_old_translation_may_lack_what_its_source_has_now(draft: Edition) -> None:
    bring(draft, {"es": {ARRANGEMENT: Translated("arreglo {name}", "older")}})

    assert translations_in(draft) == {ARRANGEMENT: ("arreglo {name}", "older")}
