"""Words that reports use: languages, verdicts, severities, texts in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

__all__ = ["Language", "Severity", "Text", "Verdict"]

Language: TypeAlias = Literal["en", "nl"]


class Verdict(StrEnum):
    """The answer of a rule for an element; equal to the word that reports have for it.

    Example:
        >>> sr.Verdict.FAIL == "fail"
        True
        >>> print(sr.Verdict("not_applicable"))
        not_applicable
    """

    NOT_APPLICABLE = "not_applicable"
    """The rule doesn't apply: no programme has reached the phase, or ``when`` is false."""
    PASS = "pass"
    """``require`` is true."""
    FAIL = "fail"
    """``require`` is false."""
    UNKNOWN = "unknown"
    """The answer depends on facts that the model doesn't hold."""
    WAIVED = "waived"
    """Would fail or be unknown, and a deviation that is in force covers it."""
    ERROR = "error"
    """Evaluation ran into an error, or the rule costs too much."""


class Severity(StrEnum):
    """How bad it is when a rule fails; the worst is the greatest.

    Example:
        >>> max(sr.Severity.ADVICE, sr.Severity.ERROR, sr.Severity.WARNING)
        <Severity.ERROR: 'error'>
        >>> sr.Severity.WARNING == "warning"
        True
    """

    ADVICE = "advice"
    """Good practice."""
    WARNING = "warning"
    """Solve or explain."""
    ERROR = "error"
    """Do not take the next gate before it is solved."""

    @property
    def _rank(self) -> int:
        return list(Severity).index(self)

    def __lt__(self, other: str) -> bool:
        """Whether it is less bad."""
        return self._rank < Severity(other)._rank

    def __le__(self, other: str) -> bool:
        """Whether it is not worse."""
        return self._rank <= Severity(other)._rank

    def __gt__(self, other: str) -> bool:
        """Whether it is worse."""
        return self._rank > Severity(other)._rank

    def __ge__(self, other: str) -> bool:
        """Whether it is not less bad."""
        return self._rank >= Severity(other)._rank


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or both languages; as a string it is the English one, else the Dutch one.

    Example:
        >>> title = sr.Text(en="A goal has an owner", nl="Een doel heeft een eigenaar")
        >>> str(title)
        'A goal has an owner'
        >>> title["nl"]
        'Een doel heeft een eigenaar'
        >>> sr.Text(nl="Alleen Nederlands")["en"]
        'Alleen Nederlands'
    """

    en: str | None = None
    """The English text."""
    nl: str | None = None
    """The Dutch text."""

    def __getitem__(self, language: Language) -> str:
        """The text in the language, else in the other one, else an empty one."""
        first, second = (self.nl, self.en) if language == "nl" else (self.en, self.nl)
        return first if first is not None else second or ""

    def __str__(self) -> str:
        """The text in English, else in Dutch."""
        return self["en"]
