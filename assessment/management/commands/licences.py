from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.management.licence_page import PAGE, page, table
from assessment.management.licences import packages_of, permitted_licences, purposes, refusals


class UnlistedLicence(CommandError):
    pass


class Command(BaseCommand):
    help = "Lists the licences of the locked packages; fails where one is not permitted or unknown."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dev", action="store_true", help="the packages of tests and tools too"
        )
        parser.add_argument("--write", action="store_true", help=f"write {PAGE}, with both")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.BASE_DIR
        rules = permitted_licences(root)
        run, tools = packages_of(root)
        packages = run + tools if options["dev"] or options["write"] else run
        if refused := refusals(packages, rules):
            raise UnlistedLicence("\n".join(refused))
        if options["write"]:
            (root / PAGE).write_text(page(root), encoding="utf-8")
            self.stdout.write(f"{PAGE} is written.")
        else:
            why = purposes((root / "pyproject.toml").read_text(encoding="utf-8"))
            self.stdout.write(table(packages, rules, why), ending="")
