"""Fifty devices press Submit at once, on a database of its own; prints what each was told."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from assessment.models import Response, Result  # noqa: E402
from tests.factories import ResponseFactory, answered  # noqa: E402
from tests.web.conftest import granted  # noqa: E402
from tools.html_page import form_data  # noqa: E402

DEVICES = 50


def main() -> None:
    call_command("migrate", verbosity=0)
    response = answered(ResponseFactory(), TG2=2, TG3=1)
    devices = [granted(Client(), response) for _ in range(DEVICES)]
    form = form_data(devices[0].get(reverse("check", args=[response.uuid])))

    def press(device: Client) -> tuple[int, str]:
        answer = device.post(reverse("submit", args=[response.uuid]), form)
        connection.close()
        return answer.status_code, answer.headers["Location"]

    with ThreadPoolExecutor(DEVICES) as pool:
        receipts = list(pool.map(press, devices))
    told = {"receipts": receipts, "results": Result.objects.count()}
    told["closed"] = Response.objects.get().is_submitted
    json.dump(told, sys.stdout)


with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
    main()
