"""What notebooks show: HTML and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import spelregel as sr


@pytest.fixture
def report(model: sr.Model, rules: sr.RuleSet) -> sr.Report:
    return rules.check(model, at="2026-06-01", lang="nl")


def test_everything_shows_itself(model: sr.Model, rules: sr.RuleSet, report: sr.Report) -> None:
    why = rules.explain(model, "one-commissioner", "klimaat", at="2026-06-01")
    shown: list[Any] = [
        model,
        rules,
        report,
        report[0],
        why,
        rules.outline("goal-owned"),
        model.picture(),
    ]
    for one in shown:
        html = one._repr_html_()
        assert html
        assert "<script" not in html
        assert "prefers-color-scheme" not in html, type(one)


def test_a_finding_says_what_the_report_says(report: sr.Report) -> None:
    html = report["goal-owned"][0].to_html(lang="nl")
    assert html
    assert "Niemand is eigenaar van CO2-uitstoot gehalveerd" in html
    assert report.findings[1].to_html() == report[1].to_html()


def test_names_are_escaped(rules: sr.RuleSet) -> None:
    model = sr.Model.load({"goals": [{"id": "g", "name": "<b>&"}]})
    report = rules.check(model, at="2026-06-01")
    for html in (model.to_html(), report._repr_html_(), report[0].to_html() or ""):
        assert "<b>&" not in html
    assert "<b>" not in model.picture(findings=report).to_svg()


def test_pictures_mark_findings(model: sr.Model, report: sr.Report) -> None:
    plain, marked = model.picture().to_svg(), model.picture(findings=report).to_svg()
    for svg in (plain, marked):
        ElementTree.fromstring(svg)
    assert "✗" in marked
    assert "✗" not in plain
    assert "Klimaatneutrale" in model.picture(findings=report).to_dot()
    assert "prefers-color-scheme" in model.picture().to_svg()


def test_pictures_of_a_part(model: sr.Model) -> None:
    assert "CO2" not in model.picture(kinds=["Programme"]).to_svg()
    assert model.picture(focus="co2", depth=0) != model.picture()
    wrong: dict[str, Any]
    for wrong in ({"focus": "linda"}, {"kinds": ["Nothing"]}):
        with pytest.raises(sr.OptionsError):
            model.picture(**wrong)


def test_pictures_are_saved(model: sr.Model, tmp_path: Path) -> None:
    picture = model.picture()
    for name, start in {"a.svg": "<svg", "a.dot": "digraph", "a.mmd": "flowchart"}.items():
        picture.save(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    with pytest.raises(sr.OptionsError):
        picture.save(tmp_path / "a.png")


def test_links_at_several_times_are_several_edges() -> None:
    model = sr.Model.load(
        text="""\
persons: [{id: jansen}]
roles:
  - id: r
    role_type: commissioner
    held_by: [{to: jansen, valid_until: 2026-01-01}, {to: jansen, valid_from: 2027-01-01, fte: 0.2}]
"""
    )
    graph = model.to_networkx()
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    assert [(start, end, key) for start, end, key, _ in edges] == [
        ("r", "jansen", "held_by"),
        ("r", "jansen", "held_by 2"),
    ]
    assert {"fte": 0.2, "valid_from": "2027-01-01"} in [data for *_, data in edges]
