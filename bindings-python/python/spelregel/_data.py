"""From JSON to immutable data classes, by their annotations."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

__all__ = ["read", "read_all", "to_plain"]

T = TypeVar("T")


def read(cls: type[T], text: str) -> T:
    """The value of a class that a JSON text holds."""
    reader: Callable[[Any], T] = _reader(cls)  # type: ignore[arg-type]
    return reader(json.loads(text))


def read_all(cls: type[T], text: str) -> tuple[T, ...]:
    """The values of a class that a list in JSON holds."""
    reader: Callable[[Any], T] = _reader(cls)  # type: ignore[arg-type]
    return tuple(reader(value) for value in json.loads(text))


def to_plain(value: Any) -> Any:
    """A value as JSON has it: what isn't recorded is left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(member) for member in value]
    if isinstance(value, Mapping):
        return {name: to_plain(member) for name, member in value.items()}
    if is_dataclass(value):
        members = (
            (_name(field), getattr(value, field.name)) for field in fields(value) if field.repr
        )
        return {name: to_plain(member) for name, member in members if member not in (None, ())}
    return value


@cache
def _reader(annotation: Any) -> Callable[[Any], Any]:
    """What makes a value of an annotation's type from what JSON has for it."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple and arguments[-1] is ...:
        member = _reader(arguments[0])
        return lambda values: tuple(member(value) for value in values)
    if origin is tuple:
        members = [_reader(argument) for argument in arguments]
        return lambda values: tuple(m(value) for m, value in zip(members, values, strict=True))
    if origin in (types.UnionType, typing.Union):
        (inner,) = [argument for argument in arguments if argument is not types.NoneType]
        some = _reader(inner)
        return lambda value: None if value is None else some(value)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation
    if annotation is date:
        return date.fromisoformat
    if is_dataclass(annotation) and isinstance(annotation, type):
        return _record_reader(annotation)
    return lambda value: value


def _record_reader(cls: type[Any]) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(cls)
    # Read when asked for: a class may hold others of its own.
    own = {_name(field): (field.name, hints[field.name]) for field in fields(cls)}
    # Lists that are empty are left out in JSON.
    empty = {
        field.name: ()
        for field in fields(cls)
        if field.default is MISSING and typing.get_origin(hints[field.name]) is tuple
    }

    def reader(record: Mapping[str, Any]) -> Any:
        known = dict(empty)
        for key, value in record.items():
            if key in own:
                name, annotation = own[key]
                known[name] = _reader(annotation)(value)
        return cls(**known)

    return reader


def _name(field: Field[Any]) -> str:
    """What JSON calls a field: a few names are keywords in Python."""
    name: str = field.metadata.get("json", field.name)
    return name
