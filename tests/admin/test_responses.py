from __future__ import annotations

import re
from typing import Any

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


def test_response_says_how_far_it_is_and_nothing_more(maria: Client, response: Response) -> None:
    ResponseFactory(edition=response.edition)

    page = maria.get(reverse("admin:assessment_response_change", args=[response.pk]))
    html = maria.get("/admin/assessment/response/").content.decode()

    statuses = "TG: answered 1, I do not know 1, Does not apply 0, left open 1"
    assert statuses in page.content.decode()
    assert (html.count(">submitted<"), html.count(">in progress<")) == (1, 1)


def test_lists_are_filtered_and_searched_and_say_how_many_they_counted(
    maria: Client, response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A response has no hash to be found by; a result is found by how its hash begins."""
    table: list[tuple[str, dict[str, str], list[Any]]] = [
        *(("response", {"tier": tier}, [response]) for tier in ("none", "")),
        ("response", {"tier": "local"}, []),
        ("response", {"q": str(response.uuid)}, [response]),
        ("response", {"q": "e"}, []),
        *(("result", {"q": term}, [response.result]) for term in ("e" * 12, "E" * 64)),
        *(("result", {"q": term}, []) for term in ("ee f", "f")),
        ("result", {"method_version": METHOD_VERSION}, []),
        ("result", {"method_version": "1.0"}, [response.result]),
    ]

    def found(name: str, query: dict[str, str]) -> list[Any]:
        page = maria.get(f"/admin/assessment/{name}/", query)
        return list(page.context["cl"].result_list)

    assert [(name, query, found(name, query)) for name, query, _ in table] == table
    offered = {"response": '<a href="?tier=none">not given</a>', "result": "?method_version=1.0"}
    pages = {name: maria.get(f"/admin/assessment/{name}/").content.decode() for name in offered}
    assert [name for name in offered if offered[name] not in pages[name].replace("\n", "")] == []

    for _ in range(3):
        ResponseFactory(edition=response.edition)
    monkeypatch.setattr(large_tables, "MOST_LISTED", 2)
    assert maria.get("/admin/assessment/response/").context["cl"].result_count == 2


def test_nothing_can_be_changed_or_deleted(maria: Client, response: Response) -> None:
    bulk = {"action": "delete_selected", "_selected_action": [response.pk], "post": "yes"}
    table: dict[str, int | None] = {"response": response.pk, "result": response.result_id}

    def outcome(name: str, key: int | None) -> list[int]:
        base = f"/admin/assessment/{name}"
        sent = [maria.post(f"{base}/{page}/") for page in ("add", f"{key}/change", f"{key}/delete")]
        return [answer.status_code for answer in sent]

    assert {name: outcome(name, key) for name, key in table.items()} == {
        name: [403, 403, 403] for name in table
    }
    maria.post("/admin/assessment/response/", bulk)
    assert list(Response.objects.all()) == [response]


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
