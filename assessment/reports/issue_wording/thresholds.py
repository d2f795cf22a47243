"""What each threshold of a scale means, in words that stand inside a sentence or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

THRESHOLDS: Mapping[str, _StrPromise] = {
    "sufficient_share": _("the share that must be answered before a dimension gets a level"),
    "minimum_questions": _("the number of questions that a dimension needs for a level"),
    "essential_below": _("an essential question that scores below this holds its dimension"),
    "cap": _("the highest level of a dimension that is held, counted from 0"),
    "verdict_seen": _("the score from which a finding counts as seen"),
    "verdict_not_seen": _("the score below which a finding counts as not seen"),
    "minimum_group": _("the usual size of the smallest group that is shown"),
    "smallest_group": _("the size that no round may go below"),
    "agreement_group": _("the size from which a group's agreement is told"),
    "gap_levels": _("the levels from which a gap between groups counts as large"),
    "no_common_view": _("the average distance, in levels, above which there is no common view"),
    "draws": _("the number of draws that test how firm a result is"),
    "weight_spread": _("the share by which these draws vary each weight"),
    "overlap": _("the number of dimensions that a comparison with a case needs"),
    "first": _("the number of recommendations to begin with"),
    "per_dimension": _("how many of these may be of the same dimension"),
    "weakest": _("the number of dimensions that are named as the weakest"),
    "unknown_share": _("the share of “I do not know” above which a dimension counts as not known"),
    "low_level": _("the highest level that counts as low, counted from 0"),
    "strength_level": _("the level from which a high dimension counts as a strength"),
    "high_level": _("the lowest level that is drawn as high"),
    "equal_points": _("the points below which two dimensions count as equal"),
    "leading_patterns": _("how many patterns may lead"),
    "first_packages": _("the number of packages to begin with"),
    "package_steps": _("the number of steps beside the lead of each of these"),
    "option_share": _("the share that must have chosen an option before a round has it"),
}
"""By field of Scale, for each number."""
