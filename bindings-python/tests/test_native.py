"""What is written down on both sides is the same on both."""

from __future__ import annotations

import dataclasses
import json

import spelregel as sr
from spelregel import _native


def test_verdicts_and_severities_are_those_of_the_library() -> None:
    assert [verdict.value for verdict in sr.Verdict] == _native.verdicts()
    assert [severity.value for severity in reversed(sr.Severity)] == _native.severities()


def test_limits_are_those_of_the_library() -> None:
    names = [field.name for field in dataclasses.fields(sr.Limits)]
    assert sorted(names) == sorted(json.loads(_native.default_limits()))


def test_severities_have_an_order() -> None:
    assert sr.Severity.ERROR > sr.Severity.WARNING > sr.Severity.ADVICE
    assert sr.Severity.ERROR >= "error"
    assert sr.Severity.ADVICE < "warning"
    assert sr.Severity.ADVICE <= "advice"
