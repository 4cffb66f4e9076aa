"""The package as a whole."""

from importlib.metadata import version

import spelregel


def test_version_is_that_of_the_distribution() -> None:
    assert spelregel.__version__ == version("spelregel")


def test_all_names_are_there() -> None:
    assert all(hasattr(spelregel, name) for name in spelregel.__all__)
