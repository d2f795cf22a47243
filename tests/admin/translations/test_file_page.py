"""The file of a language: taken out, compared, and taken over only when somebody agrees."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po, write_po
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment.instrument.texts import hash_of_text, texts_of
from assessment.models import Dimension, EditionLanguage, Question, Translation, Upload
from tests.admin.small_bank import freeze
from tests.admin.translations.spanish_texts import (
    ASKED,
    NAME,
    TEXTS_OF_BANK,
    change,
    rows,
    stored,
    texts,
    translate,
)
from tools.html_page import form_data

if TYPE_CHECKING:
    from django.test import Client


WANTED = {NAME: "text", "dimensions/TG/short": "short"}


def address(offered: EditionLanguage) -> str:
    return reverse("admin:assessment_texts_file", args=[offered.pk])


def taken_out(client: Client, offered: EditionLanguage, kind: str = "po") -> bytes:
    response = client.get(reverse("admin:assessment_texts_download", args=[offered.pk, kind]))
    assert response.headers["Content-Disposition"].endswith(f'-es.{kind}"')
    return bytes(response.content)


def translated(content: bytes, **wanted: str) -> bytes:
    """The catalogue with these texts; nothing stays fuzzy."""
    catalogue = read_po(io.BytesIO(content))
    for message in catalogue:
        if message.context in WANTED:
            message.string = wanted.get(WANTED[message.context], message.string)
        message.flags.discard("fuzzy")
    out = io.BytesIO()
    write_po(out, catalogue)
    return out.getvalue()


def bring(client: Client, offered: EditionLanguage, content: bytes, name: str = "es.po") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(address(offered), {"file": file}, follow=True)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def agree(client: Client, dry_run: Any, **other: str) -> Any:
    sent = {"seen": form_data(dry_run)["seen"], **other}
    return client.post(dry_run.request["PATH_INFO"], sent, follow=True)


def test_file_that_was_only_looked_at_changes_nothing(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?")

    sentences = [" changes 0 texts.", f"{TEXTS_OF_BANK} texts stay as they are."]

    def told(kind: str) -> list[str]:
        page = bring(maria, spanish, taken_out(maria, spanish, kind), f"es.{kind}").content.decode()
        possible = (f"“es.{kind}”", *sentences, "Take these texts over")
        return [sentence for sentence in possible if sentence in page]

    assert {kind: told(kind) for kind in ("po", "xlsx")} == {
        "po": ["“es.po”", *sentences],
        "xlsx": ["“es.xlsx”", *sentences],
    }
    assert stored(spanish) == {NAME: "¿Misma lista?"}


def test_texts_of_the_file_are_shown_beside_those_here_taken_over_and_counted(
    maria: Client, spanish: EditionLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.actions.editions.translate.MOST_NAMED", 1)
    translate(spanish, "¿Misma lista?")
    content = translated(taken_out(maria, spanish), text="¿Hasta qué punto?", short="Foco")

    dry_run = bring(maria, spanish, content)
    before = stored(spanish)
    done = agree(maria, dry_run)

    page = dry_run.content.decode()
    shown = ("changes 2 texts.", "¿Misma lista?", "¿Hasta qué punto?")
    assert [words for words in shown if words not in page] == []
    assert before == {NAME: "¿Misma lista?"}
    assert messages_of(done) == ["2 texts are saved."]
    assert stored(spanish) == {NAME: "¿Hasta qué punto?", "dimensions/TG/short": "Foco"}
    assert not Upload.objects.exists()
    history = reverse("admin:assessment_editionlanguage_history", args=[spanish.pk])
    assert "Translated: 2 texts." in maria.get(history).content.decode()


def test_file_confirms_what_still_fits_and_brings_what_is_to_be_reviewed(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?", source="Older")
    content = translated(taken_out(maria, spanish), short="Foco")
    Dimension.objects.filter(edition=spanish.edition, code="TG").update(short="Aim")

    dry_run = bring(maria, spanish, content)
    agree(maria, dry_run)

    source = texts_of(spanish.edition.instrument())[ASKED]
    assert "still fits its source, which has changed" in dry_run.content.decode()
    assert Translation.objects.get(code="TG2").source_hash == hash_of_text(source)
    assert rows(maria.get(texts(spanish, "code=TG")))["dimensions/TG/short"].is_to_review


def test_text_over_the_limit_beside_it_is_marked_and_none_is_saved(
    maria: Client, spanish: EditionLanguage
) -> None:
    page = maria.get(texts(spanish, "code=TG"))
    long = "Una palabra demasiado larga"
    content = translated(taken_out(maria, spanish), text="¿Misma lista?", short=long)

    refused = agree(maria, bring(maria, spanish, content))

    limits = {name: row.limit for name, row in rows(page).items() if row.limit}
    assert limits == {"dimensions/TG/short": "at most 14 characters"}
    assert 'id="limit:dimensions/TG/short"' in page.content.decode()
    assert messages_of(refused) == ["Nothing was saved. Correct the texts that are marked."]
    assert 'class="errornote"' in refused.content.decode()
    assert stored(spanish) == {}


def test_what_somebody_saved_meanwhile_is_not_overwritten(
    maria: Client, spanish: EditionLanguage
) -> None:
    dry_run = bring(maria, spanish, translated(taken_out(maria, spanish), text="¿Hasta qué punto?"))
    translate(spanish, "¿Misma lista?")

    again = agree(maria, dry_run)

    assert messages_of(again) == ["The edition was changed meanwhile. Look at the changes again."]
    assert stored(spanish) == {NAME: "¿Misma lista?"}
    agree(maria, again)
    assert stored(spanish) == {NAME: "¿Hasta qué punto?"}


def test_file_that_cannot_be_read_is_refused_with_its_faults(
    maria: Client, spanish: EditionLanguage
) -> None:
    content = taken_out(maria, spanish).replace(b"questions/TG2/text", b"questions/TG9/text")

    refused = bring(maria, spanish, content)
    named = bring(maria, spanish, content, "es.txt")

    assert "text_not_in_bank" not in refused.content.decode()
    assert [fault["row"] > 0 for fault in refused.context["faults"]] == [True]
    assert "whose name ends in .xlsx or .po." in named.content.decode()
    assert not Upload.objects.exists()


def test_file_is_gone_after_its_hour_and_is_no_file_of_the_bank(
    maria: Client, spanish: EditionLanguage
) -> None:
    dry_run = bring(maria, spanish, translated(taken_out(maria, spanish), text="¿Hasta?"))
    Question.objects.get(edition=spanish.edition, code="TG2").delete()
    own, key = dry_run.request["PATH_INFO"], Upload.objects.get().pk
    of_bank = reverse("admin:assessment_edition_dry_run", args=[spanish.edition_id, key])

    lost, strange = [messages_of(maria.get(page, follow=True)) for page in (own, of_bank)]
    Upload.objects.all().delete()
    gone = messages_of(maria.get(own, follow=True))

    assert "TG2" in lost[0]
    assert strange == gone == ["The file is no longer kept. Choose it again."]


def test_published_edition_gives_its_file_and_takes_none(
    maria: Client, spanish: EditionLanguage
) -> None:
    freeze(spanish.edition)

    page = maria.get(address(spanish)).content.decode()

    assert "Bring a file in" not in page
    assert "As a file" in maria.get(change(spanish)).content.decode()
    assert maria.post(address(spanish), {}).status_code == 403
    odd = reverse("admin:assessment_texts_download", args=[spanish.pk, "csv"])
    assert maria.get(odd).status_code == 403
    assert len(taken_out(maria, spanish)) > 1_000
