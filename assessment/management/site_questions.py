"""What `start` asks once of who sits at the terminal: who runs the site and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.actions.clean_text import BadText, clean_line
from assessment.models import Site
from assessment.models.site import THE_ROW

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = {
    "organisation": "Which institution runs this site? (Enter to skip) ",
    "person": "Who answers people's questions about it? (name, Enter to skip) ",
    "contact": "How is that person reached? (telephone or e-mail, Enter to skip) ",
}


def ask_who_runs_site(tell: Callable[[str], None]) -> None:
    """Once: the row stands from then on, with whatever was left empty."""
    if Site.objects.exists():
        return
    answers = {name: _line(question, tell) for name, question in QUESTIONS.items()}
    Site.objects.create(pk=THE_ROW, **answers)
    if not all(answers.values()):
        tell("What is left empty can be said in the administration, under “who runs this site”.")


def _line(question: str, tell: Callable[[str], None]) -> str:
    while True:
        try:
            return clean_line(input(question))
        except BadText:
            tell("That cannot be kept: give one line of at most 200 letters.")
