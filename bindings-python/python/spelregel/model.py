"""Models: programmes as graphs of elements and links."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, final

from spelregel import _native
from spelregel._frozen import Frozen
from spelregel._reading import (
    File,
    Readable,
    date_text,
    files_from,
    limits_json,
)
from spelregel.errors import Diagnostic, problems_from
from spelregel.findings import FilePosition
from spelregel.limits import Limits
from spelregel.metamodel import Metamodel
from spelregel.words import Language

__all__ = ["Element", "Evaluated", "Model"]


@final
@dataclass(frozen=True, slots=True)
class Element:
    """An element of a model: a mapping of what is recorded of it.

    Example:
        >>> element = model["klimaat"]
        >>> element.kind, element.name
        ('Programme', 'Klimaatneutrale stad 2035')
        >>> element["phase"], element.get("budget_eur")
        ('design', None)
        >>> "pursues" in element
        True
    """

    kind: str
    """The kind, as rules name it."""
    id: str
    """The id, unique in the model."""
    name: str
    """What people call it: the recorded name, else the id."""
    position: FilePosition | None
    """Where it is written."""
    _document: str = field(repr=False)

    @property
    def fields(self) -> Mapping[str, Any]:
        """What is recorded: properties, and links at their source ends, as documents write them.

        Example:
            >>> model["co2"].fields["name"]
            'CO2-uitstoot gehalveerd'
        """
        return MappingProxyType(json.loads(self._document))

    def __getitem__(self, name: str) -> Any:
        """What is recorded of a property or relation."""
        return self.fields[name]

    def __contains__(self, name: object) -> bool:
        """Whether anything is recorded of it."""
        return name in self.fields

    def get(self, name: str, default: Any = None) -> Any:
        """What is recorded of a property or relation, else the default.

        Example:
            >>> model["co2"].get("horizon", "not recorded")
            'not recorded'
        """
        return self.fields.get(name, default)


@final
@dataclass(frozen=True, slots=True)
class Evaluated:
    """What an expression comes to.

    Example:
        >>> model.evaluate("model.goals.size()")
        Evaluated(type='int', value=1, is_known=True)
    """

    type: str | None
    """The type, as rules write it; ``None`` where the value isn't known."""
    value: Any
    """The value: elements are their ids, dates and durations text."""
    is_known: bool
    """Whether the model holds the facts that it takes."""


@final
class Model(Frozen):
    """A programme, or several, as a graph: elements by id.

    Example:
        >>> model = sr.Model.load(text="goals: [{id: co2, name: Less carbon}]")
        >>> len(model), "co2" in model
        (1, True)
        >>> model["co2"].name
        'Less carbon'
    """

    __slots__ = ("_inner", "_metamodel", "_recipe")
    _inner: _native.Model
    _metamodel: Metamodel
    # The documents that it is made of, for pickling; None for what edits made.
    _recipe: tuple[File, ...] | None

    @classmethod
    def load(
        cls,
        *sources: Readable,
        text: str | None = None,
        metamodel: Metamodel | None = None,
        limits: Limits | None = None,
    ) -> Model:
        """Reads a model from one or more documents.

        Args:
            sources: Paths of documents in YAML or JSON, or of ArchiMate files; or documents
                themselves, as bytes or dictionaries. Together they make one model.
            text: A document itself, instead of sources or beside them.
            metamodel: The vocabulary; the shipped one if left out. For a rule set with settings of
                its own: ``rules.metamodel``.
            limits: How large and deep documents may be.

        Raises:
            LoadError: Everything that is wrong with the documents, each with its place.
            LimitError: If a document is beyond the limits.
            OSError: If a file cannot be read.

        Example:
            >>> model = sr.Model.load({"goals": [{"id": "co2", "name": "Less carbon"}]})
            >>> model.to_json()
            '{"spelregel":1,"goals":[{"id":"co2","name":"Less carbon"}]}'
        """
        own = metamodel if metamodel is not None else Metamodel.standard()
        limited = limits_json(limits)
        files = tuple(_document(file, own, limited) for file in files_from(sources, text))
        if not files:
            raise TypeError("a model comes from a source or a text")
        native = _native.Model.load(list(files), own._inner, limited)
        return cls._of(_inner=native, _metamodel=own, _recipe=files)

    @classmethod
    def load_partial(
        cls,
        *sources: Readable,
        text: str | None = None,
        metamodel: Metamodel | None = None,
        limits: Limits | None = None,
    ) -> tuple[Model, tuple[Diagnostic, ...]]:
        """Reads what is sound in documents, and tells everything that is wrong with the rest.

        Takes what :meth:`load` takes.

        Example:
            >>> model, problems = sr.Model.load_partial(text="goals: [{id: co2}, {id: co 3}]")
            >>> len(model), problems[0].code
            (1, 'invalid-id')
        """
        own = metamodel if metamodel is not None else Metamodel.standard()
        limited = limits_json(limits)
        files = tuple(_document(file, own, limited) for file in files_from(sources, text))
        native, problems = _native.Model.load_partial(list(files), own._inner, limited)
        return cls._of(_inner=native, _metamodel=own, _recipe=None), problems_from(problems)

    @classmethod
    def _edited(cls, native: _native.Model, metamodel: Metamodel) -> Model:
        return cls._of(_inner=native, _metamodel=metamodel, _recipe=None)

    @property
    def metamodel(self) -> Metamodel:
        """The vocabulary that it was loaded with.

        Example:
            >>> model.metamodel == sr.Metamodel.standard()
            True
        """
        return self._metamodel

    @property
    def link_count(self) -> int:
        """How many links there are, at all times together.

        Example:
            >>> sr.Model.load(text="goals: [{id: a, refines: [b]}, {id: b}]").link_count
            1
        """
        return self._inner.link_count

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is remarkable about the documents but does not make the model unusable.

        Example:
            >>> [warning.code for warning in sr.Model.load(text="roles: [{id: sponsor}]").warnings]
            ['missing-property']
        """
        return problems_from(self._inner.warnings())

    def elements(self, kind: str | None = None) -> tuple[Element, ...]:
        """The elements in model order, or those of a kind.

        Example:
            >>> [element.id for element in model.elements("Goal")]
            ['co2']
        """
        own = json.loads(self._inner.elements())
        return tuple(_element(one) for one in own if kind is None or one["kind"] == kind)

    def related(self, id: str, relation: str) -> tuple[str, ...]:  # noqa: A002
        """The ids of the elements to which a relation or an inverse leads, in model order.

        Raises:
            KeyError: If there is no such element.

        Example:
            >>> model.related("klimaat", "pursues")
            ('co2',)
            >>> model.related("co2", "pursued_by")
            ('klimaat',)
        """
        if id not in self:
            raise KeyError(id)
        return tuple(self._inner.related(id, relation))

    def evaluate(self, expression: str, *, at: date | str | None = None) -> Evaluated:
        """What an expression of the rule language comes to.

        Args:
            expression: Such as ``model.goals.filter(g, g.owned_by.size() == 0)``.
            at: The date at which it is asked; today if left out.

        Raises:
            PackError: Everything that is wrong with the expression.
            EvaluationError: If evaluating it runs into an error.

        Example:
            >>> model.evaluate("model.goals.filter(g, g.owned_by.size() == 0)").value
            ['co2']
        """
        found = self._inner.evaluate(self._metamodel._inner, expression, date_text(at))
        if found is None:
            return Evaluated(None, None, False)
        kind, value = found
        return Evaluated(kind, json.loads(value), True)

    def to_json(self) -> str:
        r"""The model as one document in JSON, in model order, that loads to the same model.

        Example:
            >>> sr.Model.load(text="goals:\n  - id: co2  # of all we do\n").to_json()
            '{"spelregel":1,"goals":[{"id":"co2"}]}'
        """
        return self._inner.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The model as one document, as a dictionary.

        Example:
            >>> sr.Model.load(text="goals: [{id: co2}]").to_dict()["goals"]
            [{'id': 'co2'}]
        """
        return dict(json.loads(self.to_json()))

    def __getitem__(self, id: str) -> Element:  # noqa: A002
        """The element with an id."""
        found = self._inner.element(id)
        if found is None:
            raise KeyError(id)
        return _element(json.loads(found))

    def __contains__(self, id: object) -> bool:  # noqa: A002
        """Whether there is an element with the id."""
        return isinstance(id, str) and self._inner.has(id)

    def __iter__(self) -> Iterator[str]:
        """The ids in model order."""
        return iter(self._inner.ids())

    def __len__(self) -> int:
        """How many elements there are."""
        return self._inner.element_count

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same; files, order and comments play no part."""
        return isinstance(other, Model) and self._inner == other._inner

    def __hash__(self) -> int:
        """Equal for equal models."""
        return hash((len(self), self.link_count))

    def __repr__(self) -> str:
        """One line."""
        return f"<spelregel.Model: {len(self)} elements, {self.link_count} links>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as the documents that it is made of; as one where edits made it."""
        files = self._recipe
        if files is None:
            files = (("model.json", self.to_json().encode()),)
        return _remake, (files, self._metamodel)


def convert(
    source: Readable, *, metamodel: Metamodel | None = None, lang: Language = "en"
) -> tuple[Model, str]:
    """Reads an ArchiMate file, and tells in words what became of it and what has no place.

    Args:
        source: A path, or the file as bytes.
        metamodel: The vocabulary; the shipped one if left out.
        lang: The language of the notes.

    Raises:
        LoadError: If it is not an ArchiMate file.

    Example:
        >>> sr.convert(b"<nothing/>")
        Traceback (most recent call last):
        ...
        spelregel.errors.LoadError: error[wrong-document]: ...
    """
    own = metamodel if metamodel is not None else Metamodel.standard()
    (file,) = files_from((source,), None)
    document, notes = _native.Model.convert(file, own._inner, None, lang)
    return Model.load(text=document, metamodel=own), notes


def _document(file: File, metamodel: Metamodel, limits: str | None) -> File:
    """The model document of a file, which may be one of ArchiMate by the ending of its name."""
    name, _ = file
    if PurePath(name).suffix.lower() not in (".archimate", ".xml"):
        return file
    document, _ = _native.Model.convert(file, metamodel._inner, limits, "en")
    return name, document.encode()


def _element(found: dict[str, Any]) -> Element:
    position = found["position"]
    return Element(
        kind=found["kind"],
        id=found["document"]["id"],
        name=found["name"],
        position=position and FilePosition(**position),
        _document=json.dumps(found["document"], ensure_ascii=False),
    )


def _remake(files: tuple[File, ...], metamodel: Metamodel) -> Model:
    native = _native.Model.load(list(files), metamodel._inner, None)
    return Model._of(_inner=native, _metamodel=metamodel, _recipe=files)
