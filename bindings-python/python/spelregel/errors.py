"""What Spelregel raises, and the problems in texts that it tells of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "Diagnostic",
    "EditError",
    "EvaluationError",
    "LimitError",
    "LoadError",
    "OptionsError",
    "PackError",
    "SpelregelError",
]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a model, a pack or another text.

    Example:
        >>> try:
        ...     sr.Model.load(text="goals: [{id: co2, nmae: Less}]")
        ... except sr.LoadError as error:
        ...     (problem,) = error.diagnostics
        >>> problem.code, problem.line, problem.column
        ('unknown-field', 1, 19)
        >>> problem.helps
        ('did you mean `name`?',)
    """

    code: str
    """Which problem; stable. ``spelregel codes CODE`` tells more about it."""
    level: Literal["error", "warning"]
    """Whether the text can be used in spite of it."""
    message: str
    """What is wrong."""
    file: str | None
    """The name of the text, if the problem is in one; of the table, where that is in no file."""
    line: int | None
    """The line, from 1; in a table, the number of the row."""
    column: int | None
    """The column in characters, from 1."""
    helps: tuple[str, ...]
    """What to do about it."""
    table: str | None = None
    """The name of the table, where the problem is in one."""
    field: str | None = None
    """The head of the table's column."""


class SpelregelError(Exception):
    """Something that was handed to Spelregel cannot be used.

    As text it is all problems with excerpts of what was written.

    Example:
        >>> try:
        ...     sr.Model.load(text="goals: [{id: 'a b'}]")
        ... except sr.SpelregelError as error:
        ...     print(error)
        error[invalid-id]: the id `a b` holds a space
         --> text:1:14
        ...
    """

    def __init__(self, message: str, problems: str = "[]", position: int | None = None) -> None:
        """Takes the rendered text, the problems as JSON, and which of several edits it is."""
        super().__init__(message, problems, position)

    def __str__(self) -> str:
        """The rendered text."""
        return str(self.args[0])

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The problems as data, in order; none where the trouble is not in a text.

        Example:
            >>> try:
            ...     sr.Pack.shipped("slim-invoren")
            ... except sr.PackError as error:
            ...     print(error.diagnostics[0].message)
            no pack `slim-invoren` is shipped
        """
        return problems_from(self.args[1])


class LoadError(SpelregelError, ValueError):
    """A model, a metamodel or a report cannot be loaded.

    Example:
        >>> sr.Model.load(text="goals: [{id: co2, owned_by: [nobody]}]")
        Traceback (most recent call last):
        ...
        spelregel.errors.LoadError: error[dangling-reference]: ...
    """


class OptionsError(SpelregelError, ValueError):
    """Settings cannot be used, or a question asks for something that is not there.

    Example:
        >>> sr.check(model, gate="G9")
        Traceback (most recent call last):
        ...
        spelregel.errors.OptionsError: `G9` is not a gate: the gates are G1, G2, ...
    """


class PackError(SpelregelError, ValueError):
    """A rule pack cannot be used.

    Example:
        >>> sr.RuleSet.compile("slim-invoren")
        Traceback (most recent call last):
        ...
        spelregel.errors.PackError: error[unknown-reference]: no pack `slim-invoren` is shipped
        ...
    """


class EditError(SpelregelError, ValueError):
    """Edits make no sense: nothing has changed.

    Example:
        >>> live = sr.Session(model, rules)
        >>> live.apply(sr.Edit.remove("linda"))
        Traceback (most recent call last):
        ...
        spelregel.errors.EditError: there is no element `linda`...
    """

    @property
    def position(self) -> int | None:
        """Which of the edits it is, from 0.

        Example:
            >>> live = sr.Session(model, rules)
            >>> try:
            ...     live.apply(sr.Edit.clear("co2", "name"), sr.Edit.remove("linda"))
            ... except sr.EditError as error:
            ...     print(error.position)
            1
        """
        position: int | None = self.args[2]
        return position


class LimitError(SpelregelError, ValueError):
    """Input asks for more than the limits allow.

    Example:
        >>> sr.Model.load(text="goals: [{id: co2}]", limits=sr.Limits(source_bytes=10))
        Traceback (most recent call last):
        ...
        spelregel.errors.LimitError: error[over-limit]: the text is larger than ...
    """


class EvaluationError(SpelregelError, ArithmeticError):
    """Evaluating an expression runs into an error, such as a division by zero.

    Example:
        >>> model.evaluate("1 / model.bodies.size()")
        Traceback (most recent call last):
        ...
        spelregel.errors.EvaluationError: division by zero
    """


def problems_from(text: str) -> tuple[Diagnostic, ...]:
    """Problems from their JSON."""
    return tuple(_diagnostic(problem) for problem in json.loads(text))


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
        table=place and place.get("table"),
        field=place and place.get("field"),
    )
