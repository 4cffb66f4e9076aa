"""Pictures of models: the network with a lane for each kind, findings marked."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal, TypeAlias, final

from spelregel import _native
from spelregel._frozen import Frozen
from spelregel.errors import OptionsError
from spelregel.words import Language

__all__ = ["Picture", "Theme"]

Theme: TypeAlias = Literal["auto", "light", "dark", "neutral"]
"""The colours: those of the reader's system, light, dark, or those of the page around it."""


@final
class Picture(Frozen):
    """The network of a model, or a part of it, as a picture; in a notebook it shows itself.

    Example:
        >>> picture = model.picture(findings=report)
        >>> picture.to_svg().startswith("<svg")
        True
        >>> picture.save("programme.svg")
    """

    __slots__ = ("_arguments",)
    # What it is drawn of, and how, without the theme and the language.
    _arguments: tuple[Any, ...]

    def to_svg(self, *, theme: Theme = "auto") -> str:
        """As SVG.

        Args:
            theme: The colours; those of the reader's system if left out.

        Example:
            >>> "prefers-color-scheme" in model.picture().to_svg(theme="light")
            False
        """
        return self._drawn(theme).svg

    def to_dot(self) -> str:
        """As a graph for Graphviz.

        Example:
            >>> model.picture().to_dot().startswith("digraph")
            True
        """
        return self._drawn("auto").dot

    def to_mermaid(self) -> str:
        """As a graph for the pages that draw Mermaid.

        Example:
            >>> model.picture().to_mermaid().startswith("flowchart")
            True
        """
        return self._drawn("auto").mermaid

    def save(self, path: str | PathLike[str], *, theme: Theme = "auto") -> None:
        """Writes it to a file, as SVG, DOT or Mermaid by the ending of the name.

        Raises:
            OptionsError: If the name ends in none of ``.svg``, ``.dot``, ``.gv``, ``.mmd``,
                ``.mermaid``.
            OSError: If the file cannot be written.

        Example:
            >>> model.picture().save("programme.mmd")
        """
        drawn = self._drawn(theme)
        forms = {
            ".svg": drawn.svg,
            ".dot": drawn.dot,
            ".gv": drawn.dot,
            ".mmd": drawn.mermaid,
            ".mermaid": drawn.mermaid,
        }
        form = forms.get(Path(path).suffix.lower())
        if form is None:
            raise OptionsError(f"`{fspath(path)}` should end in one of {', '.join(forms)}")
        Path(path).write_text(form, encoding="utf-8")

    def _drawn(self, theme: Theme) -> _native.Picture:
        model, report, at, shown, lang = self._arguments
        findings = None if report is None else report._inner
        return _native.Picture.draw(model._inner, findings, at, shown, theme, lang)

    def __eq__(self, other: object) -> bool:
        """Whether both show the same."""
        return isinstance(other, Picture) and self.to_svg() == other.to_svg()

    def __hash__(self) -> int:
        """Equal for equal pictures."""
        return hash(self.to_svg())

    def __repr__(self) -> str:
        """One line."""
        model, report, *_ = self._arguments
        marked = "" if report is None else f", {len(report)} findings"
        return f"<spelregel.Picture of {len(model)} elements{marked}>"

    def _repr_html_(self) -> str:
        return self.to_svg(theme="neutral")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it is drawn of."""
        return _redraw, self._arguments


def draw(
    model: Any,
    findings: Any,
    at: str | None,
    shown: tuple[list[str], int, list[str], int],
    lang: Language,
) -> Picture:
    """A picture; what it asks for is looked at once, here."""
    picture = _redraw(model, findings, at, shown, lang)
    picture._drawn("auto")
    return picture


def _redraw(*arguments: Any) -> Picture:
    return Picture._of(_arguments=arguments)
