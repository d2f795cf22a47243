"""Rows for tests: one published edition from seeds/, and responses on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import Answer, Edition, Response, Result, Round, Scheme
from assessment.models.results import compressed
from tests.seeds_once import seeds

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
SECRET = "s" * 32
PROFILE: dict[str, int | str] = {
    "country": "PE",
    "region": "LA",
    "stage": "running",
    "programmes": 2,
    "arrangement": "complementary_different",
    "intention": "yes",
    "stronger": "social_protection",
}


def published_edition() -> Edition:
    """The edition of seeds/, published; made where the database has none."""
    current = Edition.objects.current()
    if current is not None:
        return current
    return publish(edition=load_seeds(instrument=seeds(), now=NOW).edition, now=NOW)


class SchemeFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """Two programmes in Peru, so that every question of the bank applies."""

    class Meta:
        model = Scheme

    name = "Haku Wiñay and Juntos"
    country = "PE"
    created_at = NOW


class RoundFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """Open, of one person alone; the facts in `profile` are those of the scheme, or others."""

    class Meta:
        model = Round

    scheme = factory.SubFactory(SchemeFactory)
    edition = factory.LazyFunction(published_edition)
    profile = factory.LazyFunction(lambda: dict(PROFILE))
    languages = ["en"]
    state = Round.State.OPEN
    alone = True
    created_at = NOW
    opened_at = NOW


class SeveralFactory(RoundFactory):
    """An open round of several, with the usual minimum."""

    alone = False
    minimum = 5


class ResponseFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """An open response; its return link's secret is `secret`."""

    class Meta:
        model = Response

    class Params:
        secret = factory.Sequence(lambda n: f"{n:032d}")
        edition = factory.LazyFunction(published_edition)

    round = factory.SubFactory(RoundFactory, edition=factory.SelfAttribute("..edition"))
    secret_hash = factory.LazyAttribute(lambda made: hash_of_secret(made.secret))
    key = factory.Sequence(lambda n: f"key-{n}")
    notice = "test"
    created_at = NOW


class SeatFactory(ResponseFactory):
    """An open response of a round of several, at the local tier of agriculture."""

    round = factory.SubFactory(SeveralFactory, edition=factory.SelfAttribute("..edition"))
    tier = "local"
    sector = "agriculture"


class ResultFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """Of one response, as it is stored; `content` is what the method said."""

    class Meta:
        model = Result
        exclude = ("content", "edition")

    content = factory.LazyFunction(dict)
    edition = factory.LazyFunction(published_edition)
    round = factory.SubFactory(RoundFactory, edition=factory.SelfAttribute("..edition"))
    kind = Result.Kind.OWN
    edition_id = factory.SelfAttribute("round.edition_id")
    edition_hash = "f" * 64
    method_version = "1.0"
    content_zlib = factory.LazyAttribute(lambda made: compressed(made.content))
    content_hash = "e" * 64
    created_at = NOW


class AnswerFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """Level 2 to TG2."""

    class Meta:
        model = Answer

    response = factory.SubFactory(ResponseFactory)
    code = "TG2"
    status = "answered"
    value = 2
    updated_at = NOW


def answered(response: Response, **values: Any) -> Response:
    """The response with these answers by question code; a text is a status."""
    for code, value in values.items():
        is_status = value in ("dont_know", "not_applicable")
        columns = {"status": value, "value": None} if is_status else {"value": value}
        AnswerFactory(response=response, code=code, **columns)
    return response
