"""Checking models: files and the date of today are read here, all else is native."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from spelregel import _native

__all__ = ["check"]


def check(
    *models: str | PathLike[str],
    text: str | None = None,
    rules: Iterable[str | PathLike[str]] | None = None,
    settings: str | PathLike[str] | None = None,
    at: date | str | None = None,
    gate: str | None = None,
    programmes: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> dict[str, Any]:
    r"""Checks a model against rule packs.

    Args:
        models: The files that make up the model, in YAML or JSON.
        text: A model document itself, instead of files or beside them.
        rules: Ids of shipped packs, and files with packs such as ``own.yaml``; all shipped packs
            if left out.
        settings: A file with an organisation's own parameters, severities and kinds.
        at: The date of the check; today if left out.
        gate: The gate whose readiness is asked, such as ``G2``.
        programmes: Only what belongs to these programmes; everything if empty.
        tags: Only rules with one of these tags; all rules if empty.

    Returns:
        The report, as its JSON form has it.

    Raises:
        LoadError: If the model cannot be loaded.
        PackError: If a pack cannot be used.
        OptionsError: If the settings cannot be used, or the date, the gate, a programme or a tag
            is not one.
        OSError: If a file cannot be read.
        TypeError: If there is no model.

    Example:
        >>> import spelregel as sr
        >>> model = "programmes: [{id: klimaat, name: Klimaat, phase: design}]"
        >>> report = sr.check(text=model, at="2026-06-01")
        >>> report["findings"][0]["element"]["name"]
        'Klimaat'
    """
    files = [_read(path) for path in models]
    if text is not None:
        files.append(("text", text.encode()))
    if not files:
        raise TypeError("check() needs a file or a text")
    packs = _native.shipped_packs() if rules is None else [_pack(rule) for rule in rules]
    day = str(date.today() if at is None else at)
    own = None if settings is None else _read(settings)
    report = _native.check(files, packs, own, day, gate, list(programmes), list(tags))
    return dict(json.loads(report))


def _pack(rule: str | PathLike[str]) -> str | tuple[str, bytes]:
    """A shipped pack by its id, or a file by its path: a path has a suffix."""
    return rule if isinstance(rule, str) and not Path(rule).suffix else _read(rule)


def _read(path: str | PathLike[str]) -> tuple[str, bytes]:
    return fspath(path), Path(path).read_bytes()
