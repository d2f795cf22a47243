"""A small edition, and one that is frozen."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from assessment.instrument.seeds import plain_scale
from assessment.models import (
    Case,
    CaseReading,
    Dimension,
    Edition,
    Finding,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Rule,
    Source,
)
from tests.seeds_once import seeds

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LEVELS = ("Nothing.", "A little.", "Half.", "Most.", "All.")


def make_edition(name: str) -> Edition:
    """A draft with two dimensions, three questions, a rule and a case."""
    scale = plain_scale(seeds().scale)
    edition = Edition.objects.create(name=name, scale=scale, created_at=NOW)
    source = Source.objects.create(edition=edition, code="RS", title="Brief")
    Region.objects.create(edition=edition, code="LA", name="Latin America", countries=["CO", "PE"])
    findings = [
        Finding.objects.create(
            edition=edition,
            code=f"RS-{n}",
            position=n,
            source=source,
            section="s",
            place=f"line {n}",
            kind="fact",
            region="ALL",
            text=f"Finding number {n}.",
        )
        for n in range(3)
    ]
    tg = make_dimension(edition, "TG", 0)
    make_dimension(edition, "BI", 1)
    for place, code in enumerate(("TG1", "TG2", "TG3")):
        make_question(edition, code, place, tg).findings.set(findings[:1])
    rule = Rule.objects.create(
        edition=edition,
        code="R01",
        title="Agree",
        when="answer.TG1 <= 1 and level.TG <= 2",
        dimension=tg,
        priority=1,
        actor="Both",
        horizon="S",
        text="Agree.",
        first_step="Meet.",
        needs="Time.",
    )
    rule.findings.set(findings[1:2])
    case = Case.objects.create(
        edition=edition,
        code="PE",
        name="Peru",
        country="PE",
        region="LA",
        arrangement="coincident",
        programmes=2,
        intention="yes",
        finding=findings[0],
        text="A case.",
    )
    reading = CaseReading.objects.create(
        case=case, dimension=tg, low=1, high=2, certainty="inferred", text="As told."
    )
    reading.findings.set(findings[:1])
    return edition


def make_dimension(edition: Edition, code: str, place: int) -> Dimension:
    return Dimension.objects.create(
        edition=edition,
        code=code,
        name=f"Dimension {code}",
        short=code,
        summary="What it asks.",
        advice=list(LEVELS),
        position=place,
    )


def make_question(edition: Edition, code: str, place: int, dimension: Dimension | None) -> Question:
    question = Question.objects.create(
        edition=edition,
        code=code,
        kind="level",
        text=f"How far does {code} go?",
        dimension=dimension,
        tiers=["national"],
        position=place,
    )
    Option.objects.bulk_create(
        Option(question=question, value=str(n), text=text, points=n, position=n)
        for n, text in enumerate(LEVELS)
    )
    return question


def add_advice(edition: Edition) -> None:
    """Who acts on the rule, its package, and a pattern that the package answers."""
    Role.objects.create(edition=edition, code="planning", name="Planning unit", tier="national")
    Package.objects.create(
        edition=edition, code="decision", title="Decide", text="Who decides.", rules=["R01"]
    )
    Pattern.objects.create(
        edition=edition,
        code="nobody",
        title="Nobody decides",
        when="level.TG <= 1",
        text="Nobody has the say. So nothing is agreed.",
        package="decision",
        case="PE",
    )
    Rule.objects.filter(edition=edition, code="R01").update(role="planning")


def profile_question(edition: Edition, field: str) -> Question:
    """A question that asks for this field of the profile."""
    question = Question.objects.create(
        edition=edition, code=f"P-{field}", kind="choice", text=f"{field}?", profile=field
    )
    for place, value in enumerate(("single", "coincident")):
        Option.objects.create(question=question, value=value, text=value, position=place)
    return question


def freeze(edition: Edition, number: int = 1) -> Edition:
    edition.state = Edition.State.PUBLISHED
    edition.number = number
    edition.content_hash = uuid4().hex * 2  # a process keeps the bank of a published edition by it
    edition.published_at = NOW
    edition.save()
    return edition
