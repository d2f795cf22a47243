from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from assessment.actions.responses import submit
from assessment.actions.responses.change_profile import change_profile
from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.reopen import NotSubmitted, Superseded, reopen_response
from assessment.actions.responses.submit import Incomplete, submit_response
from assessment.method.assess import METHOD_VERSION
from assessment.method.seats import Seat
from assessment.models import DimensionScore, Response, Result
from assessment.models.results import hash_of_content
from tests.actions.respondent_steps import PROFILE, save, sent, stored, submitted
from tests.factories import NOW
from tests.method.judging import assess_raw
from tests.tables import raised, undone

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from assessment.models import Edition


def test_submit_response_keeps_what_the_method_says_and_closes_the_response(
    response: Response, edition: Edition
) -> None:
    result = submitted(response)

    judged = assess_raw(
        instrument=response.edition.instrument(),
        profile=PROFILE,
        responses=[response.respondent()],
    )
    assert Result.objects.get().read() == judged
    assert result.content_hash == hash_of_content(result.content)
    assert (result.edition, result.edition_hash) == (edition, edition.content_hash)
    assert (result.method_version, result.created_at) == (METHOD_VERSION, NOW)
    rows = DimensionScore.objects.filter(result=result)
    assert {r.dimension: (r.score, r.low, r.high, r.level, r.sufficient) for r in rows} == {
        code: (d.score, d.low, d.high, d.level, d.sufficient)
        for code, d in judged.dimensions.items()
    }
    assert rows.count() == 9
    response.refresh_from_db()
    assert (response.result, response.submitted_at, response.is_submitted) == (result, NOW, True)


def test_submit_response_refuses_without_an_answer_and_a_second_time(response: Response) -> None:
    for note in ("", "Only a note."):
        save(response, sent("PC1", None, note=note))
        raised(Incomplete, submit_response, response=response, now=NOW)
    before = Result.objects.count()
    save(response, sent("PC1", 3, revision=1))
    result = submit_response(response=response, now=NOW).result

    raised(AlreadySubmitted, submit_response, response=response, now=NOW)

    assert (before, list(Result.objects.all())) == (0, [result])


def test_submit_response_needs_few_queries(
    response: Response, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    save(response, sent("PC1", 1))
    response.edition.instrument()

    with django_assert_max_num_queries(15):
        submit_response(response=response, now=NOW)


def overtaken(monkeypatch: pytest.MonkeyPatch, response: Response, saves: int) -> None:
    """Somebody saves another answer behind each of the first judgements."""
    real = submit.judge_response
    answers = iter(range(1, saves + 1))

    def judge_then_save(judged: Response) -> submit.JudgedResponse:
        found = real(judged)
        if (value := next(answers, None)) is not None:
            save(response, sent("PC1", value, revision=value))
        return found

    monkeypatch.setattr(submit, "judge_response", judge_then_save)


def test_submit_response_judges_outside_the_lock(
    response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(response, sent("PC1", 0))
    outside = connection.in_atomic_block, len(connection.savepoint_ids)
    real, seen = submit.judge_response, []

    def note_the_lock(judged: Response) -> submit.JudgedResponse:
        seen.append((connection.in_atomic_block, len(connection.savepoint_ids)))
        return real(judged)

    monkeypatch.setattr(submit, "judge_response", note_the_lock)
    submit_response(response=response, now=NOW)

    assert seen == [outside]


def test_submit_response_judges_what_was_saved_meanwhile(
    response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(response, sent("PC1", 0))

    def outcome(saves: int) -> object:
        response.refresh_from_db()
        with undone(), monkeypatch.context() as patch:
            overtaken(patch, response, saves)
            submit_response(response=response, now=NOW)
            return Result.objects.get().read().items["PC1"].value

    assert {saves: outcome(saves) for saves in (1, 3)} == {1: 1, 3: 3}


def test_submit_response_judges_a_profile_changed_meanwhile(
    response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(response, sent("PC1", 0))
    real = submit.judge_response
    later = iter(["ML"])

    def judge_then_move(judged: Response) -> submit.JudgedResponse:
        found = real(judged)
        if country := next(later, None):
            profile = {**PROFILE, "country": country, "region": "AF"}
            change_profile(response=response, profile=profile, programmes=(), name="", seat=Seat())
        return found

    monkeypatch.setattr(submit, "judge_response", judge_then_move)

    submit_response(response=response, now=NOW)

    assert Result.objects.get().read().profile["country"] == "ML"


def test_result_stays_with_its_response_and_edition(response: Response, edition: Edition) -> None:
    rows = Response.objects.filter(pk=response.pk)

    raised(ProtectedError, edition.delete)
    result = submitted(response)
    raised(ProtectedError, result.delete)
    with undone():
        raised(IntegrityError, rows.update, submitted_at=None)


def test_reopen_response_goes_on_with_a_copy_and_keeps_the_old_result(response: Response) -> None:
    result, link = submitted(response), response.secret_hash

    new = reopen_response(response=response, reason="A wrong number.", now=NOW)
    copied = stored(new)
    begun = new.is_submitted, new.scheme, new.edition, new.secret_hash
    save(new, sent("PC1", 0, revision=1))
    second = submit_response(response=new, now=NOW).result

    assert copied == stored(response)
    assert (new.supersedes, new.reopened_because) == (response, "A wrong number.")
    assert begun == (False, response.scheme, response.edition, link)
    response.refresh_from_db()
    assert response.secret_hash != link
    kept = Result.objects.get(pk=result.pk)
    assert (kept.content, kept.content_hash) == (result.content, result.content_hash)
    assert kept.response == response
    assert second is not None
    assert second.content_hash != kept.content_hash


def test_reopen_response_refuses_while_it_is_open_and_a_second_time(response: Response) -> None:
    raised(NotSubmitted, reopen_response, response=response, reason="", now=NOW)
    submitted(response)
    reopen_response(response=response, reason="First", now=NOW)

    raised(Superseded, reopen_response, response=response, reason="", now=NOW)

    assert Response.objects.count() == 2
