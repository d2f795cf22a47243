"""The canonical form of an edition: what its content hash is taken over.

An edition stores this hash and every result repeats it, so the same content must hash alike in
every later version of the program. The keys are therefore written down here instead of being read
off the classes. A field that a class gains later joins the form only where it differs from its
default: an edition that does not use it keeps its hash.

To add a field: give it a default in `model.py` and leave `KEYS` alone. A field without a default
changes the hash of every edition; tests/instrument/test_canonical.py then fails.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS: Mapping[str, tuple[str, ...]] = {
    "Instrument": (
        *("language", "scale", "regions", "sources", "findings"),
        *("dimensions", "questions", "cases", "rules", "terms"),
    ),
    "Scale": (
        *("levels", "labels", "meanings", "bands", "sufficient_share", "minimum_questions"),
        *("essential_below", "cap", "verdict_seen", "verdict_not_seen", "minimum_group"),
        *("smallest_group", "agreement_group", "gap_levels", "no_common_view", "draws"),
        *("weight_spread", "overlap", "first", "per_dimension", "weakest", "guaranteed"),
    ),
    "Region": ("code", "name", "countries"),
    "Source": (
        *("code", "title", "author", "publisher", "date"),
        *("kind", "url", "file", "attribution", "note"),
    ),
    "Finding": (
        *("code", "source", "section", "place", "kind"),
        *("region", "dimensions", "text", "note"),
    ),
    "Dimension": ("code", "name", "short", "summary", "sub_dimensions", "findings", "advice"),
    "Option": ("value", "text", "points", "exclusive", "help"),
    "Question": (
        *("code", "kind", "text", "help", "why", "dimension", "profile", "weight", "essential"),
        *("scored", "aspect", "indicator_type", "protocol_cells", "tiers", "finance", "sectors"),
        *("shown_if", "hidden_points", "goalposts", "minimum", "maximum", "unit"),
        *("not_applicable", "text_national", "findings", "options"),
    ),
    "CaseReading": ("dimension", "low", "high", "certainty", "findings", "text"),
    "Case": (
        *("code", "name", "country", "region", "arrangement", "programmes"),
        *("intention", "finding", "text", "note", "readings"),
    ),
    "RuleVariant": ("when", "text", "first_step", "needs"),
    "Rule": (
        *("code", "title", "when", "priority", "actor", "horizon", "text", "first_step", "needs"),
        *("region", "dimensions", "findings", "when_case", "suppressed_by", "suppressed_when"),
        "variants",
    ),
    "Term": ("code", "term", "text", "forms"),
    "Role": ("code", "name", "tier", "sector"),
    "Package": ("code", "title", "text", "rules", "prerequisite_if", "prerequisite_of"),
    "Pattern": (
        *("code", "title", "when", "text", "unless", "package"),
        *("group", "alone", "filler", "case", "findings"),
    ),
}
"""By class the keys that always stand in its form; none is ever renamed or taken away."""

NOT_CONTENT = frozenset({("Instrument", "name"), ("Instrument", "number")})
"""What an edition is called does not change what it asks."""


def content_hash(instrument: object) -> str:
    """SHA-256, in hex, of the canonical form: equal content, equal hash."""
    text = json.dumps(
        canonical(instrument), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> Any:
    """The JSON form of a part of the instrument: conditions by source, fractions as text."""
    if hasattr(value, "source_text"):
        return value.source_text
    if is_dataclass(value) and not isinstance(value, type):
        return {key: canonical(getattr(value, key)) for key in _keys(value)}
    if isinstance(value, tuple):
        return [canonical(item) for item in value]
    return str(value) if isinstance(value, Fraction) else value


def _keys(part: Any) -> Iterator[str]:
    name = type(part).__name__
    fixed = KEYS[name]
    yield from fixed
    for field in fields(part):
        later = field.name not in fixed and (name, field.name) not in NOT_CONTENT
        if later and getattr(part, field.name) != _default(field):
            yield field.name


def _default(field: Field[Any]) -> Any:
    """MISSING, which equals nothing, where the field has no default."""
    return field.default if field.default_factory is MISSING else field.default_factory()
