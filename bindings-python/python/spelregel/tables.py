"""Tables in and out: data frames of whatever library, lists of dictionaries, workbooks."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, final

from spelregel import _native
from spelregel._frozen import Frozen
from spelregel.errors import OptionsError
from spelregel.metamodel import Metamodel
from spelregel.words import Language

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Table", "Tabular", "template"]

Tabular: TypeAlias = Any
"""What holds a table: a data frame of pandas, polars, pyarrow, DuckDB or whatever speaks Arrow by
its PyCapsule interface; lists by column; dictionaries or data classes by row."""

Given: TypeAlias = tuple[str, str | None, int, object]
"""A name, a file, the number of the first row, and the table, as the native half takes them."""


@final
class Table(Frozen):
    """A table with typed columns, which speaks Arrow: data frames take it as it is.

    Example:
        >>> table = report.table("findings")
        >>> table.columns[:4]
        ('rule', 'title', 'severity', 'verdict')
        >>> [row["element"] for row in table]
        ['klimaat', 'co2', 'co2']
    """

    __slots__ = ("_arguments", "_inner", "_owner", "name")
    name: str
    """What its rows are."""
    _inner: _native.Table
    # Whose table it is, and which: for pickling.
    _owner: Any
    _arguments: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in order.

        Example:
            >>> report.table("witnesses").columns
            ('fingerprint', 'rule', 'element', 'witness_kind', 'witness', 'witness_name')
        """
        return tuple(self._inner.heads())

    def to_dict(self) -> dict[str, list[Any]]:
        """Its columns as lists.

        Example:
            >>> report.table("findings").to_dict()["verdict"]
            ['fail', 'fail', 'unknown']
        """
        return dict(self._inner.columns())

    def to_polars(self) -> polars.DataFrame:
        """As a data frame of polars, which has to be installed.

        Example:
            >>> report.table("findings").to_polars().height
            3
        """
        frame: polars.DataFrame = importlib.import_module("polars").DataFrame(self)
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """As a data frame of pandas, which has to be installed.

        Example:
            >>> report.table("findings").to_pandas().shape[0]
            3
        """
        frame: pandas.DataFrame = importlib.import_module("pandas").DataFrame(self.to_dict())
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """As a table of pyarrow, which has to be installed.

        Example:
            >>> report.table("findings").to_arrow().num_rows
            3
        """
        table: pyarrow.Table = importlib.import_module("pyarrow").table(self)
        return table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table by the Arrow PyCapsule interface."""
        return self._inner.__arrow_c_stream__(requested_schema)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Its rows, as dictionaries."""
        columns = self.to_dict()
        return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))

    def __len__(self) -> int:
        """How many rows there are."""
        return self._inner.row_count

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same."""
        return isinstance(other, Table) and (self.name, self.to_dict()) == (
            other.name,
            other.to_dict(),
        )

    def __hash__(self) -> int:
        """Equal for equal tables."""
        return hash((self.name, len(self), self.columns))

    def __repr__(self) -> str:
        """One line."""
        return f"<spelregel.Table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled with whatever it is a table of."""
        return _again, (self._owner, self._arguments)


def template(
    path: str | PathLike[str], *, metamodel: Metamodel | None = None, lang: Language = "en"
) -> None:
    """Writes an empty workbook to fill in, made from the metamodel.

    It has a sheet for each kind, with lists to choose from where there are any, and a sheet that
    explains the columns. What is filled in loads with :meth:`Model.load`.

    Args:
        path: Where to write it: a name that ends in ``.xlsx``.
        metamodel: The vocabulary; the shipped one if left out.
        lang: The language of heads, choices and explanations.

    Raises:
        OptionsError: If the name ends otherwise.
        OSError: If the file cannot be written.

    Example:
        >>> sr.template("programma.xlsx", lang="nl")
        >>> len(sr.Model.load("programma.xlsx"))
        0
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise OptionsError(f"a workbook is called `….xlsx`, and not `{fspath(path)}`")
    own = metamodel if metamodel is not None else Metamodel.standard()
    target.write_bytes(_native.write_template(own._inner, lang))


def is_tabular(given: object) -> bool:
    """Whether a value is a table, and not a part of a document."""
    arrow = ("__arrow_c_stream__", "__arrow_c_array__", "collect")
    return any(hasattr(given, name) for name in arrow)


def given_tables(tables: Mapping[str, Tabular]) -> list[Given]:
    """Tables as the native half takes them."""
    return [(name, None, 0, _held(name, table)) for name, table in tables.items()]


def _held(name: str, table: Tabular) -> object:
    """Something that speaks Arrow, or lists by column."""
    if hasattr(table, "collect") and not hasattr(table, "__arrow_c_stream__"):
        table = table.collect()
    if _speaks_arrow(table):
        return table
    if hasattr(table, "to_dict") and hasattr(table, "columns"):
        # A data frame of pandas where pyarrow isn't installed.
        return {str(head): _recorded(table[head].tolist()) for head in table.columns}
    if isinstance(table, Mapping):
        return {str(head): list(values) for head, values in table.items()}
    if isinstance(table, Iterable) and not isinstance(table, str | bytes):
        return _columns(name, list(table))
    raise TypeError(f"table `{name}`: a {type(table).__name__} is no table")


def _speaks_arrow(table: Tabular) -> bool:
    if hasattr(table, "__arrow_c_array__"):
        return True
    if not hasattr(table, "__arrow_c_stream__"):
        return False
    if type(table).__module__.split(".", 1)[0] != "pandas":
        return True
    # pandas speaks Arrow by way of pyarrow.
    return importlib.util.find_spec("pyarrow") is not None


def _columns(name: str, rows: Sequence[Any]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for number, row in enumerate(rows):
        if dataclasses.is_dataclass(row) and not isinstance(row, type):
            row = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
        if not isinstance(row, Mapping):
            raise TypeError(f"table `{name}`, row {number}: a {type(row).__name__} is no row")
        for head, value in row.items():
            column = columns.setdefault(str(head), [])
            column.extend([None] * (number - len(column)))
            column.append(value)
    return columns


def _recorded(values: list[Any]) -> list[Any]:
    """The values, with nothing where pandas has one of its own for that."""
    return [None if not isinstance(value, list) and value != value else value for value in values]


def _again(owner: Any, arguments: tuple[str, ...]) -> Table:
    table: Table = owner._table(*arguments)
    return table
