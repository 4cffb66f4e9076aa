"""Rule sets: packs checked against a metamodel and made ready to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, final

from spelregel import _native
from spelregel._data import read, read_all
from spelregel._frozen import Frozen
from spelregel._reading import Readable, date_text, limits_json
from spelregel.errors import Diagnostic, problems_from
from spelregel.explanation import Calendar, Explanation, Outline, told
from spelregel.limits import Limits
from spelregel.metamodel import Metamodel
from spelregel.model import Model
from spelregel.pack import Pack, Settings
from spelregel.report import Asked, Report
from spelregel.words import Language, Severity, Text, Verdict

__all__ = ["Answer", "ExampleResult", "Rule", "RuleSet"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, with the severity that the settings give it.

    Example:
        >>> rule = rules["one-commissioner"]
        >>> rule.full_id, rule.kinds
        ('ours/one-commissioner', ('Programme',))
    """

    id: str
    """The bare id."""
    full_id: str
    """The full id, ``pack/rule``."""
    pack: str
    """The id of its pack."""
    title: Text
    """What it wants."""
    severity: Severity
    """How bad it is when it fails."""
    kinds: tuple[str, ...]
    """The kinds that it is asked of; empty for the model as a whole."""
    require: str
    """What must hold."""
    why: Text
    """Why it is there."""
    remedy: Text
    """What to do when it fails."""
    allows_deviations: bool
    """Whether a recorded deviation may cover what it finds."""
    from_phase: str | None = None
    """The phase that must have been reached."""
    gate: str | None = None
    """The gate at which it is asked already."""
    when: str | None = None
    """The further condition under which it applies."""
    source: Text | None = None
    """Where it comes from."""
    tags: tuple[str, ...] = ()
    """Its tags."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one rule for one element.

    Example:
        >>> answers = rules.answers(model, at="2026-06-01")
        >>> sum(answer.verdict == "fail" for answer in answers)
        2
    """

    rule: str
    """The rule's full id."""
    element: str | None
    """The element's id; ``None`` for a rule of the model as a whole."""
    verdict: Verdict
    """The verdict."""
    missing: tuple[str, ...] = ()
    """Of an unknown verdict: the missing facts in model order, as ``element.field``."""


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example of one rule came out.

    Example:
        >>> results = rules.run_examples()
        >>> all(result.is_as_expected for result in results)
        True
    """

    rule: str
    """The rule's full id."""
    name: str | None
    """The example's name, where it has one."""
    number: int
    """Its number among the examples of the rule, from 1."""
    line: int
    """The line of the pack on which it starts."""
    is_as_expected: bool
    """Whether it ran and every verdict is as expected."""
    problems: str | None
    """Why it could not be run."""
    verdicts: tuple[tuple[str | None, Verdict, Verdict], ...]
    """Element, expected verdict, found verdict."""


@final
class RuleSet(Frozen):
    """Rules that have been checked and can be run: a mapping of rules by id.

    Example:
        >>> rules = sr.RuleSet.compile("slim-invoeren")
        >>> len(rules)
        30
        >>> rules["commissioner-from-mt"].kinds
        ('Programme',)
        >>> rules.check(model, at="2026-06-01")
        <spelregel.Report 2026-06-01: ...
    """

    __slots__ = ("_inner", "_limits", "_metamodel", "_packs", "_rules", "_settings")
    _inner: _native.RuleSet
    _metamodel: Metamodel
    _packs: tuple[Pack, ...]
    _settings: Settings
    _limits: Limits | None
    _rules: tuple[Rule, ...]

    @classmethod
    def compile(
        cls,
        *packs: Pack | Readable,
        settings: Settings | Readable | None = None,
        metamodel: Metamodel | None = None,
        limits: Limits | None = None,
    ) -> RuleSet:
        """Checks packs together and makes them ready to run.

        Args:
            packs: Packs, ids of shipped ones, or what :meth:`Pack.load` takes; all shipped ones if
                left out. A name without a dot or a slash is an id. A shipped pack that one of them
                uses comes along by itself.
            settings: An organisation's own parameters, severities and kinds.
            metamodel: The vocabulary, without what the settings add; the shipped one if left out.
            limits: What rules may cost, and how deep expressions may be.

        Raises:
            PackError: Every problem of every pack, and of settings that name what isn't there.
            OptionsError: If the settings cannot be read.

        Example:
            >>> settings = {"settings": {"languages": ["nl"]}}
            >>> rules = sr.RuleSet.compile("slim-invoeren", settings=settings)
            >>> rules.settings.languages
            ('nl',)
        """
        made = tuple(_pack(pack) for pack in packs or Pack.shipped_ids())
        own = metamodel if metamodel is not None else Metamodel.standard()
        return _compiled(made, settings_from(settings), own, limits)

    @property
    def metamodel(self) -> Metamodel:
        """The vocabulary, with what the settings add: models to be checked are loaded with it.

        Example:
            >>> model = sr.Model.load(text="goals: [{id: co2}]", metamodel=rules.metamodel)
        """
        native = self._inner.metamodel
        if native == self._metamodel._inner:
            return self._metamodel
        recipe = (*self._metamodel._recipe, self._settings)
        return Metamodel._of(_inner=native, _recipe=recipe)

    @property
    def settings(self) -> Settings:
        """The settings that they were compiled with.

        Example:
            >>> rules.settings == sr.Settings()
            True
        """
        return self._settings

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that they were compiled of.

        Example:
            >>> [pack.id for pack in rules.packs]
            ['ours']
        """
        return self._packs

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is remarkable about the packs and yet keeps no rule from running.

        Example:
            >>> rules.warnings
            ()
        """
        return problems_from(self._inner.warnings())

    def check(
        self,
        model: Model,
        *,
        at: date | str | None = None,
        gate: str | None = None,
        programmes: Iterable[str] = (),
        tags: Iterable[str] = (),
        lang: Language | None = None,
    ) -> Report:
        """Checks a model: every rule asked of every element that it is for.

        Args:
            model: One that was loaded with the metamodel of the rules.
            at: The date of the check; today if left out.
            gate: The gate whose readiness is asked, such as ``G2``.
            programmes: Only what belongs to these programmes; everything if empty.
            tags: Only rules with one of these tags; all rules if empty.
            lang: The language in which the report shows itself; the settings' first, else English.

        Raises:
            OptionsError: If the date, the gate, a programme or a tag is not one.

        Example:
            >>> report = rules.check(model, at="2026-06-01", gate="G2", lang="nl")
            >>> report.language
            'nl'
        """
        question = asked(at, gate, programmes, tags)
        native = self._inner.check(model._inner, question)
        return Report._of(
            _inner=native,
            _model=model,
            _language=lang or self._language,
            _rules=self,
            _asked=question,
        )

    def answers(
        self,
        model: Model,
        *,
        at: date | str | None = None,
        gate: str | None = None,
        programmes: Iterable[str] = (),
        tags: Iterable[str] = (),
    ) -> tuple[Answer, ...]:
        """Every verdict: one for each rule and each element that it is for, in order.

        Takes what :meth:`check` takes.

        Example:
            >>> rules.answers(model, at="2026-06-01")[0].rule
            'ours/one-commissioner'
        """
        found = self._inner.answers(model._inner, asked(at, gate, programmes, tags))
        return read_all(Answer, found)

    def explain(
        self,
        model: Model,
        rule: str,
        element: str = "model",
        *,
        at: date | str | None = None,
        gate: str | None = None,
    ) -> Explanation:
        """Why a rule gives the verdict that it gives for an element.

        Args:
            model: One that was loaded with the metamodel of the rules.
            rule: The rule's bare or full id.
            element: The element's id; left out for a rule that is asked of the model as a whole.
            at: The date; today if left out.
            gate: The gate whose readiness is asked.

        Raises:
            OptionsError: If there is no such rule or element, or the rule isn't asked of it.

        Example:
            >>> why = rules.explain(model, "one-commissioner", "klimaat", at="2026-06-01")
            >>> why.verdict, why.require.parts[1].value
            (<Verdict.FAIL: 'fail'>, <PartValue.FALSE: 'false'>)
        """
        question = asked(at, gate, (), ())
        return told(Explanation, self._inner.explain(model._inner, question, rule, element))

    def outline(self, rule: str) -> Outline:
        """What a rule asks, part by part, in words.

        Raises:
            OptionsError: If there is no such rule.

        Example:
            >>> rules.outline("one-commissioner").rule
            'ours/one-commissioner'
        """
        return told(Outline, self._inner.outline(rule))

    def calendar(
        self,
        model: Model,
        *,
        until: date | str,
        at: date | str | None = None,
        gate: str | None = None,
        programmes: Iterable[str] = (),
        tags: Iterable[str] = (),
    ) -> Calendar:
        """When verdicts will be others, up to a day, if nothing but the date changes.

        Takes what :meth:`check` takes, and the last day to look at.

        Example:
            >>> rules.calendar(model, at="2026-06-01", until="2026-12-31").turns
            ()
        """
        question = asked(at, gate, programmes, tags)
        return told(Calendar, self._inner.calendar(model._inner, question, date_text(until)))

    def run_examples(self) -> tuple[ExampleResult, ...]:
        """Runs the examples of every rule, in the order in which they are written.

        Example:
            >>> [result.rule for result in rules.run_examples()]
            ['ours/one-commissioner']
        """
        return read_all(ExampleResult, self._inner.run_examples())

    def to_text(self, *, lang: Language = "en") -> str:
        """The rules as a list for a terminal.

        Example:
            >>> "one-commissioner" in rules.to_text()
            True
        """
        return self._inner.to_text(lang)

    def to_html(self, *, lang: Language | None = None) -> str:
        """The rules as a piece of HTML in the colours of its surroundings.

        Example:
            >>> "goal-owned" in rules.to_html()
            True
        """
        return self._inner.to_html_fragment(lang or self._language)

    def _repr_html_(self) -> str:
        return self.to_html()

    @property
    def _language(self) -> Language:
        return next(iter(self._settings.languages), "en")

    def __getitem__(self, id: str) -> Rule:  # noqa: A002
        """The rule with a bare or full id."""
        try:
            text, *_ = self._inner.rule(id)
        except ValueError as error:
            raise KeyError(id) from error
        return read(Rule, text)

    def __contains__(self, id: object) -> bool:  # noqa: A002
        """Whether there is one rule with a bare or full id."""
        if not isinstance(id, str):
            return False
        try:
            self._inner.rule(id)
        except ValueError:
            return False
        return True

    def __iter__(self) -> Iterator[Rule]:
        """The rules in the order in which they are asked."""
        return iter(self._rules)

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self._rules)

    def __eq__(self, other: object) -> bool:
        """Whether both are made of equal packs, settings and metamodels."""
        return isinstance(other, RuleSet) and self._parts == other._parts

    def __hash__(self) -> int:
        """Equal for equal rule sets."""
        return hash(self._parts)

    def __repr__(self) -> str:
        """One line."""
        packs = ", ".join(pack.id for pack in self._packs)
        return f"<spelregel.RuleSet {packs}: {len(self)} rules>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it is made of."""
        return _compiled, self._parts

    @property
    def _parts(self) -> tuple[tuple[Pack, ...], Settings, Metamodel, Limits | None]:
        return self._packs, self._settings, self._metamodel, self._limits


def asked(
    at: date | str | None, gate: str | None, programmes: Iterable[str], tags: Iterable[str]
) -> Asked:
    """What is asked of a check, as the native half takes it."""
    return date_text(at), gate, list(programmes), list(tags)


def settings_from(given: Settings | Readable | None) -> Settings:
    """Settings from whatever stands for them."""
    if given is None:
        return Settings()
    return given if isinstance(given, Settings) else Settings.load(given)


def _pack(given: Pack | Readable) -> Pack:
    if isinstance(given, Pack):
        return given
    if isinstance(given, str) and not any(mark in given for mark in "./\\\n"):
        return Pack.shipped(given)
    return Pack.load(given)


@lru_cache(maxsize=8)
def _compiled(
    packs: tuple[Pack, ...], settings: Settings, metamodel: Metamodel, limits: Limits | None
) -> RuleSet:
    native = _native.RuleSet.compile(
        metamodel._inner, [pack._inner for pack in packs], settings._inner, limits_json(limits)
    )
    return RuleSet._of(
        _inner=native,
        _metamodel=metamodel,
        _packs=packs,
        _settings=settings,
        _limits=limits,
        _rules=read_all(Rule, native.rules()),
    )
