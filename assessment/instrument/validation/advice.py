"""What is wrong with advice: rules, the roles that act, the packages, and the patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from assessment.instrument import model
from assessment.instrument.issues import Where, issues_unless
from assessment.instrument.validation.references import (
    empty_fields,
    finding_regions,
    repeated,
    unknown_references,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument, Package, Pattern, Role, Rule

PRIORITIES = (1, 2, 3)
RULE_TEXTS = ("title", "text", "first_step", "needs")


def advice_faults(instrument: Instrument) -> Iterator[Issue]:
    for rule in instrument.rules:
        yield from _rule(rule, instrument)
    for role in instrument.roles:
        yield from _role(role)
    for package in instrument.packages:
        yield from _package(package, instrument)
    for pattern in instrument.patterns:
        yield from _pattern(pattern, instrument)
    yield from _packed_twice(instrument)


def _rule(rule: Rule, instrument: Instrument) -> Iterator[Issue]:
    at = Where("rules", rule.code)
    for field, used, allowed in (
        ("dimensions", rule.dimensions, instrument.dimension),
        ("findings", rule.findings, instrument.finding),
        ("suppressed_by", filter(None, [rule.suppressed_by]), instrument.rule),
        ("contains", rule.contains, instrument.rule),
        ("horizon", [rule.horizon], model.HORIZONS),
        ("timing", [rule.timing], ("", *model.TIMINGS)),
        ("region", [rule.region], finding_regions(instrument)),
        ("role", [rule.role], ("", *instrument.role)),
        ("with_roles", rule.with_roles, instrument.role),
    ):
        yield from unknown_references(at, field, used, allowed)
    yield from empty_fields(at, rule, *RULE_TEXTS, *(("findings",) if rule.dimensions else ()))
    yield from issues_unless(
        (bool(rule.role or rule.actor), at.issue("role", "empty_field")),
        (rule.priority in PRIORITIES, at.issue("priority", "priority_out_of_range")),
        (
            bool(rule.suppressed_by) or rule.suppressed_when is None,
            at.issue("suppressed_by", "condition_without_rule"),
        ),
    )


def _role(role: Role) -> Iterator[Issue]:
    at = Where("roles", role.code)
    yield from unknown_references(at, "tier", [role.tier], ("", *model.TIERS))
    yield from unknown_references(at, "sector", [role.sector], ("", *model.SECTORS))
    yield from unknown_references(at, "relation", [role.relation], ("", *model.ROLE_RELATIONS))
    yield from empty_fields(at, role, "name")


def _package(package: Package, instrument: Instrument) -> Iterator[Issue]:
    at = Where("packages", package.code)
    for field, used, allowed in (
        ("rules", package.rules, instrument.rule),
        ("prerequisite_if", package.prerequisite_if, package.rules),
        ("prerequisite_of", package.prerequisite_of, instrument.package),
    ):
        yield from unknown_references(at, field, used, allowed)
    yield from empty_fields(at, package, "title", "text", "rules")


def _pattern(pattern: Pattern, instrument: Instrument) -> Iterator[Issue]:
    at = Where("patterns", pattern.code)
    for field, used, allowed in (
        ("package", [pattern.package], ("", *instrument.package)),
        ("case", [pattern.case], ("", *instrument.case)),
        ("findings", pattern.findings, instrument.finding),
    ):
        yield from unknown_references(at, field, used, allowed)
    yield from empty_fields(at, pattern, "title", "text")


def _packed_twice(instrument: Instrument) -> Iterator[Issue]:
    """A rule stands in one package, or in none: then it comes before all of them."""
    twice = set(repeated(chain.from_iterable(p.rules for p in instrument.packages)))
    for package in instrument.packages:
        for code in dict.fromkeys(package.rules):
            if code in twice:
                yield Where("packages", package.code).issue("rules", "rule_packed_twice", rule=code)


def circles(instrument: Instrument) -> Iterator[Issue]:
    """Rules that take each other's place or hold each other, packages that wait for each other.

    Of them none would be recommended, or none could come first.
    """
    suppressing = {r.code: tuple(filter(None, [r.suppressed_by])) for r in instrument.rules}
    holding = {rule.code: rule.contains for rule in instrument.rules}
    waiting = {package.code: package.prerequisite_of for package in instrument.packages}
    yield from _circles("rules", "suppressed_by", suppressing, _suppression)
    yield from _circles("rules", "contains", holding, _containing)
    yield from _circles("packages", "prerequisite_of", waiting, _prerequisites)


def _circles(
    part: str,
    field: str,
    ahead: Mapping[str, Iterable[str]],
    issue_of: Callable[[Where, str, tuple[str, ...]], Issue],
) -> Iterator[Issue]:
    for code in ahead:
        if found := _way_back(code, ahead):
            yield issue_of(Where(part, code), field, found)


def _way_back(code: str, ahead: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The codes from this one on that lead back to it; none where none does."""
    ways: list[tuple[str, ...]] = [(code,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for following in ahead[way[-1]]:
            if following == code:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()


def _suppression(at: Where, field: str, rules: tuple[str, ...]) -> Issue:
    if len(rules) == 1:
        return at.issue(field, "suppressed_by_itself")
    return at.issue(field, "suppression_circle", rules=rules)


def _containing(at: Where, field: str, rules: tuple[str, ...]) -> Issue:
    return at.issue(field, "containing_circle", rules=rules)


def _prerequisites(at: Where, field: str, packages: tuple[str, ...]) -> Issue:
    return at.issue(field, "prerequisite_circle", packages=packages)
