from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from auditlog.models import LogEntry

from assessment.actions.exchange import (
    ChangedMeanwhile,
    NotADraft,
    import_as_new_draft,
    import_bank,
    preview_import,
)
from assessment.exchange.refusal import Refused
from assessment.exchange.toml_files import from_zip, to_zip
from assessment.exchange.workbook import to_xlsx
from assessment.exchange.workbook_reader import from_xlsx
from assessment.models import Edition, Translation
from tests.factories import NOW, seeds

if TYPE_CHECKING:
    from assessment.method.instrument import Instrument

pytestmark = pytest.mark.django_db


def changed(kind: str, which: str, **changes: Any) -> Instrument:
    parts = tuple(
        replace(part, **changes) if part.code == which else part for part in getattr(seeds(), kind)
    )
    new: dict[str, Any] = {kind: parts}
    return replace(seeds(), **new)


def refusals(instrument: Instrument) -> list[str]:
    with pytest.raises(Refused) as caught:
        import_bank(instrument=instrument, into=None, now=NOW)
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture
def draft(db: None) -> Edition:
    return import_bank(instrument=seeds(), into=None, now=NOW)


def test_import_makes_a_draft_with_this_content(draft: Edition) -> None:
    assert (draft.state, draft.name) == (Edition.State.DRAFT, "First edition")
    assert draft.instrument().content_hash == seeds().content_hash


def test_import_into_a_draft_changes_only_it(draft: Edition) -> None:
    other = import_bank(instrument=seeds(), into=None, now=NOW)

    done = import_bank(instrument=changed("terms", "arrangement", text="New."), into=draft, now=NOW)

    assert done.pk == draft.pk
    assert not preview_import(edition=draft, instrument=seeds()).same
    assert preview_import(edition=other, instrument=seeds()).same


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


@pytest.mark.parametrize(
    ("kind", "which", "changes", "fault"),
    [
        ("terms", "arrangement", {"term": "x" * 121}, "terms: arrangement, term: "),
        ("questions", "HC1", {"weight": -1}, "questions: HC1, weight: "),
        ("rules", "R01", {"title": "x" * 121}, "rules: R01, title: "),
    ],
)
def test_import_of_what_a_column_cannot_hold_is_refused(
    kind: str, which: str, changes: dict[str, Any], fault: str
) -> None:
    found = refusals(changed(kind, which, **changes))

    assert [text[: len(fault)] for text in found] == [fault]
    assert not Edition.objects.filter(state=Edition.State.DRAFT).exists()


def test_import_of_an_option_that_a_column_cannot_hold_names_its_question() -> None:
    options = seeds().question["HC3"].options
    new = changed("questions", "HC3", options=(replace(options[0], points=-1), *options[1:]))

    assert refusals(new)[0].startswith("options: HC3: points: ")


def test_import_under_a_name_that_is_too_long_is_refused() -> None:
    assert refusals(replace(seeds(), name="x" * 201))[0].startswith("edition: name: ")


def test_preview_of_what_cannot_be_stored_is_refused(draft: Edition) -> None:
    with pytest.raises(Refused):
        preview_import(edition=draft, instrument=changed("rules", "R01", title="x" * 121))


def test_import_into_a_draft_that_changed_meanwhile_is_refused(draft: Edition) -> None:
    new = changed("terms", "arrangement", text="New.")

    with pytest.raises(ChangedMeanwhile):
        import_bank(instrument=new, into=draft, now=NOW, seen="0" * 64)
    assert preview_import(edition=draft, instrument=seeds()).same


def test_import_into_the_draft_that_was_seen_is_taken(draft: Edition) -> None:
    seen = draft.instrument().content_hash

    import_bank(
        instrument=changed("terms", "arrangement", text="New."), into=draft, now=NOW, seen=seen
    )

    assert draft.instrument().content_hash != seen


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
