"""The tables are those of the models, and the database holds what it can hold."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import PROTECT, ForeignKey, Model

from assessment.models import Response, Result, Round, Scheme

MODELS = list(apps.get_app_config("assessment").get_models())
CITED: list[tuple[type[Model], str]] = [
    *((Response, "result"), (Response, "supersedes"), (Round, "edition"), (Round, "result")),
    *((Result, "round"), (Result, "edition"), (Scheme, "owner")),
]


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_constraints_of_the_models_stand_in_the_database() -> None:
    with connection.cursor() as cursor:
        found = {
            name
            for model in MODELS
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }

    declared = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert declared - found == set()


def test_what_is_cited_cannot_be_deleted() -> None:
    fields = [model._meta.get_field(name) for model, name in CITED]
    held = [isinstance(f, ForeignKey) and f.remote_field.on_delete is PROTECT for f in fields]

    assert [*zip(CITED, held, strict=True)] == [(cited, True) for cited in CITED]
