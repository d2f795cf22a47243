"""The site that is measured: a database of its own, the whole bank, responses in each state."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessment.actions.answer import Incoming, save_answers
from assessment.actions.load_seeds import load_seeds
from assessment.actions.publish import publish
from assessment.actions.start import start_response
from assessment.actions.submit import submit_response
from assessment.models import Answer, Edition, Response
from assessment.seeds import SEEDS, read_seeds
from tools.bench.browser import Browser

if TYPE_CHECKING:
    from assessment.method.instrument import Instrument

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Ground:
    edition: Edition

    @cached_property
    def instrument(self) -> Instrument:
        return self.edition.instrument()

    @cached_property
    def example(self) -> dict[str, Any]:
        return tomllib.loads((SEEDS / "example.toml").read_text(encoding="utf-8"))

    @cached_property
    def sections(self) -> list[str]:
        return [dimension.code.lower() for dimension in self.instrument.dimensions]

    def begun(self, key: str) -> Response:
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

    def answered(self, key: str, share: int = 1) -> Response:
        """Every `share`-th question is answered."""
        response = self.begun(key)
        notes = self.example["notes"]
        given = list(self.example["answers"].items())[::share]
        answers = [
            Incoming(code=code, raw=raw, note=notes.get(code, ""), revision=0)
            for code, raw in given
        ]
        save_answers(response=response, answers=answers, now=timezone.now())
        return Response.objects.select_related("edition", "scheme").get(pk=response.pk)

    def submitted(self, key: str) -> Response:
        response = self.answered(key)
        submit_response(response=response, now=timezone.now())
        return Response.objects.select_related("edition", "scheme", "result").get(pk=response.pk)

    def page(self, response: Response, section: str) -> str:
        return reverse("page", args=[response.uuid, section])


def prepared() -> Ground:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    loaded = load_seeds(instrument=read_seeds(), now=timezone.now())
    return Ground(publish(edition=loaded.edition, now=timezone.now()))


def stored(response: Response) -> int:
    return Answer.objects.filter(response=response).count()


__all__ = ["Browser", "Ground", "prepared", "stored"]
