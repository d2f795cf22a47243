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
from tests.admin.small_bank import freeze, make_edition, profile_question
from tests.factories import AnswerFactory, ResponseFactory
from tests.tables import undone

LIST = "/admin/assessment/question/"
FINDINGS = "/admin/assessment/finding/"
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


def test_list_shows_the_current_edition_or_the_draft(maria: Client, published: Edition) -> None:
    newer = freeze(make_edition("Third"), number=2)
    without_a_draft = maria.get(LIST).context["cl"].result_list
    draft = make_edition("Fourth")
    with_a_draft = maria.get(LIST).context["cl"].result_list

    assert {row.edition for row in without_a_draft} == {newer}
    assert {row.edition for row in with_a_draft} == {draft}


def test_cells_name_their_columns_and_rows_of_a_draft_can_be_dragged(
    maria: Client, published: Edition, draft: Edition
) -> None:
    """The names are for screens without headings."""
    page = maria.get(LIST).content.decode()

    assert '<th data-column="Code" class="field-code">' in page
    assert '<td data-column="Question" class="field-wording">' in page
    assert '<td class="action-checkbox">' in page
    assert page.count("drag handle") == 3
    assert maria.get(LIST, {"edition": "all"}).content.count(b"drag handle") == 0


def test_list_counts_options_rules_and_up_to_a_number_answers_of_all_editions(
    maria: Client, published: Edition, draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    for field in ("arrangement", "programmes", "tier"):
        profile_question(draft, field)
    draft.rule_set.update(
        when='answer.TG1 <= 1 and profile.arrangement != "single" and profile.programmes >= 2'
    )
    AnswerFactory(response=ResponseFactory(edition=published, round__profile={}), code="TG2")
    ResponseFactory(edition=draft, round__profile={"arrangement": "single"})

    rows = maria.get(LIST).context["cl"].result_list

    counted = {r.code: (r.options_here, r.rules_here, r.answers_here) for r in rows}
    assert counted == {
        "TG1": (5, 1, 0),
        "TG2": (5, 0, 1),
        "TG3": (5, 0, 0),
        "P-arrangement": (2, 1, 1),
        "P-programmes": (2, 1, 0),
        "P-tier": (2, 0, 0),
    }
    assert set(shown(maria, used="yes")) == {"TG1", "P-arrangement", "P-programmes"}

    for _ in range(2):
        AnswerFactory(response=ResponseFactory(edition=draft), code="TG2")
    for module in (answer_counts, questions):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    assert "2 or more" in maria.get(LIST, {"edition": str(draft.pk)}).content.decode()


@pytest.mark.no_cover
def test_filters_and_search(maria: Client, draft: Edition) -> None:
    Finding.objects.get(code="RS-2").dimensions.set(draft.dimension_set.filter(code="BI"))
    table: list[tuple[str, dict[str, str], list[str]]] = [
        (LIST, {"q": "TG2"}, ["TG2"]),
        (LIST, {"q": "does TG3"}, ["TG3"]),
        (LIST, {"dimension": "BI"}, []),
        (LIST, {"dimension": "TG"}, ["TG1", "TG2", "TG3"]),
        (LIST, {"kind": "text"}, []),
        (LIST, {"kind": "level"}, ["TG1", "TG2", "TG3"]),
        (LIST, {"kind": "poem"}, ["TG1", "TG2", "TG3"]),
        (LIST, {"used": "yes"}, ["TG1"]),
        (LIST, {"used": "no"}, ["TG2", "TG3"]),
        (LIST, {"used": "what"}, ["TG1", "TG2", "TG3"]),
        (LIST, {"essential__exact": "1"}, []),
        (LIST, {"edition__state__exact": "draft"}, ["TG1", "TG2", "TG3"]),
        (LIST, {"edition__state__exact": "retired"}, []),
        (LIST, {"missing": ""}, ["TG1", "TG2", "TG3"]),
        (LIST, {"edition": "all"}, ["TG1", "TG2", "TG3"]),
        (LIST, {"edition": "nonsense"}, []),
        (FINDINGS, {"cited": "yes"}, ["RS-0", "RS-1"]),
        (FINDINGS, {"cited": "no"}, ["RS-2"]),
        (FINDINGS, {"cited": "what"}, ["RS-0", "RS-1", "RS-2"]),
        (FINDINGS, {"dimension": "BI"}, ["RS-2"]),
    ]

    assert [(page, query, shown(maria, page, **query)) for page, query, _ in table] == table


def test_drag_moves_a_question_and_leaves_those_that_are_not_listed_or_is_refused(
    maria: Client, draft: Edition
) -> None:
    refused: dict[str, int] = {
        "": 400,
        "[]": 400,
        "{}": 400,
        '{"updatedItems": []}': 400,
        '{"updatedItems": [["a", 1]]}': 400,
        "[" * 9999: 400,
        '{"updatedItems": [[99999, 1]]}': 403,
    }

    response = drag(maria, "TG3", "TG1", "TG2", edition=draft)
    assert order(draft) == ["TG3", "TG1", "TG2"]
    assert sorted(response.json()["places"].values()) == [1, 2, 3]

    drag(maria, "TG2", "TG3", edition=draft)
    assert order(draft) == ["TG2", "TG1", "TG3"]

    answers = {body: maria.post(DRAG, body, "application/json").status_code for body in refused}
    assert answers == refused
    assert maria.get(DRAG).status_code == 405
    assert order(draft) == ["TG2", "TG1", "TG3"]


def test_typed_number_is_the_place(maria: Client, draft: Edition) -> None:
    """The first is 1: a lower number is refused at its row."""
    table: list[tuple[dict[str, int], list[str]]] = [
        ({"TG1": 3}, ["TG2", "TG3", "TG1"]),
        ({"TG3": 1}, ["TG3", "TG1", "TG2"]),
        ({"TG1": 3, "TG3": 1}, ["TG3", "TG2", "TG1"]),
        ({"TG1": 99}, ["TG2", "TG3", "TG1"]),
        ({"TG1": 0}, ["TG1", "TG2", "TG3"]),
    ]

    def outcome(places: dict[str, int]) -> object:
        with undone():
            maria.post(LIST, numbers(maria, **places))
            return order(draft), list(Question.objects.values_list("position", flat=True))

    assert [outcome(places) for places, _ in table] == [
        (expected, [0, 1, 2]) for _, expected in table
    ]
    refused = maria.post(LIST, numbers(maria, TG1=0)).context["cl"].formset
    assert [list(found) for found in refused.errors] == [["position"], [], []]


def test_every_kind_and_horizon_of_the_method_has_words() -> None:
    assert QUESTION_KIND_NAMES.keys() == KINDS.keys()
    assert tuple(Rule.Horizon.values) == HORIZONS
