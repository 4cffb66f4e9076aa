"""What examples in docstrings may use: a small programme, rules, and a report on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import spelregel as sr

PROGRAMME = """\
spelregel: 1
programmes:
  - id: klimaat
    name: Klimaatneutrale stad 2035
    phase: design
    pursues: [co2]
goals: [{id: co2, name: CO2-uitstoot gehalveerd}]
"""

PACK = """\
spelregel: 1
pack: ours
version: 1.0.0
title: {en: Our rules, nl: Onze regels}
rules:
  - id: one-commissioner
    title: {en: A programme has one commissioner, nl: Een programma heeft één opdrachtgever}
    each: Programme
    from: design
    require: >-
      self.pursues.size() > 0
      && self.has_role.filter(r, r.role_type == RoleType.commissioner).size() == 1
    severity: error
    message: {en: "{self.name} has no commissioner", nl: "{self.name} heeft geen opdrachtgever"}
    why: {en: Somebody has to decide., nl: Iemand moet besluiten.}
    remedy: {en: Appoint one., nl: Benoem er een.}
    tags: [roles]
    examples:
      - at: 2026-06-01
        model: {programmes: [{id: p, phase: design}]}
        expect: {p: fail}
  - id: goal-owned
    title: {en: A goal has an owner, nl: Een doel heeft een eigenaar}
    each: Goal
    require: self.owned_by.size() > 0
    severity: warning
    message: {en: "Nobody owns {self.name}", nl: "Niemand is eigenaar van {self.name}"}
    why: {en: Goals without owners are forgotten., nl: Doelen zonder eigenaar worden vergeten.}
    remedy: {en: Ask who wants it most., nl: Vraag wie het het liefst wil.}
    tags: [goals]
  - id: goal-ahead
    title: {en: A goal lies ahead, nl: Een doel ligt in de toekomst}
    each: Goal
    require: self.horizon > today
    severity: advice
    message: {en: "{self.name} was for {self.horizon}", nl: "{self.name} was voor {self.horizon}"}
    why: {en: What is past cannot be reached., nl: Wat voorbij is kun je niet halen.}
    remedy: {en: Set another date., nl: Kies een andere datum.}
    tags: [goals]
"""


@pytest.fixture(scope="session")
def rules() -> sr.RuleSet:
    return sr.RuleSet.compile(sr.Pack.load(text=PACK))


@pytest.fixture(scope="session")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("programme") / "programme.yaml"
    path.write_text(PROGRAMME, encoding="utf-8")
    return path


@pytest.fixture
def model(programme: Path, monkeypatch: pytest.MonkeyPatch) -> sr.Model:
    monkeypatch.chdir(programme.parent)
    return sr.Model.load(programme.name)


@pytest.fixture(autouse=True)
def _examples(request: pytest.FixtureRequest) -> None:
    """Gives the names to doctests, and nothing to other tests."""
    if not isinstance(request.node, pytest.DoctestItem):
        return
    names: dict[str, Any] = request.getfixturevalue("doctest_namespace")
    own, compiled = request.getfixturevalue("model"), request.getfixturevalue("rules")
    report = compiled.check(own, at="2026-06-01")
    names.update(sr=sr, model=own, rules=compiled, report=report)
