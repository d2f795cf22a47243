"""What is wrong with a condition of an edition, in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.request_cache import RequestCache
from assessment.instrument.conditions.check import check
from assessment.instrument.conditions.grammar import ConditionError, parse
from assessment.instrument.issues import Issue
from assessment.instrument.model import Instrument
from assessment.models import Edition
from assessment.reports.issue_wording.bank import bare_sentence

Families = frozenset[str]


class UnreadableEdition(Exception):
    """The draft holds a condition or a scale that nobody can read; says so in a sentence."""


class ConditionCheck:
    """Conditions held to one edition, which is compiled at the first that needs it, and once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    @property
    def instrument(self) -> Instrument:
        """Raises UnreadableEdition where a condition of the edition is none."""
        if isinstance(self._compiled, ConditionError):
            raise UnreadableEdition(
                gettext(
                    "This cannot be checked, because another condition of this edition is broken: "
                    "%(message)s"
                )
                % {"message": bare_sentence(self._compiled.issue)}
            )
        return self._compiled

    @cached_property
    def _compiled(self) -> Instrument | ConditionError:
        try:
            return self._edition.instrument()
        except ConditionError as error:
            return error

    def errors(self, text: str, families: Families) -> Iterator[ValidationError]:
        """Each with the character where it stands; `families` of names are those it may use."""
        try:
            condition = parse(text)
            issues = check(condition, self.instrument, families=families)
        except ConditionError as error:
            yield _placed(error.offset, bare_sentence(error.issue))
        except UnreadableEdition as error:
            yield ValidationError(str(error))
        else:
            yield from (_found(issue, text) for issue in issues)


class ConditionChecks:
    """For each edition its ConditionCheck."""

    def __init__(self) -> None:
        self._checks: dict[int, ConditionCheck] = {}

    def of(self, edition: Edition) -> ConditionCheck:
        return self._checks.setdefault(edition.pk, ConditionCheck(edition))


CONDITION_CHECKS = RequestCache(lambda _request: ConditionChecks())
"""A form and the rows below it check their conditions by one compilation.

Without it a rule with three variants is saved in 72 queries and not in 54.
"""


def _found(issue: Issue, text: str) -> ValidationError:
    message = bare_sentence(issue)
    name = issue.params.get("name")
    place = -1 if name is None else text.find(str(name))
    if place >= 0:
        return _placed(place, message)
    return ValidationError(_("Condition: %(message)s"), params={"message": message})


def _placed(offset: int, message: str) -> ValidationError:
    return ValidationError(
        _("Condition, character %(place)d: %(message)s"),
        params={"place": offset + 1, "message": message},
    )
