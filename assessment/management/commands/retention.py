from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessment.actions.rounds.retention import delete_overdue, overdue_rounds
from assessment.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.actions.rounds.retention import OverdueRound


class Command(BaseCommand):
    help = "Deletes the single answers and names that rounds promised to keep no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and stop")
        parser.add_argument("--organisation", help="of this one only, by its name")

    def handle(self, *args: Any, **options: Any) -> None:
        """The worker does the same every minute; results stay as they are."""
        organisation, now = None, timezone.now()
        if options["organisation"]:
            organisation = Organisation.objects.filter(name=options["organisation"]).first()
            if organisation is None:
                raise CommandError(f"There is no organisation {options['organisation']}.")
        due = list(overdue_rounds(now=now, organisation=organisation))
        self.say(due)
        if options["dry_run"]:
            self.stdout.write(f"{len(due)} rounds are due. Nothing was deleted.")
        else:
            number = delete_overdue(now=now, organisation=organisation)
            self.stdout.write(f"{number} rounds lost their single answers. Results stay.")

    def say(self, due: Iterable[OverdueRound]) -> None:
        """Numbers and references only: no name of a person, and no answer."""

        def owner(one: OverdueRound) -> str:
            return one.round.scheme.owner.name if one.round.scheme.owner else "without one"

        for name, rounds in groupby(sorted(due, key=owner), owner):
            self.stdout.write(f"Organisation: {name}")
            for one in rounds:
                self.stdout.write(
                    f"  {one.round.reference} kept until {one.kept_until}: "
                    f"{one.responses} responses, {one.answers} answers, {one.notes} notes, "
                    f"{one.own_results} own results, {one.people} people by name"
                )
