from __future__ import annotations

from assessment.models import Response, Round
from assessment.models.promises import Promise
from assessment.reports.promise_wording import promise_sentences, who_sees_notes


def passed_on(**promise: object) -> list[str]:
    stored = Promise(**promise).as_stored()  # type: ignore[arg-type]
    sentences = promise_sentences(Round(alone=False, minimum=5, promise=stored))
    return [sentence for sentence in sentences if sentence.startswith("The result of the round")][
        1:
    ]


def test_who_gets_the_result_is_said_and_nobody_else() -> None:
    nobody = "The result of the round is given to nobody else and is not made public."
    shared = "The result of the round may be given to: Donor, NGO."
    public = "The result of the round may be made public."

    assert passed_on() == [nobody]
    assert passed_on(shared_with=("Donor", "NGO")) == [shared]
    assert passed_on(shared_with=("Donor", "NGO"), published=True) == [shared, public]
    assert passed_on(published=True) == [public]


def test_who_sees_a_note_is_said_by_what_was_promised() -> None:
    def said(**promise: object) -> str:
        stored = Promise(**promise).as_stored()  # type: ignore[arg-type]
        return who_sees_notes(Response(promise=stored)).partition(":")[2]

    assert said().startswith(" only who has your private link.")
    assert said(notes_to_facilitators=True) == (
        " whoever runs the round, once it is closed, without your name. Name no persons."
    )
    assert said(attributed=True).startswith(" whoever runs the round, once it is closed, with your")
