"""The migration that lets groups into the administration, on people as they are."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User

migration = import_module("assessment.migrations.0031_groups_enter")
AUDITOR, TRANSLATOR = "Auditor", "Translator"


def rights() -> dict[str, set[str]]:
    return {user.username: user.get_all_permissions() for user in User.objects.all()}


@pytest.mark.django_db
def test_nobody_loses_what_she_could_do_and_a_group_enters() -> None:
    for name, enters, group in (
        ("in a group", False, TRANSLATOR),
        ("in a group and in", True, AUDITOR),
        ("in without a group", True, None),
        ("out", False, None),
    ):
        user = User.objects.create_user(name, is_staff=enters)
        user.groups.set(Group.objects.filter(name=group))
    Group.objects.get(name=AUDITOR).permissions.remove(
        Permission.objects.get(codename="view_recordentry")
    )
    before = rights()

    migration.let_groups_in(apps, None)
    migration.let_auditors_read(apps, None)

    gained = {name: now - before[name] for name, now in rights().items()}
    assert {name: lost for name, lost in before.items() if lost - rights()[name]} == {}
    assert gained == {name: set() for name in before} | {
        "in a group and in": {"assessment.view_recordentry"}
    }
    assert set(User.objects.filter(is_staff=True).values_list("username", flat=True)) == {
        *("in a group", "in a group and in", "in without a group")
    }


@pytest.mark.django_db
def test_group_that_was_deleted_stays_away() -> None:
    Group.objects.filter(name=AUDITOR).delete()

    migration.let_auditors_read(apps, None)

    assert not Group.objects.filter(name=AUDITOR).exists()
