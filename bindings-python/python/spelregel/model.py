"""Models: programmes as graphs of elements and links."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from os import PathLike, fspath
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, final

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
from spelregel.pictures import Picture, draw
from spelregel.tables import Table, Tabular, given_tables, is_tabular
from spelregel.words import Language

if TYPE_CHECKING:
    import networkx

    from spelregel.report import Report

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
                themselves, as bytes or dictionaries. Together they make one model. Or paths of
                workbooks (``.xlsx``, a sheet for each kind) and files with comma-separated values;
                or a dictionary of data frames, as for :meth:`from_tables`.
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
        if any(_is_of_tables(source) for source in sources):
            if text is not None or not all(_is_of_tables(source) for source in sources):
                raise TypeError("documents and tables can't make one model together")
            return cls._of_tables(sources, own, limited)
        files = tuple(_document(file, own, limited) for file in files_from(sources, text))
        if not files:
            raise TypeError("a model comes from a source or a text")
        native = _native.Model.load(list(files), own._inner, limited)
        return cls._of(_inner=native, _metamodel=own, _recipe=files)

    @classmethod
    def from_tables(
        cls,
        tables: Mapping[str, Tabular] | None = None,
        *,
        metamodel: Metamodel | None = None,
        limits: Limits | None = None,
        **named: Tabular,
    ) -> Model:
        """Makes a model of tables.

        A table of a kind has a column ``id`` and one for each property or relation that is
        recorded; a cell of a relation holds the id of the other end, a list of them, or several
        with ``;`` between. Instead of tables for kinds there may be one of all ``elements``, with a
        column ``kind``, and one of all ``relations``, with columns ``relation``, ``from`` and
        ``to``. Names of tables, columns and values may be those of the metamodel or its labels, in
        English or Dutch.

        Args:
            tables: Data frames of pandas, polars, pyarrow, DuckDB or whatever speaks Arrow; or
                plain lists of dictionaries; by name.
            metamodel: The vocabulary; the shipped one if left out.
            limits: How large the model may be.
            named: The same, by keyword.

        Raises:
            LoadError: Everything that is wrong with the tables, each with its table, row and
                column.
            TypeError: If something is no table, or holds what a cell can't.

        Example:
            >>> model = sr.Model.from_tables(
            ...     programmes=[{"id": "klimaat", "fase": "ontwerpen", "pursues": "co2"}],
            ...     doelen=[{"id": "co2", "naam": "Minder uitstoot"}],
            ... )
            >>> model["klimaat"]["phase"], model.related("klimaat", "pursues")
            ('design', ('co2',))
        """
        own = metamodel if metamodel is not None else Metamodel.standard()
        given = given_tables({**(tables or {}), **named})
        if not given:
            raise TypeError("a model comes from one table or more")
        native = _native.Model.from_tables(given, own._inner, limits_json(limits))
        return cls._of(_inner=native, _metamodel=own, _recipe=None)

    @classmethod
    def _of_tables(
        cls, sources: tuple[Readable, ...], metamodel: Metamodel, limited: str | None
    ) -> Model:
        frames = [source for source in sources if isinstance(source, Mapping)]
        if frames and len(sources) > 1:
            raise TypeError("one dictionary of tables can be loaded at a time")
        if frames:
            given = given_tables(frames[0])
            native = _native.Model.from_tables(given, metamodel._inner, limited)
        else:
            files = files_from(sources, None)
            native = _native.Model.from_files(files, metamodel._inner, limited)
        return cls._of(_inner=native, _metamodel=metamodel, _recipe=None)

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

    def to_tables(self) -> dict[str, Table]:
        """The model as tables, by the names of its sections: the same model can be made of them.

        Example:
            >>> tables = model.to_tables()
            >>> tables["goals"].to_dict()["name"]
            ['CO2-uitstoot gehalveerd']
            >>> sr.Model.from_tables(tables) == model
            True
        """
        return {
            name: Table._of(name=name, _inner=table, _owner=self, _arguments=(name,))
            for name, table in self._inner.to_tables()
        }

    def _table(self, name: str) -> Table:
        return self.to_tables()[name]

    def picture(
        self,
        *,
        findings: Report | None = None,
        focus: str | Iterable[str] = (),
        depth: int = 2,
        kinds: Iterable[str] = (),
        most: int = 300,
        at: date | str | None = None,
        lang: Language | None = None,
    ) -> Picture:
        """The network as a picture: a lane for each kind, links between, findings marked.

        Args:
            findings: A report whose findings are marked, by sign, line and colour.
            focus: The id, or ids, of elements in the middle: drawn is what lies around them.
            depth: How many links away from the middle one still sees.
            kinds: Only these kinds; all if empty.
            most: How many elements are drawn at most; what is left out is said.
            at: The date at which links are looked at; the report's, or else all times.
            lang: The language of labels and marks; the report's, else English.

        Raises:
            OptionsError: If an element in the middle, or a kind, is not there.

        Example:
            >>> model.picture(findings=report, focus="co2", depth=1)
            <spelregel.Picture of 2 elements, 3 findings>
        """
        middle = [focus] if isinstance(focus, str) else list(focus)
        language = lang or (findings.language if findings is not None else "en")
        day = None if at is None else date_text(at)
        return draw(self, findings, day, (middle, depth, list(kinds), most), language)

    def to_dot(self, *, lang: Language = "en") -> str:
        """The network as a graph for Graphviz; :meth:`picture` takes parts of it.

        Example:
            >>> model.to_dot().startswith("digraph")
            True
        """
        return self.picture(lang=lang).to_dot()

    def to_mermaid(self, *, lang: Language = "en") -> str:
        """The network as a graph for pages that draw Mermaid; :meth:`picture` takes parts of it.

        Example:
            >>> model.to_mermaid().startswith("flowchart")
            True
        """
        return self.picture(lang=lang).to_mermaid()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The network as a graph of networkx, which has to be installed.

        Nodes are ids, with ``kind`` and what is recorded; edges have the relation as their key, and
        the link's own properties.

        Example:
            >>> graph = model.to_networkx()
            >>> graph.nodes["klimaat"]["kind"], list(graph.edges(keys=True))
            ('Programme', [('klimaat', 'co2', 'pursues')])
        """
        graph: networkx.MultiDiGraph[str] = importlib.import_module("networkx").MultiDiGraph()
        elements = self.elements()
        ids = set(self)
        is_relation = self._metamodel._inner.is_relation
        for element in elements:
            fields = element.fields
            own = {name: value for name, value in fields.items() if not is_relation(name)}
            graph.add_node(element.id, **{**own, "kind": element.kind})
        for element in elements:
            for name, links in element.fields.items():
                if is_relation(name):
                    for link in links:
                        properties = {} if isinstance(link, str) else dict(link)
                        to = link if isinstance(link, str) else properties.pop("to")
                        assert to in ids
                        graph.add_edge(
                            element.id, to, key=_key(graph, element.id, to, name), **properties
                        )
        return graph

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

    def to_html(self, *, lang: Language = "en") -> str:
        """What it holds as a piece of HTML in the colours of its surroundings.

        Example:
            >>> "Goals" in model.to_html() or "goals" in model.to_html()
            True
        """
        return self._inner.to_html_fragment(lang)

    def _repr_html_(self) -> str:
        return self.to_html()

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


def _is_of_tables(source: object) -> bool:
    if isinstance(source, Mapping):
        return any(is_tabular(value) for value in source.values())
    return isinstance(source, str | PathLike) and _native.holds_tables(fspath(source))


def _key(graph: networkx.MultiDiGraph[str], start: str, end: str, relation: str) -> str:
    """The relation; numbered where it links the same two several times."""
    number, key = 1, relation
    while graph.has_edge(start, end, key):
        number += 1
        key = f"{relation} {number}"
    return key


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
