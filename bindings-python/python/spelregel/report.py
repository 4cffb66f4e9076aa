"""Reports: what a check found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias, final, overload

from spelregel import _native
from spelregel._data import read, read_all
from spelregel._frozen import Frozen
from spelregel.errors import OptionsError
from spelregel.explanation import Told, told
from spelregel.findings import (
    Change,
    Counts,
    Finding,
    Missing,
    ProgrammeNote,
    Receipt,
    Since,
)
from spelregel.model import Model
from spelregel.tables import Table
from spelregel.words import Language, Severity, Text, Verdict

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from spelregel.rules import RuleSet

Asked: TypeAlias = tuple[str, str | None, list[str], list[str]]
"""The date, the gate, the programmes and the tags of a check, as the native half takes them."""

__all__ = ["Difference", "Report"]


@dataclass(frozen=True, slots=True)
class Difference(Told):
    """What is different between two reports: every finding of either is in one of the lists.

    Example:
        >>> report.diff(report).new
        ()
    """

    new: tuple[Finding, ...]
    """Findings that the earlier report doesn't have."""
    changed: tuple[Change, ...]
    """Findings that say something else than before."""
    gone: tuple[Finding, ...]
    """Findings that the later report doesn't have, as they were."""
    still_there: tuple[Finding, ...]
    """Findings that are still there, as they are in the later report."""
    _texts: Text = field(default_factory=Text, repr=False)
    _html: Text = field(default_factory=Text, repr=False)


@final
class Report(Frozen, Sequence[Finding]):
    """What a check found: a sequence of findings, and what they rest on.

    ``report["rule-id"]`` has the findings of a rule.

    Example:
        >>> report = sr.check(model, rules=rules, at="2026-06-01")
        >>> len(report), report[0].verdict
        (3, <Verdict.FAIL: 'fail'>)
        >>> [finding.element.id for finding in report["goal-owned"]]
        ['co2']
    """

    __slots__ = ("_asked", "_inner", "_language", "_model", "_rules")
    _inner: _native.Report
    _language: Language
    _model: Model | None
    # What its verdicts can be asked of; None for a report that was read.
    _rules: RuleSet | None
    _asked: Asked | None

    @classmethod
    def from_json(cls, text: str, *, lang: Language = "en") -> Report:
        """Reads a report that :meth:`to_json` or the program wrote.

        Args:
            text: The JSON.
            lang: The language in which the report shows itself.

        Raises:
            LoadError: If it is no such report, or one of a later form.

        Example:
            >>> sr.Report.from_json(report.to_json()) == report
            True
        """
        return cls._of(
            _inner=_native.Report.from_json(text),
            _model=None,
            _language=lang,
            _rules=None,
            _asked=None,
        )

    @property
    def model(self) -> Model | None:
        """The model that was checked; ``None`` for a report that was read.

        Example:
            >>> report.model == model
            True
        """
        return self._model

    @property
    def language(self) -> Language:
        """The language in which it shows itself where no other is asked for.

        Example:
            >>> report.language
            'en'
        """
        return self._language

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every verdict but pass and not applicable: by programme, the worst first.

        Example:
            >>> {finding.verdict.value for finding in report.findings} == {"fail", "unknown"}
            True
        """
        skeleton = self._inner.skeleton()
        found = read_all(Finding, self._inner.findings())
        return tuple(replace(finding, _skeleton=skeleton) for finding in found)

    @property
    def receipt(self) -> Receipt:
        """What it rests on.

        Example:
            >>> report.receipt.version == sr.__version__
            True
        """
        return read(Receipt, self._inner.receipt())

    @property
    def counts(self) -> Counts:
        """How many verdicts of which sort.

        Example:
            >>> report.counts.verdicts.fail
            2
        """
        return read(Counts, self._inner.counts())

    @property
    def programmes(self) -> tuple[ProgrammeNote, ...]:
        """The programmes of the model in model order, each with the gates ahead of it.

        Example:
            >>> report.programmes[0].element.id
            'klimaat'
        """
        return read_all(ProgrammeNote, self._inner.programmes())

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What to find out, the most useful first.

        Example:
            >>> print(report.missing[0].fact.question["nl"])
            Welke datum is “horizon” bij doel “CO2-uitstoot gehalveerd” (co2)?
        """
        return read_all(Missing, self._inner.missing())

    @property
    def baseline(self) -> Since | None:
        """What is new, where the report was compared with a baseline.

        Example:
            >>> report.baseline is None
            True
        """
        text = self._inner.since_json()
        return None if text == "null" else read(Since, text)

    def since(self, baseline: Report) -> Report:
        """The report, knowing what of it is new since a baseline.

        Example:
            >>> report.since(report).has(at_least="advice")
            False
        """
        return self._of(
            _inner=self._inner.since(baseline._inner),
            _model=self._model,
            _language=self._language,
            _rules=self._rules,
            _asked=self._asked,
        )

    def diff(self, earlier: Report) -> Difference:
        """What is different in this report from an earlier one.

        Example:
            >>> len(report.diff(report).still_there) == len(report)
            True
        """
        return told(Difference, self._inner.diff(earlier._inner))

    def has(
        self,
        *,
        at_least: Severity | str = Severity.ERROR,
        verdicts: Iterable[Verdict | str] = (Verdict.FAIL, Verdict.ERROR),
    ) -> bool:
        """Whether a finding of the severity or worse has one of the verdicts.

        Where the report was compared with a baseline: whether one that is new has.

        Example:
            >>> report.has(), report.has(verdicts=["waived"])
            (True, False)
        """
        severity = Severity(at_least).value
        return self._inner.has(severity, [Verdict(verdict).value for verdict in verdicts])

    def to_json(self) -> str:
        r"""The stable form: every language, keys in a fixed order.

        Example:
            >>> report.to_json().startswith('{\n  "spelregel": 1,')
            True
        """
        return self._inner.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The stable form as a dictionary.

        Example:
            >>> report.to_dict()["receipt"]["at"]
            '2026-06-01'
        """
        return dict(json.loads(self.to_json()))

    def to_text(self, *, lang: Language | None = None, colour: bool = False) -> str:
        """As text, in at most a hundred columns.

        Args:
            lang: The language; the report's own if left out.
            colour: Whether to use the colours of terminals.

        Example:
            >>> print(report.to_text())
            Checked at 2026-06-01
            Rules: ours 1.0.0
            ...
        """
        return self._inner.to_text(lang or self._language, colour)

    def to_markdown(self, *, lang: Language | None = None) -> str:
        """As Markdown, for merge requests, wikis and mail.

        Example:
            >>> report.to_markdown().startswith("#")
            True
        """
        return self._inner.to_markdown(lang or self._language)

    def to_html(self, *, lang: Language | None = None) -> str:
        r"""As one self-contained page to read, print and take along.

        Example:
            >>> report.to_html(lang="nl").startswith('<!DOCTYPE html>\n<html lang="nl">')
            True
        """
        return self._inner.to_html(lang or self._language)

    def to_sarif(self, *, lang: Language | None = None, omit_waived: bool = False) -> str:
        """As SARIF 2.1.0, for pages and editors that show findings beside files.

        Args:
            lang: The language; the report's own if left out.
            omit_waived: Whether to leave accepted deviations out, not mark them as suppressed.

        Example:
            >>> '"version": "2.1.0"' in report.to_sarif()
            True
        """
        return self._inner.to_sarif(lang or self._language, omit_waived)

    def table(self, name: str = "findings", *, lang: Language | None = None) -> Table:
        """A table of the report.

        Args:
            name: ``findings``; ``verdicts``, one for each rule and each element that it is for;
                ``missing_facts``; or ``witnesses``, the elements that decided findings.
            lang: The language of texts; the report's own if left out.

        Raises:
            OptionsError: If there is no such table; ``verdicts`` are not had of a report that was
                read.

        Example:
            >>> report.table("missing_facts").to_dict()["field"]
            ['horizon']
            >>> len(report.table("verdicts"))
            3
        """
        return self._table(name, lang or self._language)

    def _table(self, name: str, lang: Language) -> Table:
        if name == "verdicts":
            if self._rules is None or self._asked is None or self._model is None:
                raise OptionsError("a report that was read has no verdicts: check the model again")
            native = self._rules._inner.verdicts(self._model._inner, self._asked)
        else:
            native = self._inner.table(name, lang)
        return Table._of(name=name, _inner=native, _owner=self, _arguments=(name, lang))

    def to_polars(self, table: str = "findings") -> polars.DataFrame:
        """A table of the report as a data frame of polars, which has to be installed.

        Example:
            >>> import polars as pl
            >>> report.to_polars().filter(pl.col("severity") == "error")["element"].to_list()
            ['klimaat']
        """
        return self.table(table).to_polars()

    def to_pandas(self, table: str = "findings") -> pandas.DataFrame:
        """A table of the report as a data frame of pandas, which has to be installed.

        Example:
            >>> frame = report.to_pandas()
            >>> frame[frame.severity == "error"].element.tolist()
            ['klimaat']
        """
        return self.table(table).to_pandas()

    def to_arrow(self, table: str = "findings") -> pyarrow.Table:
        """A table of the report as a table of pyarrow, which has to be installed.

        Example:
            >>> report.to_arrow("missing_facts").column_names[:3]
            ['question', 'kind', 'element']
        """
        return self.table(table).to_arrow()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The findings as a table, by the Arrow PyCapsule interface."""
        return self.table().__arrow_c_stream__(requested_schema)

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice | str) -> tuple[Finding, ...]: ...
    def __getitem__(self, at: int | slice | str) -> Finding | tuple[Finding, ...]:
        """The finding at a position; those of a slice; those of a rule, by its bare or full id."""
        if isinstance(at, slice):
            return tuple(self[position] for position in range(*at.indices(len(self))))
        if isinstance(at, str):
            if not self._inner.knows(at):
                raise KeyError(at)
            return tuple(self[position] for position in self._inner.positions_of(at))
        position = at + len(self) if at < 0 else at
        found = self._inner.finding(position) if position >= 0 else None
        if found is None:
            raise IndexError(f"there are {len(self)} findings")
        return replace(read(Finding, found), _skeleton=self._inner.skeleton())

    def __iter__(self) -> Iterator[Finding]:
        """The findings in order."""
        return iter(self.findings)

    def __len__(self) -> int:
        """How many findings there are."""
        return self._inner.finding_count

    def __eq__(self, other: object) -> bool:
        """Whether both say the same."""
        return isinstance(other, Report) and self._inner == other._inner

    def __hash__(self) -> int:
        """Equal for equal reports."""
        return hash((len(self), self._inner.receipt()))

    def __repr__(self) -> str:
        """One line with the counts."""
        verdicts = self.counts.verdicts
        counts = ", ".join(
            f"{verdicts[verdict]} {verdict}"
            for verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.UNKNOWN, Verdict.WAIVED)
            if verdicts[verdict]
        )
        return f"<spelregel.Report {self.receipt.at}: {counts or 'no findings'}>"

    def __str__(self) -> str:
        """The report as text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        return self._inner.to_html_fragment(self._language)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its JSON, with the model."""
        return _remake, (self.to_json(), self._model, self._language, self._rules, self._asked)


def _remake(
    text: str,
    model: Model | None,
    language: Language,
    rules: RuleSet | None,
    asked: Asked | None,
) -> Report:
    native = _native.Report.from_json(text)
    return Report._of(_inner=native, _model=model, _language=language, _rules=rules, _asked=asked)
