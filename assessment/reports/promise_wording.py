"""What respondents of a round are promised, a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.models.promises import Promise, read_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.models import Response, Round


def promise_sentences(round: Round, *, on_paper: bool = False) -> list[str]:
    """In the order in which people ask; the whole of what is done with their answers.

    `on_paper`: for who fills in a sheet that somebody else enters.
    """
    promise = read_promise(round.promise)
    return [
        *_told(promise, on_paper=on_paper),
        *_shown(round.minimum or 0),
        *_results(promise, on_paper=on_paper),
        _notes(promise),
        *_kept(promise),
        *_passed_on(promise),
        _("Whoever runs this server can technically read what is stored on it."),
    ]


def who_sees_notes(response: Response) -> str:
    """Beside every note and free answer of one among several, by what she was promised."""
    promise = read_promise(response.promise)
    sentences = [_sees_notes(promise)]
    if response.entry == response.Entry.ON_BEHALF:
        sentences.append(_("Whoever enters the sheet sees it too."))
    return " ".join([*sentences, _("Name no persons.")])


def _sees_notes(promise: Promise) -> str:
    if promise.attributed:
        return _("Who sees this: whoever runs the round, once it is closed, with your name.")
    if promise.notes_to_facilitators:
        return _("Who sees this: whoever runs the round, once it is closed, without your name.")
    return _("Who sees this: only who has your private link. It stands in no report.")


def _told(promise: Promise, *, on_paper: bool) -> Iterator[str]:
    if on_paper:
        yield _("Whoever enters this sheet sees your answers.")
    if promise.attributed:
        yield _(
            "Whoever runs the round reads what you answered, with your name and institution, once "
            "it is closed. The others who answer do not."
        )
    elif on_paper:
        yield _("Nobody else is told what you answered, and your name is not entered.")
    else:
        yield _(
            "Nobody is told what you answered: neither who invited you nor the others who answer."
        )


def _shown(minimum: int) -> Iterator[str]:
    yield _(
        "Figures are shown only for groups of at least %(minimum)d people, and never where "
        "somebody could work out from others what a smaller group answered."
    ) % {"minimum": minimum}
    yield _("Where all people of a group answer alike, its mean says what each of them answered.")
    yield _("An answer that several people give together is shown as theirs, however few they are.")


def _results(promise: Promise, *, on_paper: bool) -> Iterator[str]:
    if promise.own_result and not on_paper:
        yield _("You get a result of your own answers; nobody else sees it.")
    else:
        yield _("You get no result of your own answers alone.")
    if promise.round_result and not on_paper:
        yield _("Once the round is closed, you see its result with the same link.")
    else:
        yield _("The result of the round goes to whoever runs it.")


def _notes(promise: Promise) -> str:
    if promise.attributed:
        return _("The notes and free answers that you write are read with your answers.")
    if promise.notes_to_facilitators:
        return _(
            "Whoever runs the round reads the notes and free answers that you write, without your "
            "name, once it is closed."
        )
    return _("Whoever runs the round does not get to read the notes that you write.")


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
