"""Rules and verdicts explained: a condition as a tree of parts, each said in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from spelregel._data import read, to_plain
from spelregel.findings import DeviationNote, ElementRef, Finding, MissingFact
from spelregel.words import Language, Severity, Text, Verdict

__all__ = ["Calendar", "Explanation", "Outline", "Part", "PartValue", "Turn"]

T = TypeVar("T", bound="Told")


class Told:
    """What is data, and can be told in either language."""

    __slots__ = ()
    _texts: Text
    _html: Text

    def to_text(self, *, lang: Language = "en") -> str:
        """As text for a terminal.

        Example:
            >>> print(rules.outline("one-commissioner").to_text(lang="nl"))
            Een programma heeft één opdrachtgever
            ...
        """
        return self._texts[lang]

    def to_dict(self) -> dict[str, Any]:
        """As the JSON form has it.

        Example:
            >>> rules.outline("one-commissioner").to_dict()["rule"]
            'ours/one-commissioner'
        """
        return dict(to_plain(self))

    def to_html(self, *, lang: Language = "en") -> str | None:
        """As a piece of HTML in the colours of its surroundings; ``None`` where there is no such.

        Example:
            >>> rules.outline("one-commissioner").to_html().count("<script")
            0
        """
        return self._html[lang] or None

    def _repr_html_(self) -> str | None:
        return self.to_html()

    def __str__(self) -> str:
        """As text in English, where it has English."""
        return self.to_text()


def told(cls: type[T], parts: tuple[str, tuple[str, str], tuple[str, str]]) -> T:
    """The class from JSON, and from the texts and the HTML in both languages."""
    text, texts, html = parts
    found = read(cls, text)
    return replace(found, _texts=Text(*texts), _html=Text(*html))  # type: ignore[type-var]


class PartValue(StrEnum):
    """What a part of a condition came to.

    Example:
        >>> rules.explain(model, "one-commissioner", "klimaat", at="2026-06-01").require.value
        <PartValue.FALSE: 'false'>
    """

    TRUE = "true"
    """It holds."""
    FALSE = "false"
    """It doesn't hold."""
    UNKNOWN = "unknown"
    """It depends on facts that the model doesn't hold."""
    ERROR = "error"
    """Evaluation ran into an error."""
    PRINTED = "printed"
    """A value that is neither true nor false."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition.

    Example:
        >>> part = rules.outline("one-commissioner").require
        >>> part.kind, len(part.parts)
        ('all_of', 2)
    """

    kind: str
    """What sort of question it is, such as ``all_of``, ``every`` or ``comparison``."""
    sentence: Text
    """In words."""
    source: str = ""
    """As the rule, or the definition that it comes from, has it."""
    value: PartValue | None = None
    """What it came to; outlines have none."""
    printed: Text | None = None
    """The value in words, where it is neither true nor false."""
    element: ElementRef | None = None
    """Of a member of a list: the element."""
    witnesses: tuple[ElementRef, ...] = ()
    """The elements that the value consists of, or that decided it."""
    path: tuple[ElementRef, ...] = ()
    """The elements along which a path reached what was looked for, from its start."""
    missing: tuple[MissingFact, ...] = ()
    """What the value depends on and the model doesn't hold."""
    parts: tuple[Part, ...] = ()
    """What it is made of."""
    more: int = 0
    """How many more members there are than ``parts`` shows."""


@dataclass(frozen=True, slots=True)
class Outline(Told):
    """What a rule asks, part by part, in words.

    Example:
        >>> outline = rules.outline("one-commissioner")
        >>> print(outline.require.sentence["en"])
        all of this holds:
    """

    rule: str
    """The rule's full id."""
    title: Text
    """What it wants."""
    require: Part
    """What must hold."""
    due: Part | None = None
    """The phase that must have been reached."""
    when: Part | None = None
    """The further condition under which it applies."""
    meanings: tuple[Part, ...] = ()
    """What the names stand for that the sentences use."""
    _texts: Text = field(default_factory=Text, repr=False)
    _html: Text = field(default_factory=Text, repr=False)


@dataclass(frozen=True, slots=True)
class Explanation(Told):
    """Why a rule gives the verdict that it gives for an element.

    Example:
        >>> why = rules.explain(model, "one-commissioner", "klimaat", at="2026-06-01")
        >>> why.verdict
        <Verdict.FAIL: 'fail'>
        >>> print(why)
        A programme has one commissioner
        ...
    """

    rule: str
    """The rule's full id."""
    title: Text
    """What it wants."""
    at: date
    """The date at which it was asked."""
    verdict: Verdict
    """The verdict."""
    element: ElementRef | None = None
    """Whom it was asked of; ``None`` for the model as a whole."""
    due: Part | None = None
    """Whether the phase has been reached."""
    when: Part | None = None
    """Whether the further condition for it to apply holds."""
    require: Part | None = None
    """Whether what must hold does; ``None`` where the rule doesn't apply."""
    meanings: tuple[Part, ...] = ()
    """What the names stand for that the sentences use."""
    deviation: DeviationNote | None = None
    """Of a waived verdict: the deviation that covers it."""
    _texts: Text = field(default_factory=Text, repr=False)
    _html: Text = field(default_factory=Text, repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that becomes another.

    Example:
        >>> calendar = rules.calendar(model, at="2026-06-01", until="2027-06-01")
        >>> calendar.turns
        ()
    """

    on: date
    """The first day of the new verdict."""
    rule: str
    """The rule's full id."""
    title: Text
    """What the rule wants."""
    severity: Severity
    """How bad it is when it fails."""
    before: Verdict
    """The verdict up to that day."""
    after: Verdict
    """The verdict from that day on."""
    element: ElementRef | None = None
    """Whom the rule asks; ``None`` for the model as a whole."""
    kind: Text | None = None
    """What people call the element's kind."""
    finding: Finding | None = None
    """What a check on that day finds, where the new verdict is a finding."""


@dataclass(frozen=True, slots=True)
class Calendar(Told):
    """Which verdicts will be others, and when, if nothing but the date changes.

    Example:
        >>> calendar = rules.calendar(model, at="2026-06-01", until="2027-06-01")
        >>> calendar.until
        datetime.date(2027, 6, 1)
    """

    at: date
    """The date from which it looks ahead."""
    until: date
    """The last day that it looks at."""
    turns: tuple[Turn, ...] = ()
    """What changes, the earliest first."""
    spelregel: int = 1
    """The version of this form."""
    _texts: Text = field(default_factory=Text, repr=False)
    _html: Text = field(default_factory=Text, repr=False)
