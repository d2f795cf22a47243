"""The question bank as the method sees it: one immutable Instrument per edition and language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.canonical import content_hash
from assessment.instrument.conditions.shown_if import deciding_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.grammar import Condition

LOWEST, HIGHEST = Fraction(0), Fraction(100)
"""The bounds of every score."""

TIERS = ("national", "regional", "local")
SECTORS = ("social_protection", "agriculture", "finance", "other")
COORDINATING_SECTORS = ("social_protection", "agriculture")
PART, ABOVE = ROLE_RELATIONS = ("part", "above")
ASPECTS = ("formal", "practice")
INDICATOR_TYPES = ("structural", "process", "outcome")
PROTOCOL_CELLS = (
    "incorporation",
    "financial_context",
    "state_capabilities",
    "equality",
    "justice",
    "information",
)
FINDING_CATEGORIES = ("barrier", "enabler", "principle", "fact", "advice", "context")
CERTAINTIES = ("documented", "other_source", "inferred")
INTENTIONS = ("yes", "partly", "no")
HORIZONS = ("S", "M", "L")
TIMINGS = ("now", "next_budget", "later")
"""When work on a recommendation begins: within three months, with the next budget, after that."""
BASES = ("advice", "observed", "conclusion")
"""What a recommendation is drawn from: the documents' advice, what they observed, or neither."""
STANDINGS = ("settled", "indicative", "open", "not_asked")
"""How much is known of a dimension, most first."""
DIRECTIONS = ("low", "mixed", "high")
COUNTED_DIRECTIONS = ("low", "high")
"""Of these a condition can ask in how many dimensions they hold: `directions.high`."""
PROFILE_FIELDS = (
    "country",
    "region",
    "stage",
    "programmes",
    "arrangement",
    "intention",
    "stronger",
)


def country_of(profile: Mapping[str, object]) -> str:
    """By its code; empty where nobody has said it."""
    return str(profile.get("country", ""))


@dataclass(frozen=True, slots=True)
class Scale:
    """Every threshold of the method; scores are 0-100, levels 0-4.

    seeds/scale.toml explains each; `thresholds.py` knows its range. They are content of an
    edition, because a result must stay explainable after one of them changes
    (docs/decisions/0001-thresholds-are-content.md).
    """

    levels: tuple[str, ...]
    labels: tuple[str, ...]
    meanings: tuple[str, ...]
    bands: tuple[int, ...]
    sufficient_share: Fraction
    minimum_questions: int
    essential_below: int
    cap: int
    verdict_seen: int
    verdict_not_seen: int
    minimum_group: int
    smallest_group: int
    agreement_group: int
    gap_levels: int
    no_common_view: Fraction
    draws: int
    weight_spread: Fraction
    overlap: int
    first: int
    per_dimension: int
    weakest: int
    guaranteed: tuple[str, ...]
    unknown_share: Fraction = Fraction(3, 10)
    low_level: int = 1
    strength_level: int = 2
    high_level: int = 3
    equal_points: int = 5
    leading_patterns: int = 2
    first_packages: int = 4
    package_steps: int = 2
    option_share: Fraction = Fraction(1, 2)

    def band_of(self, score: Fraction) -> int:
        """The level whose band holds a score of 0-100, before any cap."""
        return sum(1 for bound in self.bands if score >= bound)

    def is_gap(self, levels: float) -> bool:
        """Whether groups that stand so many levels apart, either way, differ."""
        return abs(levels) >= self.gap_levels

    @property
    def top_level(self) -> int:
        return len(self.levels) - 1

    @property
    def width(self) -> Fraction:
        """The points of one level."""
        return HIGHEST / self.top_level


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    code: str
    title: str
    author: str = ""
    publisher: str = ""
    date: str = ""
    kind: str = ""
    url: str = ""
    file: str = ""
    attribution: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`citation` is the place in words for readers.

    `applies` and `have` are of advice: whether it concerns a scheme, and whether it is followed
    there. `seen` and `partly` take the place of the mean over the questions that cite it.
    """

    code: str
    source: str
    section: str
    place: str
    kind: str
    region: str
    dimensions: tuple[str, ...]
    text: str
    note: str = ""
    citation: str = ""
    applies: Condition | None = None
    have: Condition | None = None
    seen: Condition | None = None
    partly: Condition | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """`advice` holds one text for each level, 0 first."""

    code: str
    name: str
    short: str
    summary: str
    sub_dimensions: tuple[str, ...]
    findings: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """`points`: 0-4 for a level question, the share of the maximum for a multi question."""

    value: str
    text: str
    points: int = 0
    exclusive: bool = False
    help: str = ""
    label: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`dimension` is empty for the profile and the closing question; `profile` names its field.

    `step_low` is written for who stands at level 0 or 1 (and for every number), `step_high` for who
    stands at 2 or 3; a question with several answers has a step for each option instead.
    """

    code: str
    kind: str
    text: str
    help: str = ""
    why: str = ""
    dimension: str = ""
    profile: str = ""
    weight: int = 1
    essential: bool = False
    scored: bool = True
    aspect: str = ""
    indicator_type: str = ""
    protocol_cells: tuple[str, ...] = ()
    tiers: tuple[str, ...] = TIERS
    finance: bool = False
    sectors: tuple[str, ...] = ()
    shown_if: Condition | None = None
    hidden_points: int | None = None
    goalposts: tuple[int, int] | None = None
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    not_applicable: bool = False
    text_national: str = ""
    findings: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    short: str = ""
    core: bool = False
    step_low: str = ""
    step_high: str = ""

    def wording(self, tier: str | None) -> str:
        return self.text_national if tier == "national" and self.text_national else self.text

    def routed_to(self, tier: str | None, sector: str | None) -> bool:
        """Whether a respondent of this tier and sector sees it; one who answers alone sees all."""
        if tier is None and sector is None:
            return True
        reached = tier in self.tiers or (self.finance and sector == "finance")
        return reached and (not self.sectors or sector in self.sectors)

    @property
    def offers_dont_know(self) -> bool:
        """Of every dimension's questions, and of the facts of the scheme that are chosen."""
        chosen_fact = self.profile in PROFILE_FIELDS and bool(self.options)
        return bool(self.dimension) or chosen_fact

    @property
    def statuses_beside(self) -> tuple[str, ...]:
        """What can be chosen where no answer can be given, unless it is an option already."""
        offered = ((DONT_KNOW, self.offers_dont_know), (NOT_APPLICABLE, self.not_applicable))
        return tuple(name for name, is_so in offered if is_so and self.option(name) is None)

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True)
class CaseReading:
    """`low` and `high` are levels; what the documents leave open is an interval."""

    dimension: str
    low: int
    high: int
    certainty: str
    findings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    code: str
    name: str
    country: str
    region: str
    arrangement: str
    programmes: int
    intention: str
    finding: str
    text: str
    note: str = ""
    readings: tuple[CaseReading, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleVariant:
    when: Condition
    text: str
    first_step: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`dimensions` names the main one first; none where a rule speaks of the whole scheme.

    Who acts is a `role`; editions of before have their own words in `actor`. A `contains`ed rule
    stands as a step of this one. The package of a `guaranteed` rule is always among the first.
    """

    code: str
    title: str
    when: Condition
    priority: int
    horizon: str
    text: str
    first_step: str
    needs: str
    actor: str = ""
    region: str = "ALL"
    dimensions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    when_case: Condition | None = None
    suppressed_by: str = ""
    suppressed_when: Condition | None = None
    variants: tuple[RuleVariant, ...] = ()
    unless: Condition | None = None
    contains: tuple[str, ...] = ()
    timing: str = ""
    role: str = ""
    with_roles: tuple[str, ...] = ()
    guaranteed: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """Who acts: a kind of unit; `tier` or `sector` is empty where it differs.

    `relation` says how it stands to the institutions of the programmes: part of them, or above all
    of them; empty where it is neither.
    """

    code: str
    name: str
    tier: str = ""
    sector: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """Rules that are carried out together, in order; the first that is recommended leads.

    Where one of `prerequisite_if` is recommended, this package comes before `prerequisite_of`.
    """

    code: str
    title: str
    text: str
    rules: tuple[str, ...]
    prerequisite_if: tuple[str, ...] = ()
    prerequisite_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What several answers look like together; the order of patterns is their precedence.

    Of one `group` at most one leads. One that is `alone` lets no other lead; a `filler` leads only
    in a free place. `case` names the case in which the documents describe it.
    """

    code: str
    title: str
    when: Condition
    text: str
    unless: Condition | None = None
    package: str = ""
    group: str = ""
    alone: bool = False
    filler: bool = False
    case: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    code: str
    term: str
    text: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instrument:
    """One edition of the question bank, compiled; `number` is None for a draft.

    Immutable, and shared by all threads: what is worked out below is worked out once (the content
    hash takes 8 ms) and cannot become stale.
    """

    name: str
    language: str
    scale: Scale
    regions: tuple[Region, ...]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    dimensions: tuple[Dimension, ...]
    questions: tuple[Question, ...]
    cases: tuple[Case, ...]
    rules: tuple[Rule, ...]
    terms: tuple[Term, ...]
    roles: tuple[Role, ...] = ()
    packages: tuple[Package, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    number: int | None = None

    @cached_property
    def question(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def dimension(self) -> Mapping[str, Dimension]:
        return {dimension.code: dimension for dimension in self.dimensions}

    @cached_property
    def finding(self) -> Mapping[str, Finding]:
        return {finding.code: finding for finding in self.findings}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        return {source.code: source for source in self.sources}

    @cached_property
    def case(self) -> Mapping[str, Case]:
        return {case.code: case for case in self.cases}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def role(self) -> Mapping[str, Role]:
        return {role.code: role for role in self.roles}

    @cached_property
    def package(self) -> Mapping[str, Package]:
        return {package.code: package for package in self.packages}

    @cached_property
    def pattern(self) -> Mapping[str, Pattern]:
        return {pattern.code: pattern for pattern in self.patterns}

    @cached_property
    def package_of(self) -> Mapping[str, str]:
        """Rule to the package it stands in; none for rules that stand before all packages."""
        return {rule: package.code for package in self.packages for rule in package.rules}

    @cached_property
    def questions_of(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of each dimension in order."""
        return {
            dimension.code: tuple(q for q in self.questions if q.dimension == dimension.code)
            for dimension in self.dimensions
        }

    @cached_property
    def deciding(self) -> Mapping[str, tuple[str, ...]]:
        """By question those whose answers may decide whether it is shown, however far ahead."""
        named = {question.code: deciding_codes(question.shown_if) for question in self.questions}
        found = {}
        for code, codes in named.items():
            reached, ahead = set[str](), set(codes)
            while ahead:
                reached |= ahead
                ahead = set().union(*(named.get(one, ()) for one in ahead)) - reached
            found[code] = tuple(sorted(reached & self.question.keys()))
        return found

    @cached_property
    def profile_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.profile)

    @cached_property
    def closing_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if not q.profile and not q.dimension)

    @cached_property
    def region_of(self) -> Mapping[str, str]:
        """Country code (ISO 3166 alpha-2) to region code."""
        return {country: r.code for r in self.regions for country in r.countries}

    @cached_property
    def content_hash(self) -> str:
        return content_hash(self)

    @cached_property
    def texts_hash(self) -> str:
        """The key of every cache that holds texts: other words, another hash.

        A translated or corrected instrument has the content hash of its source and its own texts.
        """
        return self.content_hash
