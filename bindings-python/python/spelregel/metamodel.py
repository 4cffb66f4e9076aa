"""The vocabulary: kinds of elements, their properties and relations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, final

from spelregel import _native
from spelregel._data import read_all
from spelregel._frozen import Frozen
from spelregel._reading import File, Readable, limits_json, one_file
from spelregel.limits import Limits
from spelregel.pack import Settings
from spelregel.words import Text

__all__ = ["Kind", "Metamodel"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of element.

    Example:
        >>> kind = sr.Metamodel.standard()["LearningActivity"]
        >>> kind.section, kind.label["nl"]
        ('learning_activities', 'leeractiviteit')
    """

    name: str
    """The name that rules use: ``LearningActivity``."""
    section: str
    """The key in model documents: ``learning_activities``."""
    label: Text
    """What people call one element of the kind."""


@final
class Metamodel(Frozen):
    """A vocabulary of kinds, properties, relations and enumerations.

    Example:
        >>> metamodel = sr.Metamodel.standard()
        >>> "Programme" in metamodel
        True
        >>> [kind.name for kind in metamodel][:3]
        ['Programme', 'Goal', 'Benefit']
    """

    __slots__ = ("_inner", "_recipe")
    _inner: _native.Metamodel
    # What it is made of, for pickling: its file, None for the shipped one; then what extends it.
    _recipe: tuple[File | Settings | None, ...]

    @staticmethod
    def standard() -> Metamodel:
        """The shipped metamodel of change programmes.

        Example:
            >>> sr.Metamodel.standard().id
            'standard'
        """
        return _standard()

    @classmethod
    def load(
        cls,
        source: Readable | None = None,
        *,
        text: str | None = None,
        limits: Limits | None = None,
    ) -> Metamodel:
        r"""Reads a metamodel of one's own: a whole one, or additions to the shipped one.

        Args:
            source: A path, or a document as bytes or a dictionary.
            text: The document itself, instead of a source.
            limits: How large and deep it may be.

        Raises:
            LoadError: Everything that is wrong with the document.

        Example:
            >>> own = sr.Metamodel.load(text="metamodel: own\nkinds: {Team: {section: teams}}")
            >>> [kind.name for kind in own]
            ['Team']
        """
        file = one_file(source, text, "a metamodel")
        native = _native.Metamodel.own(file, limits_json(limits))
        return cls._of(_inner=native, _recipe=(file,))

    def extend(
        self,
        source: Readable | None = None,
        *,
        text: str | None = None,
        limits: Limits | None = None,
    ) -> Metamodel:
        """The metamodel with an organisation's own kinds, properties, relations and values.

        Args:
            source: A path, or a document as bytes or a dictionary.
            text: The document itself, instead of a source.
            limits: How large and deep it may be.

        Raises:
            LoadError: Everything that is wrong with the document.

        Example:
            >>> own = sr.Metamodel.standard().extend(text="kinds: {Team: {section: teams}}")
            >>> own["Team"].section
            'teams'
        """
        file = one_file(source, text, "an extension")
        native = self._inner.extend(file, limits_json(limits))
        return self._of(_inner=native, _recipe=(*self._recipe, file))

    @property
    def id(self) -> str:
        """What it is called.

        Example:
            >>> sr.Metamodel.load(text="metamodel: own").id
            'own'
        """
        return self._inner.id

    @property
    def version(self) -> str:
        """Its own version.

        Example:
            >>> sr.Metamodel.standard().version
            '1.0.0'
        """
        return self._inner.version

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds in model order.

        Example:
            >>> len(sr.Metamodel.standard().kinds)
            19
        """
        return read_all(Kind, self._inner.kinds())

    def model_schema(self) -> dict[str, Any]:
        """The JSON Schema of model documents.

        Example:
            >>> "goals" in sr.Metamodel.standard().model_schema()["properties"]
            True
        """
        return dict(json.loads(self._inner.model_schema()))

    def pack_schema(self) -> dict[str, Any]:
        """The JSON Schema of rule packs on this metamodel.

        Example:
            >>> sr.Metamodel.standard().pack_schema()["type"]
            'object'
        """
        return dict(json.loads(self._inner.pack_schema()))

    def __getitem__(self, name: str) -> Kind:
        """The kind of that name."""
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        """Whether there is a kind of that name."""
        return any(kind.name == name for kind in self.kinds)

    def __iter__(self) -> Iterator[Kind]:
        """The kinds in model order."""
        return iter(self.kinds)

    def __len__(self) -> int:
        """How many kinds there are."""
        return len(self.kinds)

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, however their files are laid out."""
        return isinstance(other, Metamodel) and self._inner == other._inner

    def __hash__(self) -> int:
        """Equal for equal metamodels."""
        return hash((self.id, self.version, len(self)))

    def __repr__(self) -> str:
        """One line."""
        return f"<spelregel.Metamodel {self.id} {self.version}: {len(self)} kinds>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as the files that it is made of."""
        return _remake, (self._recipe,)


@cache
def _standard() -> Metamodel:
    return Metamodel._of(_inner=_native.Metamodel.standard(), _recipe=(None,))


def _remake(recipe: tuple[File | Settings | None, ...]) -> Metamodel:
    native = _native.Metamodel.standard()
    for position, part in enumerate(recipe):
        if isinstance(part, Settings):
            native = part._inner.extend(native)
        elif part is not None and position == 0:
            native = _native.Metamodel.own(part, None)
        elif part is not None:
            native = native.extend(part, None)
    return Metamodel._of(_inner=native, _recipe=recipe)
