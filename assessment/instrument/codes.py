"""What a code and the value of an option may be: one rule, asked wherever one comes in.

Forms of the administration, files (TOML and workbook), seeds and publishing ask the functions
below. A code stands in conditions (`level.PC`), addresses (`/pc/`), form fields, columns of
exports and names of files: what one of them cannot hold is refused before it is stored. What an
older edition was published with stays as it is.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_CODE = 40
LONGEST_REGION = 10
"""A region's code stands in a short column of findings, cases and rules."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
VALUE = re.compile(r"[A-Za-z0-9_]+")

REFERENCED = frozenset({"sources", "findings", "cases", "terms"})
"""Parts that are only cited: no condition, address or form names them, so a hyphen does no harm."""

PAGES = frozenset(
    {
        *("answer", "check", "confirmation", "device", "erase", "link", "mail", "paper", "plan"),
        *(
            "profile",
            "question",
            "reopen",
            "report",
            "round",
            "session",
            "share",
            "submit",
            "way",
            "closing",
        ),
    }
)
"""What stands in `urls.py` where the page of a dimension stands, and the two subjects beside them.

An address that is added there has to be added here: tests/web/test_reserved_words.py.
"""
FORM_FIELDS = frozenset(
    {
        *(
            "action",
            "completed",
            "continue",
            "csrfmiddlewaretoken",
            "gaps",
            "key",
            "language",
            "list",
        ),
        *(
            "back",
            "main",
            "name",
            "next",
            "people",
            "open",
            "page",
            "region",
            "sent",
            "short",
            "whole",
        ),
    }
)
"""Names and ids of what stands on a page beside its questions."""
EXPORT_COLUMNS = frozenset(
    {
        *("response", "tier", "sector", "language", "submitted", "country", "region", "stage"),
        *("programmes", "arrangement", "intention", "stronger", "question", "status", "value"),
    }
)
"""Columns of exported responses that are no question."""
ANY = "any"
"""In conditions it stands for any dimension."""
RESERVED: Mapping[str, frozenset[str]] = {
    "dimensions": PAGES | {ANY},
    "questions": FORM_FIELDS
    | EXPORT_COLUMNS
    | {ANY, "profile_region", "profile_way", "profile_who"},
    "regions": frozenset({"all"}),
}
"""By part the words that none of its codes may be, in lower case."""
OF_FORMS = re.compile(r"section_.*|.*_known", re.IGNORECASE)
"""What an XLSForm calls its groups, and the question whether a number is known."""


def code_issue(part: str, code: str) -> Issue | None:
    """What keeps `code` from being the code of an object of this part; None where nothing does."""
    hyphen = part in REFERENCED
    longest = LONGEST_REGION if part == "regions" else LONGEST_CODE
    pattern = REFERENCE if hyphen else NAME
    if not pattern.fullmatch(code) or len(code) > longest:
        form = "code_form_of_reference" if hyphen else "code_form"
        return Issue(form, params={"value": code, "longest": longest})
    if is_reserved(part, code):
        return Issue("code_reserved", params={"value": code})
    return None


def is_reserved(part: str, code: str) -> bool:
    """Keywords are no names in a condition; they are told apart from IN and OR by their letters."""
    if part in {"dimensions", "questions"} and keyword.iskeyword(code):
        return True
    if part == "questions" and OF_FORMS.fullmatch(code):
        return True
    return code.lower() in RESERVED.get(part, frozenset())


def value_issue(value: str, *, profile: bool = False) -> Issue | None:
    """What keeps `value` from being that of an option; in the profile, not knowing may be one."""
    if not VALUE.fullmatch(value) or len(value) > LONGEST_CODE:
        return Issue("value_form", params={"value": value, "longest": LONGEST_CODE})
    if value.lower() in ({NOT_APPLICABLE} if profile else {DONT_KNOW, NOT_APPLICABLE}):
        return Issue("code_reserved", params={"value": value})
    return None


def alike(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each code with an earlier one that differs from it in capital letters only.

    Files of some systems and addresses do not tell them apart.
    """
    before: dict[str, str] = {}
    for code in codes:
        earlier = before.setdefault(code.lower(), code)
        if earlier != code:
            yield code, earlier
