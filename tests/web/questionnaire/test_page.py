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
from tests.factories import AnswerFactory, answered
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db


def address(response: Response, section: str = "tg", query: str = "") -> str:
    return reverse("page", args=[response.uuid, section]) + query


def saved(response: Response, code: str = "TG2") -> tuple[str, Any, str, int]:
    row = Answer.objects.get(response=response, code=code)
    return row.status, row.value, row.note, row.revision


def test_answers_are_saved_and_shown_again(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response)))

    answer = holder.post(
        address(response), form | {"TG2": "3", "TG5": "7", "TG2-note": "Since 2024"}
    )

    assert answer["Location"] == address(response, "bi")
    again = form_data(holder.get(address(response)))
    assert (again["TG2"], again["TG5"], again["TG2-note"]) == ("3", "7", "Since 2024")


def test_nothing_is_chosen_beforehand(holder: Client, response: Response) -> None:
    checked = [
        a for _, _, a in page_of(holder.get(address(response))).find("input") if "checked" in a
    ]

    assert checked == []


def test_not_knowing_is_a_status_of_its_own(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response)))

    holder.post(address(response), form | {"TG2": "dont_know", "TG5": "not_applicable"})

    assert saved(response)[:2] == ("dont_know", None)
    assert saved(response, "TG5")[:2] == ("not_applicable", None)


def test_a_page_may_be_left_open(holder: Client, response: Response) -> None:
    answer = holder.post(address(response), form_data(holder.get(address(response))))

    assert answer["Location"] == address(response, "bi")
    assert not Answer.objects.exists()


def test_last_section_leads_to_check_answers(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response, "closing")))

    answer = holder.post(address(response, "closing"), form | {"O1": "One list.\r\nOne budget."})

    assert answer["Location"] == reverse("check", args=[response.uuid])
    assert saved(response, "O1")[1] == "One list.\nOne budget."


def test_saving_goes_back_to_where_one_came_from(holder: Client, response: Response) -> None:
    table: list[tuple[str, dict[str, str], str]] = [
        ("?check=1", {}, "check"),
        ("", {"list": "1"}, "tasks"),
    ]

    def outcome(query: str, extra: dict[str, str]) -> object:
        form = form_data(holder.get(address(response, query=query)))
        answer = holder.post(address(response, query=query), form | extra)
        return answer["Location"]

    assert [outcome(query, extra) for query, extra, _ in table] == [
        reverse(name, args=[response.uuid]) for _, _, name in table
    ]


def test_form_is_sent_to_the_page_itself_and_to_no_place_on_it(
    holder: Client, response: Response
) -> None:
    """Where nothing is said, browsers take the place on a page along to the one that follows."""
    for query in ("?", "?check=1"):
        forms = page_of(holder.get(address(response, query=query))).find("form")

        assert [a["action"] for _, _, a in forms if a.get("id") == SENT_WITH] == [query]


def test_wrong_input_is_named_and_the_rest_is_saved(holder: Client, response: Response) -> None:
    table: list[tuple[dict[str, str], str]] = [
        ({"TG2": "9"}, "Choose one of the answers"),
        ({"TG2": "yes"}, "Choose one of the answers"),
        ({"TG5": "11"}, "whole number from 0 to 10"),
        ({"TG5": "many"}, "whole number from 0 to 10"),
        ({"TG2": "not_applicable"}, "Choose one of the answers"),
        ({"TG2-note": "x" * 1_000_000}, "characters too long"),
        ({"TG2-note": "a\0b"}, "character that cannot be kept (U+0000)"),
        ({"XX9": "1", "XX9-revision": "0"}, "There is no question XX9 on this page"),
        ({"BI1": "1", "BI1-revision": "0"}, "There is no question BI1 on this page"),
    ]

    form = form_data(holder.get(address(response))) | {"TG3": "4", "TG3-note": "As typed"}

    for values, sentence in table:
        answer = holder.post(address(response), form | values)
        page, again = answer.content.decode(), form_data(answer)

        assert (answer.status_code, "<title>Error: " in page) == (422, True)
        assert sentence in page
        assert "The other answers of this page are saved." in page
        assert again["TG5"] == values.get("TG5", "")
        assert saved(response, "TG3") == ("answered", 4, "As typed", 1)
        assert Answer.objects.count() == 1


def test_page_with_a_wrong_answer_can_be_sent_again(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response))) | {"TG3": "4", "TG5": "many"}
    again = form_data(holder.post(address(response), form))

    answer = holder.post(address(response), again | {"TG3": "2", "TG5": "7"})

    assert answer["Location"] == address(response, "bi")
    assert (saved(response, "TG3")[1], saved(response, "TG5")[1]) == (2, 7)


def test_none_beside_others_is_a_conflict_in_words(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response, "hc")))

    answer = holder.post(address(response, "hc"), form | {"HC3": ["named_body", "none"]})

    assert answer.status_code == 422
    assert "choose either “There is no such body.” or the other answer" in answer.content.decode()


def test_error_summary_leads_to_the_first_input(holder: Client, response: Response) -> None:
    answer = holder.post(address(response), form_data(holder.get(address(response))) | {"TG2": "9"})

    page = page_of(answer)
    ids = {attrs["id"] for _, _, attrs in page.find() if "id" in attrs}
    links = [attrs["href"][1:] for _, _, attrs in page.find("a") if attrs["href"][:4] == "#id_"]
    assert links == ["id_TG2"]
    assert set(links) <= ids


def test_number_and_status_together_are_refused(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response)))

    answer = holder.post(address(response), form | {"TG5": ["7", "dont_know"]})

    assert answer.status_code == 422
    assert form_data(answer)["TG5"] == ["7", "dont_know"]


def test_newly_shown_question_brings_the_page_back(holder: Client, response: Response) -> None:
    answered(response, HC3=["none"])
    form = form_data(holder.get(address(response, "hc")))

    answer = holder.post(address(response, "hc", "?check=1"), form | {"HC3": ["named_body"]})

    assert answer["Location"] == address(response, "hc", "?changed=HC4&check=1#HC4")
    told = holder.get(answer["Location"]).content.decode()
    assert "One more question now applies: Decisions carried out." in told


def test_newly_hidden_question_is_put_away_with_its_answer(
    holder: Client, response: Response
) -> None:
    answered(response, HC3=["named_body"], HC4=3)
    form = form_data(holder.get(address(response, "hc")))

    answer = holder.post(address(response, "hc"), form | {"HC3": ["none"]})

    page = holder.get(answer["Location"])
    assert "answer given to it is kept: Decisions carried out." in page.content.decode()
    assert saved(response, "HC4")[1] == 3
    hidden = [a["id"] for _, _, a in page_of(page).find("fieldset") if "hidden" in a]
    assert hidden == ["HC4"]


def test_questions_that_the_scheme_rules_out_are_not_on_the_page(
    holder: Client, response: Response
) -> None:
    response.round.profile |= {"programmes": 1, "arrangement": "single"}
    response.round.save()

    page = page_of(holder.get(address(response)))

    assert [a["id"] for _, _, a in page.find("fieldset")] == ["TG6", "TG7", "TG8"]


def test_question_ruled_out_meanwhile_is_shown_with_what_is_wrong(
    holder: Client, response: Response
) -> None:
    form = form_data(holder.get(address(response)))
    response.round.profile |= {"programmes": 1, "arrangement": "single"}
    response.round.save()

    answer = holder.post(address(response), form | {"TG2": "9"})

    assert answer.status_code == 422
    assert "TG2" in [a["id"] for _, _, a in page_of(answer).find("fieldset")]


def test_invented_query_is_ignored(holder: Client, response: Response) -> None:
    answer = holder.get(address(response, query="?changed=XX9.<b>"))

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_two_tabs_on_different_questions_never_conflict(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    tab_one = form_data(holder.get(address(response)))
    tab_two = form_data(holder.get(address(response)))

    holder.post(address(response), tab_one | {"TG2": "3"})
    answer = holder.post(address(response), tab_two | {"TG4": "1"})

    assert answer.status_code == 302
    assert (saved(response)[1], saved(response, "TG4")[1]) == (3, 1)


def test_old_tab_does_not_take_a_newer_answer_back(holder: Client, response: Response) -> None:
    old_tab = form_data(holder.get(address(response)))
    holder.post(address(response), old_tab | {"TG2": "3"})

    holder.post(address(response), old_tab)

    assert saved(response)[1] == 3


def test_stale_answer_shows_both_and_loses_neither(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    mine = form_data(holder.get(address(response)))
    theirs = form_data(holder.get(address(response)))
    holder.post(address(response), theirs | {"TG2": "4", "TG2-note": "Theirs"})

    answer = holder.post(address(response), mine | {"TG2": "1", "TG2-note": "Mine", "TG4": "0"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Note: Theirs" in page
    assert form_data(answer)["TG2"] == "1"
    assert form_data(answer)["TG2-note"] == "Mine"
    assert saved(response)[1:3] == (4, "Theirs")
    assert saved(response, "TG4")[1] == 0


def test_choice_after_a_conflict_is_saved(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    mine = form_data(holder.get(address(response)))
    Answer.objects.update(value=4, revision=2)
    conflict = holder.post(address(response), mine | {"TG2": "1"})

    answer = holder.post(address(response), form_data(conflict))

    assert answer.status_code == 302
    assert saved(response)[1] == 1


def test_conflict_with_an_answer_taken_away_is_named(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    mine = form_data(holder.get(address(response)))
    Answer.objects.update(status="", value=None, note="Why", revision=2)

    answer = holder.post(address(response), mine | {"TG2": "1"})

    assert answer.status_code == 409
    assert "No answer" in answer.content.decode()


def test_sending_the_same_again_is_harmless(holder: Client, response: Response) -> None:
    form = form_data(holder.get(address(response))) | {"TG2": "3", "TG2-note": "Once"}

    first = holder.post(address(response), form)
    second = holder.post(address(response), form)

    assert first["Location"] == second["Location"]
    assert saved(response) == ("answered", 3, "Once", 1)


def test_unreadable_revision_is_the_oldest(holder: Client, response: Response) -> None:
    AnswerFactory(response=response)

    answer = holder.post(address(response), {"TG2": "1", "TG2-revision": "new'--"})

    assert answer.status_code == 409


def test_question_without_revision_is_taken_too(holder: Client, response: Response) -> None:
    holder.post(address(response), {"TG2": "1"})

    assert saved(response)[1] == 1


def test_unknown_section_is_not_there(holder: Client, response: Response) -> None:
    assert holder.get(address(response, "xx")).status_code == 404


def test_closed_response_is_not_changed(client: Client, submitted: Response) -> None:
    holder = granted(client, submitted)

    answer = holder.post(address(submitted), {"TG2": "4", "TG2-revision": "1", "TG2-note": "Late"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "These answers are submitted" in page
    assert "Late" in page
    assert saved(submitted)[1] == 2


def test_closed_response_leads_to_its_confirmation(client: Client, submitted: Response) -> None:
    answer = granted(client, submitted).get(address(submitted))

    assert answer["Location"] == reverse("confirmation", args=[submitted.uuid])


def test_one_question_is_drawn_by_the_same_code(response: Response) -> None:
    progress = progress_of(answered(response, PC1=3))
    subject = progress.subject("pc")
    assert subject is not None

    alone = render_crispy_form(page_form(progress, subject, only=subject.questions[0]))
    whole = render_crispy_form(page_form(progress, subject))

    options = alone[alone.index('<div class="options">') : alone.index('<p class="save-state"')]
    buttons = re.findall(r'<button type="submit" name="(\w+)"', alone)
    assert options in whole
    assert 'value="3" checked' in options
    assert (alone.count("<fieldset"), buttons) == (1, ["continue", "short"])


def test_one_question_is_saved_by_itself(response: Response) -> None:
    progress = progress_of(response)
    subject = progress.subject("tg")
    assert subject is not None
    question = progress.instrument.question["TG2"]

    form = page_form(progress, subject, data=QueryDict("TG2=3&TG2-revision=0"), only=question)

    assert form.is_valid()
    assert [incoming.code for incoming in form.incoming()] == ["TG2"]
