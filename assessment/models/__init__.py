"""The tables: editions of the question bank, schemes, responses and results."""

from __future__ import annotations

from assessment.models.bank import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Option,
    Question,
    Region,
    Rule,
    RuleVariant,
    Source,
    Term,
)
from assessment.models.corrections import Correction
from assessment.models.editions import Edition
from assessment.models.responses import Answer, Response, SectionState
from assessment.models.results import DimensionScore, ReportFile, Result
from assessment.models.schemes import Programme, Scheme
from assessment.models.translations import EditionLanguage, Translation
from assessment.models.translators import TranslatorLanguage
from assessment.models.uploads import Upload

__all__ = [
    "Answer",
    "Case",
    "CaseReading",
    "Correction",
    "Dimension",
    "DimensionScore",
    "Edition",
    "EditionLanguage",
    "Finding",
    "Option",
    "Programme",
    "Question",
    "Region",
    "ReportFile",
    "Response",
    "Result",
    "Rule",
    "RuleVariant",
    "Scheme",
    "SectionState",
    "Source",
    "Term",
    "Translation",
    "TranslatorLanguage",
    "Upload",
]
