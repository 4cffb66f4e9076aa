"""What all public objects have in common: they don't change, compare, hash, and travel."""

from __future__ import annotations

import copy
import dataclasses
import enum
import inspect
import pickle
from datetime import date
from typing import Any

import pytest

import spelregel as sr
from spelregel._data import to_plain

NAMES = [name for name in sr.__all__ if name != "__version__"]
CLASSES = [
    value
    for value in (getattr(sr, name) for name in NAMES)
    if inspect.isclass(value) and not issubclass(value, Exception)
]


@pytest.fixture
def objects(model: sr.Model, rules: sr.RuleSet) -> dict[type, Any]:
    """An object of every public class."""
    report = rules.check(model, at="2026-06-01")
    live = sr.Session(model, rules, at="2026-06-01")
    renamed = live.apply(sr.Edit.set("klimaat", "name", "Klimaat"))
    waived = live.apply(sr.Edit.deviate("goal-owned", "co2", reason="Later", until="2026-12-31"))
    why = rules.explain(model, "one-commissioner", "klimaat", at="2026-06-01")
    calendar = rules.calendar(live.model, at="2026-06-01", until="2027-06-01")
    _, problems = sr.Model.load_partial(text="goals: [{id: co2, nmae: Less}]")
    known = report.since(report)
    found: list[Any] = [
        calendar,
        calendar.turns[0],
        known.baseline,
        live,
        model,
        model["co2"],
        model["co2"].position,
        model.evaluate("1 + 1"),
        model.metamodel,
        model.picture(findings=report),
        report.table(),
        model.metamodel["Goal"],
        problems[0],
        renamed,
        renamed.changed[0],
        report,
        report.counts,
        report.counts.verdicts,
        report.counts.rules[0],
        report.diff(report),
        report.missing[0],
        report.missing[0].fact,
        report.programmes[0],
        report.programmes[0].gates[0],
        report.receipt,
        report.receipt.packs[0],
        report[0],
        report[0].element,
        report[0].severity,
        report[0].title,
        report[0].verdict,
        rules,
        rules["goal-owned"],
        rules.answers(model, at="2026-06-01")[0],
        rules.outline("goal-owned"),
        rules.packs[0],
        rules.run_examples()[0],
        rules.settings,
        sr.Edit.remove("co2"),
        sr.Limits(elements=3),
        sr.LinkNote("held_by", sr.ElementRef("Person", "jansen")),
        waived.changed[0].after.deviation,
        why,
        why.require,
        why.require.value if why.require else None,
    ]
    return {type(one): one for one in found}


def test_every_class_has_an_object(objects: dict[type, Any]) -> None:
    assert {cls.__name__ for cls in CLASSES} == {cls.__name__ for cls in objects}


@pytest.mark.parametrize(
    "cls", [c for c in CLASSES if c is not sr.Session], ids=lambda c: c.__name__
)
def test_objects_compare_hash_and_travel(cls: type, objects: dict[type, Any]) -> None:
    one = objects[cls]
    for other in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert type(other) is cls
        assert other == one
        assert hash(other) == hash(one)
        assert repr(other) == repr(one)
    assert one != object()
    assert len({one, pickle.loads(pickle.dumps(one))}) == 1


@pytest.mark.parametrize(
    "cls", [c for c in CLASSES if c is not sr.Session], ids=lambda c: c.__name__
)
def test_objects_do_not_change(cls: type, objects: dict[type, Any]) -> None:
    one = objects[cls]
    names = ["value"] if isinstance(one, enum.Enum) else ["id", "rule", "_inner", "brand_new"]
    for name in names:
        with pytest.raises((AttributeError, TypeError)):
            setattr(one, name, None)
        with pytest.raises((AttributeError, TypeError)):
            delattr(one, name)


def test_sessions_do_not_travel(objects: dict[type, Any]) -> None:
    with pytest.raises(TypeError, match="pickle their model and their rules"):
        pickle.dumps(objects[sr.Session])


def test_no_repr_names_a_module_of_ours(objects: dict[type, Any]) -> None:
    for one in objects.values():
        assert "_native" not in repr(one)
        assert "\n" not in repr(one)


def test_classes_say_that_they_are_public() -> None:
    for name in NAMES:
        assert "._" not in getattr(sr, name).__module__


def test_data_classes_have_the_fields_of_reports(objects: dict[type, Any]) -> None:
    """What the JSON form has, the classes have: all of it comes back."""
    report: sr.Report = objects[sr.Report]
    known = report.since(report)
    plain = {
        "receipt": sr.Receipt,
        "counts": sr.Counts,
        "findings": sr.Finding,
        "missing": sr.Missing,
        "programmes": sr.ProgrammeNote,
    }
    for name in plain:
        held = getattr(known, name)
        assert to_plain(held) == without_empty(known.to_dict()[name]), name


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: without_empty(member) for name, member in value.items()}
        return {name: member for name, member in kept.items() if member != []}
    return [without_empty(member) for member in value] if isinstance(value, list) else value


def test_models_differ_by_what_they_hold() -> None:
    one, same = (
        sr.Model.load(text="goals: [{id: a}]"),
        sr.Model.load(text="goals:\n- id: a # first\n"),
    )
    assert one == same
    assert hash(one) == hash(same)
    assert one != sr.Model.load(text="goals: [{id: b}]")


def test_edited_models_travel(model: sr.Model, rules: sr.RuleSet) -> None:
    live = sr.Session(model, rules)
    live.apply(sr.Edit.remove("co2"))
    assert pickle.loads(pickle.dumps(live.model)) == live.model != model


def test_extended_metamodels_travel() -> None:
    own = sr.Metamodel.standard().extend(text="kinds: {Team: {section: teams}}")
    settings = sr.Settings.load(
        {"settings": {"metamodel": {"kinds": {"Crew": {"section": "crews"}}}}}
    )
    rules = sr.RuleSet.compile("slim-invoeren", metamodel=own, settings=settings)
    for metamodel in (own, rules.metamodel, sr.Metamodel.load(text="metamodel: own")):
        assert pickle.loads(pickle.dumps(metamodel)) == metamodel
    assert "Crew" in rules.metamodel
    assert "Team" in rules.metamodel
    model = sr.Model.load(text="crews: [{id: a}]\nteams: [{id: b}]", metamodel=rules.metamodel)
    assert pickle.loads(pickle.dumps(model)) == model
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_options_are_keywords_only() -> None:
    for name in NAMES:
        value = getattr(sr, name)
        if dataclasses.is_dataclass(value) or (
            inspect.isclass(value) and issubclass(value, Exception)
        ):
            continue
        functions = [value] if inspect.isfunction(value) else vars(value).values()
        for function in functions:
            function = getattr(function, "__func__", function)
            if not inspect.isfunction(function) or function.__name__.startswith("__"):
                continue
            for parameter in inspect.signature(function).parameters.values():
                is_option = parameter.default is not inspect.Parameter.empty
                positional = parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
                allowed = {
                    "source",
                    "element",
                    "fields",
                    "properties",
                    "default",
                    "kind",
                    "tables",
                    "name",
                    "table",
                }
                assert not (is_option and positional) or parameter.name in allowed, function


def test_dates_may_be_text_or_dates(model: sr.Model, rules: sr.RuleSet) -> None:
    assert rules.check(model, at=date(2026, 6, 1)) == rules.check(model, at="2026-06-01")
