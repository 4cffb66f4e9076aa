"""Everything that is public is told of, with an example that runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

import spelregel as sr


def public() -> Iterator[tuple[str, object]]:
    for name in sr.__all__:
        if name == "__version__":
            continue
        value = getattr(sr, name)
        yield name, value
        if not inspect.isclass(value):
            continue
        for owner in value.__mro__:
            if not owner.__module__.startswith("spelregel"):
                continue
            for attribute, held in vars(owner).items():
                target = getattr(held, "__func__", held)
                if not attribute.startswith("_") and isinstance(target, property | type(public)):
                    yield f"{name}.{attribute}", target


@pytest.mark.parametrize(("name", "value"), list(public()), ids=[name for name, _ in public()])
def test_it_has_an_example(name: str, value: object) -> None:
    text = inspect.getdoc(value) or ""
    assert ">>>" in text, f"{name} has no example"


def test_there_are_many() -> None:
    assert len(list(public())) > 150
