"""One start of the questionnaire with TLS switched on; prints its headers and cookies."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from tests.factories import published_edition  # noqa: E402
from tools.html_page import form_data  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    published_edition()
    client = Client()
    plain = client.get("/begin/")
    for_machines = client.get("/healthz")
    page = client.get("/begin/", secure=True)
    client.post("/begin/", form_data(page), secure=True)
    cookies = {
        name: [bool(c["secure"]), bool(c["httponly"]), c["samesite"], c["path"], c["domain"]]
        for name, c in client.cookies.items()
    }
    told: dict[str, Any] = {"plain": [plain.status_code, plain["Location"]], "cookies": cookies}
    told |= {"healthz": for_machines.status_code, "hsts": page["Strict-Transport-Security"]}
    json.dump(told, sys.stdout)


with override_settings(ALLOWED_HOSTS=["*"]):
    main()
