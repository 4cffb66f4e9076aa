"""What Spelregel raises."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Diagnostic", "LoadError", "OptionsError", "PackError", "SpelregelError"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a model, a pack or another text."""

    code: str
    """Which problem; stable."""
    level: Literal["error", "warning"]
    """Whether the text can be used in spite of it."""
    message: str
    """What is wrong."""
    file: str | None
    """The name of the text, if the problem is in one."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The column in characters, from 1."""
    helps: tuple[str, ...]
    """What to do about it."""


class SpelregelError(Exception):
    """Something that was handed to Spelregel cannot be used.

    As text it is all problems with excerpts of what was written.
    """

    def __init__(self, message: str, problems: str = "[]") -> None:
        """Takes the rendered text, and the problems as JSON."""
        super().__init__(message, problems)

    def __str__(self) -> str:
        """The rendered text."""
        return str(self.args[0])

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The problems as data, in order; none where the trouble is not in a text."""
        return tuple(_diagnostic(problem) for problem in json.loads(self.args[1]))


class LoadError(SpelregelError, ValueError):
    """A model cannot be loaded."""


class OptionsError(SpelregelError, ValueError):
    """Settings cannot be used, or a check asks for something that is not there."""


class PackError(SpelregelError, ValueError):
    """A rule pack cannot be used."""


def _diagnostic(problem: dict[str, Any]) -> Diagnostic:
    place = problem["labels"][0] if problem["labels"] else None
    return Diagnostic(
        code=problem["code"],
        level=problem["level"],
        message=problem["message"],
        file=place and place["file"],
        line=place and place["start"]["line"],
        column=place and place["start"]["column"],
        helps=tuple(advice["text"] for advice in problem["helps"]),
    )
