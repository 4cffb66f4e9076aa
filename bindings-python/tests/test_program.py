"""The program that comes with the package, by its script and by ``python -m``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import spelregel as sr

PROGRAMS = [
    [str(Path(sys.executable).with_name("spelregel"))],
    [sys.executable, "-m", "spelregel"],
]


def run(program: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=["script", "module"])
def test_what_it_prints_is_the_report(program: list[str], programme: Path) -> None:
    ran = run(program, "check", str(programme), "--at", "2026-06-01", "--lang", "nl")
    assert ran.returncode == 1
    assert ran.stdout == sr.check(programme, at="2026-06-01", lang="nl").to_text()
    assert ran.stderr == ""


def test_its_version_is_that_of_the_package() -> None:
    assert run(PROGRAMS[0], "--version").stdout == f"spelregel {sr.__version__}\n"


def test_broken_input_is_told_on_the_side(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("goals: [{id: 'a b'}]", encoding="utf-8")
    ran = run(PROGRAMS[0], "check", str(broken))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "error[invalid-id]" in ran.stderr
