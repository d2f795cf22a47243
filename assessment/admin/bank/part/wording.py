"""What the screens of the bank call the kinds of questions, and the uses of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument.kinds.registry import KINDS
from assessment.models import (
    Answer,
    Case,
    Dimension,
    Finding,
    Package,
    Pattern,
    Question,
    Round,
    Rule,
)
from assessment.models.queries.usage import Use

USE_SENTENCES: Mapping[tuple[type[Any], str], Any] = {
    (Rule, "condition"): _("Rule %(code)s: condition"),
    (Rule, "region"): _("Rule %(code)s: region"),
    (Rule, "suppressed_by"): _("Rule %(code)s: suppressed by this one"),
    (Rule, "contains"): _("Rule %(code)s: contains this one"),
    (Rule, "role"): _("Rule %(code)s: who acts"),
    (Rule, "with_roles"): _("Rule %(code)s: with whom"),
    (Rule, "findings"): _("Rule %(code)s: findings"),
    (Package, "rules"): _("Package %(code)s: rules"),
    (Package, "prerequisite_if"): _("Package %(code)s: comes first where one is recommended"),
    (Package, "prerequisite_of"): _("Package %(code)s: comes before this one"),
    (Pattern, "condition"): _("Pattern %(code)s: condition"),
    (Pattern, "findings"): _("Pattern %(code)s: findings"),
    (Pattern, "package"): _("Pattern %(code)s: package"),
    (Pattern, "case"): _("Pattern %(code)s: case"),
    (Question, "shown_if"): _("Question %(code)s: shown if"),
    (Question, "findings"): _("Question %(code)s: findings"),
    (Dimension, "findings"): _("Dimension %(code)s: findings"),
    (Finding, "condition"): _("Finding %(code)s: condition"),
    (Finding, "region"): _("Finding %(code)s: region"),
    (Case, "region"): _("Case %(code)s: region"),
    (Case, "finding"): _("Case %(code)s: finding"),
    (Case, "readings"): _("Case %(code)s: finding of a reading"),
    (Case, "arrangement"): _("Case %(code)s: arrangement"),
    (Case, "intention"): _("Case %(code)s: intention"),
}
"""By the model of what uses a part, and by its field."""


def use_sentence(use: Use) -> str:
    """Without the option that it speaks of."""
    if use.model is Answer:
        answers = ngettext("%(count)d answer", "%(count)d answers", use.count)
        if use.at_least:
            answers = gettext("%(count)d answers or more")
        return answers % {"count": use.count}
    if use.model is Round:
        rounds = ngettext("%(count)d round of several", "%(count)d rounds of several", use.count)
        return rounds % {"count": use.count}
    return str(USE_SENTENCES[use.model, use.place]) % {"code": use.code}


def option_use_sentence(use: Use) -> str:
    return gettext("Option %(value)s: %(use)s") % {"value": use.option, "use": use_sentence(use)}


def use_sentences(uses: Iterable[Use]) -> list[str]:
    return [use_sentence(use) for use in uses]


QUESTION_KIND_NAMES = {
    "level": _("level: one of five steps, from 0 to 4"),
    "multi": _("multi: as many options as apply, each with its points"),
    "number": _("number: a whole number between two bounds"),
    "choice": _("choice: one option, which gives no points"),
    "country": _("country: chosen from a list, gives no points"),
    "text": _("text: free words, which give no points"),
}


def question_kind_choices() -> list[tuple[str, Any]]:
    """The kinds there are, with what each is for; one without a name here stands by its code."""
    return [(kind, QUESTION_KIND_NAMES.get(kind, kind)) for kind in KINDS]
