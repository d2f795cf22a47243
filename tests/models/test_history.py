"""What keeps its history, and that nothing of respondents does."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.contrib.auth.models import Group, User

from assessment.models import Edition, Question, Source
from assessment.models.history import log_sentence
from tests.admin.small_bank import make_edition
from tests.factories import NOW, ResponseFactory

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


def test_everything_of_the_bank_keeps_its_history() -> None:
    ours = set(apps.get_app_config("assessment").get_models())

    kept = set(auditlog.get_models())

    assert {m.__name__ for m in ours - kept} == OF_RESPONDENTS | ONCE_AND_FOR_ALL | OF_THE_MACHINE
    assert kept - ours == {User, Group}


def test_lists_of_rows_are_kept() -> None:
    models: list[Any] = auditlog.get_models()

    assert {model: set(auditlog._registry[model]["m2m_fields"]) for model in models} == {
        model: {field.name for field in model._meta.many_to_many} for model in models
    }


@pytest.mark.django_db
def test_person_is_kept_without_password_address_and_visits() -> None:
    user = User.objects.create_user("maria", "maria@example.org", "a long password")
    user.set_password("another long password")
    user.save()

    entries = LogEntry.objects.get_for_object(user)
    assert [set(entry.changes) for entry in entries] == [
        {"username", "is_active", "is_staff", "is_superuser"}
    ]


@pytest.mark.django_db
def test_response_leaves_no_entry() -> None:
    edition = make_edition("First edition")
    before = LogEntry.objects.count()

    ResponseFactory(edition=edition).save()

    assert LogEntry.objects.count() == before


@pytest.mark.django_db
def test_change_in_a_command_has_no_actor_and_keeps_types() -> None:
    edition = make_edition("First edition")
    question = Question.objects.get(edition=edition, code="TG2")
    question.essential, question.tiers = True, ["local"]

    question.save()

    entry = LogEntry.objects.latest("pk")
    assert entry.changes == {"essential": [False, True], "tiers": [["national"], ["local"]]}
    assert (entry.actor, entry.cid, entry.remote_addr) == (None, None, None)


@pytest.mark.django_db
def test_row_that_comes_is_told_without_what_points_to_it() -> None:
    edition = make_edition("First edition")

    entry = LogEntry.objects.get_for_object(Source.objects.get(edition=edition)).get()

    columns = {field.name for field in Source._meta.concrete_fields}
    assert entry.changes.keys() == columns - {"id"}


@pytest.mark.django_db
def test_tell_keeps_a_sentence() -> None:
    edition = Edition.objects.create(name="E", scale={}, created_at=NOW)

    log_sentence(edition, "Put into another order.")

    entry = LogEntry.objects.latest("pk")
    assert (entry.changes, entry.additional_data) == (None, {"words": "Put into another order."})
