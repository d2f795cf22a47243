"""What assess() returns: codes and values only, floats unrounded, ready to be frozen as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assessment.instrument.answers import Answer, Value
from assessment.instrument.conditions.explain import Reason

SUPPRESSED = "few"
"""Answered, but by fewer than the minimum of a round."""
JUDGED = "judged"
TOO_FEW = "too_few"
"""The status of a result: that of a round below its minimum shows nothing but its size."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """One response, answers by question code; tier and sector are None for one who is alone.

    `people` is how many gave it together, None where it is one person's. What several agreed on is
    nobody's own answer: it is shown whatever the minimum, and counts in no group's number.
    """

    answers: dict[str, Answer]
    tier: str | None = None
    sector: str | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How one question stands in the result.

    `status`: answered | dont_know | not_applicable | unanswered | hidden | not_routed; in a round
    `answered` once enough people answered it, `few` if fewer. `score` is 0-100 or None; `counted`
    tells a hidden question that counts with its hidden points. `value` is None in a round unless
    agreed.
    """

    question: str
    status: str
    score: float | None = None
    value: Value | None = None
    counted: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """`score` is the mean of what was answered, None of nothing; low/high are None if not asked.

    `standing`: settled | indicative (too little for a level) | open | not_asked; `level` and `name`
    are None unless it is settled. `direction`: low | mixed | high, None where nothing is answered.
    Results of method 1 have a score only where they are settled; their standing is empty where they
    are not, because they do not tell what it was.

    `limited_by`: essential questions at level 0 or 1 (score below 50), not answered or answered by
    too few to be shown, in order; the last two kinds also stand under `unknown_essentials`;
    `capped` tells whether they hold the level below its band.
    """

    dimension: str
    score: float | None
    low: float | None
    high: float | None
    level: int | None
    name: str | None
    limited_by: tuple[str, ...]
    unknown_essentials: tuple[str, ...]
    capped: bool
    asked: bool
    sufficient: bool
    answered_share: float | None
    dont_know_share: float | None
    formal: float | None
    practice: float | None
    standing: str = ""
    direction: str | None = None
    questions_answered: int | None = None
    questions_asked: int | None = None

    @property
    def settled(self) -> bool:
        return self.standing == "settled"

    @property
    def indicative(self) -> bool:
        return self.standing == "indicative"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`variant` is the index of the rule's variant that applies, None for its own text.

    `package` is the one it stands in and `contained_in` the rule of which it is a step, both empty
    where there is none. `basis`: advice | observed | conclusion. It rests on `answers` answered
    questions, whose dimensions are all settled (`standing`) or not (indicative). Results of method
    1 have none of these.
    """

    rule: str
    variant: int | None
    first: bool
    because: tuple[Reason, ...]
    package: str = ""
    contained_in: str = ""
    basis: str = ""
    standing: str = ""
    answers: int = 0

    def put_first(self, *, first: bool) -> Recommendation:
        return replace(self, first=first)


@dataclass(frozen=True, slots=True)
class WithheldRule:
    """True, and not recommended: another takes its place, or answers speak against it."""

    rule: str
    suppressed_by: str = ""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What is recommended of one package; `after` names those of the first that come before it."""

    package: str
    first: bool
    lead: str
    steps: tuple[str, ...]
    timing: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternResult:
    """A pattern that holds; one that is not `first` is to be watched."""

    pattern: str
    first: bool
    standing: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two dimensions of opposite direction, where no pattern tells more."""

    high: str
    low: str
    standing: str


@dataclass(frozen=True, slots=True)
class RegionalAdvice:
    """Advice of the documents for the region; `state`: applies | have | unclear."""

    finding: str
    state: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`verdict`: seen | partly | not_seen | no_information; `mean` 0-100 over `questions`."""

    finding: str
    verdict: str
    mean: float | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """`start` and `to` are levels of the question; `gain` in points of its dimension's score.

    Of a question with several answers `option` is one that is missing, and the levels are 0 and 1;
    of a number they are shares of what counts as all.
    """

    question: str
    dimension: str
    start: float
    to: int
    gain: float
    option: str = ""


@dataclass(frozen=True, slots=True)
class CaseAtLevel:
    case: str
    certainty: str


@dataclass(frozen=True, slots=True)
class CaseOfArrangement:
    """A case of the same arrangement; whether the rest is the same, None where it is not given."""

    case: str
    programmes: bool | None
    intention: bool | None


@dataclass(frozen=True, slots=True)
class CaseDistance:
    case: str
    distance: float
    overlap: int


@dataclass(frozen=True, slots=True)
class Robustness:
    p05: float
    p95: float
    weakest_share: float


@dataclass(frozen=True, slots=True)
class Overall:
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A cell (sector and tier), a margin (one of them None) or the total (both None)."""

    sector: str | None
    tier: str | None
    n: int
    hidden: bool
    dimensions: dict[str, DimensionResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GivenTogether:
    """A response that several people gave together, judged by itself."""

    sector: str | None
    tier: str | None
    people: int
    dimensions: dict[str, DimensionResult]


@dataclass(frozen=True, slots=True)
class Gap:
    """Signed difference first minus second, in levels, over `questions`."""

    between: tuple[str, str]
    on: str
    levels: float
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    group: str
    question: str
    ad: float
    n: int


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha of one group over these questions of a dimension, ordinal.

    1 is full agreement, 0 what chance would give; below it people differ more than by chance.
    """

    group: str
    dimension: str
    alpha: float
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A question all three tiers saw, means in levels; `drops` names steps that fall >= a level."""

    question: str
    national: float
    regional: float
    local: float
    drops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole judgement on one scheme; every map is in the instrument's order.

    `respondents` counts people who answered for themselves; the answers of `together` stand beside.
    """

    edition: int | None
    edition_hash: str
    method: str
    seed: str
    profile: dict[str, int | str]
    respondents: int
    items: dict[str, ItemResult]
    dimensions: dict[str, DimensionResult]
    weakest: tuple[str, ...]
    overall: Overall | None
    verdicts: dict[str, Verdict]
    cases: dict[str, tuple[CaseAtLevel, ...]]
    same_arrangement: tuple[str, ...]
    distances: tuple[CaseDistance, ...]
    rules: dict[str, bool | None]
    recommendations: tuple[Recommendation, ...]
    next_steps: tuple[NextStep, ...]
    robustness: dict[str, Robustness]
    groups: tuple[GroupResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    agreed: tuple[str, ...] = ()
    raw: dict[str, DimensionResult] | None = None
    minimum: int | None = None
    status: str = JUDGED
    withheld: tuple[WithheldRule, ...] = ()
    packages: tuple[PackageResult, ...] = ()
    patterns: tuple[PatternResult, ...] = ()
    contrast: Contrast | None = None
    advice: tuple[RegionalAdvice, ...] = ()
    together: tuple[GivenTogether, ...] = ()
    alphas: tuple[Alpha, ...] = ()

    def gap(self, between: tuple[str, str], on: str) -> Gap | None:
        """None where the two cannot be compared on this subject or question."""
        return next((g for g in self.gaps if g.between == between and g.on == on), None)
