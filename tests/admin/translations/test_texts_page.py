from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.test import Client

from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.texts import TextKey
from assessment.models import (
    EditionLanguage,
    Option,
    Question,
    Term,
    Translation,
)
from tests.actions.history_sentences import sentences_of
from tests.admin.edition_pages import person
from tests.admin.small_bank import NOW, freeze
from tests.admin.translations.spanish_texts import (
    NAME,
    TEXTS_OF_BANK,
    change,
    rows,
    stored,
    texts,
    translate,
)
from tests.tables import undone
from tools.html_page import page_of


def form(response: Any) -> dict[str, str]:
    """What a browser sends from the page as it stands."""
    sent: dict[str, str] = {}
    for name, row in rows(response).items():
        told = {"text": row.text, "seen": row.seen, "source": row.source_hash}
        sent |= {f"{part}:{name}": value for part, value in told.items()}
    return sent


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# Side by side


def test_text_stands_beside_its_source_with_the_words_of_the_glossary(
    maria: Client, spanish: EditionLanguage
) -> None:
    Term.objects.create(edition=spanish.edition, code="far", term="far", text="Not near.")
    Term.objects.create(edition=spanish.edition, code="go", term="go", text="To walk.")
    translate(spanish, "lejos", TextKey("terms", "far", "term"))
    translate(spanish, "¿Misma lista?")

    response = maria.get(texts(spanish))

    page, row, html = page_of(response), rows(response)[NAME], response.content.decode()
    source = next(p for p, _tag, a in page.find("p") if a.get("id") == f"source:{NAME}")
    target = next((p, a) for p, _tag, a in page.find("textarea") if a["id"] == NAME)
    assert (page.texts[source], page.elements[source][1]["lang"]) == ("How far does TG2 go?", "en")
    assert (page.texts[target[0]].strip(), target[1]["lang"]) == ("¿Misma lista?", "es")
    assert row.source == "How <mark>far</mark> does TG2 <mark>go</mark>?"
    assert [(word.term, word.target) for word in row.words] == [("far", "lejos"), ("go", "")]
    assert "style=" not in html[html.index('id="main"') :]
    assert "<script>" not in html


def test_gaps_lead_from_one_to_the_next_and_texts_are_filtered(
    maria: Client, spanish: EditionLanguage
) -> None:
    table: list[tuple[str, int]] = [
        ("group=TG", 31),
        ("group=TG&state=missing", 29),
        ("group=TG&state=to_review", 1),
        ("group=TG&state=done", 1),
        ("group=TG&state=gaps", 30),
        ("code=TG2", 6),
        ("code=TG99", 0),
        ("group=nonsense&state=nonsense", 40),
        ("page=2", TEXTS_OF_BANK - 40),
        ("page=%00", 40),
    ]

    translate(spanish, "¿Misma lista?")
    found = rows(maria.get(texts(spanish)))
    first = found["questions/TG2/options.0.text"]
    assert (first.before, first.before_is_here) == ("questions/TG1/options.4.text", False)
    assert (first.after, first.after_is_here) == ("questions/TG2/options.1.text", True)
    assert (found[NAME].after, found[NAME].after_is_here) == ("questions/TG2/options.0.text", True)
    assert list(rows(maria.get(texts(spanish, "group=_general"))).values())[-1].after == ""

    translate(spanish, "Vieja", TextKey("rules", "R01", "title"), source="Old")
    assert [(query, len(rows(maria.get(texts(spanish, query))))) for query, _ in table] == table


def test_translations_are_saved_tidy_and_told(maria: Client, spanish: EditionLanguage) -> None:
    french = EditionLanguage.objects.create(edition=spanish.edition, language="fr")
    translate(french, "Même liste ?")

    def post(text: str) -> str:
        sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": text}
        return str(maria.post(texts(spanish), sent).headers["Location"])

    assert post(" ¿Misma\r\nli\u0301sta? \r\n") == texts(spanish)
    assert stored(spanish) == {NAME: "¿Misma\nlísta?"}
    assert LogEntry.objects.get().change_message == "Translated: TG2 text."
    assert sentences_of(spanish) == ["Translated: TG2 text."]
    assert post(" ") == texts(spanish)
    assert (stored(spanish), stored(french)) == ({}, {NAME: "Même liste ?"})


def test_untouched_texts_stay_as_others_saved_them(maria: Client, spanish: EditionLanguage) -> None:
    sent = form(maria.get(texts(spanish)))
    translate(spanish, "¿Misma lista?")

    maria.post(texts(spanish), sent)
    told = LogEntry.objects.count(), sentences_of(spanish)
    maria.post(texts(spanish), sent | {"fits:questions/TG2/options.0.text": "on"})

    assert (stored(spanish), told) == ({NAME: "¿Misma lista?"}, (0, []))


def test_saving_leads_to_the_gap_that_was_asked_for(
    maria: Client, spanish: EditionLanguage
) -> None:
    sent = form(maria.get(texts(spanish)))
    table = {
        "rules/R01/needs": "group=TG&page=1",
        "rules/R99/needs": "group=&page=1",  # gone meanwhile
    }

    assert {
        name: maria.post(texts(spanish), sent | {"_go": name}).headers["Location"] for name in table
    } == {name: f"{texts(spanish, query)}#{name}" for name, query in table.items()}


def test_one_text_is_saved_and_what_was_typed_elsewhere_stays(
    maria: Client, spanish: EditionLanguage
) -> None:
    other = "questions/TG2/options.0.text"
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Igual?", f"text:{other}": "Nada."}

    response = maria.post(texts(spanish), sent | {"_only": NAME})

    assert stored(spanish) == {NAME: "¿Igual?"}
    assert {name: row.text for name, row in rows(response).items() if row.text} == {
        NAME: "¿Igual?",
        other: "Nada.",
    }
    assert response.content.decode().count("data-unsaved") == 1
    maria.post(texts(spanish), form(response))
    assert stored(spanish) == {NAME: "¿Igual?", other: "Nada."}


def test_turning_the_page_saves_and_skips_no_text(maria: Client, spanish: EditionLanguage) -> None:
    page = maria.get(texts(spanish, "state=gaps"))
    last = maria.get(texts(spanish, "state=gaps&page=2")).context
    assert (page.context["earlier"], page.context["later"]) == ("", "?state=gaps&page=2")
    assert (last["earlier"], last["later"]) == ("?state=gaps&page=1", "")
    next_one = page.context["later_text"]
    sent = form(page) | {f"text:{NAME}": "¿Misma lista?", "_turn": next_one}

    location = maria.post(texts(spanish, "state=gaps"), sent).headers["Location"]

    # One text is done: what was the first of the second page is the last of the first one now.
    assert location == f"?state=gaps&page=1#{next_one}"
    assert stored(spanish) == {NAME: "¿Misma lista?"}
    gone = maria.post(texts(spanish, "state=gaps"), {"_turn": NAME}).headers["Location"]
    assert gone == f"?state=gaps&page=1#{NAME}"


def test_source_of_before_stands_beside_the_new_one(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?")
    freeze(spanish.edition)
    draft = start_draft(edition=spanish.edition, now=NOW)
    Question.objects.filter(edition=draft, code="TG2").update(text="How near does TG2 go?")
    offered = EditionLanguage.objects.get(edition=draft)
    other = TextKey("questions", "TG2", "options.0.text")
    translate(offered, "Nada", other, source="Worded nowhere else")

    page = maria.get(texts(offered))

    assert rows(page)[NAME].earlier == "How far does TG2 go?"
    assert rows(page)["questions/TG2/options.0.text"].earlier == ""
    assert "It was translated from:" in page.content.decode()


def test_texts_that_cannot_be_stored_are_refused_and_nothing_typed_is_lost(
    maria: Client, spanish: EditionLanguage
) -> None:
    Question.objects.filter(code="TG2").update(text="Who leads in {country}?")
    options = [f"questions/TG2/options.{n}.text" for n in range(3)]
    Option.objects.filter(question__code="TG2", value="0").update(text="In {country}.")
    too_long = "The text may have at most 5000 characters. It is 1 character too long."
    table = {
        NAME: ("¿Quién?", "The translation lacks {country}, which stands in the source."),
        options[0]: (
            "En {country} y {pais}.",
            "The source has no {pais}.",
        ),
        options[1]: ("a" * 5001, too_long),
        options[2]: ("Nada.", ""),
    }
    sent = form(maria.get(texts(spanish)))
    sent |= {f"text:{name}": text for name, (text, _message) in table.items()}

    response = maria.post(texts(spanish, "code=TG2&state=missing"), sent)

    found = rows(response)
    assert {name: (found[name].text, found[name].error) for name in table} == table
    assert told(response) == ["Nothing was saved. Correct the texts that are marked."]
    assert stored(spanish) == {}


def test_second_translator_sees_both_and_may_put_hers_in_place(
    maria: Client, spanish: EditionLanguage
) -> None:
    other = "questions/TG2/options.0.text"
    empty = form(maria.get(texts(spanish, "code=TG2&state=missing")))
    translate(spanish, "¿Misma lista?")

    same = maria.post(texts(spanish), empty | {f"text:{NAME}": "¿Misma lista?"})
    sent = empty | {f"text:{NAME}": "¿Igual lista?", f"text:{other}": "Nada."}
    response = maria.post(texts(spanish, "code=TG2&state=missing"), sent)

    row = rows(response)[NAME]
    assert (same.status_code, row.theirs, row.text) == (302, "¿Misma lista?", "¿Igual lista?")
    assert stored(spanish) == {NAME: "¿Misma lista?", other: "Nada."}

    again = form(response) | {f"text:{other}": "Nada de nada."}
    maria.post(texts(spanish), again)
    assert stored(spanish) == {NAME: "¿Igual lista?", other: "Nada de nada."}


def test_translation_of_another_source_is_confirmed_where_it_still_fits(
    maria: Client, spanish: EditionLanguage
) -> None:
    other = {f"text:{NAME}": "¿Misma lista?", f"source:{NAME}": "0" * 99}
    maria.post(texts(spanish), form(maria.get(texts(spanish))) | other)
    page = maria.get(texts(spanish))
    assert rows(page)[NAME].is_to_review
    assert "The translation still fits it." in page.content.decode()

    maria.post(texts(spanish), form(page) | {f"fits:{NAME}": "on"})

    assert rows(maria.get(texts(spanish)))[NAME].entry.is_done


def test_text_whose_translation_or_question_is_gone_meanwhile_is_shown_again(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?")
    other = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Igual lista?"}
    Translation.objects.all().delete()
    taken_away = maria.post(texts(spanish), other)
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Misma lista?"}
    Question.objects.filter(code="TG2").delete()

    left = rows(maria.post(texts(spanish), sent))[NAME]
    tampered = maria.post(texts(spanish), {"text:x": "a", "text:": "\0"})

    odd = (
        "The text contains a character that cannot be kept (U+0000). It stands here: “[U+0000]”. "
        "Delete it and save again."
    )
    gone = "This text no longer stands in the edition."
    assert rows(taken_away)[NAME].theirs == ""
    assert "the translation was taken away" in taken_away.content.decode()
    assert (left.text, left.error) == ("¿Misma lista?", gone)
    assert [row.error for row in tampered.context["rows"]] == [gone, odd]


# Who may


def test_published_translations_can_only_be_read(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "Nada.", TextKey("questions", "TG2", "options.0.text"))
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Misma lista?"}
    before = stored(spanish)
    freeze(spanish.edition)

    response = maria.post(texts(spanish), sent)
    html = maria.get(texts(spanish)).content.decode()

    assert "published edition cannot be changed" in rows(response)[NAME].error
    assert "¿Misma lista?</textarea>" in response.content.decode()
    assert ("Nada." in html, "<textarea" in html, stored(spanish)) == (True, False, before)
    assert "Read the translations" in maria.get(change(spanish)).content.decode()
    assert maria.post(change(spanish), {"fallback_accepted": "on"}).status_code == 403


def test_texts_are_for_those_who_may_translate(spanish: EditionLanguage) -> None:
    table: list[tuple[list[str], int, int]] = [
        (["view_editionlanguage"], 403, 403),
        (["view_translation"], 200, 403),
        (["view_translation", "change_translation"], 200, 403),
        (["change_translation", "translate_every_language"], 200, 302),
    ]

    def outcome(codenames: list[str]) -> tuple[int, int]:
        with undone():
            client = person("rosa", *codenames)
            return client.get(texts(spanish)).status_code, client.post(texts(spanish)).status_code

    assert [(codenames, *outcome(codenames)) for codenames, _, _ in table] == table
    html = person("rosa", "view_editionlanguage").get(change(spanish)).content.decode()
    assert ("How complete this language is" in html, "/texts/" in html) == (True, False)
