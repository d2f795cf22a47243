"""The worked rounds that `start --demo` loads."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.db import transaction
from pypdfium2 import PdfDocument

from assessment.actions.responses.demo import NoEdition
from assessment.actions.rounds.demo import DemoRound, load_demo_rounds
from assessment.actions.rounds.demo_afterwards import plan
from assessment.method.result import GivenTogether
from assessment.models import Membership, Response, Round
from assessment.reports.page import report_html
from assessment.reports.pdf.files import report_pdf
from assessment.reports.report_data import report_of_round
from assessment.reports.round_files.tables import json_of_round, xlsx_of_round
from tests.bank_fixtures import empty_bank_tables
from tests.factories import NOW, published_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

SP, AG = "social_protection", "agriculture"


@pytest.fixture(scope="module")
def loaded_once(bank_in_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoRound]:
    """To load it takes seconds; what a test does to it afterwards is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        published_edition()
        User.objects.create_user("viewer", "ana@example.org", "a long password")
        yield load_demo_rounds(now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once: DemoRound, db: None) -> DemoRound:
    loaded_once.round.refresh_from_db()
    return loaded_once


def test_demo_rounds_show_a_gap_a_broken_chain_and_a_hidden_group(loaded: DemoRound) -> None:
    """Two of one scheme, marked and a year apart, and none of one person alone."""
    result = loaded.round.result
    assert result is not None
    judged = result.read()
    rounds = list(Round.objects.filter(scheme=loaded.round.scheme).order_by("created_at"))

    hidden = [(group.sector, group.tier) for group in judged.groups if group.hidden]
    assert (hidden, loaded.round.invited[AG]["local"]) == ([(AG, "local")], 8)
    gaps = {gap.on for gap in judged.gaps if gap.between == (SP, AG) and abs(gap.levels) >= 1}
    assert {"HC", "TG", "BI", "RP"} <= gaps
    assert {step for link in judged.chain for step in link.drops} == {"regional_local"}
    assert [d.dimension for d in judged.dimensions.values() if not d.settled] == []
    assert [(one.demo, one.is_closed) for one in rounds] == [(True, True)] * 2
    assert rounds[1] == loaded.round
    assert (rounds[1].created_at - rounds[0].created_at).days > 300
    assert not Response.objects.of_one_person().exists()


def test_demo_goes_from_the_session_to_signatures_and_what_became_of_the_plan(
    loaded: DemoRound,
) -> None:
    """Advice that the result does not give is no line of it."""
    before = loaded.round.carried_from
    html = " ".join(report_html(report_of_round(loaded.round)).split())
    said = (
        "Agreed: 2. Not agreed: 1.",
        "Social protection approves this result.",
        "Agriculture refuses this result: Too few of our local offices were asked.",
        "What became of the plan of the round before",
        "Agreement of both ministries of March",
        "no budget line: To be put into the budget of next year.",
        "because too few of them answered: Agriculture, Local.",
        # Two of its seventeen stand in no figure.
        "15 people",
        "15 of 25",
    )

    plan(loaded.round, {"advice": "rule-none", "due_days": 1}, NOW)

    assert [words for words in said if words not in html] == []
    assert before is not None
    states = before.plan_lines.values_list("state", flat=True)
    assert sorted(states) == ["done", "done", "dropped", "under_way"]
    assert loaded.round.plan_lines.count() == 3


def test_brief_with_signatures_and_changes_keeps_its_two_pages(loaded: DemoRound) -> None:
    brief = report_pdf(report_of_round(loaded.round), layers=("brief",))

    pages = [page.get_textpage().get_text_range() for page in PdfDocument(brief)]
    assert len(pages) == 2
    assert "Agriculture refuses this result" in pages[0]
    assert "Established" in pages[1].partition("The profile")[2].partition("Commitment")[0]


def test_files_hold_every_part_of_a_round_and_say_that_it_is_invented(loaded: DemoRound) -> None:
    report = report_of_round(loaded.round)
    group = next(one for one in report.result.groups if not one.hidden)
    given = (GivenTogether(group.sector, group.tier, 7, group.dimensions),)
    report = replace(report, result=replace(report.result, together=given))

    book = openpyxl.load_workbook(BytesIO(xlsx_of_round(report)))

    assert {"Given together", "Agreement"} <= set(book.sheetnames)
    told = [cell for row in book.worksheets[0].values for cell in row]
    assert "Invented: nobody answered this." in told
    flat = json.loads(json_of_round(report))
    parts = {one["part"] for one in flat["figures"]}
    assert {"whole", "together", "gap", "chain", "spread", "code"} <= parts


def test_demo_accounts_take_no_name_and_get_a_new_password_until_they_got_more_to_do(
    loaded: DemoRound,
) -> None:
    again = load_demo_rounds(now=NOW)
    made = [User.objects.get(username=one.name) for one in loaded.accounts]
    holds = [
        [account.check_password(one[at].password) for one in (loaded.accounts, again.accounts)]
        for at, account in enumerate(made)
    ]
    User.objects.filter(username="facilitator").update(is_staff=True)
    ana, owner = User.objects.get(username="viewer"), loaded.round.scheme.owner
    assert owner is not None
    Membership.objects.create(organisation=owner, user=ana, duty="owner", since=NOW.date())
    third = load_demo_rounds(now=NOW)

    assert [(one.name, one.duty) for one in loaded.accounts] == [
        ("viewer-1", "viewer"),
        ("facilitator", "facilitator"),
    ]
    assert Round.objects.filter(alone=False).count() == 2
    assert holds == [[False, True]] * 2
    assert [one.name for one in third.accounts if one.password] == ["viewer-1"]
    ana.refresh_from_db()
    assert ana.check_password("a long password")


def test_demo_rounds_need_a_published_edition(db: None) -> None:
    empty_bank_tables()

    with pytest.raises(NoEdition):
        load_demo_rounds(now=NOW)
