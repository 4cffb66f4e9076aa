"""Governance rules for change programmes, evaluated on a typed dependency graph.

One import and two calls:

    import spelregel as sr
    report = sr.check("programme.yaml")
    report
"""

from spelregel._native import __version__
from spelregel.checking import check, explain
from spelregel.errors import (
    Diagnostic,
    EditError,
    EvaluationError,
    LimitError,
    LoadError,
    OptionsError,
    PackError,
    SpelregelError,
)
from spelregel.explanation import Calendar, Explanation, Outline, Part, PartValue, Turn
from spelregel.findings import (
    Change,
    Count,
    Counts,
    DeviationNote,
    ElementRef,
    FilePosition,
    Finding,
    Ingredient,
    LinkNote,
    Missing,
    MissingFact,
    ProgrammeNote,
    Readiness,
    Receipt,
    Since,
    Tally,
)
from spelregel.limits import Limits
from spelregel.metamodel import Kind, Metamodel
from spelregel.model import Element, Evaluated, Model, convert
from spelregel.pack import Pack, Settings
from spelregel.pictures import Picture
from spelregel.report import Difference, Report
from spelregel.rules import Answer, ExampleResult, Rule, RuleSet
from spelregel.session import Delta, Edit, Session
from spelregel.tables import Table, template
from spelregel.words import Severity, Text, Verdict

__all__ = [
    "Answer",
    "Calendar",
    "Change",
    "Count",
    "Counts",
    "Delta",
    "DeviationNote",
    "Diagnostic",
    "Difference",
    "Edit",
    "EditError",
    "Element",
    "ElementRef",
    "Evaluated",
    "EvaluationError",
    "ExampleResult",
    "Explanation",
    "FilePosition",
    "Finding",
    "Ingredient",
    "Kind",
    "LimitError",
    "Limits",
    "LinkNote",
    "LoadError",
    "Metamodel",
    "Missing",
    "MissingFact",
    "Model",
    "OptionsError",
    "Outline",
    "Pack",
    "PackError",
    "Part",
    "PartValue",
    "Picture",
    "ProgrammeNote",
    "Readiness",
    "Receipt",
    "Report",
    "Rule",
    "RuleSet",
    "Session",
    "Settings",
    "Severity",
    "Since",
    "SpelregelError",
    "Table",
    "Tally",
    "Text",
    "Turn",
    "Verdict",
    "__version__",
    "check",
    "convert",
    "explain",
    "template",
]
