from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessment.admin.core import large_tables
from assessment.method.assess import METHOD_VERSION
from assessment.models import Answer, DimensionScore, Edition, Response
from tests.admin.small_bank import NOW, profile_question
from tests.factories import (
    AnswerFactory,
    ResponseFactory,
    ResultFactory,
    RoundFactory,
    SeatFactory,
    SeveralFactory,
    answered,
)

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WORDS = "Only the respondent may read this."


@pytest.fixture
def response(published: Edition) -> Response:
    """A submitted response with words of the respondent wherever words can stand."""
    named = {"scheme__name": WORDS, "profile": {"country": "PE"}}
    of_one = RoundFactory(edition=published, **named)
    result = ResultFactory(round=of_one, content={"note": WORDS})
    DimensionScore.objects.create(
        result=result, dimension="TG", score=50.0, low=40.0, high=60.0, level=2, sufficient=True
    )
    made: Response = ResponseFactory(
        round=of_one, submitted_at=NOW, result=result, reopened_because=WORDS
    )
    for code, status, value in (("TG1", "answered", WORDS), ("TG2", "dont_know", None)):
        Answer.objects.create(
            response=made, code=code, status=status, value=value, note=WORDS, updated_at=NOW
        )
    return made


def pages(response: Response) -> list[str]:
    return [
        "/admin/assessment/response/",
        reverse("admin:assessment_response_change", args=[response.pk]),
        "/admin/assessment/result/",
        reverse("admin:assessment_result_change", args=[response.result_id]),
        "/admin/assessment/question/",
        "/admin/",
    ]


def test_no_page_shows_words_or_secrets(maria: Client, response: Response) -> None:
    shown = [maria.get(page) for page in pages(response)]

    assert {page.status_code for page in shown} == {200}
    assert not [page for page in shown if WORDS.encode() in page.content]
    assert not [page for page in shown if response.secret_hash.encode() in page.content]


def test_response_page_counts_statuses(maria: Client, response: Response) -> None:
    page = maria.get(reverse("admin:assessment_response_change", args=[response.pk]))

    assert "TG: answered 1, I do not know 1, Does not apply 0, left open 1" in (
        page.content.decode()
    )


def test_list_says_what_is_submitted(maria: Client, response: Response) -> None:
    ResponseFactory(edition=response.edition)

    html = maria.get("/admin/assessment/response/").content.decode()

    assert (html.count(">submitted<"), html.count(">in progress<")) == (1, 1)


def test_filters_name_the_empty_tier(maria: Client, response: Response) -> None:
    shown = maria.get("/admin/assessment/response/")

    assert '<a href="?tier=none">not given</a>' in shown.content.decode().replace("\n", "")


def test_list_is_filtered_by_tier(maria: Client, response: Response) -> None:
    table: list[tuple[str, int]] = [("none", 1), ("local", 0), ("", 1)]

    def outcome(tier: str) -> int:
        found = maria.get("/admin/assessment/response/", {"tier": tier})
        return len(found.context["cl"].result_list)

    assert [(tier, outcome(tier)) for tier, _ in table] == table


def test_response_is_found_by_its_reference(maria: Client, response: Response) -> None:
    found = maria.get("/admin/assessment/response/", {"q": str(response.uuid)})

    assert list(found.context["cl"].result_list) == [response]


def test_nothing_can_be_changed(maria: Client, response: Response) -> None:
    table: list[str] = ["response", "result"]

    def outcome(name: str) -> object:
        key = response.pk if name == "response" else response.result_id
        base = f"/admin/assessment/{name}"
        sent = [maria.post(f"{base}/{page}/") for page in ("add", f"{key}/change", f"{key}/delete")]
        return [answer.status_code for answer in sent]

    assert {name: outcome(name) for name in table} == {name: [403, 403, 403] for name in table}


def test_bulk_delete_is_not_offered(maria: Client, response: Response) -> None:
    data = {"action": "delete_selected", "_selected_action": [response.pk], "post": "yes"}

    maria.post("/admin/assessment/response/", data)

    assert Response.objects.count() == 1


def test_nothing_of_one_person_among_several_is_listed(maria: Client, response: Response) -> None:
    several = SeveralFactory(edition=response.edition)
    own = ResultFactory(round=several)
    seat = SeatFactory(round=several, submitted_at=NOW, result=own)
    joint = ResultFactory(round=several, kind="joint")

    lists = {name: maria.get(f"/admin/assessment/{name}/") for name in ("response", "result")}

    listed = {name: list(page.context["cl"].result_list) for name, page in lists.items()}
    assert listed["response"] == [response]
    assert set(listed["result"]) == {response.result, joint}
    for name, pk in (("response", seat.pk), ("result", own.pk)):
        assert maria.get(f"/admin/assessment/{name}/{pk}/change/").status_code == 302


def counting_pages(maria: Client, *editions: Edition) -> dict[str, str]:
    """Every page on which something about responses is counted, without what is random in it."""
    named = [reverse("admin:assessment_edition_changelist"), "/admin/"]
    for edition in editions:
        named.append(f"{reverse('admin:assessment_question_changelist')}?edition={edition.pk}")
        named += [
            reverse(f"admin:assessment_question_{page}", args=[question.pk])
            for question in edition.question_set.all()
            for page in ("change", "delete")
        ]
    named.append(reverse("admin:assessment_edition_withdraw", args=[editions[0].pk]))
    return {page: TOKEN.sub("", maria.get(page).content.decode()) for page in named}


@pytest.mark.no_cover
def test_no_count_of_the_administration_tells_what_was_answered_in_a_round_of_several(
    maria: Client, published: Edition, draft: Edition
) -> None:
    profile_question(draft, "sector").options.filter(position=0).update(value="agriculture")
    several = SeveralFactory(edition=published, profile={})
    AnswerFactory(response=ResponseFactory(edition=published), code="TG1", value=2)
    before = counting_pages(maria, published, draft)

    seat = answered(SeatFactory(round=several), TG1=3, TG2=2)
    answered(SeatFactory(round=several, submitted_at=NOW), TG2="dont_know")

    assert counting_pages(maria, published, draft) == before
    assert seat.answers.count() == 2


def test_what_a_round_of_several_asks_stays_whatever_was_answered(
    maria: Client, published: Edition, draft: Edition
) -> None:
    SeveralFactory(edition=published)
    SeveralFactory(edition=published, state="draft", opened_at=None)
    question = draft.question_set.get(code="TG2")

    page = maria.get(reverse("admin:assessment_question_change", args=[question.pk]))
    refused = maria.get(reverse("admin:assessment_question_delete", args=[question.pk]))

    assert page.context["used"] == [
        ("1 round of several", ""),
        *((f"Option {value}: 1 round of several", "") for value in range(5)),
    ]
    assert refused.context["protected"] == ["TG2: 1 round of several"]


def test_result_is_found_by_how_its_hash_begins(maria: Client, response: Response) -> None:
    table: list[tuple[str, int]] = [("e" * 12, 1), ("E" * 64, 1), ("ee f", 0), ("f", 0)]

    def outcome(term: str) -> int:
        page = maria.get("/admin/assessment/result/", {"q": term})
        return len(page.context["cl"].result_list)

    assert [(term, outcome(term)) for term, _ in table] == table


def test_response_has_no_hash_to_be_found_by(maria: Client, response: Response) -> None:
    page = maria.get("/admin/assessment/response/", {"q": "e"})

    assert list(page.context["cl"].result_list) == []


def test_list_is_filtered_by_version_of_the_method(maria: Client, response: Response) -> None:
    page = maria.get("/admin/assessment/result/", {"method_version": METHOD_VERSION})

    assert list(page.context["cl"].result_list) == []
    assert "?method_version=1.0" in page.content.decode()


def test_long_list_says_how_many_it_counted(
    maria: Client, response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        ResponseFactory(edition=response.edition)
    monkeypatch.setattr(large_tables, "MOST_LISTED", 2)

    assert maria.get("/admin/assessment/response/").context["cl"].result_count == 2
