"""Laws of the method, over the real bank and any answers."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.instrument.answers import Answer
from assessment.instrument.conditions.domains import Numbers
from assessment.instrument.kinds.registry import kind_of, read_answer
from assessment.instrument.model import DIRECTIONS, PROFILE_FIELDS, SECTORS, STANDINGS, TIERS
from assessment.method.dimensions import judge_all
from assessment.method.items import items_of
from assessment.method.result import Respondent
from tests.method.judging import assess_raw
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from assessment.instrument.model import Question
    from assessment.method.dimensions import Judgement
    from assessment.method.items import Item

BANK = seeds()
QUESTIONS = [question for question in BANK.questions if question.dimension]
SCORED = [question for question in QUESTIONS if question.scored]
Answers = dict[str, Answer]
Profile = dict[str, int | str]
DONT_KNOW = Answer("dont_know")


def value(question: Question, random: Random) -> object:
    """Any value a person can give to a question of the dimensions."""
    kind = kind_of(question)
    if not kind.several:
        domain = kind.domain(question)
        assert isinstance(domain, Numbers)
        return random.randint(domain.low, domain.high)
    options = [option.value for option in question.options if not option.exclusive]
    return random.sample(options, random.randint(0, len(options))) or ["none"]


def answer(question: Question, random: Random) -> Answer:
    if random.random() < 0.1:
        return Answer("not_applicable" if question.not_applicable else "dont_know")
    return read_answer(question, value(question, random))


def some_answers(seed: int) -> Answers:
    """Answers to many questions, hidden ones included, some missing."""
    random = Random(seed)
    missing = random.random() * 0.5
    return {q.code: answer(q, random) for q in QUESTIONS if random.random() >= missing}


SEEDS = st.integers(0, 2**32)
ANSWERS = SEEDS.map(some_answers)


@st.composite
def profiles(draw: DrawFn, *, complete: bool = False) -> Profile:
    profile: Profile = {
        "region": draw(st.sampled_from(["LA", "AF", "other"])),
        "stage": draw(st.sampled_from(["design", "running", "closing"])),
        "programmes": draw(st.integers(1, 6)),
        "intention": draw(st.sampled_from(["yes", "partly", "no"])),
    }
    kept = draw(st.sets(st.sampled_from(PROFILE_FIELDS)))
    return profile if complete else {f: v for f, v in profile.items() if f in kept}


def judged(
    profile: Profile, given_answers: Answers
) -> tuple[dict[str, Item], dict[str, Judgement]]:
    items = items_of(BANK, profile, Respondent(given_answers))
    return items, judge_all(BANK, items)


@given(profiles(), ANSWERS)
def test_figures_stay_in_their_range_and_rest_on_what_is_answered(
    profile: Profile, replies: Answers
) -> None:
    """What is missing has no score, and the mean is over what is there."""
    items, judgements = judged(profile, replies)

    assert all(0 <= item.score <= 100 for item in items.values() if item.score is not None)
    for code, judgement in judgements.items():
        parts = [items[q.code] for q in BANK.questions_of[code]]
        known = [item for item in parts if item.score is not None]
        assert all(item.score is None for item in parts if item.missing)
        if judgement.score is not None:
            assert judgement.low is not None
            assert judgement.high is not None
            assert 0 <= judgement.low <= judgement.score <= judgement.high <= 100
            weight = sum(item.question.weight for item in known)
            points = sum(item.question.weight * (item.score or 0) for item in known)
            assert judgement.score * weight == points
        assert judgement.level in {None, 0, 1, 2, 3, 4}


@settings(max_examples=250)
@given(question=st.sampled_from(SCORED), profile=profiles(), replies=ANSWERS, seed=SEEDS)
def test_a_better_answer_never_lowers_anything(
    question: Question, profile: Profile, replies: Answers, seed: int
) -> None:
    worse, better = pair(question, Random(seed))
    before, low = judged(profile, {**replies, question.code: worse})
    after, high = judged(profile, {**replies, question.code: better})

    first, second = before[question.code].score, after[question.code].score
    assert first is None or second is None or first <= second
    for code, judgement in low.items():
        other = high[code]
        if judgement.score is not None and other.score is not None:
            assert judgement.score <= other.score
            assert direction(judgement) <= direction(other)
        # A better answer may open a question: until that is answered there may be no level.
        if judgement.level is not None and other.level is not None:
            assert judgement.level <= other.level


def direction(judgement: Judgement) -> int:
    return -1 if judgement.direction is None else DIRECTIONS.index(judgement.direction)


def best(question: Question) -> Answer:
    options = [o.value for o in question.options if not o.exclusive]
    domain = kind_of(question).domain(question)
    return read_answer(question, domain.high if isinstance(domain, Numbers) else options)


@settings(max_examples=150)
@given(question=st.sampled_from(SCORED), profile=profiles(), replies=ANSWERS, seed=SEEDS)
def test_one_answer_more_never_unsettles_and_not_knowing_is_never_above_the_best(
    question: Question, profile: Profile, replies: Answers, seed: int
) -> None:
    without = {code: given for code, given in replies.items() if code != question.code}

    def with_answer(given: Answer) -> Judgement:
        return judged(profile, {**without, question.code: given})[1][question.dimension]

    before = judged(profile, without)[1][question.dimension]
    after = with_answer(read_answer(question, value(question, Random(seed))))
    unknown, highest = with_answer(DONT_KNOW), with_answer(best(question))

    assert STANDINGS.index(after.standing) <= STANDINGS.index(before.standing)
    assert direction(highest) >= max(direction(before), direction(unknown))
    assert (unknown.level or 0) <= (highest.level or 0)


def pair(question: Question, random: Random) -> tuple[Answer, Answer]:
    """A worse and a better answer: a lower level or number, or fewer options."""
    one, other = value(question, random), value(question, random)
    if isinstance(one, list) and isinstance(other, list):
        more = sorted({*one, *other} - {"none"}) or ["none"]
        return read_answer(question, one), read_answer(question, more)
    low, high = sorted((int(str(one)), int(str(other))))
    return read_answer(question, low), read_answer(question, high)


@settings(max_examples=80)
@given(profiles(), profiles(complete=True), ANSWERS, SEEDS)
def test_interval_contains_every_completion_and_is_one_point_where_it_is_full(
    partial: Profile, rest: Profile, replies: Answers, seed: int
) -> None:
    _, before = judged(partial, replies)
    open_ones = [q for q in QUESTIONS if replies.get(q.code, DONT_KNOW).status == "dont_know"]
    random = Random(seed)
    completed = {q.code: read_answer(q, value(q, random)) for q in open_ones}
    _, after = judged({**rest, **partial}, {**replies, **completed})

    for code, judgement in after.items():
        assert judgement.low == judgement.high
        assert judgement.score in {None, judgement.low}
        if judgement.score is not None:
            low, high = before[code].low, before[code].high
            assert low is not None
            assert high is not None
            assert low <= judgement.score <= high


@given(profiles(), ANSWERS, SEEDS)
@settings(max_examples=15)
def test_order_of_answers_is_irrelevant(profile: Profile, replies: Answers, seed: int) -> None:
    codes = list(replies)
    Random(seed).shuffle(codes)
    shuffled = {code: replies[code] for code in codes}

    assert result(profile, replies) == result(profile, shuffled)


def result(profile: Profile, replies: Answers) -> object:
    return assess_raw(instrument=BANK, profile=profile, responses=[Respondent(replies)], draws=0)


@given(profiles(complete=True), ANSWERS, SEEDS)
@settings(max_examples=15)
def test_hidden_questions_never_matter(profile: Profile, replies: Answers, seed: int) -> None:
    """Hidden for good: the whole profile is known, and so is the answer that hides them."""
    items, _ = judged(profile, replies)
    random = Random(seed)
    hidden = [q for q in QUESTIONS if items[q.code].status == "hidden"]
    changed = {q.code: answer(q, random) for q in hidden}

    assert without_seed(result(profile, {**replies, **changed})) == without_seed(
        result(profile, replies)
    )


def without_seed(found: Any) -> Any:
    return replace(found, seed="")


@given(
    profiles(complete=True),
    st.lists(st.tuples(st.sampled_from(SECTORS), st.sampled_from(TIERS)), min_size=2, max_size=14),
    ANSWERS,
)
@settings(max_examples=15)
def test_round_is_a_result_whoever_answers(
    profile: Profile, groups: list[tuple[str, str]], replies: Answers
) -> None:
    people = [
        Respondent(
            {c: a for c, a in replies.items() if BANK.question[c].routed_to(tier, sector)},
            tier,
            sector,
        )
        for sector, tier in groups
    ]
    found = assess_raw(instrument=BANK, profile=profile, responses=people, minimum=3, draws=0)

    assert sum(g.n for g in found.groups if g.sector and g.tier) in {0, len(people)}
    assert all(g.n >= 3 for g in found.groups if not g.hidden)
    assert all(d.score is None or 0 <= d.score <= 100 for d in found.dimensions.values())
