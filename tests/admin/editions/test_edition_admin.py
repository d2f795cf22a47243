from __future__ import annotations

import json
from typing import Any

from django.test import Client

from assessment.models import Edition
from tests.admin.edition_pages import page, person
from tests.admin.form_data import admin_form_data, errors


def test_list_counts_what_editions_hold(maria: Client, published: Edition, draft: Edition) -> None:
    rows = maria.get("/admin/assessment/edition/").context["cl"].result_list

    counted = [(e, e.questions_here, e.findings_here, e.rules_here, e.responses_here) for e in rows]
    assert counted == [(draft, 3, 3, 1, 0), (published, 3, 3, 1, 0)]


def test_list_offers_the_next_steps(maria: Client, published: Edition, draft: Edition) -> None:
    html = maria.get("/admin/assessment/edition/").content.decode()

    steps = [
        *(page(name, draft) for name in ("checks", "publish", "draft")),
        page("draft", published),
    ]
    assert [html.count(f'href="{step}"') for step in steps] == [1, 1, 1, 1]
    assert page("publish", published) not in html


def test_list_offers_each_person_what_she_may_do(draft: Edition) -> None:
    reader = person("rosa", "view_edition")

    html = reader.get("/admin/assessment/edition/").content.decode()

    assert [page(name, draft) in html for name in ("checks", "publish", "draft")] == [
        True,
        False,
        False,
    ]


def test_change_page_offers_the_next_steps(maria: Client, draft: Edition) -> None:
    html = maria.get(page("change", draft)).content.decode()

    assert f'href="{page("publish", draft)}"' in html
    assert f'href="{page("draft", draft)}"' in html


def test_edition_is_never_added_by_hand(maria: Client, draft: Edition) -> None:
    assert maria.get("/admin/assessment/edition/add/").status_code == 403


def test_name_of_draft_is_changed(maria: Client, draft: Edition) -> None:
    response = maria.post(
        page("change", draft), admin_form_data(maria, page("change", draft)) | {"name": "Third"}
    )

    assert response.status_code == 302, errors(response)
    draft.refresh_from_db()
    assert draft.name == "Third"


def test_threshold_out_of_its_range_is_refused_in_words(maria: Client, draft: Edition) -> None:
    scale = draft.scale | {"essential_below": 500, "verdict_not_seen": 60}
    data = admin_form_data(maria, page("change", draft)) | {"scale": json.dumps(scale)}

    essential = (
        "In “Scale and thresholds”, “essential_below” (an essential question that scores below "
        "this holds its dimension) must be from 1 to 100. It says 500."
    )
    verdicts = (
        "In “Scale and thresholds”, “verdict_not_seen” (the score below which a finding counts as "
        "not seen) must be below “verdict_seen” (the score from which a finding counts as seen)."
    )
    assert errors(maria.post(page("change", draft), data)) == [essential, verdicts]


def test_scale_that_nothing_can_hold_is_refused_as_no_json(maria: Client, draft: Edition) -> None:
    form = admin_form_data(maria, page("change", draft))

    for scale in ("[" * 100_000, "9" * 5_000, '{"labels": ["\\ud800"]}', "{"):
        answer = maria.post(page("change", draft), form | {"scale": scale})
        assert (answer.status_code, errors(answer)) == (200, ["Enter a valid JSON."]), scale[:20]


def test_broken_scale_is_refused(maria: Client, draft: Edition) -> None:
    table: list[Any] = [{"bands": []}, [1]]

    def outcome(scale: Any) -> object:
        data = admin_form_data(maria, page("change", draft)) | {"scale": json.dumps(scale)}
        return errors(maria.post(page("change", draft), data))

    assert [outcome(scale) for scale in table] == [
        ["This is not a whole scale: levels is missing."]
    ] * len(table)
