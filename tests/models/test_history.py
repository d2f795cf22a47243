"""What keeps its history, and that nothing of respondents does."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.contrib.auth.models import Group, User

from assessment.models import Question, Source
from assessment.models.history import log_sentence
from tests.admin.small_bank import make_edition
from tests.factories import ResponseFactory

OF_RESPONDENTS = {
    *("AgreedAnswer", "Answer", "DimensionScore", "Organisation", "Programme", "ReportFile"),
    *("Response", "Result", "ResultCode", "Round", "Scheme", "SectionState", "Counter"),
    *("DeviceCode", "Invitation", "MemberInvitation", "Membership", "OpenLink"),
    *(
        "AccountSession",
        "RecordEntry",
        "OrganisationLogo",
        "OutgoingMail",
        "PlanChange",
        "PlanLine",
        "PlanShare",
        "SharedBrief",
        "Unsubscribed",
    ),
    *("JointSession", "SessionAnswer", "SessionItem", "Signatory", "SignOff"),
}
ONCE_AND_FOR_ALL = {"Correction", "Upload"}
"""Made and never changed: the edition's history tells of them."""
OF_THE_MACHINE = {"Worker"}


def test_everything_of_the_bank_keeps_its_history_with_lists_of_rows() -> None:
    ours = set(apps.get_app_config("assessment").get_models())

    kept: set[Any] = set(auditlog.get_models())

    assert {m.__name__ for m in ours - kept} == OF_RESPONDENTS | ONCE_AND_FOR_ALL | OF_THE_MACHINE
    assert kept - ours == {User, Group}
    assert {model: set(auditlog._registry[model]["m2m_fields"]) for model in kept} == {
        model: {field.name for field in model._meta.many_to_many} for model in kept
    }


@pytest.mark.django_db
def test_person_is_kept_without_password_address_and_visits_and_a_response_not_at_all() -> None:
    user = User.objects.create_user("maria", "maria@example.org", "a long password")
    user.set_password("another long password")
    user.save()
    edition = make_edition("First edition")
    before = LogEntry.objects.count()

    ResponseFactory(edition=edition).save()

    entries = LogEntry.objects.get_for_object(user)
    assert [set(entry.changes) for entry in entries] == [
        {"username", "is_active", "is_staff", "is_superuser"}
    ]
    assert LogEntry.objects.count() == before


@pytest.mark.django_db
def test_entry_tells_of_a_row_that_comes_of_a_change_and_of_a_sentence() -> None:
    """A change in a command has no actor and keeps types."""
    edition = make_edition("First edition")
    question = Question.objects.get(edition=edition, code="TG2")
    came = LogEntry.objects.get_for_object(Source.objects.get(edition=edition)).get()

    question.essential, question.tiers = True, ["local"]
    question.save()
    changed = LogEntry.objects.latest("pk")
    log_sentence(edition, "Put into another order.")
    told = LogEntry.objects.latest("pk")

    columns = {field.name for field in Source._meta.concrete_fields}
    assert came.changes.keys() == columns - {"id"}
    assert changed.changes == {"essential": [False, True], "tiers": [["national"], ["local"]]}
    assert (changed.actor, changed.cid, changed.remote_addr) == (None, None, None)
    assert (told.changes, told.additional_data) == (None, {"words": "Put into another order."})
