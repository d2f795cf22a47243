"""The site that is measured: a database of its own, the whole bank, responses in each state."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.start import start_response
from assessment.actions.responses.submit import submit_response
from assessment.instrument.seeds import SEEDS, read_seeds
from assessment.models import Edition, Response

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


@dataclass(frozen=True)
class MeasuredSite:
    """Each response is made under a key of its own, because the same key makes none twice."""

    edition: Edition

    @cached_property
    def instrument(self) -> Instrument:
        return self.edition.instrument()

    @cached_property
    def example(self) -> dict[str, Any]:
        return tomllib.loads((SEEDS / "example.toml").read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> list[str]:
        """The slug of each dimension's page."""
        return [dimension.code.lower() for dimension in self.instrument.dimensions]

    def new_response(self, key: str) -> Response:
        return start_response(
            edition=self.edition,
            profile=self.example["profile"],
            programmes=[],
            name="Two programmes",
            language="en",
            key=key,
            notice="1",
            now=timezone.now(),
        ).response

    def answered_response(self, key: str, every: int = 1) -> Response:
        """The first question and every so many-th after it are answered."""
        response = self.new_response(key)
        answers = read_submitted(
            instrument=self.instrument,
            answers=dict(list(self.example["answers"].items())[::every]),
            notes=self.example["notes"],
        )
        save_answers(response=response, answers=answers, now=timezone.now())
        return Response.objects.select_related("round__edition", "round__scheme").get(
            pk=response.pk
        )

    def submitted_response(self, key: str) -> Response:
        response = self.answered_response(key)
        submit_response(response=response, now=timezone.now())
        related = ("round__edition", "round__scheme", "result")
        return Response.objects.select_related(*related).get(pk=response.pk)

    def page_address(self, response: Response, page: str) -> str:
        return reverse("page", args=[response.uuid, page])


def prepare_site() -> MeasuredSite:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    loaded = load_seeds(instrument=read_seeds(), now=timezone.now())
    return MeasuredSite(publish(edition=loaded.edition, now=timezone.now()))
