from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessment.management.diagnosis import faults_by_part
from assessment.management.trial_mail import NotTaken, send_trial_mail


class Command(BaseCommand):
    help = "Tells what is wrong with this site and what to do; exits 1 where anything is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--mail-to",
            metavar="ADDRESS",
            help="only send a test message there, and tell what the mail server answered",
        )

    def handle(self, *args: Any, mail_to: str | None, **options: Any) -> None:
        if mail_to is not None:
            self.send_mail(mail_to)
            return
        total = 0
        for name, faults in faults_by_part():
            for fault in faults or ["ok"]:
                self.stdout.write(f"{name}: {fault}")
            total += len(faults)
        if total:
            self.stdout.write(f"{total} to be mended." if total > 1 else "One to be mended.")
            sys.exit(1)
        self.stdout.write("Nothing is wrong.")

    def send_mail(self, address: str) -> None:
        try:
            answer = send_trial_mail(address)
        except NotTaken as refusal:
            self.stdout.write(f"mail: {refusal}")
            sys.exit(1)
        self.stdout.write(f"mail: taken for {address}. The server answered: {answer}")
