"""A page of the administration changed as a browser would, and what its history says."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from assessment.admin.history.changes import HistoryChange
from tests.admin.form_data import admin_form_data


def page(row: Any, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def change(client: Client, row: Any, **values: Any) -> LogEntry:
    """The newest entry of the row itself."""
    response = client.post(page(row), admin_form_data(client, page(row)) | values)
    assert response.status_code == 302
    return LogEntry.objects.get_for_object(row).latest("pk")


def history(client: Client, row: Any) -> list[HistoryChange]:
    changes: list[HistoryChange] = client.get(page(row, "history")).context["changes"]
    return changes


def said(change: HistoryChange) -> list[str]:
    return [sentence for line in change.lines for sentence in line.sentences]
