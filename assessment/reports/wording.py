"""Codes of the method in words, and what stands in several sentences of the report.

Why a rule fired stands in `reason_wording.py`, sentences of one section in that section, those of
the page in templates/report.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.kinds.registry import kind_of, max_points
from assessment.instrument.placeholders import FILLED_PLACEHOLDER
from assessment.instrument.translation import TextInLanguage
from assessment.method.result import SUPPRESSED
from assessment.models import Answer, Rule
from assessment.reports import formats

if TYPE_CHECKING:
    import re

    from assessment.instrument.model import Instrument, Question
    from assessment.instrument.model import Rule as RuleOfBank
    from assessment.method.result import DimensionResult, Recommendation
    from assessment.reports.report_data import ReportData
    from assessment.reports.seat_wording import Words

HORIZONS: Words = {
    Rule.Horizon.SHORT: gettext_lazy("done within 6 months"),
    Rule.Horizon.MEDIUM: gettext_lazy("done within 18 months"),
    Rule.Horizon.LONG: gettext_lazy("takes more than 18 months"),
}
TIMINGS: Words = {timing.value: timing.label for timing in Rule.Timing}
BASES: Words = {
    "advice": gettext_lazy("The documents advise this."),
    "observed": gettext_lazy("We draw this from what they observed."),
    "conclusion": gettext_lazy("Our own conclusion; the documents do not advise it."),
}
"""What a recommendation is drawn from."""
FINDING_KINDS: Words = {
    "barrier": gettext_lazy("Barrier"),
    "enabler": gettext_lazy("Enabler"),
    "principle": gettext_lazy("Principle"),
    "fact": gettext_lazy("Fact"),
    "advice": gettext_lazy("Advice"),
    "context": gettext_lazy("Context"),
}
CERTAINTIES: Words = {
    "documented": gettext_lazy("documented in the brief"),
    "other_source": gettext_lazy("documented in another public source"),
    "inferred": gettext_lazy("inferred by us from the text"),
}
CELLS: Words = {
    "incorporation": gettext_lazy("The right is written into norms and policies"),
    "financial_context": gettext_lazy("Money and budget commitments"),
    "state_capabilities": gettext_lazy("Capacities of the State"),
    "equality": gettext_lazy("Equality and non-discrimination"),
    "justice": gettext_lazy("Access to justice and complaints"),
    "information": gettext_lazy("Access to information and participation"),
}
INDICATORS: Words = {
    "structural": gettext_lazy("On paper (structure)"),
    "process": gettext_lazy("In action (process)"),
    "outcome": gettext_lazy("Reached (outcome)"),
}
STATUSES: Words = {
    DONT_KNOW: Answer.Status.DONT_KNOW.label,
    NOT_APPLICABLE: Answer.Status.NOT_APPLICABLE.label,
    "unanswered": gettext_lazy("Not answered"),
    "hidden": gettext_lazy("Not asked, because of an earlier answer"),
    SUPPRESSED: gettext_lazy("Answered by too few people to be shown"),
    "not_routed": gettext_lazy("Not asked in this group"),
}
DIRECTIONS: Words = {
    "low": pgettext_lazy("direction", "low"),
    "mixed": pgettext_lazy("direction", "mixed"),
    "high": pgettext_lazy("direction", "high"),
}
INDICATIONS: Words = {
    "low": gettext_lazy("Points low"),
    "mixed": gettext_lazy("Mixed so far"),
    "high": gettext_lazy("Points high"),
}
"""What too few answers for a level say of a dimension."""
STANDINGS: Words = {
    "settled": gettext_lazy("enough is known for a level"),
    "indicative": gettext_lazy("too little is known for a level"),
    "open": gettext_lazy("nothing is known yet"),
    "not_asked": gettext_lazy("nothing is asked"),
}

COUNT = "count"
"""`unknown.count`: in how many dimensions, in place of the code of one."""

NOT_TOLD: Words = {
    "country": gettext_lazy("your country"),
    "region": gettext_lazy("your region"),
    "programmes": gettext_lazy("several"),
}
"""What stands in a sentence where a fact of the profile is not given."""


def fill_placeholders(text: str, report: ReportData) -> str:
    """The text with its placeholders filled; any other brace stays as it is."""
    known = report.result.profile

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            return str(NOT_TOLD[name])
        return profile_words(report.instrument, name, known[name])

    filled = FILLED_PLACEHOLDER.sub(value, text)
    return text.like(filled) if isinstance(text, TextInLanguage) else filled


def too_few_words(report: ReportData) -> str:
    """What stands in place of the result of a round below its minimum; else nothing."""
    if not report.too_few:
        return ""
    words = _("Fewer than {minimum} responses, so nothing is shown.")
    if report.result.respondents >= (report.result.minimum or 0):
        words = _(
            "The responses come from so few of one place that a single one would weigh more than "
            "one in {minimum}, so nothing is shown."
        )
    elif report.result.together:
        words = _("Fewer than {minimum} responses of single people, so nothing of them is shown.")
    return words.format(minimum=formats.number(report.result.minimum or 0))


def share_words(share: Fraction) -> str:
    return _("two thirds") if share == Fraction(2, 3) else formats.percent(float(share))


def rests_on_words(found: Recommendation) -> str:
    """How much is known of what a recommendation rests on; nothing where no answer is read."""
    if not found.standing or not found.answers:
        return ""
    if found.standing == "settled":
        return _("Enough is answered on this subject.")
    return ngettext(
        "An indication from {count} question.",
        "An indication from {count} questions.",
        found.answers,
    ).format(count=formats.number(found.answers))


def certainty_words(found: Recommendation) -> str:
    """The same in two or three words, for the brief."""
    if not found.standing or not found.answers:
        return ""
    if found.standing == "settled":
        return _("enough answered")
    return ngettext(
        "an indication from {count} question", "an indication from {count} questions", found.answers
    ).format(count=formats.number(found.answers))


def actor_words(instrument: Instrument, rule: RuleOfBank) -> str:
    """Who acts: a role, or in editions of before the words of the rule."""
    return instrument.role[rule.role].name if rule.role else rule.actor


def region_words(instrument: Instrument, code: str) -> str:
    if code == "ALL":
        return _("Everywhere")
    return next((region.name for region in instrument.regions if region.code == code), code)


WORDS_OF_CASES: Words = {
    "yes": gettext_lazy("Yes"),
    "partly": gettext_lazy("Partly"),
    "no": gettext_lazy("No"),
}
"""The intention of a case, in an edition that asks no intention."""


def profile_words(instrument: Instrument, field: str, value: float | str) -> str:
    """What the profile holds in one field, in words."""
    if field == "region":
        return region_words(instrument, str(value))
    if field == "country":
        return formats.country_name(str(value))
    if field == "programmes":
        return formats.number(float(value))
    question = next((q for q in instrument.profile_questions if q.profile == field), None)
    option = question.option(str(value)) if question else None
    if option is not None:
        return option.text
    return str({**WORDS_OF_CASES, **STATUSES}.get(str(value), value))


def score_words(report: ReportData, code: str) -> str:
    found = report.result.dimensions[code].score
    return "" if found is None else formats.score(found, report.instrument.scale.bands)


def indication_words(found: DimensionResult) -> str:
    """Which way too few answers for a level point, and how few they are."""
    return _("{indication}: {count} of {asked} questions answered").format(
        indication=INDICATIONS[found.direction or ""],
        count=formats.number(found.questions_answered or 0),
        asked=formats.number(found.questions_asked or 0),
    )


def mean_words(question: Question, value: float) -> str:
    """One answer, or the mean of several, in words."""
    kind = kind_of(question)
    if float(value).is_integer():
        return " ".join(kind.words(question, int(value)))
    if kind.has_levels:
        return _("on average level {level}, where {top} is the highest.").format(
            level=formats.number(value, 1), top=max_points(question)
        )
    return f"{formats.number(value, 1)} {question.unit}".strip()


def topic_words(instrument: Instrument, code: str) -> str:
    """A dimension's name or a question's text."""
    if code in instrument.dimension:
        return instrument.dimension[code].name
    if code not in instrument.question:
        return code
    return formats.quoted(instrument.question[code].text)
