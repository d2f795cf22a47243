"""What respondents of a round are promised, a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.models.promises import Promise, read_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.models import Round


def promise_sentences(round: Round) -> list[str]:
    """In the order in which people ask; the whole of what is done with their answers."""
    promise = read_promise(round.promise)
    return [
        _("Nobody is told what you answered: neither who invited you nor the others who answer."),
        *_shown(round.minimum or 0),
        *_results(promise),
        _("Whoever runs the round reads the notes that you write, without your name.")
        if promise.notes_to_facilitators
        else _("Whoever runs the round does not get to read the notes that you write."),
        *_kept(promise),
        *_passed_on(promise),
        _("Whoever runs this server can technically read what is stored on it."),
    ]


def _shown(minimum: int) -> Iterator[str]:
    yield _(
        "Figures are shown only for groups of at least %(minimum)d people, and never where "
        "somebody could work out from others what a smaller group answered."
    ) % {"minimum": minimum}
    yield _("Where all people of a group answer alike, its mean says what each of them answered.")


def _results(promise: Promise) -> Iterator[str]:
    if promise.own_result:
        yield _("You get a result of your own answers; nobody else sees it.")
    else:
        yield _("You get no result of your own answers alone.")
    if promise.round_result:
        yield _("Once the round is closed, you see its result with the same link.")
    else:
        yield _("The result of the round goes to whoever runs it.")


def _kept(promise: Promise) -> Iterator[str]:
    if promise.kept_until is not None:
        yield _("Single answers are deleted after %(day)s.") % {
            "day": date_format(promise.kept_until)
        }
    else:
        yield _("Single answers are kept as long as the round is.")


def _passed_on(promise: Promise) -> Iterator[str]:
    if promise.shared_with:
        yield _("The result of the round may be given to: %(names)s.") % {
            "names": ", ".join(promise.shared_with)
        }
    if promise.published:
        yield _("The result of the round may be made public.")
    elif not promise.shared_with:
        yield _("The result of the round is given to nobody else and is not made public.")
