"""The shared cases, through the package: the same verdicts, problems and reports, byte for byte."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

import spelregel as sr

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
OUTCOMES = Path(os.environ.get("SPELREGEL_OUTCOMES", ROOT / "target" / "outcomes.json"))


@cache
def cases() -> list[dict[str, Any]]:
    """What the library in Rust makes of every case, as ``cargo xtask test python`` writes it."""
    found: list[dict[str, Any]] = json.loads(OUTCOMES.read_text(encoding="utf-8"))
    return found


def test_every_case_comes_out_as_in_rust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(cases()) > 100
    different: list[str] = []
    for case in cases():
        outcome = Run(case["input"]).outcome()
        for part, expected in case["outcome"].items():
            if outcome[part] != expected:
                different.append(f"{case['place']}: {part}\n{outcome[part]}\n---\n{expected}")
    assert different == []


class Run:
    """One case on its way through the package."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.limits = sr.Limits(**dict(given["options"]["limits"]))
        self.problems: list[str] = []
        self.errors = 0

    def outcome(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "verdicts": [],
            "messages": [],
            "report": "",
            "json": "",
            "values": [],
        }
        parts = self.load()
        if parts:
            found.update(self.judge(*parts))
        return {**found, "is_sound": self.errors == 0, "diagnostics": "\n".join(self.problems)}

    def load(self) -> tuple[sr.RuleSet, sr.Model] | None:
        base = sr.Metamodel.standard()
        if file := self.given["metamodel"]:
            extended = self.attempt(lambda: base.extend(path(file), limits=self.limits))
            if extended is None:
                return None
            base = extended
        whole, settings = base, sr.Settings()
        if file := self.given["settings"]:
            read = self.attempt(lambda: sr.Settings.load(path(file), limits=self.limits))
            if read is not None:
                settings = read
                added = self.attempt(lambda: settings._inner.extend(base._inner))
                if added is None:
                    return None
                whole = sr.Metamodel._of(_inner=added, _recipe=(*base._recipe, settings))
            failed = read is None
        else:
            failed = False
        rules = self.rules(base, settings, failed=failed)
        sources = [path(file) for file in self.given["models"]]
        model = self.model(sources, whole)
        for part in (rules, model):
            if part is not None and part._inner.warnings_text():
                self.problems.append(part._inner.warnings_text())
        return (rules, model) if rules is not None and model is not None else None

    def rules(
        self, metamodel: sr.Metamodel, settings: sr.Settings, *, failed: bool
    ) -> sr.RuleSet | None:
        packs = [self.attempt(partial(self.pack, file)) for file in self.given["packs"]]
        given = [pack for pack in packs if pack is not None]
        if failed or len(given) < len(packs):
            return None
        limits = self.limits if self.given["options"]["limits"] else None
        return self.attempt(
            lambda: sr.RuleSet.compile(
                *given, settings=settings, metamodel=metamodel, limits=limits
            )
        )

    def pack(self, file: dict[str, Any]) -> sr.Pack:
        return sr.Pack.load(path(file), limits=self.limits)

    def model(self, sources: list[Path], metamodel: sr.Metamodel) -> sr.Model | None:
        if not sources:
            sources = [write("empty.json", b"{}")]
        return self.attempt(
            lambda: sr.Model.load(*sources, metamodel=metamodel, limits=self.limits)
        )

    def attempt(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except sr.SpelregelError as error:
            self.errors += 1
            self.problems.append(str(error))
            return None

    def judge(self, rules: sr.RuleSet, model: sr.Model) -> dict[str, Any]:
        asked = self.given["options"]
        options: dict[str, Any] = {
            "at": asked["at"],
            "gate": asked["gate"],
            "programmes": [asked["programme"]] if asked["programme"] else [],
            "tags": [asked["tag"]] if asked["tag"] else [],
        }
        report = rules.check(model, **options)
        lang = asked["lang"]
        return {
            "verdicts": [
                {
                    "rule": answer.rule,
                    "element": answer.element or "model",
                    "verdict": answer.verdict,
                    "missing": list(answer.missing),
                }
                for answer in rules.answers(model, **options)
            ],
            "messages": [
                {
                    "rule": finding.rule,
                    "element": finding.element.id if finding.element else "model",
                    "text": finding.message[lang],
                }
                for finding in report
            ],
            "report": report.to_text(lang=lang),
            "json": report.to_json(),
            "values": [self.value(model, text) for text in self.given["expressions"]],
        }

    def value(self, model: sr.Model, expression: str) -> str:
        """As JSON, which Python would write otherwise."""
        at = self.given["options"]["at"]
        try:
            found = model._inner.evaluate(model.metamodel._inner, expression, at)
        except sr.EvaluationError as error:
            return f"error: {error}"
        except sr.PackError as error:
            texts = (f"{problem.code}: {problem.message}" for problem in error.diagnostics)
            return f"refused {'; '.join(texts)}"
        return "unknown" if found is None else found[1]


def path(file: dict[str, Any]) -> Path:
    """The file on disk, under the name that the case gives it."""
    text = file["text"]
    held = bytes.fromhex("".join(text.split())) if file["is_hex"] else text.encode()
    return write(file["name"], held)


def write(name: str, held: bytes) -> Path:
    target = Path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(held)
    return target
