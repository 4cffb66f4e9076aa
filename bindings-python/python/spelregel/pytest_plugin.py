"""A plugin for pytest: the examples of rules are test items.

Files that are called ``*.spelregel.yaml`` or ``*.spelregel.json`` are packs; each example of each
of their rules is an item, such as ``ours.spelregel.yaml::goal-owned::1``. A file
``spelregel-settings.yaml`` beside a pack holds the organisation's settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    # Imported by every run of pytest where the package is installed: the rest waits for a pack.
    from spelregel.rules import ExampleResult

__all__ = ["ExampleItem", "PackFile", "pytest_collect_file"]

SUFFIXES = (".spelregel.yaml", ".spelregel.json")
SETTINGS = "spelregel-settings.yaml"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PackFile | None:
    """Collects packs."""
    if file_path.name.endswith(SUFFIXES):
        return PackFile.from_parent(parent, path=file_path)
    return None


class PackFile(pytest.File):
    """A pack whose examples are tests."""

    def collect(self) -> Iterator[ExampleItem]:
        """An item for each example of each rule."""
        from spelregel.errors import SpelregelError
        from spelregel.rules import RuleSet

        settings = self.path.with_name(SETTINGS)
        try:
            rules = RuleSet.compile(self.path, settings=settings if settings.exists() else None)
        except SpelregelError as error:
            raise self.CollectError(str(error)) from None
        own = rules.packs[0].id
        for result in rules.run_examples():
            pack, rule = result.rule.split("/", 1)
            # A shipped pack that this one uses is tested where it comes from.
            if pack == own:
                name = f"{rule}::{result.number}"
                yield ExampleItem.from_parent(self, name=name, result=result)


class ExampleItem(pytest.Item):
    """An example of a rule."""

    def __init__(self, *, result: ExampleResult, **kwargs: Any) -> None:
        """Takes what came out."""
        super().__init__(**kwargs)
        self.result = result

    def runtest(self) -> None:
        """Fails where a verdict is not the expected one."""
        if not self.result.is_as_expected:
            raise UnexpectedVerdict(self.result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected, and what came out."""
        if isinstance(excinfo.value, UnexpectedVerdict):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the example stands."""
        return self.path, self.result.line - 1, self.name


class UnexpectedVerdict(Exception):  # noqa: N818 - no fault of a program
    """An example came out otherwise than it says."""

    def __init__(self, result: ExampleResult) -> None:
        """Takes what came out."""
        name = f" “{result.name}”" if result.name else ""
        lines = [f"{result.rule}, example {result.number}{name}, line {result.line}"]
        if result.problems:
            lines.append(result.problems)
        lines += [
            f"  {element or 'model'}: expected {expected}, found {found}"
            for element, expected, found in result.verdicts
            if expected != found
        ]
        super().__init__("\n".join(lines))
