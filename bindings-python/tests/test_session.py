"""Sessions: what they find is what a check from nothing finds."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import spelregel as sr


@pytest.fixture
def live(model: sr.Model, rules: sr.RuleSet) -> sr.Session:
    return sr.Session(model, rules, at="2026-06-01")


def test_edits_are_made_together_or_not_at_all(live: sr.Session, model: sr.Model) -> None:
    with pytest.raises(sr.EditError) as raised:
        live.apply(sr.Edit.put("Person", "jansen"), sr.Edit.link("co2", "owned_by", "jansne"))
    assert raised.value.position == 1
    assert str(raised.value) == ("edit 2: there is no element `jansne`: did you mean `jansen`?")
    assert [problem.code for problem in raised.value.diagnostics] == ["unknown-reference"]
    assert live.model == model


def test_undo_and_redo(live: sr.Session, model: sr.Model) -> None:
    before = live.report()
    delta = live.apply(sr.Edit.remove("co2"))
    after = live.report()
    assert {finding.rule for finding in delta.went} >= {"ours/goal-owned", "ours/goal-ahead"}
    undone = live.undo()
    assert undone
    assert undone.appeared == delta.went
    assert (live.report(), live.model) == (before, model)
    redone = live.redo()
    assert redone == delta
    assert live.report() == after
    assert live.redo() is None


def test_what_if_changes_nothing(live: sr.Session, model: sr.Model) -> None:
    delta = live.what_if(sr.Edit.remove("co2"))
    assert live.model == model
    assert live.apply(sr.Edit.remove("co2")) == delta


def test_replace(live: sr.Session, rules: sr.RuleSet) -> None:
    other = sr.Model.load(text="goals: [{id: other, name: Other}]")
    delta = live.replace(other)
    assert live.model == other
    assert {f.element and f.element.id for f in delta.appeared} == {"other"}
    with pytest.raises(sr.EditError):
        live.replace(
            sr.Model.load(metamodel=sr.Metamodel.load(text="metamodel: own"), text="spelregel: 1")
        )


def test_the_date_is_an_edit(live: sr.Session) -> None:
    live.apply(sr.Edit.set("co2", "horizon", "2026-12-31"))
    assert [f.rule for f in live.apply(sr.Edit.date("2027-01-01")).appeared] == ["ours/goal-ahead"]
    assert live.at.year == 2027


def test_limits_hold_for_edits(model: sr.Model, rules: sr.RuleSet) -> None:
    live = sr.Session(model, rules, limits=sr.Limits(elements=2))
    with pytest.raises(sr.LimitError):
        live.apply(sr.Edit.put("Goal", "third"))
    assert len(live.model) == 2


@pytest.mark.parametrize(
    "form", [{}, {"edit": "none"}, {"edit": "remove"}, {"edit": "remove", "id": "a", "more": 1}]
)
def test_what_is_no_edit(live: sr.Session, form: dict[str, Any]) -> None:
    with pytest.raises(sr.EditError):
        live.apply(sr.Edit(form))
    with pytest.raises(TypeError):
        live.apply(form)  # type: ignore[arg-type]


def test_options_are_looked_at(model: sr.Model, rules: sr.RuleSet) -> None:
    with pytest.raises(sr.OptionsError):
        sr.Session(model, rules, gate="G9")


def test_threads_share_a_session(live: sr.Session) -> None:
    def work(number: int) -> None:
        for round in range(20):  # noqa: A001
            live.apply(sr.Edit.put("Goal", f"g{number}-{round}"))

    run_together([threading.Thread(target=work, args=(number,)) for number in range(4)])
    assert len(live.model) == 2 + 80
    assert live.findings == live.rules.check(live.model, at="2026-06-01").findings


def run_together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_threads_share_a_rule_set(rules: sr.RuleSet) -> None:
    models = [
        sr.Model.load({"goals": [{"id": f"g{n}"} for n in range(size)]}) for size in range(1, 9)
    ]
    expected = [rules.check(model, at="2026-06-01") for model in models]
    wrong: list[int] = []

    def work() -> None:
        for number, model in enumerate(models):
            if rules.check(model, at="2026-06-01") != expected[number]:
                wrong.append(number)

    run_together([threading.Thread(target=work) for _ in range(8)])
    assert wrong == []
