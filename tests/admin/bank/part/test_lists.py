from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from assessment.admin.bank import questions
from assessment.admin.bank.part.wording import QUESTION_KIND_NAMES
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.model import HORIZONS
from assessment.models import Edition, Finding, Question, Rule
from assessment.models.queries import answer_counts
from tests.admin.small_bank import (
    freeze,
    make_dimension,
    make_edition,
    make_question,
    profile_question,
)
from tests.factories import AnswerFactory, ResponseFactory
from tests.tables import undone

LIST = "/admin/assessment/question/"
DRAG = f"{LIST}adminsortable2_update/"


def shown(client: Client, address: str = LIST, **query: str) -> list[str]:
    return [row.code for row in client.get(address, query).context["cl"].result_list]


def drag(client: Client, *codes: str, edition: Edition) -> Any:
    rows = dict(Question.objects.filter(edition=edition).values_list("code", "pk"))
    items = [[str(rows[code]), place] for place, code in enumerate(codes)]
    return client.post(DRAG, json.dumps({"updatedItems": items}), "application/json")


def order(edition: Edition) -> list[str]:
    return list(Question.objects.filter(edition=edition).values_list("code", flat=True))


def numbers(client: Client, **places: int) -> dict[str, Any]:
    formset = client.get(LIST).context["cl"].formset
    data = {form.add_prefix("id"): form.instance.pk for form in formset.forms}
    for form in formset.forms:
        place = places.get(form.instance.code, form.instance.position + 1)
        data[form.add_prefix("position")] = place
    total = len(formset.forms)
    return data | {"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": total, "_save": "Save"}


def test_list_shows_newest_draft_first(maria: Client, published: Edition, draft: Edition) -> None:
    rows = maria.get(LIST).context["cl"].result_list

    assert {row.edition for row in rows} == {draft}


def test_cell_names_its_column_for_screens_without_headings(
    maria: Client, published: Edition, draft: Edition
) -> None:
    page = maria.get(LIST).content.decode()

    assert '<th data-column="Code" class="field-code">' in page
    assert '<td data-column="Question" class="field-wording">' in page
    assert '<td class="action-checkbox">' in page


def test_list_shows_current_edition_without_draft(maria: Client, published: Edition) -> None:
    newer = freeze(make_edition("Third"), number=2)

    rows = maria.get(LIST).context["cl"].result_list

    assert {row.edition for row in rows} == {newer}


def test_list_counts(maria: Client, draft: Edition) -> None:
    rows = maria.get(LIST).context["cl"].result_list

    counted = [(r.code, r.options_here, r.rules_here, r.answers_here) for r in rows]
    assert counted == [("TG1", 5, 1, 0), ("TG2", 5, 0, 0), ("TG3", 5, 0, 0)]


def test_list_counts_answers_of_all_editions(
    maria: Client, published: Edition, draft: Edition
) -> None:
    AnswerFactory(response=ResponseFactory(edition=published), code="TG2")

    rows = maria.get(LIST, {"edition": str(draft.pk)}).context["cl"].result_list

    assert [r.answers_here for r in rows] == [0, 1, 0]


def test_list_counts_what_is_said_of_the_profile(maria: Client, draft: Edition) -> None:
    for field in ("arrangement", "programmes", "tier"):
        profile_question(draft, field)
    Rule.objects.update(when='profile.arrangement != "single" and profile.programmes >= 2')
    ResponseFactory(edition=draft, round__profile={"arrangement": "single"})

    rows = maria.get(LIST, {"kind": "choice"}).context["cl"].result_list

    counted = [(r.code, r.rules_here, r.answers_here) for r in rows]
    assert counted == [("P-arrangement", 1, 1), ("P-programmes", 1, 0), ("P-tier", 0, 0)]


def test_profile_question_of_a_rule_is_used(maria: Client, draft: Edition) -> None:
    profile_question(draft, "arrangement")
    Rule.objects.update(when='profile.arrangement != "single"')

    assert shown(maria, used="yes") == ["P-arrangement"]


@pytest.mark.no_cover
def test_filters_and_search(maria: Client, draft: Edition) -> None:
    table: list[tuple[dict[str, str], list[str]]] = [
        ({"q": "TG2"}, ["TG2"]),
        ({"q": "does TG3"}, ["TG3"]),
        ({"dimension": "BI"}, []),
        ({"dimension": "TG"}, ["TG1", "TG2", "TG3"]),
        ({"kind": "text"}, []),
        ({"kind": "level"}, ["TG1", "TG2", "TG3"]),
        ({"kind": "poem"}, ["TG1", "TG2", "TG3"]),
        ({"used": "yes"}, ["TG1"]),
        ({"used": "no"}, ["TG2", "TG3"]),
        ({"used": "what"}, ["TG1", "TG2", "TG3"]),
        ({"essential__exact": "1"}, []),
        ({"edition__state__exact": "draft"}, ["TG1", "TG2", "TG3"]),
        ({"edition__state__exact": "retired"}, []),
        ({"missing": ""}, ["TG1", "TG2", "TG3"]),
        ({"edition": "all"}, ["TG1", "TG2", "TG3"]),
        ({"edition": "nonsense"}, []),
    ]

    assert [(query, shown(maria, **query)) for query, _ in table] == table


def test_findings_are_filtered_by_citation(maria: Client, draft: Edition) -> None:
    address = "/admin/assessment/finding/"

    assert shown(maria, address, cited="yes") == ["RS-0", "RS-1"]
    assert shown(maria, address, cited="no") == ["RS-2"]
    assert shown(maria, address, cited="what") == ["RS-0", "RS-1", "RS-2"]


def test_findings_are_filtered_by_dimension(maria: Client, draft: Edition) -> None:
    finding = Finding.objects.get(code="RS-2")
    finding.dimensions.set(draft.dimension_set.filter(code="BI"))

    assert shown(maria, "/admin/assessment/finding/", dimension="BI") == ["RS-2"]


def test_drag_moves_a_question(maria: Client, draft: Edition) -> None:
    response = drag(maria, "TG3", "TG1", "TG2", edition=draft)

    assert order(draft) == ["TG3", "TG1", "TG2"]
    assert sorted(response.json()["places"].values()) == [1, 2, 3]


def test_drag_in_a_filtered_list_keeps_the_places_of_others(maria: Client, draft: Edition) -> None:
    drag(maria, "TG3", "TG1", edition=draft)

    assert order(draft) == ["TG3", "TG2", "TG1"]


def test_drag_without_order_is_refused(maria: Client, draft: Edition) -> None:
    table: list[str] = [
        "",
        "[]",
        "{}",
        '{"updatedItems": []}',
        '{"updatedItems": [["a", 1]]}',
        "[" * 9999,
    ]

    assert {
        body: maria.post(DRAG, body, "application/json").status_code for body in table
    } == dict.fromkeys(table, 400)


def test_drag_is_a_post(maria: Client, draft: Edition) -> None:
    assert maria.get(DRAG).status_code == 405


def test_drag_of_unknown_rows_is_refused(maria: Client, draft: Edition) -> None:
    body = json.dumps({"updatedItems": [[99999, 1]]})

    assert maria.post(DRAG, body, "application/json").status_code == 403


def test_typed_number_is_the_place(maria: Client, draft: Edition) -> None:
    table: list[tuple[dict[str, int], list[str]]] = [
        ({"TG1": 3}, ["TG2", "TG3", "TG1"]),
        ({"TG3": 1}, ["TG3", "TG1", "TG2"]),
        ({"TG1": 3, "TG3": 1}, ["TG3", "TG2", "TG1"]),
        ({"TG1": 99}, ["TG2", "TG3", "TG1"]),
    ]

    def outcome(places: dict[str, int]) -> object:
        with undone():
            maria.post(LIST, numbers(maria, **places))
            return order(draft), list(Question.objects.values_list("position", flat=True))

    assert [outcome(places) for places, _ in table] == [
        (expected, [0, 1, 2]) for _, expected in table
    ]


def test_number_below_one_is_refused(maria: Client, draft: Edition) -> None:
    response = maria.post(LIST, numbers(maria, TG1=0))

    assert response.context["cl"].formset.errors[0] != {}
    assert order(draft) == ["TG1", "TG2", "TG3"]


def test_rows_of_draft_can_be_dragged(maria: Client, draft: Edition) -> None:
    assert maria.get(LIST).content.count(b"drag handle") == 3
    assert maria.get(LIST, {"edition": "all"}).content.count(b"drag handle") == 0


@pytest.mark.no_cover
@pytest.mark.parametrize("count", [1, 1000])
def test_queries_of_question_list(
    maria: Client, draft: Edition, count: int, django_assert_max_num_queries: Any
) -> None:
    other = make_dimension(draft, "SC", 9)
    for field in ("arrangement", "programmes", "tier"):
        profile_question(draft, field)
    make_question(draft, "SC1", 9, other)
    Question.objects.bulk_create(
        Question(edition=draft, code=f"SC{n}", kind="text", text="?", position=n, dimension=other)
        for n in range(10, 9 + count)
    )
    maria.get(LIST)

    with django_assert_max_num_queries(10):
        maria.get(LIST)


def rules(client: Client, **query: str) -> Any:
    return client.get("/admin/assessment/rule/", query)


def test_horizons_stand_in_words(maria: Client, draft: Edition) -> None:
    html = rules(maria).content.decode()

    assert '<td data-column="Horizon" class="field-horizon">within 6 months</td>' in html


def test_every_horizon_of_the_method_has_words() -> None:
    assert tuple(Rule.Horizon.values) == HORIZONS


def test_every_kind_of_question_is_explained() -> None:
    assert QUESTION_KIND_NAMES.keys() == KINDS.keys()


def test_list_counts_up_to_a_number_of_answers(
    maria: Client, draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        AnswerFactory(response=ResponseFactory(edition=draft), code="TG2")
    for module in (answer_counts, questions):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)

    html = maria.get(LIST, {"edition": str(draft.pk)}).content.decode()

    assert "2 or more" in html
