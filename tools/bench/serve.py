"""python -m tools.bench.serve PORT: the site, with the addresses of the bench beside its own."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command
from django.test import override_settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")
    django.setup()
    with override_settings(ROOT_URLCONF="tools.bench.urls"):
        call_command("start", "--no-input", "--no-system-packages", port=int(sys.argv[1]))
