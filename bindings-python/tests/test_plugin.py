"""The plugin for pytest."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import PACK

pytest_plugins = ["pytester"]


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    (pytester.path / "ours.spelregel.yaml").write_text(PACK, encoding="utf-8")
    return pytester.path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # In a process of its own, as the plugin is found by its entry point.
    return pytester.runpytest_subprocess("-v", *arguments)


def test_examples_are_items(pytester: pytest.Pytester, folder: Path) -> None:
    ran = run(pytester)
    ran.assert_outcomes(passed=1)
    ran.stdout.fnmatch_lines(["ours.spelregel.yaml::one-commissioner::1 PASSED*"])


def test_what_comes_out_otherwise_fails(pytester: pytest.Pytester, folder: Path) -> None:
    path = folder / "ours.spelregel.yaml"
    path.write_text(PACK.replace("expect: {p: fail}", "expect: {p: pass}"), encoding="utf-8")
    ran = run(pytester)
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["*p: expected pass, found fail"])


def test_a_pack_that_does_not_check_is_an_error(pytester: pytest.Pytester, folder: Path) -> None:
    path = folder / "ours.spelregel.yaml"
    path.write_text(PACK.replace("self.horizon > today", "self.horizn > today"), encoding="utf-8")
    ran = run(pytester)
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*did you mean `horizon`?*"])


def test_settings_beside_the_pack_hold(pytester: pytest.Pytester, folder: Path) -> None:
    settings = folder / "spelregel-settings.yaml"
    settings.write_text("settings: {severity: {one-commissioner: off}}", encoding="utf-8")
    assert run(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_other_files_are_left_alone(pytester: pytest.Pytester) -> None:
    (pytester.path / "model.yaml").write_text("goals: [{id: 'a b'}]", encoding="utf-8")
    assert run(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED
