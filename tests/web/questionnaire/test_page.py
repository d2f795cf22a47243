from __future__ import annotations

import re
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from assessment.models import Answer, Response
from assessment.web.languages import SENT_WITH
from assessment.web.questionnaire.forms import page_form
from assessment.web.questionnaire.progress import progress_of
from tests.factories import answered
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db


def address(response: Response, section: str = "tg", query: str = "") -> str:
    return reverse("page", args=[response.uuid, section]) + query


def saved(response: Response, code: str = "TG2") -> tuple[str, Any, str, int]:
    row = Answer.objects.get(response=response, code=code)
    return row.status, row.value, row.note, row.revision


def test_answers_are_saved_and_shown_again(holder: Client, response: Response) -> None:
    """Nothing is chosen beforehand, a page may be left open, and the same may be sent twice."""
    blank = holder.get(address(response))
    form = form_data(blank)
    chosen = [a for _, _, a in page_of(blank).find("input") if "checked" in a]
    left_open = holder.post(address(response), form)["Location"], Answer.objects.count()
    given = {"TG2": "3", "TG2-note": "Since 2024", "TG5": "7", "TG3": "dont_know"}
    given |= {"TG6": "not_applicable"}

    sent = [holder.post(address(response), form | given)["Location"] for _ in "12"]

    assert (chosen, left_open) == ([], (address(response, "bi"), 0))
    assert sent == [address(response, "bi")] * 2
    assert form_data(holder.get(address(response))).items() >= given.items()
    assert {code: saved(response, code) for code in ("TG2", "TG3", "TG5", "TG6")} == {
        "TG2": ("answered", 3, "Since 2024", 1),
        "TG3": ("dont_know", None, "", 1),
        "TG5": ("answered", 7, "", 1),
        "TG6": ("not_applicable", None, "", 1),
    }


def test_saving_leads_on_or_back_to_where_one_came_from(holder: Client, response: Response) -> None:
    """The form names no place on the page: browsers would take it along to what follows."""
    table: dict[tuple[str, str, str], tuple[list[str], str]] = {
        ("tg", "", "list"): (["?"], reverse("tasks", args=[response.uuid])),
        ("tg", "?check=1", ""): (["?check=1"], reverse("check", args=[response.uuid])),
        ("closing", "", ""): (["?"], reverse("check", args=[response.uuid])),
    }

    def outcome(section: str, query: str, button: str) -> tuple[list[str], str]:
        here = address(response, section, query)
        page = holder.get(here)
        own = {"O1": "One list.\r\nOne budget."} if section == "closing" else {}
        answer = holder.post(here, form_data(page) | own | ({button: "1"} if button else {}))
        forms = [a["action"] for _, _, a in page_of(page).find("form") if a.get("id") == SENT_WITH]
        return forms, answer["Location"]

    assert {case: outcome(*case) for case in table} == table
    assert saved(response, "O1")[1] == "One list.\nOne budget."


def test_wrong_input_is_named_and_the_rest_is_saved(holder: Client, response: Response) -> None:
    table: list[tuple[dict[str, Any], str]] = [
        ({"TG2": "9"}, "Choose one of the answers"),
        ({"TG2": "yes"}, "Choose one of the answers"),
        ({"TG5": "11"}, "whole number from 0 to 10"),
        ({"TG5": "many"}, "whole number from 0 to 10"),
        ({"TG5": ["7", "dont_know"]}, "choose either “I do not know” or the other answer"),
        ({"TG2": "not_applicable"}, "Choose one of the answers"),
        ({"TG2-note": "x" * 1_000_000}, "characters too long"),
        ({"TG2-note": "a\0b"}, "character that cannot be kept (U+0000)"),
        ({"XX9": "1", "XX9-revision": "0"}, "There is no question XX9 on this page"),
        ({"BI1": "1", "BI1-revision": "0"}, "There is no question BI1 on this page"),
    ]
    form = form_data(holder.get(address(response))) | {"TG3": "4", "TG3-note": "As typed"}
    rest_is_saved = "The other answers of this page are saved."

    def outcome(values: dict[str, Any], sentence: str) -> tuple[object, ...]:
        answer = holder.post(address(response), form | values)
        page = answer.content.decode()
        said = [s for s in ("<title>Error: ", sentence, rest_is_saved) if s not in page]
        return answer.status_code, said, form_data(answer)["TG5"], saved(response, "TG3")

    assert [outcome(*row) for row in table] == [
        (422, [], values.get("TG5", ""), ("answered", 4, "As typed", 1)) for values, _ in table
    ]
    assert Answer.objects.count() == 1


def test_error_summary_leads_to_the_first_input_and_what_is_mended_is_sent_again(
    holder: Client, response: Response
) -> None:
    form = form_data(holder.get(address(response))) | {"TG3": "4", "TG5": "many"}
    wrong = holder.post(address(response), form)
    ids = {attrs["id"] for _, _, attrs in page_of(wrong).find() if "id" in attrs}
    found = [attrs["href"] for _, _, attrs in page_of(wrong).find("a")]

    mended = holder.post(address(response), form_data(wrong) | {"TG3": "2", "TG5": "7"})

    links = [href[1:] for href in found if href[:4] == "#id_"]
    assert (links, set(links) - ids) == (["id_TG5"], set())
    assert mended["Location"] == address(response, "bi")
    assert (saved(response, "TG3")[1], saved(response, "TG5")[1]) == (2, 7)


def test_page_comes_back_where_an_answer_changes_its_questions(
    holder: Client, response: Response
) -> None:
    """What is newly hidden is put away with its answer."""
    page = address(response, "hc", "?check=1")
    answered(response, HC3=["none"])

    def sent(*chosen: str) -> tuple[Any, str]:
        answer = holder.post(page, form_data(holder.get(page)) | {"HC3": list(chosen)})
        told = holder.get(answer["Location"]) if answer.status_code == 302 else answer
        return answer, " ".join(told.content.decode().split())

    both, refused = sent("named_body", "none")
    shown, told = sent("named_body")
    answered(response, HC4=3)
    hidden, kept = sent("none")

    assert both.status_code == 422
    assert "choose either “There is no such body.” or the other answer" in refused
    assert shown["Location"] == address(response, "hc", "?changed=HC4&check=1#HC4")
    assert "One more question now applies: Decisions carried out." in told
    assert "answer given to it is kept: Decisions carried out." in kept
    assert saved(response, "HC4")[1] == 3
    fieldsets = page_of(holder.get(hidden["Location"])).find("fieldset")
    assert [a["id"] for _, _, a in fieldsets if "hidden" in a] == ["HC4"]


def test_question_that_the_scheme_rules_out_is_shown_only_with_what_is_wrong_in_it(
    holder: Client, response: Response
) -> None:
    form = form_data(holder.get(address(response)))
    response.round.profile |= {"programmes": 1, "arrangement": "single"}
    response.round.save()

    page = holder.get(address(response))
    wrong = holder.post(address(response), form | {"TG2": "9"})

    def questions(answer: Any) -> list[str]:
        return [a["id"] for _, _, a in page_of(answer).find("fieldset")]

    assert (questions(page), wrong.status_code) == (["TG6", "TG7", "TG8"], 422)
    assert "TG2" in questions(wrong)


def test_invented_addresses_show_nothing_of_theirs(holder: Client, response: Response) -> None:
    answer = holder.get(address(response, query="?changed=XX9.<b>"))

    assert (answer.status_code, "<b>" in answer.content.decode()) == (200, False)
    assert holder.get(address(response, "xx")).status_code == 404


def test_old_tab_saves_what_is_its_own_and_takes_nothing_newer_back(
    holder: Client, response: Response
) -> None:
    """An answer without a revision that can be read is the oldest."""
    answered(response, TG2=2)
    tab_one, tab_two = (form_data(holder.get(address(response))) for _ in "12")

    sent = [
        holder.post(address(response), form).status_code
        for form in (tab_one | {"TG2": "3"}, tab_two | {"TG4": "1"}, tab_two)
    ]

    assert sent == [302] * 3
    assert (saved(response)[1], saved(response, "TG4")[1]) == (3, 1)
    first = holder.post(address(response), {"TG3": "1"})
    stale = holder.post(address(response), {"TG3": "3", "TG3-revision": "new'--"})
    sent = [first.status_code, stale.status_code]
    assert (sent, saved(response, "TG3")[1]) == ([302, 409], 1)


def test_stale_answer_shows_both_and_loses_neither(holder: Client, response: Response) -> None:
    """Another answer, or that it was taken away; what is then chosen is saved."""
    answered(response, TG2=2)
    mine, theirs = (form_data(holder.get(address(response))) for _ in "12")
    mine |= {"TG2": "1", "TG2-note": "Mine", "TG4": "0"}
    holder.post(address(response), theirs | {"TG2": "4", "TG2-note": "Theirs"})

    refused = holder.post(address(response), mine)
    stored = saved(response)[1:3], saved(response, "TG4")[1]
    Answer.objects.filter(code="TG2").update(status="", value=None, note="Why", revision=3)
    taken_away = holder.post(address(response), mine)
    chosen = holder.post(address(response), form_data(taken_away))

    assert [one.status_code for one in (refused, taken_away, chosen)] == [409, 409, 302]
    assert "Note: Theirs" in refused.content.decode()
    assert "No answer" in taken_away.content.decode()
    assert form_data(refused).items() >= {"TG2": "1", "TG2-note": "Mine"}.items()
    assert stored == ((4, "Theirs"), 0)
    assert saved(response)[1:3] == (1, "Mine")


def test_closed_response_is_not_changed_and_leads_to_its_confirmation(
    client: Client, submitted: Response
) -> None:
    holder = granted(client, submitted)

    late = {"TG2": "4", "TG2-revision": "1", "TG2-note": "Late"}
    answer = holder.post(address(submitted), late)

    page = answer.content.decode()
    assert (answer.status_code, saved(submitted)[1]) == (409, 2)
    assert ("These answers are submitted" in page, "Late" in page) == (True, True)
    led = holder.get(address(submitted))["Location"]
    assert led == reverse("confirmation", args=[submitted.uuid])


def test_one_question_is_drawn_and_read_by_the_same_code(response: Response) -> None:
    progress = progress_of(answered(response, TG2=3))
    subject = progress.subject("tg")
    assert subject is not None
    only, sent = progress.instrument.question["TG2"], QueryDict("TG2=4&TG2-revision=1")

    alone = render_crispy_form(page_form(progress, subject, only=only))
    whole = render_crispy_form(page_form(progress, subject))
    form = page_form(progress, subject, data=sent, only=only)

    options = alone[alone.index('<div class="options">') : alone.index('<p class="save-state"')]
    buttons = re.findall(r'<button type="submit" name="(\w+)"', alone)
    assert (options in whole, 'value="3" checked' in options) == (True, True)
    assert (alone.count("<fieldset"), buttons) == (1, ["continue", "short"])
    assert (form.is_valid(), [one.code for one in form.incoming()]) == (True, ["TG2"])
