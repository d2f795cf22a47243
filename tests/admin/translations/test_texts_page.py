from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.texts import TextKey
from assessment.models import (
    EditionLanguage,
    Question,
    Term,
    Translation,
)
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


def test_source_stands_beside_the_translation(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")

    page = page_of(maria.get(texts(spanish)))

    source = next(p for p, _tag, a in page.find("p") if a.get("id") == f"source:{NAME}")
    target = next((p, a) for p, _tag, a in page.find("textarea") if a["id"] == NAME)
    assert (page.texts[source], page.elements[source][1]["lang"]) == ("How far does TG2 go?", "en")
    assert (page.texts[target[0]].strip(), target[1]["lang"]) == ("¿Misma lista?", "es")


def test_page_has_no_style_or_script_of_its_own(maria: Client, spanish: EditionLanguage) -> None:
    html = maria.get(texts(spanish)).content.decode()

    main = html[html.index('id="main"') :]
    assert "style=" not in main
    assert "<script>" not in html


def test_texts_are_filtered(maria: Client, spanish: EditionLanguage) -> None:
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
    translate(spanish, "Vieja", TextKey("rules", "R01", "title"), source="Old")

    assert [(query, len(rows(maria.get(texts(spanish, query))))) for query, _ in table] == table


def test_pages_are_turned_with_their_filter(maria: Client, spanish: EditionLanguage) -> None:
    first = maria.get(texts(spanish, "state=gaps")).context
    last = maria.get(texts(spanish, "state=gaps&page=2")).context

    assert (first["earlier"], first["later"]) == ("", "?state=gaps&page=2")
    assert (last["earlier"], last["later"]) == ("?state=gaps&page=1", "")


def test_words_of_the_glossary_are_marked(maria: Client, spanish: EditionLanguage) -> None:
    Term.objects.create(edition=spanish.edition, code="far", term="far", text="Not near.")
    Term.objects.create(edition=spanish.edition, code="go", term="go", text="To walk.")
    translate(spanish, "lejos", TextKey("terms", "far", "term"))

    row = rows(maria.get(texts(spanish)))[NAME]

    assert row.source == "How <mark>far</mark> does TG2 <mark>go</mark>?"
    assert [(word.term, word.target) for word in row.words] == [("far", "lejos"), ("go", "")]


def test_gaps_lead_from_one_to_the_next(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")

    found = rows(maria.get(texts(spanish)))

    first = found["questions/TG2/options.0.text"]
    assert (first.before, first.before_is_here) == ("questions/TG1/options.4.text", False)
    assert (first.after, first.after_is_here) == ("questions/TG2/options.1.text", True)
    assert (found[NAME].after, found[NAME].after_is_here) == ("questions/TG2/options.0.text", True)


def test_last_text_has_no_next_gap(maria: Client, spanish: EditionLanguage) -> None:
    found = list(rows(maria.get(texts(spanish, "group=_general"))).values())

    assert found[-1].after == ""


def test_translations_are_saved(maria: Client, spanish: EditionLanguage) -> None:
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Misma\r\nlista?"}

    response = maria.post(texts(spanish), sent)

    assert response.headers["Location"] == texts(spanish)
    assert stored(spanish) == {NAME: "¿Misma\nlista?"}
    assert LogEntry.objects.get().change_message == "Translated: TG2 text."


def test_untouched_page_saves_nothing(maria: Client, spanish: EditionLanguage) -> None:
    maria.post(texts(spanish), form(maria.get(texts(spanish))))

    assert (stored(spanish), LogEntry.objects.count()) == ({}, 0)


def test_saving_leads_to_the_gap_that_was_asked_for(
    maria: Client, spanish: EditionLanguage
) -> None:
    sent = form(maria.get(texts(spanish))) | {"_go": "rules/R01/needs"}

    location = maria.post(texts(spanish), sent).headers["Location"]

    assert location == texts(spanish, "group=TG&page=1") + "#rules/R01/needs"


def test_gap_that_is_gone_leads_to_the_first_page(maria: Client, spanish: EditionLanguage) -> None:
    location = maria.post(texts(spanish), {"_go": "rules/R99/needs"}).headers["Location"]

    assert location == texts(spanish, "group=&page=1") + "#rules/R99/needs"


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


def test_lost_placeholder_is_refused_and_nothing_typed_is_lost(
    maria: Client, spanish: EditionLanguage
) -> None:
    Question.objects.filter(code="TG2").update(text="Who leads in {country}?")
    other = "questions/TG2/options.0.text"
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Quién?", f"text:{other}": "Nada."}

    response = maria.post(texts(spanish, "code=TG2&state=missing"), sent)

    found = rows(response)
    sentence = "The translation lacks {country}, which stands in the source."
    assert (found[NAME].text, found[NAME].error) == ("¿Quién?", sentence)
    assert (found[other].text, found[other].error) == ("Nada.", "")
    assert told(response) == ["Nothing was saved. Correct the texts that are marked."]
    assert stored(spanish) == {}


def test_second_translator_sees_both_and_may_put_hers_in_place(
    maria: Client, spanish: EditionLanguage
) -> None:
    other = "questions/TG2/options.0.text"
    sent = form(maria.get(texts(spanish, "code=TG2&state=missing")))
    sent |= {f"text:{NAME}": "¿Igual lista?", f"text:{other}": "Nada."}
    translate(spanish, "¿Misma lista?")

    response = maria.post(texts(spanish, "code=TG2&state=missing"), sent)

    row = rows(response)[NAME]
    assert (row.theirs, row.text) == ("¿Misma lista?", "¿Igual lista?")
    assert stored(spanish) == {NAME: "¿Misma lista?", other: "Nada."}

    again = form(response) | {f"text:{other}": "Nada de nada."}
    maria.post(texts(spanish), again)
    assert stored(spanish) == {NAME: "¿Igual lista?", other: "Nada de nada."}


def test_translation_taken_away_meanwhile_is_told(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Igual lista?"}
    Translation.objects.all().delete()

    response = maria.post(texts(spanish), sent)

    assert rows(response)[NAME].theirs == ""
    assert "the translation was taken away" in response.content.decode()


def test_translation_that_still_fits_is_confirmed(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?", source="Same list?")
    page = maria.get(texts(spanish))
    assert rows(page)[NAME].is_to_review
    assert "The translation still fits it." in page.content.decode()

    maria.post(texts(spanish), form(page) | {f"fits:{NAME}": "on"})

    assert rows(maria.get(texts(spanish)))[NAME].entry.is_done


def test_text_that_left_the_edition_is_shown_again(maria: Client, spanish: EditionLanguage) -> None:
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Misma lista?"}
    Question.objects.filter(code="TG2").delete()

    row = rows(maria.post(texts(spanish), sent))[NAME]

    assert (row.text, row.error) == ("¿Misma lista?", "This text no longer stands in the edition.")


def test_tampered_page_is_refused_text_by_text(maria: Client, spanish: EditionLanguage) -> None:
    response = maria.post(texts(spanish), {"text:x": "a", "text:": "\0"})

    odd = (
        "The text contains a character that cannot be kept (U+0000). It stands here: “[U+0000]”. "
        "Delete it and save again."
    )
    gone = "This text no longer stands in the edition."
    assert [row.error for row in response.context["rows"]] == [gone, odd]


# Who may


def test_draft_published_meanwhile_keeps_what_was_typed(
    maria: Client, spanish: EditionLanguage
) -> None:
    sent = form(maria.get(texts(spanish))) | {f"text:{NAME}": "¿Misma lista?"}
    freeze(spanish.edition)

    response = maria.post(texts(spanish), sent)

    assert "published edition cannot be changed" in rows(response)[NAME].error
    assert "¿Misma lista?</textarea>" in response.content.decode()
    assert stored(spanish) == {}


def test_published_translations_can_only_be_read(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")
    freeze(spanish.edition)

    html = maria.get(texts(spanish)).content.decode()

    assert "¿Misma lista?" in html
    assert "<textarea" not in html
    assert "Read the translations" in maria.get(change(spanish)).content.decode()
    assert maria.post(change(spanish), {"fallback_accepted": "on"}).status_code == 403


def person(*codenames: str) -> Client:
    user = User.objects.create_user("rosa", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_texts_are_for_those_who_may_translate(spanish: EditionLanguage) -> None:
    table: list[tuple[list[str], int, int]] = [
        (["view_editionlanguage"], 403, 403),
        (["view_translation"], 200, 403),
        (["view_translation", "change_translation"], 200, 403),
        (["change_translation", "translate_every_language"], 200, 302),
    ]

    def outcome(codenames: list[str]) -> tuple[int, int]:
        with undone():
            client = person(*codenames)
            return client.get(texts(spanish)).status_code, client.post(texts(spanish)).status_code

    assert [(codenames, *outcome(codenames)) for codenames, _, _ in table] == table


def test_page_of_a_language_shows_no_way_that_is_closed(spanish: EditionLanguage) -> None:
    html = person("view_editionlanguage").get(change(spanish)).content.decode()

    assert "How complete this language is" in html
    assert "/texts/" not in html
