from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.actions.report_files.bound import delete_least_used_files, delete_old_packs
from assessment.models import ReportFile
from tests.factories import NOW, ResultFactory
from tests.tables import undone


@pytest.mark.django_db
def test_least_used_files_go_first() -> None:
    table = {30: [2, 1, 3], 29: [2, 3], 10: [3], 0: []}
    for days in (2, 1, 3):
        used_on = (NOW + timedelta(days=days)).date()
        ready = {"state": ReportFile.State.READY, "content": b"x" * 10, "size": 10}
        ReportFile.objects.create(result=ResultFactory(), language="en", used_on=used_on, **ready)

    def left(most: int) -> list[int]:
        with undone():
            delete_least_used_files(most_bytes=most)
            stored = ReportFile.objects.order_by("pk").values_list("used_on", flat=True)
            return [(day - NOW.date()).days for day in stored if day]

    assert {most: left(most) for most in table} == table


@pytest.mark.django_db
def test_pack_that_nobody_read_today_goes_and_a_report_stays() -> None:
    made = ResultFactory()
    yesterday = (NOW - timedelta(days=1)).date()
    ready = {"state": ReportFile.State.READY, "content": b"x", "size": 1}
    packs = {"round": made.round, "layer": ReportFile.Layer.PACK_A4, **ready}
    ReportFile.objects.create(result=made, language="en", used_on=yesterday, **ready)
    ReportFile.objects.create(language="en", used_on=yesterday, **packs)
    ReportFile.objects.create(language="fr", used_on=NOW.date(), **packs)

    delete_old_packs(today=NOW.date())

    assert {str(file) for file in ReportFile.objects.all()} == {
        f"{made.pk}/en/all",
        "pack/fr/pack_a4",
    }
