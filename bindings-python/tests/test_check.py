"""One check, through the public names."""

from __future__ import annotations

import copy
import pickle
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import spelregel as sr

MODEL = "programmes: [{id: klimaat, name: Klimaat, phase: design}]\n"
PACK = """\
spelregel: 1
pack: own
version: 1.0.0
title: {en: Own, nl: Eigen}
rules:
  - id: named
    title: {en: A programme has a name, nl: Een programma heeft een naam}
    each: Programme
    require: has(self.name)
    severity: warning
    message: {en: "{self.id} has no name", nl: "{self.id} heeft geen naam"}
    why: {en: People use names, nl: Mensen gebruiken namen}
    remedy: {en: Give it one, nl: Geef het er een}
    source: own
    tags: [own]
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "klimaat.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(PACK, encoding="utf-8")
    return path


def rules_of(report: sr.Report) -> set[str]:
    return {finding.rule for finding in report}


def test_a_file_is_read(model: Path) -> None:
    report = sr.check(model, rules=["slim-invoeren"], at="2026-06-01")
    assert report.receipt.at == date(2026, 6, 1)
    assert report.receipt.version == sr.__version__
    positions = [finding.position.file for finding in report if finding.position]
    assert positions
    assert set(positions) == {str(model)}


def test_text_gives_the_same_findings(model: Path) -> None:
    from_file = sr.check(str(model), at=date(2026, 6, 1))
    from_text = sr.check(text=MODEL, at=date(2026, 6, 1))
    assert rules_of(from_file) == rules_of(from_text)


def test_several_files_make_one_model(model: Path, tmp_path: Path) -> None:
    goals = tmp_path / "goals.yaml"
    goals.write_text("goals: [{id: co2, pursued_by: [klimaat]}]\n", encoding="utf-8")
    sr.check(model, goals, at="2026-06-01")
    with pytest.raises(sr.LoadError, match="dangling-reference"):
        sr.check(goals, at="2026-06-01")


def test_own_packs(pack: Path) -> None:
    report = sr.check(text="programmes: [{id: p}]", rules=[pack], at="2026-06-01")
    assert rules_of(report) == {"own/named"}
    assert sr.check(text=MODEL, rules=[str(pack)], at="2026-06-01").findings == ()


def test_the_date_is_today_if_left_out(pack: Path) -> None:
    before = date.today()
    at = sr.check(text=MODEL, rules=[pack]).receipt.at
    assert before <= at <= date.today()


def test_gate_programmes_and_tags_are_handed_on(pack: Path) -> None:
    text = "programmes: [{id: p}, {id: q}]"
    report = sr.check(
        text=text, rules=[pack], at="2026-06-01", gate="G2", programmes=["q"], tags=["own"]
    )
    assert [finding.element and finding.element.id for finding in report] == ["q"]
    assert report.receipt.gate == "G2"


@pytest.mark.parametrize(
    "wrong",
    [{"at": "2026-02-30"}, {"gate": "G9"}, {"programmes": ["r"]}, {"tags": ["none"]}],
)
def test_options_that_are_not_there(pack: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(sr.OptionsError) as raised:
        sr.check(text=MODEL, rules=[pack], **{"at": "2026-06-01", **wrong})
    assert raised.value.diagnostics == ()
    assert str(raised.value)


def test_problems_of_a_model_are_data() -> None:
    text = "programmes:\n  - {id: klimaat, nmae: Klimaat}\n"
    with pytest.raises(sr.LoadError) as raised:
        sr.check(text=text, at="2026-06-01")
    (problem,) = raised.value.diagnostics
    assert (problem.code, problem.level) == ("unknown-field", "error")
    assert (problem.file, problem.line, problem.column) == ("text", 2, 19)
    assert problem.helps == ("did you mean `name`?",)
    assert problem.code in str(raised.value)


def test_problems_of_a_pack_are_data(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(PACK.replace("self.name", "self.nam"), encoding="utf-8")
    with pytest.raises(sr.PackError) as raised:
        sr.check(text=MODEL, rules=[path], at="2026-06-01")
    assert [problem.file for problem in raised.value.diagnostics] == [str(path)]


def test_settings_change_severities_and_kinds(pack: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("settings: {severity: {named: error}}\n", encoding="utf-8")
    report = sr.check(
        text="programmes: [{id: p}]", rules=[pack], settings=settings, at="2026-06-01"
    )
    assert [finding.severity for finding in report] == ["error"]


def test_problems_of_settings_are_data(tmp_path: Path) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("settings: {severities: {}}\n", encoding="utf-8")
    with pytest.raises(sr.OptionsError) as raised:
        sr.check(text=MODEL, settings=settings, at="2026-06-01")
    assert [problem.code for problem in raised.value.diagnostics] == ["unknown-field"]


def test_a_pack_that_is_not_shipped() -> None:
    with pytest.raises(sr.PackError, match="slim-invoeren"):
        sr.check(text=MODEL, rules=["slim-invoren"], at="2026-06-01")


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("goals: [{id: café}]\n".encode("latin-1"))
    with pytest.raises(sr.LoadError) as raised:
        sr.check(path, at="2026-06-01")
    assert [problem.code for problem in raised.value.diagnostics] == ["not-utf8"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sr.check(tmp_path / "none.yaml")


@pytest.mark.parametrize("wrong", [(), (3,), ([],), (None,)])
def test_what_is_no_model(wrong: Any) -> None:
    with pytest.raises(TypeError):
        sr.check(*wrong)


@pytest.mark.parametrize(
    "given",
    [
        MODEL,
        MODEL.encode(),
        {"programmes": [{"id": "klimaat", "name": "Klimaat", "phase": "design"}]},
    ],
    ids=["text", "bytes", "dict"],
)
def test_whatever_holds_a_model(given: Any) -> None:
    expected = sr.check(text=MODEL, at="2026-06-01")
    for report in (
        sr.check(given, at="2026-06-01"),
        sr.check(sr.Model.load(given), at="2026-06-01"),
    ):
        assert report.receipt == expected.receipt
        assert rules_of(report) == rules_of(expected)


def test_one_model_at_a_time() -> None:
    model = sr.Model.load(text=MODEL)
    with pytest.raises(TypeError):
        sr.check(model, model)
    with pytest.raises(TypeError):
        sr.check(model, text=MODEL)


def test_a_rule_set_has_its_own_settings(pack: Path) -> None:
    with pytest.raises(TypeError):
        sr.check(text=MODEL, rules=sr.RuleSet.compile(pack), settings=sr.Settings())


def test_dates_in_dictionaries() -> None:
    model = sr.Model.load({"goals": [{"id": "co2", "horizon": date(2035, 1, 1)}]})
    assert model["co2"]["horizon"] == "2035-01-01"
    with pytest.raises(TypeError, match="object"):
        sr.Model.load({"goals": [{"id": "co2", "horizon": object()}]})


def test_errors_travel() -> None:
    with pytest.raises(sr.SpelregelError) as raised:
        sr.check(text="goals: [{id: 'a b'}]", at="2026-06-01")
    for error in (pickle.loads(pickle.dumps(raised.value)), copy.deepcopy(raised.value)):
        assert type(error) is sr.LoadError
        assert str(error) == str(raised.value)
        assert error.diagnostics == raised.value.diagnostics


def test_threads_agree() -> None:
    reports: list[sr.Report] = []
    threads = [
        threading.Thread(target=lambda: reports.append(sr.check(text=MODEL, at="2026-06-01")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == len(threads)
    assert all(report == reports[0] for report in reports)
