from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.actions.accounts.reset_second_factor import reset_second_factor


class Command(BaseCommand):
    help = "Takes every second factor off an account, for somebody who lost hers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the account's user name")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['name']}.")
        number = reset_second_factor(user=user)
        self.stdout.write(
            f"{number} second factors of {user} are gone, and {user} is signed out everywhere."
            if number
            else f"{user} has no second factor."
        )
