from __future__ import annotations

import json

from django.test import Client

from assessment.models import Edition
from tests.admin.edition_pages import page, person
from tests.admin.form_data import admin_form_data, errors


def test_list_counts_what_editions_hold_and_offers_each_person_her_next_steps(
    maria: Client, published: Edition, draft: Edition
) -> None:
    address = "/admin/assessment/edition/"
    steps = [page(name, draft) for name in ("checks", "publish", "draft")]
    response = maria.get(address)

    rows = response.context["cl"].result_list
    counted = [(e, e.questions_here, e.findings_here, e.rules_here, e.responses_here) for e in rows]
    assert counted == [(draft, 3, 3, 1, 0), (published, 3, 3, 1, 0)]
    html = response.content.decode()
    offered = [html.count(f'href="{step}"') for step in (*steps, page("draft", published))]
    assert offered == [1, 1, 1, 1]
    assert page("publish", published) not in html
    read = person("rosa", "view_edition").get(address).content.decode()
    assert [step in read for step in steps] == [True, False, False]
    assert maria.get(f"{address}add/").status_code == 403  # an edition is never added by hand


def test_page_of_a_draft_offers_the_next_steps_and_takes_a_name(
    maria: Client, draft: Edition
) -> None:
    html = maria.get(page("change", draft)).content.decode()
    response = maria.post(
        page("change", draft), admin_form_data(maria, page("change", draft)) | {"name": "Third"}
    )

    steps = [f'href="{page(name, draft)}"' for name in ("publish", "draft")]
    assert [step for step in steps if step not in html] == []
    assert response.status_code == 302, errors(response)
    draft.refresh_from_db()
    assert draft.name == "Third"


def test_scale_that_is_none_is_refused_in_words(maria: Client, draft: Edition) -> None:
    essential = (
        "In “Scale and thresholds”, “essential_below” (an essential question that scores below "
        "this holds its dimension) must be from 1 to 100. It says 500."
    )
    verdicts = (
        "In “Scale and thresholds”, “verdict_not_seen” (the score below which a finding counts as "
        "not seen) must be below “verdict_seen” (the score from which a finding counts as seen)."
    )
    no_json, not_whole = "Enter a valid JSON.", "This is not a whole scale: levels is missing."
    out_of_range = draft.scale | {"essential_below": 500, "verdict_not_seen": 60}
    table = {json.dumps(out_of_range): [essential, verdicts]}
    broken = ("{", "[" * 100_000, "9" * 5_000, '{"labels": ["\\ud800"]}')
    table |= {text: [no_json] for text in broken}
    table |= {text: [not_whole] for text in ('{"bands": []}', "[1]")}
    form, before = admin_form_data(maria, page("change", draft)), draft.scale

    def outcome(scale: str) -> tuple[int, list[str]]:
        answer = maria.post(page("change", draft), form | {"scale": scale})
        return answer.status_code, errors(answer)

    assert {scale[:20]: outcome(scale) for scale in table} == {
        scale[:20]: (200, found) for scale, found in table.items()
    }
    draft.refresh_from_db()
    assert draft.scale == before
