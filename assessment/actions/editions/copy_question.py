"""Copy a question of a draft under a new code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from assessment.models import Edition, Option, Question, Translation
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBERED = re.compile(r"(.*?)([0-9]{0,6})")
UNUSABLE = re.compile(r"[^A-Za-z0-9_]")
KIND = "questions"


class CodeTaken(Exception):
    """Another question has this code, in this edition or in any other: it is never used again."""


def free_code(question: Question) -> str:
    """The next number that no question of any edition has had: HC7 after HC6.

    What no code may have any more is left out: A2 after A-1.
    """
    code = UNUSABLE.sub("", question.code)
    stem = NUMBERED.fullmatch(code)
    beginning = stem[1] if stem else code
    known = Question.objects.filter(code__startswith=beginning).values_list("code", flat=True)
    numbers = {code.removeprefix(beginning) for code in known}
    last = max((int(n) for n in numbers if n.isdecimal() and len(n) <= 6), default=1)
    return f"{beginning}{last + 1}"


@transaction.atomic
def copy_question(*, question: Question, code: str) -> Question:
    """A copy behind the original, with options, findings and translations."""
    edition = Edition.objects.lock_draft(question.edition_id)
    if Question.objects.filter(code=code).exists():
        raise CodeTaken
    original = Question.objects.get(pk=question.pk)
    behind = Question.objects.filter(edition=edition, position__gt=original.position)
    behind.update(position=F("position") + 1)
    copy = Question.objects.get(pk=question.pk)
    copy.pk, copy.code, copy.position = None, code, original.position + 1
    copy.save(force_insert=True)
    copy.findings.set(original.findings.all())
    _copy(Option, Option.objects.filter(question=original), question=copy)
    texts = Translation.objects.filter(edition=edition, kind=KIND, code=original.code)
    _copy(Translation, texts, code=code)
    log_sentence(copy, copy_sentence(original.code))
    return copy


def copy_sentence(code: str) -> str:
    """In the history of the copy."""
    return gettext("Copied from %(code)s.") % {"code": code}


def _copy(model: type[Any], rows: Iterable[Any], **changes: Any) -> None:
    copies = list(rows)
    for row in copies:
        row.pk = None
        for name, value in changes.items():
            setattr(row, name, value)
    model.objects.bulk_create(copies)
