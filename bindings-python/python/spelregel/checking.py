"""The two calls that most people need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from spelregel._reading import Readable
from spelregel.explanation import Explanation
from spelregel.limits import Limits
from spelregel.metamodel import Metamodel
from spelregel.model import Model
from spelregel.pack import Pack, Settings
from spelregel.report import Report
from spelregel.rules import RuleSet
from spelregel.words import Language

__all__ = ["check", "explain"]

Rules = RuleSet | Iterable[Pack | Readable]


def check(
    *models: Model | Readable,
    text: str | None = None,
    rules: Rules | None = None,
    settings: Settings | Readable | None = None,
    metamodel: Metamodel | None = None,
    at: date | str | None = None,
    gate: str | None = None,
    programmes: Iterable[str] = (),
    tags: Iterable[str] = (),
    lang: Language | None = None,
    limits: Limits | None = None,
) -> Report:
    """Checks a model against rule packs.

    Args:
        models: What makes up the model: paths, documents as bytes or dictionaries; or one model.
        text: A model document itself, instead of these or beside them.
        rules: A rule set; or ids of shipped packs, paths of packs such as ``own.yaml``, and packs
            themselves; all shipped packs if left out.
        settings: An organisation's own parameters, severities and kinds.
        metamodel: The vocabulary; the shipped one if left out.
        at: The date of the check; today if left out.
        gate: The gate whose readiness is asked, such as ``G2``.
        programmes: Only what belongs to these programmes; everything if empty.
        tags: Only rules with one of these tags; all rules if empty.
        lang: The language in which the report shows itself; the settings' first, else English.
        limits: How large and deep documents may be, and what rules may cost.

    Raises:
        LoadError: If the model cannot be loaded.
        PackError: If a pack cannot be used.
        OptionsError: If the settings cannot be used, or the date, the gate, a programme or a tag
            is not one.
        LimitError: If anything is beyond the limits.
        OSError: If a file cannot be read.

    Example:
        >>> report = sr.check({"goals": [{"id": "co2", "name": "Less carbon"}]}, at="2026-06-01")
        >>> report
        <spelregel.Report 2026-06-01: ...>
    """
    compiled = rules_from(rules, settings, metamodel, limits)
    model = _model(models, text, compiled, limits)
    return compiled.check(model, at=at, gate=gate, programmes=programmes, tags=tags, lang=lang)


def explain(
    *models: Model | Readable,
    rule: str,
    element: str = "model",
    text: str | None = None,
    rules: Rules | None = None,
    settings: Settings | Readable | None = None,
    metamodel: Metamodel | None = None,
    at: date | str | None = None,
    gate: str | None = None,
    limits: Limits | None = None,
) -> Explanation:
    """Why a rule gives the verdict that it gives for an element: the condition part by part.

    Takes what :func:`check` takes, and the ids of the rule and of the element.

    Raises:
        OptionsError: If there is no such rule or element, or the rule isn't asked of it.

    Example:
        >>> why = sr.explain(model, rule="one-commissioner", element="klimaat", rules=rules)
        >>> why.verdict
        <Verdict.FAIL: 'fail'>
    """
    compiled = rules_from(rules, settings, metamodel, limits)
    model = _model(models, text, compiled, limits)
    return compiled.explain(model, rule, element, at=at, gate=gate)


def rules_from(
    rules: Rules | None,
    settings: Settings | Readable | None,
    metamodel: Metamodel | None,
    limits: Limits | None,
) -> RuleSet:
    """A rule set from whatever stands for it."""
    if isinstance(rules, RuleSet):
        if settings is not None or metamodel is not None:
            raise TypeError("a rule set has settings and a metamodel already: compile another one")
        return rules
    packs = () if rules is None else ((rules,) if isinstance(rules, str | bytes) else tuple(rules))
    return RuleSet.compile(*packs, settings=settings, metamodel=metamodel, limits=limits)


def _model(
    given: tuple[Model | Readable, ...], text: str | None, rules: RuleSet, limits: Limits | None
) -> Model:
    models = [one for one in given if isinstance(one, Model)]
    if models:
        if len(given) > 1 or text is not None:
            raise TypeError("one model can be checked at a time")
        return models[0]
    sources = tuple(one for one in given if not isinstance(one, Model))
    return Model.load(*sources, text=text, metamodel=rules.metamodel, limits=limits)
