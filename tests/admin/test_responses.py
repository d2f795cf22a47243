from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.admin.core import large_tables
from assessment.method.assess import METHOD_VERSION
from assessment.models import Answer, DimensionScore, Edition, Response
from tests.admin.small_bank import NOW
from tests.factories import (
    ResponseFactory,
    ResultFactory,
    RoundFactory,
    SeatFactory,
    SeveralFactory,
)

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

    assert "TG: answered 1, I do not know 1, does not apply 0, left open 1" in (
        page.content.decode()
    )


def test_list_says_what_is_submitted(maria: Client, response: Response) -> None:
    ResponseFactory(edition=response.edition)

    html = maria.get("/admin/assessment/response/").content.decode()

    assert (html.count(">submitted<"), html.count(">in progress<")) == (1, 1)


def test_filters_name_the_empty_tier(maria: Client, response: Response) -> None:
    shown = maria.get("/admin/assessment/response/")

    assert '<a href="?tier=none">not given</a>' in shown.content.decode().replace("\n", "")


@pytest.mark.parametrize(("tier", "number"), [("none", 1), ("local", 0), ("", 1)])
def test_list_is_filtered_by_tier(
    maria: Client, response: Response, tier: str, number: int
) -> None:
    found = maria.get("/admin/assessment/response/", {"tier": tier})

    assert len(found.context["cl"].result_list) == number


def test_response_is_found_by_its_reference(maria: Client, response: Response) -> None:
    found = maria.get("/admin/assessment/response/", {"q": str(response.uuid)})

    assert list(found.context["cl"].result_list) == [response]


@pytest.mark.parametrize("name", ["response", "result"])
def test_nothing_can_be_changed(maria: Client, response: Response, name: str) -> None:
    key = response.pk if name == "response" else response.result_id
    base = f"/admin/assessment/{name}"

    sent = [maria.post(f"{base}/{page}/") for page in ("add", f"{key}/change", f"{key}/delete")]

    assert [answer.status_code for answer in sent] == [403, 403, 403]


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


@pytest.mark.parametrize(("term", "found"), [("e" * 12, 1), ("E" * 64, 1), ("ee f", 0), ("f", 0)])
def test_result_is_found_by_how_its_hash_begins(
    maria: Client, response: Response, term: str, found: int
) -> None:
    page = maria.get("/admin/assessment/result/", {"q": term})

    assert len(page.context["cl"].result_list) == found


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
