from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from assessment.management.diagnosis import faults_by_part


class Command(BaseCommand):
    help = "Tells what is wrong with this site and what to do; exits 1 where anything is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for name, faults in faults_by_part():
            for fault in faults or ["ok"]:
                self.stdout.write(f"{name}: {fault}")
            total += len(faults)
        if total:
            self.stdout.write(f"{total} to be mended." if total > 1 else "One to be mended.")
            sys.exit(1)
        self.stdout.write("Nothing is wrong.")
