"""A person without JavaScript, from the start page to the report."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
SECTIONS = ("pc", "ds", "tg", "bi", "hc", "vc", "lc", "sc", "rp", "closing")


def begun(client: Client) -> Response:
    page = client.get(reverse("begin"))
    profile = {"P1": "PE", "P4": "running", "P5": "2", "P6": "coincident", "name": "Two programmes"}
    posted = client.post(reverse("begin"), form_data(page) | profile)
    response = Response.objects.get()
    assert posted.headers["Location"] == reverse("link", args=[response.uuid])
    return response


def test_journey_leads_to_report(client: Client, edition: object) -> None:
    response = begun(client)
    link = re.search(
        r"http://testserver(/return/[\w-]+/)",
        client.get(f"/response/{response.uuid}/link/").content.decode(),
    )
    assert link
    other_device = Client()
    assert other_device.get(link[1]).headers["Location"] == reverse("tasks", args=[response.uuid])
    for section in SECTIONS:
        address = reverse("page", args=[response.uuid, section])
        page = other_device.get(address)
        data = form_data(page)
        for question in page.context["form"].questions:
            data[question.code] = {"level": "2", "number": "3", "text": "A common list."}.get(
                question.kind, "none"
            )
        posted = other_device.post(address, data)
        while address in posted.headers["Location"]:
            page = other_device.get(posted.headers["Location"])
            posted = other_device.post(address, form_data(page))
    check = other_device.get(posted.headers["Location"])
    submitted = other_device.post(reverse("submit", args=[response.uuid]), form_data(check))
    assert submitted.headers["Location"] == reverse("confirmation", args=[response.uuid])
    confirmation = other_device.get(submitted.headers["Location"])
    assert confirmation.status_code == 200
    report = other_device.get(reverse("report", args=[response.uuid]))
    assert report.status_code == 200
