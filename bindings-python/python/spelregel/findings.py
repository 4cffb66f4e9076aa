"""What reports are made of, as data: the fields are those of the report's JSON form."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from spelregel import _native
from spelregel._data import to_plain
from spelregel.words import Language, Severity, Text, Verdict

__all__ = [
    "Change",
    "Count",
    "Counts",
    "DeviationNote",
    "ElementRef",
    "FilePosition",
    "Finding",
    "Ingredient",
    "LinkNote",
    "Missing",
    "MissingFact",
    "ProgrammeNote",
    "Readiness",
    "Receipt",
    "Since",
    "Tally",
]


@dataclass(frozen=True, slots=True)
class ElementRef:
    """An element by kind and id, and what people call it.

    Example:
        >>> report[0].element
        ElementRef(kind='Programme', id='klimaat', name='Klimaatneutrale stad 2035')
    """

    kind: str
    """The kind, as rules name it."""
    id: str
    """The id."""
    name: str | None = None
    """The name, where the model holds one."""


@dataclass(frozen=True, slots=True)
class FilePosition:
    """A place in a file.

    Example:
        >>> print(model["co2"].position)
        programme.yaml:7:14
    """

    file: str
    """The name of the file; of the table, where it is in no file."""
    line: int
    """The line, from 1; in a table, the number of the row."""
    column: int
    """The column in characters, from 1; in a table, that of the table's column."""
    table: str | None = None
    """The name of the table, where the place is in one."""

    def __str__(self) -> str:
        """As editors and terminals link it."""
        if self.table is not None:
            file = "" if self.file == self.table else f"{self.file}, "
            return f"{file}{self.table}, row {self.line}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class LinkNote:
    """A link, seen from one of its ends.

    Example:
        >>> sr.LinkNote(relation="held_by", to=sr.ElementRef("Person", "jansen")).relation
        'held_by'
    """

    relation: str
    """The relation or its inverse, as it is read from the element."""
    to: ElementRef
    """The far end."""


@dataclass(frozen=True, slots=True)
class MissingFact:
    """Something that the model doesn't hold.

    Example:
        >>> fact = report.missing[0].fact
        >>> fact.element.id, fact.field
        ('co2', 'horizon')
    """

    field: str
    """The property, relation or section."""
    question: Text
    """What to ask somebody who may know."""
    element: ElementRef | None = None
    """The element it is about; ``None`` where a whole section isn't recorded completely."""
    link: LinkNote | None = None
    """Of a property of a link: the relation, and the element at the other end."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing fact, and how much hangs on it.

    Example:
        >>> report.missing[0].settles
        1
    """

    fact: MissingFact
    """What is missing."""
    settles: int
    """For how many verdicts it is the only thing missing."""
    named: int
    """How many verdicts name it."""


@dataclass(frozen=True, slots=True)
class DeviationNote:
    """A recorded deviation: comply or explain.

    Example:
        >>> live = sr.Session(model, rules, at="2026-06-01")
        >>> delta = live.apply(sr.Edit.deviate("goal-owned", "co2", reason="Shared for now"))
        >>> delta.changed[0].after.deviation.reason
        'Shared for now'
    """

    rule: str
    """The rule from which it departs, as written."""
    reason: str
    """Why."""
    decided_by: str | None = None
    """Who decided so."""
    until: date | None = None
    """The last day on which it holds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's verdict on an element that somebody should look at.

    Example:
        >>> finding = report[0]
        >>> finding.rule, finding.verdict, finding.severity
        ('ours/one-commissioner', <Verdict.FAIL: 'fail'>, <Severity.ERROR: 'error'>)
        >>> print(finding.message["nl"])
        Klimaatneutrale stad 2035 heeft ...
    """

    fingerprint: str
    """Stays the same as long as the finding does: made of the rule's id and the element's."""
    rule: str
    """The rule's full id, ``pack/rule``."""
    title: Text
    """What the rule wants."""
    severity: Severity
    """How bad it is."""
    verdict: Verdict
    """The answer."""
    message: Text
    """What is the matter, in every language that the pack has."""
    why: Text
    """Why the rule is there."""
    remedy: Text
    """What to do."""
    element: ElementRef | None = None
    """Whom the rule asked; ``None`` for the model as a whole."""
    programmes: tuple[str, ...] = ()
    """The ids of the programmes that the element belongs to, in model order."""
    source: Text | None = None
    """Where the rule comes from."""
    tags: tuple[str, ...] = ()
    """The rule's tags."""
    missing: tuple[MissingFact, ...] = ()
    """What the model doesn't hold and the verdict depends on, in model order."""
    error: Text | None = None
    """Why it could not be evaluated."""
    witnesses: tuple[ElementRef, ...] = ()
    """The elements that decided the verdict, in model order."""
    deviation: DeviationNote | None = None
    """The recorded deviation that covers it, or that the finding is about."""
    position: FilePosition | None = None
    """Where the element, or else the deviation, is written."""
    # The report without its findings: what it takes to show this one by itself.
    _skeleton: str = field(default="", repr=False, compare=False)

    def to_html(self, *, lang: Language = "en") -> str | None:
        """As a piece of HTML in the colours of its surroundings.

        ``None`` for a finding that comes from no report.

        Example:
            >>> "Nobody owns" in report["goal-owned"][0].to_html()
            True
        """
        if not self._skeleton:
            return None
        whole = {**json.loads(self._skeleton), "findings": [to_plain(self)]}
        return _native.Report.from_json(json.dumps(whole)).finding_to_html(0, lang)

    def _repr_html_(self) -> str | None:
        return self.to_html()


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that says something else than before.

    Example:
        >>> live = sr.Session(model, rules, at="2026-06-01")
        >>> delta = live.apply(sr.Edit.set("klimaat", "name", "Klimaat"))
        >>> delta.changed[0].before.fingerprint == delta.changed[0].after.fingerprint
        True
    """

    before: Finding
    """What it said."""
    after: Finding
    """What it says."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each verdict was given.

    Example:
        >>> report.counts.verdicts.fail
        2
        >>> report.counts.verdicts["unknown"]
        1
    """

    passed: int = field(default=0, metadata={"json": "pass"})
    """How many passed: ``pass`` is a keyword in Python."""
    fail: int = 0
    """How many failed."""
    unknown: int = 0
    """How many aren't known yet."""
    waived: int = 0
    """How many are covered by deviations."""
    error: int = 0
    """How many could not be evaluated."""
    not_applicable: int = 0
    """How often a rule did not apply."""

    def __getitem__(self, verdict: str) -> int:
        """How often the verdict was given."""
        word = Verdict(verdict)
        return self.passed if word is Verdict.PASS else int(getattr(self, word.value))


@dataclass(frozen=True, slots=True)
class Count:
    """The verdicts of one rule, pack, tag, programme or severity.

    Example:
        >>> report.counts.programmes[0].name
        'klimaat'
    """

    name: str
    """Of what."""
    verdicts: Tally
    """How many."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many verdicts of which sort, in all and by what they belong to.

    Example:
        >>> [count.name for count in report.counts.severities]
        ['error', 'warning', 'advice']
    """

    verdicts: Tally
    """In all."""
    severities: tuple[Count, ...]
    """By severity, the worst first."""
    rules: tuple[Count, ...]
    """By rule, under its full id, in the order of the packs."""
    packs: tuple[Count, ...]
    """By pack."""
    tags: tuple[Count, ...]
    """By tag, in alphabetical order."""
    programmes: tuple[Count, ...]
    """By programme, in model order. What belongs to several counts in each."""
    outside: Tally
    """Of what belongs to no programme."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a programme and a gate, if the gate is asked for now.

    Example:
        >>> [gate.gate for gate in report.programmes[0].gates]
        ['G2', 'G3', 'GT', 'G4', 'G5']
    """

    gate: str
    """The gate."""
    severities: tuple[Count, ...]
    """The programme's verdicts by severity, the worst first."""
    findings: tuple[Finding, ...] = ()
    """The findings that come on top of those of the report."""
    in_the_way: tuple[str, ...] = ()
    """The fingerprints of the findings that stand in the way, the worst first."""
    missing: tuple[Missing, ...] = ()
    """What to find out about those that aren't known yet, the most useful first."""


@dataclass(frozen=True, slots=True)
class ProgrammeNote:
    """A programme, and how ready it is for the gates ahead.

    Example:
        >>> report.programmes[0].phase
        'design'
    """

    element: ElementRef
    """The programme."""
    phase: str | None = None
    """The phase that it is in."""
    gates: tuple[Readiness, ...] = ()
    """The gates ahead, in their order."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A metamodel or pack that a report rests on.

    Example:
        >>> report.receipt.packs[0].id
        'ours'
    """

    id: str
    """Its name."""
    version: str
    """Its version."""
    sha256: str
    """SHA-256 of its text."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a report rests on: enough to tell whether two reports may be compared.

    Example:
        >>> report.receipt.at
        datetime.date(2026, 6, 1)
    """

    version: str
    """The version of Spelregel."""
    at: date
    """The date of the check."""
    metamodel: Ingredient
    """The metamodel."""
    packs: tuple[Ingredient, ...]
    """The packs, in the order in which their rules are asked."""
    model: str
    """SHA-256 of the model in its canonical form."""
    gate: str | None = None
    """The gate whose readiness was asked."""
    programmes: tuple[str, ...] = ()
    """The programmes that were asked for; empty: all."""
    tags: tuple[str, ...] = ()
    """The tags that were asked for; empty: all."""
    settings: str | None = None
    """SHA-256 of the settings, where there are any."""


@dataclass(frozen=True, slots=True)
class Since:
    """What has become of a report since a baseline.

    Example:
        >>> report.since(report).baseline.new
        ()
    """

    at: date
    """The date of the baseline."""
    new: tuple[str, ...]
    """The fingerprints of the findings that are new."""
    gone: int
    """How many findings of the baseline are gone."""
