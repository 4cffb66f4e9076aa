"""Where texts come from: paths, texts, bytes, dictionaries. All reading of files is done here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeAlias

from spelregel.limits import Limits

__all__ = [
    "File",
    "Readable",
    "date_text",
    "file_from",
    "files_from",
    "limits_json",
    "one_file",
]

File: TypeAlias = tuple[str, bytes]
"""A name to show, and what the file holds."""

Readable: TypeAlias = str | PathLike[str] | bytes | Mapping[str, Any]
"""A path; or a document as text of several lines, as bytes, or as a dictionary."""


def limits_json(limits: Limits | None) -> str | None:
    """The limits that are given, as JSON."""
    if limits is None:
        return None
    return json.dumps({name: value for name, value in asdict(limits).items() if value is not None})


def file_from(given: Readable) -> File:
    """A document from wherever it is."""
    if isinstance(given, bytes):
        return "bytes", given
    if isinstance(given, Mapping):
        return "dict", json.dumps(given, default=_plain, ensure_ascii=False).encode()
    if isinstance(given, str) and "\n" in given:
        return "text", given.encode()
    if isinstance(given, str | PathLike):
        return fspath(given), Path(given).read_bytes()
    raise TypeError(f"a path, a text, bytes or a dictionary is wanted, not {type(given).__name__}")


def files_from(given: tuple[Readable, ...], text: str | None) -> list[File]:
    """Documents from wherever they are, and one that is given as text."""
    files = [file_from(one) for one in given]
    if text is not None:
        files.append(("text", text.encode()))
    return files


def one_file(given: Readable | None, text: str | None, what: str) -> File:
    """The one document that is given, in one way or the other."""
    if (given is None) == (text is None):
        raise TypeError(f"{what} comes from a source or a text, one of the two")
    return ("text", text.encode()) if text is not None else file_from(given)  # type: ignore[arg-type]


def date_text(given: date | str | None) -> str:
    """A date as ISO 8601 has it; today if none is given."""
    if given is None:
        return date.today().isoformat()
    return given.isoformat()[:10] if isinstance(given, date) else given


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    raise TypeError(f"a document can't hold a value of type {type(value).__name__}")
